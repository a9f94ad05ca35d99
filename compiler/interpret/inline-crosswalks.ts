// The crosswalks whose rows stand in the Plan. Flows in: a Plan. Flows out: the same interface external ones have.
import { type Crosswalk, crosswalkKey, crosswalkOf, normaliseKey } from "@fmap/runtime"
import type { Plan } from "../plan/index.ts"

export function inlineCrosswalks(plan: Plan): ReadonlyMap<string, Crosswalk> {
  const found = new Map<string, Crosswalk>()
  for (const { id, keyForm, rows } of plan.crosswalks) {
    if (rows === null) continue
    const keyOf = (keys: readonly string[]): string =>
      crosswalkKey(keys.map(key => normaliseKey(key, keyForm)))
    found.set(
      id,
      crosswalkOf(
        id,
        rows.map(row => [keyOf(row.keys), row.value] as const),
      ),
    )
  }
  return found
}
