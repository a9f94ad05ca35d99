// Findings as SARIF 2.1.0, which code-scanning services take. Flows in: findings and a way to a code's page. Flows out: one log
// with the rules it speaks of, each with its help.
import type { Finding, Location } from "./finding.ts"

const levels = { error: "error", warning: "warning", information: "note" } as const

/** `pageOf`: the Markdown page of a code, when there is one. */
export function sarif(
  findings: readonly Finding[],
  version: string,
  pageOf: (code: string) => string | undefined,
): string {
  const codes = [...new Set(findings.map(finding => finding.code))].toSorted()
  const rules = codes.map(code => {
    const finding = findings.find(candidate => candidate.code === code)
    const page = pageOf(code)
    return {
      id: code,
      name: (finding?.title ?? code).replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/gu, (_all, letter: string) =>
        letter.toUpperCase(),
      ),
      shortDescription: { text: finding?.title ?? code },
      help: page === undefined ? { text: `Run: fmap explain ${code}` } : { text: page, markdown: page },
      defaultConfiguration: { level: levels[finding?.severity ?? "error"] },
    }
  })
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "fmap", version, informationUri: "https://www.npmjs.com/package/fmap", rules },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(finding => result(finding, codes.indexOf(finding.code))),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function result(finding: Finding, ruleIndex: number) {
  const help = finding.help === null ? "" : ` ${sentence(finding.help)}`
  return {
    ruleId: finding.code,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: `${finding.message}${help}` },
    locations: [
      {
        physicalLocation: physical(finding),
        ...(finding.label === "" ? {} : { message: { text: finding.label } }),
      },
    ],
    ...(finding.fingerprint === undefined ? {} : { partialFingerprints: { "fmap/v1": finding.fingerprint } }),
    ...(finding.accepted === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: finding.accepted }] }),
    ...(finding.related.length === 0
      ? {}
      : {
          relatedLocations: finding.related.map((place, id) => ({
            id,
            physicalLocation: physical(place),
            message: { text: place.text },
          })),
        }),
  }
}

function physical(place: Location) {
  return {
    artifactLocation: { uri: place.file.split("/").map(encodeURIComponent).join("/") },
    region: {
      startLine: place.start.line,
      startColumn: place.start.column,
      endLine: place.end.line,
      endColumn: place.end.column,
    },
  }
}

function sentence(help: string): string {
  const text = help.charAt(0).toUpperCase() + help.slice(1)
  return /[.!?]$/u.test(text) ? text : `${text}.`
}
