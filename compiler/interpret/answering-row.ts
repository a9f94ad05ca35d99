// Which inline row of a crosswalk answered. Flows in: what was asked. Flows out: the row; undefined for crosswalks from files, which know
// their rows only by key.
import { normaliseKey } from "@fmap/runtime"
import type { PlanCrosswalkRow } from "../plan/index.ts"
import type { TraceEvent } from "./scope.ts"

/** The most specific row that holds on the day; there is never more than one. */
export function answeringRow({
  crosswalk,
  keys,
  day,
  found,
}: Extract<TraceEvent, { kind: "lookup" }>): PlanCrosswalkRow | undefined {
  if (!found) return undefined
  const named = (row: PlanCrosswalkRow) => row.keys.filter(key => key !== null).length
  return (crosswalk.rows ?? [])
    .filter(
      row =>
        row.keys.every((key, i) => key === null || normaliseKey(key, crosswalk.keyForm) === keys[i]) &&
        (day === null || (row.from <= day && day <= row.until)),
    )
    .toSorted((a, b) => named(b) - named(a))[0]
}
