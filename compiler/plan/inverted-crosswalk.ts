// A crosswalk asked back. Flows in: one declared with `<->`. Flows out: the crosswalk that finds keys by values, with rows the other way
// round, so that interpreter and emitters need no second kind of table.
import { inverseRow, type ScalarSpec } from "@fmap/runtime"
import type { PlanCrosswalk, PlanCrosswalkRow } from "./plan.ts"
import type { WireType } from "./value-type.ts"

export function invertedCrosswalk(crosswalk: PlanCrosswalk): PlanCrosswalk {
  const [key] = crosswalk.parameters
  if (!crosswalk.bothWays || key === undefined)
    throw new Error(`The crosswalk ${crosswalk.id} cannot be asked back.`)
  const types = { key: key.type as ScalarSpec, value: crosswalk.result as ScalarSpec }
  return {
    ...crosswalk,
    parameters: [{ name: "value", type: crosswalk.result as WireType }],
    result: key.type,
    keyForm: "exact",
    unmapped: null,
    bothWays: false,
    rows: crosswalk.rows?.map(row => ({ ...row, ...inverseRow(row, types) }) as PlanCrosswalkRow) ?? null,
  }
}
