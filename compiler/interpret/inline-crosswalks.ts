// The crosswalks whose rows stand in the Plan. Flows in: a Plan. Flows out: the same interface external ones have.
import { type Crosswalk, crosswalkTable, normaliseKey } from "@fmap/runtime"
import type { Plan } from "../plan/index.ts"

export function inlineCrosswalks(plan: Plan): ReadonlyMap<string, Crosswalk> {
  const found = new Map<string, Crosswalk>()
  for (const { id, keyForm, rows } of plan.crosswalks) {
    if (rows === null) continue
    const compared = rows.map(row => ({
      ...row,
      keys: row.keys.map(key => (key === null ? null : normaliseKey(key, keyForm))),
    }))
    found.set(id, crosswalkTable(id, compared))
  }
  return found
}
