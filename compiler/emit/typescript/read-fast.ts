// One present scalar on the fast path: tested in place, given up at any doubt. Kinds and wire forms without a test of their
// own go through the door's readers.
import type { WireType } from "../../plan/index.ts"
import { doorCalendar } from "./calendars.ts"
import { boundTests } from "./fit.ts"
import {
  emit,
  type Flow,
  giveUp,
  LARGEST,
  outside,
  scaleOf,
  type ValueOperand,
  valueOf,
  valueTypeOf,
} from "./flow.ts"
import { binary, cast, constant, name, named, not, number, string, typeOf, when } from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"
import type { UnitReader } from "./reads.ts"
import { readerOf, specOf } from "./specs.ts"

export function readFast(flow: Flow, raw: Js, type: WireType, unit: UnitReader, hint: string): ValueOperand {
  const inside = valueTypeOf(type)
  switch (type.kind) {
    case "text":
      if (type.pattern !== null || type.measure !== "points" || typeof type.wire === "object")
        return throughReader(flow, raw, type, hint, "string")
      return tested(
        flow,
        raw,
        type,
        flow.module.call("isText", raw, number(type.min), number(type.max ?? -1)),
      )
    case "bool":
      if (type.wire !== "json") return throughReader(flow, raw, type, hint, "boolean")
      return tested(flow, raw, type, binary("===", typeOf(raw), string("boolean")))
    case "enum":
      if (type.open) return tested(flow, raw, type, flow.module.call("isText", raw, number(0), number(-1)))
      emit(flow, {
        kind: "switch",
        subject: raw,
        cases: [
          { tests: type.members.map(entry => string(entry.value)), body: [] },
          { tests: [], body: [giveUp] },
        ],
        at: null,
      })
      return valueOf(cast(raw, named("string")), inside)
    case "date":
      return type.wire === "iso"
        ? tested(flow, raw, type, flow.module.call("isDateText", raw))
        : throughReader(flow, raw, type, hint, "string")
    case "datetime":
    case "instant": {
      if (type.wire !== "iso") return throughReader(flow, raw, type, hint, "string")
      const id = flow.names.fresh(hint)
      const read = flow.module.call(
        type.kind === "instant" ? "readInstantFast" : readerOf(type),
        raw,
        specOf(flow, type),
      )
      const test = flow.module.call("isDatetimeText", raw)
      const js: Js =
        type.kind === "instant" ? read : { kind: "conditional", test, then: raw, otherwise: read }
      emit(flow, constant(id, js))
      emit(flow, when(binary("!==", typeOf(name(id)), string("string")), [giveUp]))
      return valueOf(cast(name(id), named("string")), inside)
    }
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return figure(flow, raw, type, unit, hint)
    case "json":
      return throughReader(flow, raw, type, hint, null)
    default:
      return throughReader(flow, raw, type, hint, "string")
  }
}

/** `if (!test) return undefined`; the test is a type guard of the raw value. */
function tested(flow: Flow, raw: Js, type: WireType, test: Js): ValueOperand {
  emit(flow, when(not(test), [giveUp]))
  const inside = valueTypeOf(type)
  return valueOf(
    raw.kind === "name" ? raw : cast(raw, named(inside.kind === "bool" ? "boolean" : "string")),
    inside,
  )
}

function throughReader(
  flow: Flow,
  raw: Js,
  type: WireType,
  hint: string,
  typeName: "string" | "boolean" | null,
): ValueOperand {
  const id = flow.names.fresh(hint)
  emit(
    flow,
    constant(
      id,
      type.kind === "json"
        ? flow.module.call("readJsonValue", raw)
        : flow.module.call(readerOf(type), raw, specOf(flow, type), ...doorCalendar(flow, type)),
    ),
  )
  const bad =
    typeName === null
      ? flow.module.call("isRefused", name(id))
      : binary("!==", typeOf(name(id)), string(typeName))
  emit(flow, when(bad, [giveUp]))
  return valueOf(typeName === null ? name(id) : cast(name(id), named(typeName)), valueTypeOf(type))
}

function figure(
  flow: Flow,
  raw: Js,
  type: Extract<WireType, { kind: "int" | "decimal" | "money" | "quantity" | "percent" }>,
  unit: UnitReader,
  hint: string,
): ValueOperand {
  const inside = valueTypeOf(type)
  const scale = scaleOf(inside)
  const id = flow.names.fresh(hint)
  const wireScale = type.kind === "int" ? 0 : type.fraction ? scale : type.scale
  const { module } = flow
  if (wireScale <= 15 && (type.wire === "text" || type.wire === "number")) {
    emit(
      flow,
      constant(
        id,
        module.call(type.wire === "text" ? "decimalFast" : "decimalNumberFast", raw, number(wireScale)),
      ),
    )
  } else {
    const currency =
      type.kind !== "int" && type.unit !== null && type.wire === "minor" ? unit(type.unit) : null
    const minor = currency?.kind === "value" ? [module.call("minorUnits", currency.js)] : []
    emit(
      flow,
      constant(
        id,
        module.call("safeInteger", module.call(readerOf(type), raw, specOf(flow, type), ...minor)),
      ),
    )
  }
  const precision = type.kind === "int" ? null : type.precision
  const bound = precision === null || precision > 15 ? LARGEST : 10n ** BigInt(precision) - 1n
  emit(flow, when(outside(name(id), bound), [giveUp]))
  const written =
    type.wire === "text" && wireScale > 0 && raw.kind === "name"
      ? { text: raw, digits: wireScale, scale }
      : null
  const value = valueOf(name(id), inside, { bound, written })
  for (const test of boundTests(value, type)) emit(flow, when(test, [giveUp]))
  if (type.kind !== "int" && type.fitsMinor && type.unit !== null) {
    const currency = unit(type.unit)
    if (currency?.kind === "value")
      emit(flow, when(not(module.call("fitsMinorFast", value.js, number(scale), currency.js)), [giveUp]))
  }
  return value
}
