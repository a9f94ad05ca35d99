// What the test runner needs of the interpreter beyond its door: values before they are written, and how they compare.
import type { Calendar, Crosswalk } from "@fmap/runtime"
import type { Plan } from "../plan/index.ts"
import { declaredCalendars } from "./calendars.ts"
import { inlineCrosswalks } from "./inline-crosswalks.ts"
import { type PlanIndex, planIndex } from "./plan-index.ts"

export { answeringRow } from "./answering-row.ts"
export { calendarsOf, splitReference } from "./calendars.ts"
export { compareValues } from "./compare-values.ts"
export { decodeValue } from "./decode-value.ts"
export type { Door } from "./door.ts"
export { runMap } from "./interpret.ts"
export { decodeFinished, readerOf, type SetRow, startSet } from "./interpret-set.ts"
export type { PlanIndex } from "./plan-index.ts"
export type { Place as RunPlace, Run, Scope, Trace, TraceEvent } from "./scope.ts"
export { CLEAR, MISSING, type Outcome, POISON, type RecordOrigin, SKIPPED } from "./value.ts"

export function interpreterParts(plan: Plan): {
  readonly index: PlanIndex
  readonly inline: ReadonlyMap<string, Crosswalk>
  readonly declared: ReadonlyMap<string, Calendar>
} {
  return { index: planIndex(plan), inline: inlineCrosswalks(plan), declared: declaredCalendars(plan) }
}
