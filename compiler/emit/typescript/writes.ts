// From a value inside to its wire form. Flows in: a present, settled operand and the wire type of its field. Flows out: an
// expression of the wire form. Scalars are written here; records and lists of a target mostly have their form already.
import type { ShapeId, UnitSource, WireType } from "../../plan/index.ts"
import { doorCalendar } from "./calendars.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Operand,
  outside,
  scaleOf,
  unsupported,
  type ValueOperand,
  valueOf,
  valueTypeOf,
  widened,
} from "./flow.ts"
import {
  array,
  assign,
  binary,
  cast,
  concat,
  conditional,
  constant,
  data,
  invoke,
  list,
  member,
  name,
  named,
  nil,
  nothing,
  number,
  object,
  run,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsMember } from "./javascript/nodes.ts"
import { specOf } from "./specs.ts"
import { payloadType } from "./wire-types.ts"

/** The unit of an amount: a text operand, or null when nobody knows. */
export type UnitOf = (source: UnitSource) => Js | null

export function wireOf(flow: Flow, operand: ValueOperand, type: WireType, unit: UnitOf = () => null): Js {
  if (operand.wire !== null && (type.kind === "record" || type.kind === "list")) {
    const js = operand.wire
    if (type.kind === "list" && typeof type.wire === "object") return wrapped(flow, js, type)
    return js
  }
  const value = operand.js
  switch (type.kind) {
    case "text":
      if (typeof type.wire === "object")
        return flow.module.call("writeText", value, data({ wire: type.wire }))
      return type.wire === "lower" ? invoke(value, "toLowerCase") : value
    case "currency":
    case "country":
    case "language":
      return type.wire === "lower" ? invoke(value, "toLowerCase") : value
    case "enum":
      return type.open || type.members.length === 0 ? value : cast(value, payloadType(flow.module, type))
    case "bool":
      return type.wire === "json"
        ? value
        : conditional(value, string(type.wire.true), string(type.wire.false))
    case "int":
      return integerWire(flow, operand, type)
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return decimalWire(flow, operand, type, unit)
    case "date":
      if (type.wire === "iso") return value
      if (typeof type.wire === "object" && "pattern" in type.wire) {
        const sliced = slicedDate(flow, value, type.wire.pattern)
        if (sliced !== null) return sliced
      }
      return cast(flow.module.call("writeDate", value, specOf(flow, type)), payloadType(flow.module, type))
    case "datetime":
    case "instant": {
      if (type.wire === "iso") return value
      // refused where the form has no place for the whole time; the caller judges
      return cast(
        flow.module.call(
          type.kind === "datetime" ? "writeDatetime" : "writeInstant",
          value,
          specOf(flow, type),
        ),
        payloadType(flow.module, type),
      )
    }
    case "json":
      return value
    case "period":
      // refused where the form has no place for it; the caller judges
      return type.wire === "plain"
        ? value
        : cast(
            flow.module.call("writePeriod", value, specOf(flow, type), ...doorCalendar(flow, type)),
            named("string"),
          )
    case "record":
      return recordWire(flow, value, type.shape)
    case "list":
      return listWire(flow, value, type, unit)
    case "dictionary":
      return dictionaryWire(flow, value, type, unit)
  }
}

const YEAR_LAST = /^(?:MM[-/. ]dd|dd[-/. ]MM)[-/. ]yyyy$/
const SLICES = { yyyy: [0, 4], MM: [5, 7], dd: [8, 10] } as const

/** A date of full tokens and marks between them is cut from the canonical text; null: the runtime must. */
function slicedDate(flow: Flow, date: Js, pattern: string): Js | null {
  const parts = pattern.match(/yyyy|MM|dd|[-/. ]/g) ?? []
  if (parts.join("") !== pattern) return null
  const of = atom(flow, date, "date")
  if (flow.mode === "fast" && YEAR_LAST.test(pattern))
    return flow.module.call("dateYearLast", of, string(pattern))
  return parts.reduce<Js>((text, part) => {
    if (part !== "yyyy" && part !== "MM" && part !== "dd") return concat(text, string(part))
    const [from, to] = SLICES[part]
    const piece = invoke(of, "slice", number(from), number(to))
    return text.kind === "string" && text.value === "" ? piece : concat(text, piece)
  }, string(""))
}

