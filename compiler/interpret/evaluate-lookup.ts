// A crosswalk row. Flows in: the key values. Flows out: the decoded row, or what `unmapped` says, or missing. Inline and
// external crosswalks answer alike: by one exact key text.
import { type Crosswalk, crosswalkKey, findInverse, isExactNumber, normaliseKey } from "@fmap/runtime"
import type { PlanCrosswalk, PlanExpression, VariableId } from "../plan/index.ts"
import { invertedCrosswalk } from "../plan/inverted-crosswalk.ts"
import { decodeValue } from "./decode-value.ts"
import type { Door } from "./door.ts"
import { evaluate } from "./evaluate.ts"
import { keyText } from "./key-text.ts"
import { missedRow } from "./missed-row.ts"
import type { Scope } from "./scope.ts"
import { asText, BrokenPlan, isStopped, MISSING, type Outcome } from "./value.ts"

export function evaluateLookup(
  expression: Extract<PlanExpression, { kind: "lookup" }>,
  scope: Scope,
): Outcome {
  const declared = scope.run.index.crosswalk(expression.crosswalk)
  const crosswalk = expression.inverse ? invertedCrosswalk(declared) : declared
  const keys: string[] = []
  const values = new Map<VariableId, Outcome>()
  for (const [i, key] of expression.keys.entries()) {
    const value = evaluate(key, scope)
    if (isStopped(value)) return value
    const parameter = crosswalk.parameters[i]
    if (parameter === undefined) throw new BrokenPlan(`${crosswalk.id} has no key ${i}`)
    values.set(i, value)
    keys.push(normaliseKey(keyText(value, parameter.type), crosswalk.keyForm))
  }
  const asOf = expression.asOf === null ? undefined : evaluate(expression.asOf, scope)
  if (asOf !== undefined && isStopped(asOf)) return asOf
  const day = asOf === undefined ? undefined : asText(asOf)
  const table = scope.run.crosswalk(crosswalk.id)
  const key = crosswalkKey(keys)
  const { hierarchy } = crosswalk
  const row = expression.inverse ? findInverse(table, key, day) : table.find(key, day)
  scope.run.trace?.({
    kind: "lookup",
    crosswalk,
    keys,
    day: day ?? null,
    snapshot: table.snapshot,
    found: row !== undefined,
    ...(hierarchy === undefined ? {} : { path: () => pathToTop(table, keys[0] ?? "", hierarchy) }),
  })
  if (row !== undefined) return decodeRow(row, crosswalk, scope)
  // Without a row the crosswalk itself speaks, of its own parameters, at the place that asked.
  if (crosswalk.unmapped === null) return MISSING
  const nameOf = (id: VariableId): string => crosswalk.parameters[id]?.name ?? ""
  const own: Scope = { ...scope, variables: values, nameOf }
  return evaluate(
    crosswalk.unmapped,
    crosswalk.unmapped.kind === "exit" ? { ...own, missed: missedRow(expression, scope) } : own,
  )
}

/** Every member above stands on a level of its own. */
function pathToTop(
  table: Crosswalk,
  member: string,
  { levels }: NonNullable<PlanCrosswalk["hierarchy"]>,
): readonly string[] {
  return levels
    .toReversed()
    .map(level => table.find(crosswalkKey([member, level])))
    .filter(found => found !== undefined)
    .map(found => (isExactNumber(found) ? found.text : String(found)))
}

/** Reference data that does not keep its promise is refused like a payload: the root is the crosswalk. */
function decodeRow(row: unknown, { id, result, at }: PlanCrosswalk, scope: Scope): Outcome {
  const { run, report } = scope
  const door: Door = { run, report, root: id, pointer: "", at, masked: false, unit: () => MISSING }
  return decodeValue(row, result, door)
}

/** Every crosswalk a map calls: the inline ones from the Plan, the external ones as the caller gave them. */
export function crosswalkFinder(
  inline: ReadonlyMap<string, Crosswalk>,
  reference: ReadonlyMap<string, Crosswalk>,
): (id: string) => Crosswalk {
  return id => {
    const crosswalk = inline.get(id) ?? reference.get(id)
    if (crosswalk === undefined)
      throw new TypeError(`The crosswalk ${id} is reference data and was not given.`)
    return crosswalk
  }
}
