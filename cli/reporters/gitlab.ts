// Findings as a GitLab Code Quality report. Flows in: findings. Flows out: a JSON list; the fingerprint stays the same when
// lines above move, so that a merge request shows what is new and not what moved.
import { createHash } from "node:crypto"
import type { Finding } from "./finding.ts"

const severities = { error: "major", warning: "minor", information: "info" } as const

export function gitlab(findings: readonly Finding[]): string {
  const seen = new Map<string, number>()
  const issues = findings.map(finding => {
    const identity =
      finding.fingerprint ?? [finding.code, finding.file, finding.message, finding.label].join("\u0000")
    const repeated = seen.get(identity) ?? 0
    seen.set(identity, repeated + 1)
    return {
      description: `${finding.code}: ${finding.message}${(finding.detail ?? "") === "" ? "" : ` (${finding.detail})`}`,
      check_name: finding.code,
      fingerprint: createHash("sha256").update(`${identity}\u0000${repeated}`).digest("hex"),
      severity: severities[finding.severity],
      location: {
        path: finding.file,
        lines: { begin: finding.start.line, end: finding.end.line },
      },
    }
  })
  return `${JSON.stringify(issues, null, 2)}\n`
}