function integerWire(flow: Flow, operand: ValueOperand, type: Extract<WireType, { kind: "int" }>): Js {
  if (type.wire === "text") return concat(string(""), operand.js)
  if (flow.mode === "slow") return flow.module.call("jsonNumber", operand.js, number(0))
  return shortNumber(flow, operand).js
}

/** At most 15 digits, or the slow path writes it as an exact number. */
function shortNumber(flow: Flow, operand: ValueOperand): ValueOperand {
  if (operand.bound <= 999999999999999n) return operand
  const js = atom(flow, operand.js, "figure")
  emit(flow, when(outside(js, 999999999999999n), [giveUp]))
  return { ...operand, js, bound: 999999999999999n }
}

function decimalWire(
  flow: Flow,
  operand: ValueOperand,
  type: Extract<WireType, { fitsMinor: boolean }>,
  unit: UnitOf,
): Js {
  const valueScale = scaleOf(valueTypeOf(type))
  const value = widened(flow, operand, valueScale)
  const wireScale = type.fraction ? valueScale : type.scale
  const needsMinor = type.wire === "minor" || (type.wire === "text" && type.fitsMinor)
  const currency = needsMinor && type.unit !== null ? unit(type.unit) : null
  if (flow.mode === "slow") {
    const minor = currency === null ? [] : [flow.module.call("minorUnits", currency)]
    return cast(
      flow.module.call("writeDecimal", value.js, specOf(flow, type), ...minor),
      payloadType(flow.module, type),
    )
  }
  if (type.wire === "text" && currency === null) {
    const { written } = value
    return written !== null && written.digits === wireScale && written.scale === valueScale
      ? flow.module.call("formatRead", written.text, value.js, number(wireScale))
      : flow.module.call("formatFast", value.js, number(wireScale))
  }
  if (type.wire === "text" && currency !== null)
    return flow.module.call("formatMinorFast", value.js, number(wireScale), currency)
  if (type.wire === "number")
    return wireScale === 0
      ? shortNumber(flow, value).js
      : binary("/", shortNumber(flow, value).js, number(10 ** wireScale))
  unsupported(flow, "an amount written in minor or scaled units")
  return value.js
}

/** A record passed on whole. */
function recordWire(flow: Flow, value: Js, id: ShapeId): Js {
  unsupported(flow, "a record that is passed on whole")
  const of = atom(flow, value, "whole")
  const { fields, union: kinds } = flow.module.index.shape(id)
  const members: JsMember[] = fields.map(field => {
    const type = valueTypeOf(field.type)
    const js = cast(member(of, field.name), insideType(flow, type))
    const sibling: UnitOf = source =>
      source.kind === "constant"
        ? string(source.code)
        : source.kind === "field"
          ? cast(
              source.path.reduce<Js>((inner, key) => member(inner, key), of),
              named("string"),
            )
          : null
    if (!field.optional)
      return {
        key: field.wireName,
        value: wireOf(flow, valueOf(js, type), field.type, sibling),
        at: field.at,
      }
    const slot = flow.names.fresh(field.name)
    emit(flow, variable(slot, union(payloadType(flow.module, field.type), named("undefined")), nothing))
    emit(
      flow,
      when(
        binary("!==", member(of, field.name), nothing),
        branch(flow, inner =>
          emit(inner, assign(name(slot), wireOf(inner, valueOf(js, type), field.type, sibling))),
        ),
      ),
    )
    return { key: field.wireName, value: name(slot), at: field.at }
  })
  if (kinds === null) return object(members)
  // Of a union exactly one of them is there.
  const one = members.reduceRight<Js>(
    (rest, { value }) => conditional(binary("!==", value, nothing), value, rest),
    nothing,
  )
  return cast(one, flow.module.shapeType(id))
}

function listWire(flow: Flow, value: Js, type: Extract<WireType, { kind: "list" }>, unit: UnitOf): Js {
  const of = atom(flow, value, "elements")
  const rows = flow.names.fresh("written")
  const at = flow.names.fresh("i")
  emit(flow, constant(rows, array([]), null, list(payloadType(flow.module, type.of), false)))
  const body = branch(flow, inner => {
    const element = valueTypeOf(type.of)
    const js = cast({ kind: "index", of, index: name(at) }, insideType(flow, element))
    emit(inner, run(invoke(name(rows), "push", wireOf(inner, valueOf(js, element), type.of, unit))))
  })
  emit(flow, { kind: "loop", label: null, index: at, limit: member(of, "length"), body, at: null })
  return wrapped(flow, name(rows), type)
}

