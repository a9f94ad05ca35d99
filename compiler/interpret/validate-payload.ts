// Checks a payload against a whole contract: every field, every rule. Flows in: a Plan, a shape, anything. Flows out: the
// payload itself when it keeps the contract, else every issue. What the emitted `validateX` must agree with.
import type { Result } from "@fmap/runtime"
import type { Plan, ShapeId } from "../plan/index.ts"
import { calendarsOf, declaredCalendars } from "./calendars.ts"
import { decodeRecord } from "./decode-record.ts"
import type { Door } from "./door.ts"
import { crosswalkFinder } from "./evaluate-lookup.ts"
import { inlineCrosswalks } from "./inline-crosswalks.ts"
import { issueCollector, resultOf } from "./issues.ts"
import { planIndex } from "./plan-index.ts"
import type { Run } from "./scope.ts"
import { MISSING } from "./value.ts"

export function validatePayload(plan: Plan, shapeId: ShapeId, payload: unknown): Result<unknown> {
  return payloadValidator(plan, shapeId)(payload)
}

/** The same, indexed once for many payloads. The root of its issues is the contract's name. */
export function payloadValidator(plan: Plan, shapeId: ShapeId): (payload: unknown) => Result<unknown> {
  const index = planIndex(plan)
  const shape = index.shape(shapeId)
  const calendars = calendarsOf(declaredCalendars(plan), new Map())
  const run: Run = {
    index,
    crosswalk: crosswalkFinder(inlineCrosswalks(plan), new Map()),
    calendars,
    trace: null,
  }
  return payload => {
    const { report, issues } = issueCollector()
    const door: Door = {
      run,
      report,
      root: shape.name,
      pointer: "",
      at: shape.at,
      masked: false,
      unit: () => MISSING,
    }
    decodeRecord(payload ?? undefined, { shape, reads: null, rules: null, units: [] }, door)
    return resultOf(issues(), () => ({ value: payload, key: undefined }))
  }
}
