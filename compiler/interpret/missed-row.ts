// The row a lookup did not find, for whoever must add it. Flows in: the lookup and the scope it ran in. Flows out: its keys as a row would
// hold them; personal ones masked.
import { type MissingRow, masked } from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import { invertedCrosswalk } from "../plan/inverted-crosswalk.ts"
import { readsPersonal } from "../plan/reads-personal.ts"
import { evaluate } from "./evaluate.ts"
import { keyText } from "./key-text.ts"
import type { Scope } from "./scope.ts"
import { asText, BrokenPlan } from "./value.ts"

export function missedRow(node: Extract<PlanExpression, { kind: "lookup" }>, scope: Scope): MissingRow {
  // The keys are computed again, and were traced when they were asked.
  const silent: Scope = { ...scope, run: { ...scope.run, trace: null } }
  const { index } = scope.run
  const declared = index.crosswalk(node.crosswalk)
  const { parameters } = node.inverse ? invertedCrosswalk(declared) : declared
  const keys = node.keys.map((key, i) => {
    const parameter = parameters[i]
    if (parameter === undefined) throw new BrokenPlan(`${declared.id} has no key ${i}`)
    return readsPersonal(key, index.plan.shapes) ? masked : keyText(evaluate(key, silent), parameter.type)
  })
  return {
    crosswalk: declared.id,
    keys,
    ...(node.asOf === null ? {} : { asOf: asText(evaluate(node.asOf, silent)) }),
    ...(node.inverse ? { inverse: true } : {}),
  }
}
