// Findings about changes as one JSON document, for programs. Flows in: the report. Flows out: text; the format is part of specs/cli.md.
import { stopsRelease } from "@fmap/compiler"
import type { ChangeReport } from "./change-report.ts"

export function changesJson({ changes, verdicts, consumers = [] }: ChangeReport): string {
  const open = (severity: "error" | "warning" | "information") =>
    changes.filter(({ finding, standing }) => standing === "open" && finding.severity === severity).length
  const standing = (word: "covered" | "approved") => changes.filter(change => change.standing === word).length
  const document = {
    format: "fmap.changes",
    formatVersion: 1,
    passes: !changes.some(stopsRelease),
    verdicts,
    findings: changes.map(change => ({
      ...change.finding,
      standing: change.standing,
      approval: change.approval,
    })),
    ...(consumers.length === 0 ? {} : { consumers }),
    summary: {
      errors: open("error"),
      warnings: open("warning"),
      information: open("information"),
      covered: standing("covered"),
      approved: standing("approved"),
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
