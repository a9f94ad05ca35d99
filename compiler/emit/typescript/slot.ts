// A variable that several branches give a value (match arms, else). Flows in: the branches' operands. Flows out: one
// operand. Its type is declared when all branches are known, before their statements.
import type { PlanExpression } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { emit, type Flow, insideType, type Operand, settled, unsupported, valueOf, widened } from "./flow.ts"
import { assign, name, named, nothing, union, variable } from "./javascript/build.ts"
import { materialised } from "./records.ts"
import { wireTypeOf } from "./wire-types.ts"

export interface Slot {
  readonly name: string
  readonly wire: string | null
  readonly node: { readonly type: PlanExpression["type"]; readonly maybe: boolean }
  /** Set while branches are assigned. */
  readonly state: { clear: boolean; missing: boolean; bound: bigint }
}

/** Declares the variable; the type is filled when all branches are known. */
export function openSlot(
  flow: Flow,
  node: { readonly type: PlanExpression["type"]; readonly maybe: boolean },
  hint: string,
): Slot {
  const wire = wireTypeOf(flow, node.type)
  return {
    name: flow.names.fresh(hint),
    wire: wire === null ? null : flow.names.fresh(`${hint}Wire`),
    node,
    state: { clear: false, missing: node.maybe, bound: 0n },
  }
}

export function declareSlot(flow: Flow, slot: Slot): void {
  const { type } = slot.node
  const of = [insideType(flow, type)]
  if (slot.state.missing) of.push(named("undefined"))
  if (slot.state.clear) of.push(named("null"))
  emit(flow, variable(slot.name, union(...of)))
  const wire = wireTypeOf(flow, type)
  if (slot.wire !== null && wire !== null)
    emit(flow, variable(slot.wire, union(wire, named("undefined")), nothing))
}

export function fillSlot(flow: Flow, slot: Slot, operand: Operand): void {
  if (operand.kind === "never") return
  const value = operand.kind === "record" ? settled(flow, materialised(flow, operand)) : operand
  if (value.kind !== "value") throw new BrokenPlan("Only values can be chosen between.")
  const bare = value.js.kind === "word" && (value.js.word === "undefined" || value.js.word === "null")
  const scaled =
    slot.node.type.kind === "number" && !bare ? widened(flow, value, slot.node.type.scale) : value
  if (scaled.clear) slot.state.clear = true
  if (scaled.missing) slot.state.missing = true
  if (scaled.bound > slot.state.bound) slot.state.bound = scaled.bound
  emit(flow, assign(name(slot.name), scaled.js))
  if (slot.wire !== null && value.wire !== null) emit(flow, assign(name(slot.wire), value.wire))
  else if (slot.wire !== null && !bare) unsupported(flow, "a record that is passed on whole")
}

export function slotOperand(slot: Slot): Extract<Operand, { kind: "value" }> {
  const { clear, missing, bound } = slot.state
  return valueOf(name(slot.name), slot.node.type, {
    missing,
    clear,
    bound: bound === 0n ? 1n : bound,
    wire: slot.wire === null ? null : name(slot.wire),
  })
}
