// One field of a payload on the fast way: the property is read once and tested in place; any doubt gives the record up. Flows
// in: the object and what the field promises. Flows out: an operand over a local.
import type { At, PlanField, PlanRead, WireType } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import {
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Operand,
  type ValueOperand,
  valueOf,
  valueTypeOf,
} from "./flow.ts"
import {
  assign,
  binary,
  cast,
  conditional,
  constant,
  invoke,
  list,
  member,
  name,
  named,
  nil,
  not,
  nothing,
  number,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"
import { readFast } from "./read-fast.ts"
import { readValue } from "./read-value.ts"
import { type Container, type Reading, readRecord, type UnitReader } from "./reads.ts"
import { specOf } from "./specs.ts"

/** The fast way: a local that is right, or the record is given up. */
export function readQuick(
  flow: Flow,
  { js: container, missing, kind }: Container,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  optional: boolean,
): Operand {
  const id = flow.names.fresh(field.name)
  const access =
    kind !== null
      ? conditional(binary("===", kind, string(field.name)), container, nothing)
      : Object.hasOwn(Object.prototype, field.wireName) || field.wireName === "__proto__"
        ? flow.module.call("own", container, string(field.wireName))
        : member(container, field.wireName)
  emit(
    flow,
    constant(
      id,
      missing ? conditional(binary("===", container, nothing), nothing, access) : access,
      field.at,
    ),
  )
  const raw = name(id)
  const absent = binary("||", binary("===", raw, nothing), binary("===", raw, nil))
  if (field.default !== null)
    emit(flow, when(missing ? binary("&&", binary("!==", container, nothing), absent) : absent, [giveUp]))
  const mayMiss = optional || missing
  if (optional === false && missing)
    emit(flow, when(binary("&&", binary("!==", container, nothing), absent), [giveUp]))
  const type = valueTypeOf(field.type)
  if (read.elements) {
    if (field.type.kind !== "list") throw new BrokenPlan("Only lists have elements.")
    const listType = field.type
    if (!mayMiss)
      return {
        kind: "rows",
        js: rowsFast(flow, raw, listType),
        missing: false,
        poison: false,
        type: listType,
        place: flow.place,
        at: field.at,
      }
    const slot = flow.names.fresh(`${field.name}Rows`)
    emit(flow, variable(slot, union(list(named("unknown")), named("undefined"))))
    emit(
      flow,
      when(
        not(absent),
        branch(flow, inner => emit(inner, assign(name(slot), rowsFast(inner, raw, listType)))),
      ),
    )
    return {
      kind: "rows",
      js: name(slot),
      missing: true,
      poison: false,
      type: listType,
      place: flow.place,
      at: field.at,
    }
  }
  if (field.type.kind === "record") {
    const nested = flow.module.index.shape(field.type.shape)
    const units = field.type.arguments.map(unit)
    const reading: Reading = {
      shape: nested,
      reads: read.members?.reads ?? null,
      rules: read.members?.rules ?? null,
      unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
    }
    if (!mayMiss) {
      emit(flow, when(not(flow.module.call("isPayloadObject", raw)), [giveUp]))
      return readRecord(flow, raw, false, reading)
    }
    const slot = flow.names.fresh(`${field.name}Record`)
    emit(flow, variable(slot, union(flow.module.runtimeType("PayloadObject"), named("undefined"))))
    emit(
      flow,
      when(not(absent), [
        when(not(flow.module.call("isPayloadObject", raw)), [giveUp]),
        assign(name(slot), raw),
      ]),
    )
    return readRecord(flow, name(slot), true, reading)
  }
  if (!mayMiss) return valueOfFast(flow, raw, field.type, unit, field.at, field.name)
  const slot = flow.names.fresh(field.name)
  emit(flow, variable(slot, union(insideType(flow, type), named("undefined"))))
  let value: ValueOperand | null = null
  const body = branch(flow, inner => {
    value = valueOfFast(inner, raw, field.type, unit, field.at, field.name)
    emit(inner, assign(name(slot), value.js))
  })
  emit(flow, when(not(absent), body))
  const bound = (value as ValueOperand | null)?.bound
  return valueOf(name(slot), type, bound === undefined ? { missing: true } : { missing: true, bound })
}

export function rowsFast(flow: Flow, raw: Js, type: Extract<WireType, { kind: "list" }>): Js {
  if (type.wire !== "array") {
    const rows = flow.names.fresh("rows")
    emit(flow, constant(rows, flow.module.call("readList", raw, specOf(flow, type))))
    emit(flow, when(flow.module.call("isRefused", name(rows)), [giveUp]))
    return name(rows)
  }
  emit(flow, when(not(invoke(name("Array"), "isArray", raw)), [giveUp]))
  if (type.min > 0) emit(flow, when(binary("<", member(raw, "length"), number(type.min)), [giveUp]))
  if (type.max !== null) emit(flow, when(binary(">", member(raw, "length"), number(type.max)), [giveUp]))
  return cast(raw, list(named("unknown")))
}

/** A present value, whole. */
export function valueOfFast(
  flow: Flow,
  raw: Js,
  type: WireType,
  unit: UnitReader,
  at: At,
  hint: string,
): ValueOperand {
  switch (type.kind) {
    case "record":
    case "list":
    case "dictionary":
      return readValue(flow, raw, type, at, unit, hint)
    default:
      return readFast(flow, raw, type, unit, hint)
  }
}
