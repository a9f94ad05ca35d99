// How a scalar stands on the wire: the field's own form, else its system's, else the language's. Flows in: a Type and the
// choices. Flows out: the Plan's WireType, or null for what is no scalar (records, lists, dictionaries).
import type { DecimalWireType, UnitSource, WireType } from "../plan/index.ts"
import { unitText } from "../plan/unit-text.ts"
import type { WireDefaults } from "../resolve/model.ts"
import type { NumberType, RatePair, Type, Unit } from "./type.ts"
import type { WireForms } from "./wire-forms.ts"

export function scalarWire(type: Type, forms: WireForms, defaults: WireDefaults): WireType | null {
  const code = forms.lower ? "lower" : "plain"
  switch (type.kind) {
    case "text":
      return {
        kind: "text",
        min: type.min,
        max: type.max,
        measure: type.measure,
        pattern: type.pattern,
        wire: type.padded === undefined ? code : { padded: type.padded },
      }
    case "bool":
      return { kind: "bool", wire: forms.bool ?? defaults.bool }
    case "number":
      return type.role === "int"
        ? intWire(type, forms, defaults)
        : decimalWire(type, type.role === "rate" ? "decimal" : type.role, forms, defaults)
    case "currency":
    case "country":
    case "language":
      return { kind: type.kind, wire: code }
    case "date":
    case "datetime":
    case "instant":
      return { kind: type.kind, wire: forms.time ?? defaults[type.kind] }
    case "enum":
      return { kind: "enum", name: type.name, open: type.open, members: type.members }
    case "json":
      return { kind: "json" }
    case "period":
      return { kind: "period", calendar: type.calendar.id, wire: forms.period ?? "plain" }
    default:
      return null
  }
}

function intWire(type: NumberType, forms: WireForms, defaults: WireDefaults): WireType {
  const wire = forms.number === "number" || forms.number === "text" ? forms.number : defaults.int
  return { kind: "int", min: wholeEnd(type.low, 1n), max: wholeEnd(type.high, -1n), wire }
}

/** Bounds of whole numbers are inclusive in the Plan: `> 0` is `>= 1`, `> 0.5` too. */
function wholeEnd(bound: NumberType["low"], inward: 1n | -1n): string | null {
  if (bound === null) return null
  const [whole = "0", fraction = ""] = bound.value.split(".")
  const hasFraction = /[1-9]/.test(fraction)
  const truncated = BigInt(whole)
  if (!hasFraction) return String(bound.inclusive ? truncated : truncated + inward)
  // Towards the inside: up for a lower end, down for an upper one; BigInt(whole) cut towards zero.
  const negative = bound.value.startsWith("-")
  if (inward === 1n) return String(negative ? truncated : truncated + 1n)
  return String(negative ? truncated - 1n : truncated)
}

function decimalWire(
  type: NumberType,
  kind: DecimalWireType["kind"],
  forms: WireForms,
  defaults: WireDefaults,
): WireType {
  const scale = kind === "percent" ? type.scale - 2 : type.scale
  const per = type.per === undefined ? null : unitSource(type.per)
  return {
    kind,
    precision: type.digits === null ? null : type.digits + type.scale,
    scale,
    low: type.low,
    high: type.high,
    unit: type.unit === null ? null : unitSource(type.unit),
    fitsMinor: type.fitsMinor,
    wire: forms.number ?? defaults.decimal,
    fraction: forms.fraction,
    ...(type.measure === undefined ? {} : { measure: type.measure.name }),
    ...(per === null ? {} : { per: unitText(per) }),
    ...(type.rate === undefined ? {} : { rate: rateText(type.rate) }),
  }
}

/** `USD per EUR`, `USD per 100 JPY`. */
function rateText({ of, per, amount }: RatePair): string {
  const text = (unit: Unit): string => {
    const source = unitSource(unit)
    return source === null ? "?" : unitText(source)
  }
  return `${text(of)} per ${amount === 1 ? "" : `${amount} `}${text(per)}`
}

/** Null for units that only a map knows (paths of binders, opaque ones): such types are never read from a wire. */
export function unitSource(unit: Unit): UnitSource | null {
  return unit.kind === "path" || unit.kind === "opaque" ? null : unit
}
