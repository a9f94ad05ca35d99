// The rows that a test assumes, as reference data of any release. Flows in: assumptions. Flows out: for a Plan the crosswalk by its id: assumed rows where there are some, else those that
// stand in the Plan, else none.
import type { Crosswalk } from "@fmap/runtime"
import { inlineCrosswalks } from "../interpret/inline-crosswalks.ts"
import type { Plan, PlanTest } from "../plan/index.ts"
import { assumedCrosswalks } from "./assumed-crosswalks.ts"

export function assumedReference(assumes: PlanTest["assumes"]): (plan: Plan) => (id: string) => Crosswalk {
  const known = new WeakMap<Plan, (id: string) => Crosswalk>()
  return plan => {
    const found = known.get(plan) ?? assumedCrosswalks(plan, assumes, inlineCrosswalks(plan)).find
    known.set(plan, found)
    return found
  }
}
