// Findings as JUnit XML: a suite per file, a failing case per finding; a file without findings is a passing case, so that a
// clean run is a green report and not an empty one. Flows in: findings and the files looked at. Flows out: the document.
import type { Finding } from "./finding.ts"
import { junitXml } from "./junit-xml.ts"

export function junit(findings: readonly Finding[], files: readonly string[]): string {
  const names = [...new Set([...files, ...findings.map(finding => finding.file)])].toSorted()
  return junitXml(
    names.map(file => {
      const own = findings.filter(finding => finding.file === file)
      return {
        name: file,
        cases:
          own.length === 0
            ? [{ name: "check", file, line: 1, failure: null }]
            : own.map(finding => ({
                name: `${finding.code} at ${finding.start.line}:${finding.start.column}`,
                file,
                line: finding.start.line,
                failure: {
                  kind: finding.severity,
                  message: finding.message,
                  text: [
                    `${file}:${finding.start.line}:${finding.start.column}`,
                    finding.label,
                    finding.help ?? "",
                  ]
                    .filter(part => part !== "")
                    .join("\n"),
                },
              })),
      }
    }),
  )
}
