// Explains one value of one result back to its sources (Law 8). Flows in: the Plan, the inputs of the record, a pointer into its result.
// Flows out: the value, the expression that gave it with the value of each part, source values, crosswalk rows, roundings. The record is
// run again with the interpreter, which writes down what it does.
import { crosswalkFinder } from "../interpret/evaluate-lookup.ts"
import type { InterpretInput, InterpretReference } from "../interpret/index.ts"
import { calendarsOf, interpreterParts, runMap, splitReference } from "../interpret/internals.ts"
import type { Plan } from "../plan/index.ts"
import { usesZones } from "../plan/uses-zones.ts"
import { explainRecord } from "./explain-record.ts"
import type { Explanation } from "./explanation.ts"
import { recordTrace } from "./record-trace.ts"

export interface ExplainQuestion {
  readonly plan: Plan
  readonly map: string
  readonly input: InterpretInput
  readonly reference: InterpretReference
  /** RFC 6901, in the result. */
  readonly pointer: string
  /** The text of a file of the Plan; undefined: positions only. */
  readonly textOf: (path: string) => string | undefined
  /** Which line of its file a crosswalk answered from. */
  readonly locate?: LocateRow
  /** Version of the time zone rules; told where the map uses them. */
  readonly tzdata?: string | null
}

/** `key` as crosswalks are asked; of an inverse question that of the value. `customers.csv:12`; null: not known. */
export type LocateRow = (
  crosswalk: string,
  key: string,
  day: string | null,
  inverse: boolean,
) => string | null

export const nowhere: LocateRow = () => null

/** Null: the target has no such place. */
export function explainValue(question: ExplainQuestion): Explanation | null {
  const { plan, pointer, textOf } = question
  const { index, inline, declared } = interpreterParts(plan)
  const map = index.map(question.map)
  const recording = recordTrace()
  const data = splitReference(question.reference)
  const crosswalk = crosswalkFinder(inline, data.crosswalks)
  const calendars = calendarsOf(declared, data.calendars)
  const run = { index, crosswalk, calendars, trace: recording.trace }
  const { result, record } = runMap(map, question.input, run)
  const issues = result.status === "done" ? result.notes : result.issues
  const { locate = nowhere } = question
  const tzdata = usesZones(map, plan) ? (question.tzdata ?? null) : null
  return explainRecord(
    { index, map, recording, status: result.status, issues, record, row: null, textOf, locate, tzdata },
    pointer,
  )
}