function wrapped(flow: Flow, rows: Js, type: Extract<WireType, { kind: "list" }>): Js {
  if (type.wire === "array") return rows
  if ("under" in type.wire) return object([{ key: type.wire.under, value: rows, at: null }], false)
  unsupported(flow, "a joined list")
  const written = "joined" in type.wire ? named("string") : list(named("string"), false)
  return cast(flow.module.call("writeList", rows, data({ wire: type.wire })), written)
}

function dictionaryWire(
  flow: Flow,
  value: Js,
  type: Extract<WireType, { kind: "dictionary" }>,
  unit: UnitOf,
): Js {
  unsupported(flow, "a dictionary")
  const keys = flow.names.fresh("keys")
  const at = flow.names.fresh("i")
  const of = atom(flow, value, "entries")
  const out = flow.names.fresh("written")
  emit(flow, constant(keys, flow.module.call("sortedKeys", of)))
  emit(
    flow,
    constant(out, array([]), null, list({ kind: "list", of: named("unknown"), readonly: true }, false)),
  )
  const body = branch(flow, inner => {
    const key = inner.names.fresh("key")
    emit(inner, constant(key, cast({ kind: "index", of: name(keys), index: name(at) }, named("string"))))
    const element = valueTypeOf(type.of)
    const js = cast(invoke(of, "get", name(key)), insideType(flow, element))
    emit(
      inner,
      run(invoke(name(out), "push", array([name(key), wireOf(inner, valueOf(js, element), type.of, unit)]))),
    )
  })
  emit(flow, { kind: "loop", label: null, index: at, limit: member(name(keys), "length"), body, at: null })
  return cast(flow.module.call("dictionaryOf", name(out)), payloadType(flow.module, type))
}

/** A field's value as a member of its record's literal: missing is undefined, cleared is null. */
export function writtenField(flow: Flow, operand: Operand, type: WireType, unit: UnitOf, hint: string): Js {
  if (operand.kind !== "value") return nothing
  if (operand.js.kind === "word" && (operand.js.word === "undefined" || operand.js.word === "null"))
    return operand.js
  if (!operand.missing && !operand.clear) return wireOf(flow, operand, type, unit)
  const js = atom(flow, operand.js, hint)
  const present = { ...operand, js: cast(js, insideType(flow, operand.type)), missing: false, clear: false }
  if (operand.wire !== null) {
    const written = conditional(binary("===", js, nothing), nothing, wireOf(flow, present, type, unit))
    return operand.clear ? conditional(binary("===", js, nil), nil, written) : written
  }
  // null and undefined stand as they are
  if (isPlain(type))
    return type.kind === "enum" && !type.open
      ? cast(
          js,
          union(
            payloadType(flow.module, type),
            named("undefined"),
            ...(operand.clear ? [named("null")] : []),
          ),
        )
      : js
  const slot = flow.names.fresh(`${hint}Wire`)
  const types = [payloadType(flow.module, type), named("undefined")]
  if (operand.clear) types.push(named("null"))
  emit(flow, variable(slot, union(...types), nothing))
  const write = branch(flow, inner => emit(inner, assign(name(slot), wireOf(inner, present, type, unit))))
  const test = binary("!==", js, nothing)
  if (operand.clear) {
    emit(
      flow,
      when(binary("===", js, nil), [assign(name(slot), nil)], operand.missing ? [when(test, write)] : write),
    )
  } else emit(flow, when(test, write))
  return name(slot)
}

/** Does the value stand on the wire as it is inside? */
function isPlain(type: WireType): boolean {
  switch (type.kind) {
    case "text":
    case "currency":
    case "country":
    case "language":
      return type.wire === "plain"
    case "bool":
      return type.wire === "json"
    case "date":
    case "datetime":
    case "instant":
      return type.wire === "iso"
    case "period":
      return type.wire === "plain"
    case "enum":
    case "json":
      return true
    default:
      return false
  }
}
