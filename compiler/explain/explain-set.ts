// Explains one value of a run over a set of rows (Law 8). Flows in: the Plan, the inputs of the run, its rows as often as they are asked for.
// Flows out: the rows the value was made of, each explained like a record of its own. The rows are walked twice: once to find out what came
// out, once to find those of one group. No row is kept but the few that are told.
import type { Done, Issue } from "@fmap/runtime"
import { crosswalkFinder } from "../interpret/evaluate-lookup.ts"
import {
  calendarsOf,
  interpreterParts,
  type Run,
  readerOf,
  splitReference,
  startSet,
} from "../interpret/internals.ts"
import type { PlanMap } from "../plan/index.ts"
import { usesZones } from "../plan/uses-zones.ts"
import { explainGroup } from "./explain-group.ts"
import { explainRecord, shownIssues } from "./explain-record.ts"
import { type ExplainQuestion, nowhere } from "./explain-value.ts"
import type { Explanation } from "./explanation.ts"
import { recordTrace } from "./record-trace.ts"

/** A row as it was handed to the run; or one that could not be, such as a broken line of a file. */
export type RecordedRow = { readonly payload: unknown } | { readonly lost: readonly Issue[] }

/** `input`: what is the same for all rows. */
export interface ExplainSetQuestion extends Omit<ExplainQuestion, "pointer"> {
  /** The rows from the first, each time it is called. */
  readonly rows: () => AsyncIterable<RecordedRow>
  /** A record that came out, or a row whatever became of it; from 0. `pointer` leads into the record. */
  readonly of: { readonly kind: "record" | "row"; readonly number: number; readonly pointer: string }
}

/** `none`: there is no such record or row, only so many; `nowhere`: the target has no such place. */
export type SetAnswer =
  | { readonly kind: "explained"; readonly explanation: Explanation }
  | { readonly kind: "none"; readonly count: number }
  | { readonly kind: "nowhere" }

/** A row of the run, from 0. Null: the target has no such place. */
export type RowExplainer = (row: RecordedRow, number: number, pointer: string) => Explanation | null

export async function explainSet(question: ExplainSetQuestion): Promise<SetAnswer> {
  const { plan, of, rows } = question
  const { index, inline, declared } = interpreterParts(plan)
  const map = index.map(question.map)
  const data = splitReference(question.reference)
  const crosswalk = crosswalkFinder(inline, data.crosswalks)
  const calendars = calendarsOf(declared, data.calendars)
  const run: Run = { index, crosswalk, calendars, trace: null }
  const explainer: RowExplainer = (row, number, pointer) =>
    explainRow(row, number, pointer, { map, run, question })
  if (of.kind === "row") {
    let count = 0
    for await (const row of rows())
      if (count++ === of.number) return answer(explainer(row, of.number, of.pointer))
    return { kind: "none", count }
  }
  const { status, issues, found, count } = await walk(question, map, run)
  if (found === null) return { kind: "none", count }
  const explained =
    found.kind === "row"
      ? explainer(found.row, found.number, of.pointer)
      : await explainGroup(found.record, question, { map, run, explainer })
  if (explained === null) return { kind: "nowhere" }
  const pointer = `/${of.number}${of.pointer}`
  // Nothing of a run that was stopped as a whole may be used, and its reason stands first.
  const stopped = status === "done" ? {} : { status, issues: [...shownIssues(issues), ...explained.issues] }
  return { kind: "explained", explanation: { ...explained, ...stopped, pointer } }
}

function answer(explanation: Explanation | null): SetAnswer {
  return explanation === null ? { kind: "nowhere" } : { kind: "explained", explanation }
}

interface Walked {
  /** Of the whole run. */
  readonly status: "done" | "held" | "rejected"
  readonly issues: readonly Issue[]
  /** Records that came out. */
  readonly count: number
  readonly found:
    | { readonly kind: "row"; readonly row: RecordedRow; readonly number: number }
    | { readonly kind: "group"; readonly record: Done<unknown> }
    | null
}

async function walk({ input, rows, of }: ExplainSetQuestion, map: PlanMap, run: Run): Promise<Walked> {
  const set = startSet(map, input, run)
  let found: Walked["found"] = null
  let number = 0
  let count = 0
  for await (const row of rows()) {
    const { status } = "lost" in row ? set.lost(row.lost) : set.row(row.payload)
    if (status === "done" && count++ === of.number) found = { kind: "row", row, number }
    number++
  }
  const { status, issues, out, withheld } = set.end()
  if (map.set?.collect == null) return { status, issues, count, found }
  const records = [...out, ...withheld]
  const record = records[of.number]
  return {
    status,
    issues,
    count: records.length,
    found: record === undefined ? null : { kind: "group", record },
  }
}

interface Asked {
  readonly map: PlanMap
  readonly run: Run
  readonly question: ExplainSetQuestion
}

/** Runs the row once more, and writes down what happens. */
function explainRow(
  row: RecordedRow,
  number: number,
  pointer: string,
  { map, run, question }: Asked,
): Explanation | null {
  const { index } = run
  const { input, textOf, plan, locate = nowhere } = question
  const tzdata = usesZones(map, plan) ? (question.tzdata ?? null) : null
  const recording = recordTrace()
  const ran = {
    index,
    map,
    recording,
    textOf,
    locate,
    tzdata,
    row: { root: map.set?.each ?? "", index: number },
  }
  const stopped = (issues: readonly Issue[]): Explanation | null => {
    const status = issues.some(({ severity }) => severity === "reject") ? "rejected" : "held"
    return explainRecord({ ...ran, status, issues, record: null }, pointer)
  }
  if ("lost" in row) return stopped(row.lost)
  const { read, issues: ofInputs } = readerOf(map, input, { ...run, trace: recording.trace })
  if (read === null) return stopped(ofInputs)
  const { result, record } = read(row.payload)
  const issues = result.status === "done" ? result.notes : result.issues
  return explainRecord({ ...ran, status: result.status, issues, record }, pointer)
}
