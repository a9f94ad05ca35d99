// The crosswalks whose rows stand in the Plan. Flows in: a Plan. Flows out: the same interface external ones have.
import { type Crosswalk, crosswalkTable, normaliseKey } from "@fmap/runtime"
import type { Plan, PlanCrosswalk } from "../plan/index.ts"
import { invertedCrosswalk } from "../plan/inverted-crosswalk.ts"

export function inlineCrosswalks(plan: Plan): ReadonlyMap<string, Crosswalk> {
  const found = new Map<string, Crosswalk>()
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.rows === null) continue
    const table = tableOf(crosswalk)
    const inverse = crosswalk.bothWays ? { inverse: tableOf(invertedCrosswalk(crosswalk)) } : {}
    found.set(crosswalk.id, { ...table, ...inverse })
  }
  return found
}

function tableOf({ id, keyForm, rows }: PlanCrosswalk): Crosswalk {
  const compared = (rows ?? []).map(row => ({
    ...row,
    keys: row.keys.map(key => (key === null ? null : normaliseKey(key, keyForm))),
  }))
  return crosswalkTable(id, compared)
}
