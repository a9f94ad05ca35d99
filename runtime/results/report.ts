// Collects what went wrong with one record. Flows in: findings in the order the Plan gives; flows out: a Result. One issue per
// place and code; any reject dominates, holds stay attached. Created per record, never shared.
import { isRefused, type Refused } from "../door/refused.ts"
import type { ControlResult } from "./control-figures.ts"
import type { Issue, MissingRow, ReferenceSnapshots, Result } from "./issue.ts"
import { masked, shortened, shownValue } from "./shown-value.ts"

/** Where a finding belongs and who spoke. `masked`: the value is personal or confidential. */
export interface IssuePlace {
  readonly root: string
  readonly pointer: string
  readonly at: string
  readonly masked?: boolean
}

export interface Report {
  /** Adds one finding. `value` is the payload's; it is shortened, or masked, here. A second one at the same root, pointer and code is dropped, except of skipped rows. */
  add(
    severity: Issue["severity"],
    code: string,
    place: IssuePlace,
    message: string,
    value?: unknown,
    control?: ControlResult,
    lookup?: MissingRow,
  ): void
  /** A value the door turned away: a reject. */
  refuse(refused: Refused, place: IssuePlace, value?: unknown): void
  /** The value, or undefined and its issue reported. */
  take<T>(read: T | Refused, place: IssuePlace, value?: unknown): T | undefined
  /** Has anything been reported that stops the record? */
  stopped(): boolean
  issues(): readonly Issue[]
  /** Done with the value, or why not. Call once, at the end. */
  result<T>(value: T | undefined, key?: string): Result<T>
}

/** `reference`: what every result of this record names as the data that answered. */
export function createReport(reference?: ReferenceSnapshots): Report {
  const pinned = reference === undefined ? {} : { reference }
  const issues: Issue[] = []
  const seen = new Set<string>()
  const report: Report = {
    add(severity, code, place, message, value, control, lookup) {
      const identity = JSON.stringify([place.root, place.pointer, code])
      // Skipped rows are all counted: a row that left has no place of its own.
      if (severity !== "skip" && seen.has(identity)) return
      seen.add(identity)
      const shown = place.masked === true && value !== undefined ? masked : shownValue(value)
      const { root, pointer, at } = place
      const issue = {
        code,
        severity,
        root,
        pointer,
        message,
        at,
        ...(control === undefined ? {} : { control }),
        ...(lookup === undefined ? {} : { lookup }),
      }
      issues.push(shown === undefined ? issue : { ...issue, value: shown })
    },
    refuse(refused, place, value) {
      report.add("reject", refused.refused, place, refused.message, value)
    },
    take(read, place, value) {
      if (!isRefused(read)) return read
      report.refuse(read, place, value)
      return undefined
    },
    stopped: () => statusOf(issues) !== "done",
    issues: () => issues,
    result(value, key) {
      const status = statusOf(issues)
      if (status !== "done") return { status, issues, ...pinned }
      if (value === undefined)
        throw new Error("A record without a value and without an issue: a bug of fmap.")
      return { status, value, key, notes: issues, ...pinned }
    },
  }
  return report
}

/** What a list of issues makes of its record. */
export function statusOf(issues: readonly Issue[]): Result<unknown>["status"] {
  let status: Result<unknown>["status"] = "done"
  for (const issue of issues) {
    if (issue.severity === "reject") return "rejected"
    if (issue.severity === "hold") status = "held"
  }
  return status
}

/** A message of an author, or the default: `CODE at /pointer`. */
export function exitMessage(code: string, pointer: string, text?: string): string {
  return text ?? shortened(`${code} at ${pointer === "" ? "the record" : pointer}`)
}
