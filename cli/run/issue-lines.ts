// Issues of a record as text for people and as NDJSON for programs. Flows in: a record's number and its issues. Flows out: lines.
import { type Issue, writeJson } from "@fmap/runtime"
import type { Paint } from "../terminal/color.ts"
import { safeLine } from "../terminal/safe-text.ts"

export interface RecordIssues {
  readonly record: number
  readonly status: "done" | "held" | "rejected"
  readonly issues: readonly Issue[]
}

const styles = { reject: "red", hold: "yellow", warn: "cyan", skip: "dim" } as const

export function issueText({ record, issues }: RecordIssues, paint: Paint): string {
  return issues
    .map(issue => {
      const place = safeLine(`${issue.root}${issue.pointer}`)
      const at = issue.at === "" ? "" : `  ${paint("dim", safeLine(issue.at))}`
      return `record ${record}: ${paint(styles[issue.severity], issue.severity)} ${issue.code} at ${place}: ${safeLine(issue.message)}${at}\n`
    })
    .join("")
}

export function issueNdjson({ record, status, issues }: RecordIssues): string {
  return issues.map(issue => `${writeJson({ record, status, ...issue })}\n`).join("")
}
