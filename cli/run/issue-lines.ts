// Issues of a record as text for people and as NDJSON for programs. Flows in: a record's number and its issues. Flows out: lines.
import { type Issue, writeJson } from "@fmap/runtime"
import type { Paint } from "../terminal/color.ts"
import { safeLine } from "../terminal/safe-text.ts"

export interface RecordIssues {
  /** 1-based; null: a group of a set, or the whole run. */
  readonly record: number | null
  /** Where it begins in a file of rows. */
  readonly line?: number | undefined
  /** The values the group was collected by. */
  readonly group?: readonly unknown[]
  readonly status: "done" | "held" | "rejected" | "dropped" | "collected"
  readonly issues: readonly Issue[]
}

const styles = { reject: "red", hold: "yellow", warn: "cyan", skip: "dim" } as const

export function issueText({ record, line, group, issues }: RecordIssues, paint: Paint): string {
  const of =
    record !== null
      ? `record ${record}${line === undefined ? "" : ` (line ${line})`}`
      : group === undefined
        ? "run"
        : group.length === 0
          ? "group"
          : `group ${safeLine(writeJson(group))}`
  return issues
    .map(issue => {
      const place = safeLine(`${issue.root}${issue.pointer}`)
      const at = issue.at === "" ? "" : `  ${paint("dim", safeLine(issue.at))}`
      return `${of}: ${paint(styles[issue.severity], issue.severity)} ${issue.code} at ${place}: ${safeLine(issue.message)}${at}\n`
    })
    .join("")
}

export function issueNdjson({ record, line, group, status, issues }: RecordIssues): string {
  const of = group === undefined ? { record, line } : { record, group }
  return issues.map(issue => `${writeJson({ ...of, status, ...issue })}\n`).join("")
}
