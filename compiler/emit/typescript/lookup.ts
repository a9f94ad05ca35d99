// Crosswalk rows. Flows in: key values. Flows out: the decoded row, what `unmapped` says, or missing.
import { masked } from "@fmap/runtime"
import type { PlanCrosswalk, PlanExpression } from "../../plan/index.ts"
import { invertedCrosswalk } from "../../plan/inverted-crosswalk.ts"
import { readsPersonal } from "../../plan/reads-personal.ts"
import { promised } from "./context.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  hintOf,
  insideType,
  type Operand,
  poisonType,
  present,
  scaleOf,
  settled,
  type ValueOperand,
  valueOf,
  valueTypeOf,
  widened,
} from "./flow.ts"
import {
  array,
  assign,
  binary,
  call,
  cast,
  constant,
  invoke,
  member,
  name,
  named,
  nothing,
  object,
  string,
  union,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"
import { readValue } from "./read-value.ts"
import { declareSlot, fillSlot, openSlot, slotOperand } from "./slot.ts"
import { textOf } from "./text.ts"

type Lookup = Extract<PlanExpression, { kind: "lookup" }>

export function lookup(flow: Flow, node: Lookup, hint: string): Operand {
  const declared = flow.module.index.crosswalk(node.crosswalk)
  const crosswalk = node.inverse ? invertedCrosswalk(declared) : declared
  const tells = flow.mode === "slow" && (flow.asks?.node === node || crosswalk.unmapped?.kind === "exit")
  const keys: Js[] = []
  const told: Js[] = []
  const values = new Map<number, Operand>()
  for (const [position, key] of node.keys.entries()) {
    const value = evaluateValue(flow, key, "key")
    if (value === null) return { kind: "never" }
    const once = crosswalk.unmapped === null ? value : { ...value, js: atom(flow, value.js, "key") }
    values.set(position, once)
    const written = keyText(flow, once, promised(crosswalk.parameters[position], "a parameter").type)
    const text = tells ? atom(flow, written, "key") : written
    told.push(tells && isPersonal(flow, key) ? string(masked) : text)
    const { keyForm } = crosswalk
    keys.push(keyForm === "exact" ? text : flow.module.call("normaliseKey", text, string(keyForm)))
  }
  const day = node.asOf === null ? [] : dayOf(flow, node.asOf)
  if (day === null) return { kind: "never" }
  const missed = tells ? missingRow(node, told, day) : null
  if (flow.asks?.node === node) flow.asks.row = missed
  const found = row(flow, crosswalk, node.inverse, keys, day, hint)
  // inline rows may cover every key: then there always is one
  if (crosswalk.unmapped === null) return present(flow, found, node)
  const withoutRow: Lookup = { ...node, maybe: true }
  const own = missed === null ? flow : { ...flow, missed }
  return otherwise(own, found, crosswalk.unmapped, values, withoutRow, hint)
}

function isPersonal(flow: Flow, key: PlanExpression): boolean {
  return readsPersonal(key, flow.module.index.plan.shapes)
}

/** What a steward has to add. */
function missingRow(node: Lookup, keys: readonly Js[], day: readonly Js[]): Js {
  const members = [
    { key: "crosswalk", value: string(node.crosswalk), at: null },
    { key: "keys", value: array(keys), at: null },
    ...day.map(value => ({ key: "asOf", value, at: null })),
    ...(node.inverse ? [{ key: "inverse", value: yes, at: null }] : []),
  ]
  return object(members, false)
}

/** Inside a day is its canonical text. */
function dayOf(flow: Flow, asOf: PlanExpression): readonly Js[] | null {
  const value = evaluateValue(flow, asOf, "asOf")
  return value === null ? null : [value.js]
}

function keyText(flow: Flow, value: ValueOperand, type: Parameters<typeof valueTypeOf>[0]): Js {
  const inside = valueTypeOf(type)
  return textOf(flow, inside.kind === "number" ? widened(flow, value, scaleOf(inside)) : value)
}

function row(
  flow: Flow,
  crosswalk: PlanCrosswalk,
  inverse: boolean,
  keys: readonly Js[],
  day: readonly Js[],
  hint: string,
): ValueOperand {
  const type = valueTypeOf(crosswalk.result)
  const raw = flow.names.fresh(`${hint}Row`)
  if (crosswalk.rows !== null) {
    emit(flow, constant(raw, call(flow.module.crosswalk(crosswalk.id, inverse), ...keys, ...day)))
    // inline rows were checked by the compiler: plain texts need no second look
    if (isText(crosswalk.result.kind)) return valueOf(name(raw), type, { missing: true })
  } else {
    const handed = member(name("reference"), crosswalk.id)
    const key = flow.module.call("crosswalkKey", { kind: "array", items: keys })
    const found = inverse
      ? flow.module.call("findInverse", handed, key, ...day)
      : invoke(handed, "find", key, ...day)
    emit(flow, constant(raw, found))
  }
  const slot = flow.names.fresh(hint)
  const place = { root: crosswalk.id, pointer: string(""), masked: false }
  let operand: ValueOperand | null = null
  const read = branch({ ...flow, place }, inner => {
    operand = readValue(inner, name(raw), crosswalk.result, crosswalk.at, () => null, hint)
    emit(inner, assign(name(slot), (operand as ValueOperand).js))
  })
  const poison = (operand as ValueOperand | null)?.poison === true
  const types = [insideType(flow, type), named("undefined")]
  if (poison) types.push(poisonType(flow))
  emit(flow, variable(slot, union(...types), nothing))
  emit(flow, when(binary("!==", name(raw), nothing), read))
  return settled(flow, valueOf(name(slot), type, { missing: true, poison })) as ValueOperand
}

function isText(kind: string): boolean {
  return (
    kind === "text" ||
    kind === "currency" ||
    kind === "country" ||
    kind === "language" ||
    kind === "enum" ||
    kind === "date"
  )
}

function otherwise(
  flow: Flow,
  found: ValueOperand,
  unmapped: PlanExpression,
  keys: ReadonlyMap<number, Operand>,
  node: Lookup,
  hint: string,
): Operand {
  const js = atom(flow, found.js, hint)
  const slot = openSlot(flow, { ...node, maybe: unmapped.maybe }, hint)
  let operand: Operand = { kind: "never" }
  const fallback = branch(flow, inner => {
    // the variables of `unmapped` are the crosswalk's own parameters
    const own: Flow = { ...inner, variables: new Map(keys) }
    operand = evaluate(own, unmapped, hintOf(unmapped, hint))
    fillSlot(inner, slot, operand)
  })
  const value = { ...found, js: cast(js, insideType(flow, found.type)), missing: false }
  if ((operand as Operand).kind === "never") {
    emit(flow, when(binary("===", js, nothing), fallback))
    return value
  }
  const then = branch(flow, inner => fillSlot(inner, slot, value))
  declareSlot(flow, slot)
  emit(flow, when(binary("===", js, nothing), fallback, then))
  return present(flow, slotOperand(slot), unmapped)
}
