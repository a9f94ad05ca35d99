// Findings as one JSON document, for programs. Flows in: findings. Flows out: text; the format is part of specs/cli.md.
import type { Finding } from "./finding.ts"

export function json(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]) =>
    findings.filter(finding => finding.severity === severity).length
  const document = {
    format: "fmap.findings",
    formatVersion: 1,
    findings,
    summary: { errors: count("error"), warnings: count("warning"), information: count("information") },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
