// One field of a payload on the slow way: the runtime's readers judge it and report; what fails is poison. Flows in: the object
// and what the field promises. Flows out: an operand over a local.
import type { At, PlanField, PlanRead, WireType } from "../../plan/index.ts"
import { doorCalendar } from "./calendars.ts"
import { scaledLiteral } from "./expression.ts"
import { atom, emit, type Flow, insideType, type Operand, poisonType, valueOf, valueTypeOf } from "./flow.ts"
import {
  assign,
  bigint,
  conditional,
  constant,
  name,
  named,
  no,
  string,
  union,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { elementsOf } from "./read-value.ts"
import { type Container, readRecord, type UnitReader } from "./reads.ts"
import { readerOf, specOf } from "./specs.ts"

export function placed(flow: Flow, at: At): readonly Js[] {
  const { root, pointer, masked } = flow.place
  return [string(root), pointer, masked ? yes : no, flow.module.position(at)]
}

export function readSlow(
  flow: Flow,
  { js: container, missing, kind }: Container,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  optional: boolean,
): Operand {
  const { module } = flow
  const own =
    kind === null
      ? module.call("own", container, string(field.wireName))
      : module.call("ofKind", container, kind, string(field.name))
  const mayMiss = optional || missing
  const how = optional ? "readOptional" : missing ? "readMember" : "readRequired"
  const reader = name(module.runtime(readerOf(field.type)))
  const composite =
    field.type.kind === "list" || field.type.kind === "dictionary" || field.type.kind === "record"
  const extra = minorArguments(flow, field.type, unit)
  const id = flow.names.fresh(composite ? `${field.name}Raw` : field.name)
  const type = valueTypeOf(field.type)
  if (field.default !== null) {
    const raw = atom(flow, own, `${field.name}Raw`)
    const types: TsType[] = [insideType(flow, type), poisonType(flow)]
    if (missing) types.push(named("undefined"))
    emit(flow, variable(id, union(...types)))
    const text = String(field.default)
    const fallback: Js =
      typeof field.default === "boolean"
        ? field.default
          ? yes
          : no
        : type.kind === "number"
          ? bigint(scaledLiteral(field.default, type.scale))
          : string(field.default)
    const { root, pointer } = flow.place
    emit(
      flow,
      when(
        module.call(
          "useDefault",
          name("report"),
          raw,
          string(root),
          pointer,
          module.position(field.at),
          string(text),
        ),
        [assign(name(id), fallback)],
        [
          assign(
            name(id),
            module.call(
              missing ? "readMember" : "readRequired",
              name("report"),
              raw,
              ...placed(flow, field.at),
              reader,
              specOf(flow, field.type),
              ...extra,
            ),
          ),
        ],
        field.at,
      ),
    )
    return valueOf(name(id), type, { missing, poison: true })
  }
  const reading = module.call(
    how,
    name("report"),
    own,
    ...placed(flow, field.at),
    reader,
    specOf(flow, field.type),
    ...extra,
  )
  emit(flow, constant(id, reading, field.at))
  if (read.elements && field.type.kind === "list") {
    return {
      kind: "rows",
      js: name(id),
      missing: mayMiss,
      poison: true,
      type: field.type,
      place: flow.place,
      at: field.at,
    }
  }
  if (field.type.kind === "record") {
    const nested = module.index.shape(field.type.shape)
    const units = field.type.arguments.map(unit)
    return readRecord(flow, name(id), mayMiss, {
      shape: nested,
      reads: read.members?.reads ?? null,
      rules: read.members?.rules ?? null,
      unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
    })
  }
  if (field.type.kind === "list" || field.type.kind === "dictionary") {
    return elementsOf(flow, name(id), mayMiss, field.type, field.at, unit, field.name)
  }
  return valueOf(name(id), type, { missing: mayMiss, poison: true })
}

/** Minor units of the amount's currency, or the calendar of a period, where the door needs them. */
export function minorArguments(flow: Flow, type: WireType, unit: UnitReader): readonly Js[] {
  const of = unitOf(flow, type, unit)
  if (of === null) return doorCalendar(flow, type)
  const minor = flow.module.call("minorUnitsOf", of)
  // in minor units of a currency that is poison, an amount that is there is poison too, silently
  if (of.kind === "string" || !("fitsMinor" in type) || type.wire !== "minor") return [minor]
  return [conditional(flow.module.call("isPoison", of), name(flow.module.runtime("poison")), minor)]
}

export function unitOf(_flow: Flow, type: WireType, unit: UnitReader): Js | null {
  if (!("fitsMinor" in type) || type.unit === null || (type.wire !== "minor" && !type.fitsMinor)) return null
  const operand = unit(type.unit)
  return operand?.kind === "value" ? operand.js : null
}
