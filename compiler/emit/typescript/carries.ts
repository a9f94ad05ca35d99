// What each row of a list leaves to the next one. Flows in: an `each` that looks back. Flows out: variables around its loop, and the
// statements at the end of a row that set them, all after all have been computed.
import type { PlanExpression } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import { atom, emit, type Flow, insideType, LARGEST, poisonType, valueOf, widened } from "./flow.ts"
import { assign, name, named, nothing, union, variable } from "./javascript/build.ts"
import type { JsStatement } from "./javascript/nodes.ts"
import { computed } from "./steps.ts"

type Each = Extract<PlanExpression, { kind: "each" }>
type Carry = NonNullable<Each["carries"]>[number]

export interface Carried extends Carry {
  readonly slot: string
}

export function openCarries(flow: Flow, { carries = [] }: Each): readonly Carried[] {
  return carries.map(carry => {
    const declared = flow.declared[carry.variable]
    if (declared === undefined) throw new BrokenPlan("A row leaves something that is no variable.")
    const slot = flow.names.fresh(declared.name)
    const start = carry.start === null ? null : evaluateValue(flow, carry.start, "start")
    const types = [insideType(flow, declared.type)]
    if (declared.maybe) types.push(named("undefined"))
    if (flow.mode === "slow") types.push(poisonType(flow))
    emit(flow, variable(slot, union(...types), start?.js ?? nothing))
    const { type } = declared
    flow.variables.set(
      carry.variable,
      valueOf(name(slot), type, {
        missing: declared.maybe,
        poison: flow.mode === "slow",
        ...(type.kind === "number" ? { bound: LARGEST } : {}),
      }),
    )
    return { ...carry, slot }
  })
}

/** Where a row fails. */
export function failToNext(row: Flow, carried: readonly Carried[]): readonly JsStatement[] {
  return carried.map(({ slot }) => assign(name(slot), name(row.module.runtime("poison"))))
}

/** At the end of a row. */
export function leaveToNext(row: Flow, carried: readonly Carried[]): void {
  const left = carried.map(({ value, slot }) => {
    const operand = computed(row, value, "left", value.at)
    if (operand.kind !== "value") throw new BrokenPlan("A row leaves single values.")
    const scale = value.type.kind === "number" ? value.type.scale : null
    const scaled = scale === null || operand.poison ? operand : widened(row, operand, scale)
    return { slot, js: atom(row, scaled.js, "left") }
  })
  for (const { slot, js } of left) emit(row, assign(name(slot), js))
}
