// Figures as JSON Schema. Flows in: a decimal or int wire type. Flows out: what a validator can check without binary floats.
//
// Text is exact: a pattern counts the digits before and after the point. For JSON numbers there are only bounds: `multipleOf`
// is avoided on purpose, because validators compute it with doubles and refuse 1.1 as a multiple of 0.01.
import { formatShortest, fromText, parseDecimal, significantDigits, toScaled } from "@fmap/runtime"
import type { DecimalWireType, WireType } from "../../plan/index.ts"
import { type Json, type JsonObject, jsonObject } from "./json-object.ts"

type Keyword = readonly [string, Json | undefined]

/** What a schema may hold as a number: more digits would be read as another one. */
const exactDigits = 15
/** The reader's limit; longer texts are no amounts. */
const longestFigure = 1000

export function integerSchema(type: Extract<WireType, { kind: "int" }>): JsonObject {
  if (type.wire === "text") {
    const bounds: readonly Keyword[] = [
      ["x-fmap-minimum", type.min ?? undefined],
      ["x-fmap-maximum", type.max ?? undefined],
    ]
    return jsonObject([
      ["type", "string"],
      ["pattern", figurePattern(null, 0)],
      ["maxLength", longestFigure],
      ...bounds,
    ])
  }
  const low = type.min === null ? null : { value: type.min, inclusive: true }
  const high = type.max === null ? null : { value: type.max, inclusive: true }
  return jsonObject([["type", "integer"], ...numberBounds(low, high, 0)])
}

export function decimalSchema(type: DecimalWireType): JsonObject {
  const shown: readonly Keyword[] = [
    ["x-fmap-type", type.kind],
    ["x-fmap-precision", type.precision ?? undefined],
    ["x-fmap-scale", type.scale],
    ["x-fmap-fits-minor", type.fitsMinor ? true : undefined],
    ["x-fmap-fraction", type.fraction ? true : undefined],
    ["x-fmap-amount-of", type.measure],
    ["x-fmap-per", type.per],
  ]
  if (type.wire === "text") return textSchema(type, shown)
  if (type.wire === "number") return numberSchema(type, shown)
  if (type.wire === "minor") {
    return jsonObject([["type", "integer"], ["x-fmap-wire", "minor"], ...shown])
  }
  const { scaled } = type.wire
  const digits = integerDigits(type)
  const limits = digits === null ? [] : digitBounds(digits + scaled)
  return jsonObject([
    ["type", "integer"],
    ...limits,
    ["x-fmap-wire", jsonObject([["scaled", scaled]])],
    ...shown,
  ])
}

function textSchema(type: DecimalWireType, shown: readonly Keyword[]): JsonObject {
  const digits = integerDigits(type)
  return jsonObject([
    ["type", "string"],
    ["format", "decimal"],
    ["pattern", figurePattern(digits, wireScale(type))],
    ["maxLength", digits === null ? longestFigure : undefined],
    ["x-fmap-minimum", bound(type.low, true)],
    ["x-fmap-exclusiveMinimum", bound(type.low, false)],
    ["x-fmap-maximum", bound(type.high, true)],
    ["x-fmap-exclusiveMaximum", bound(type.high, false)],
    ...shown,
  ])
}

function numberSchema(type: DecimalWireType, shown: readonly Keyword[]): JsonObject {
  const digits = integerDigits(type)
  // A refinement is narrower than the digits, so where there is one it is the bound.
  const fromDigits = digits === null ? [] : digitBounds(digits)
  const refined = numberBounds(type.low, type.high, type.kind === "percent" && !type.fraction ? 2 : 0)
  const covered = new Set(refined.filter(([, value]) => value !== undefined).map(([name]) => sideOf(name)))
  const kept = fromDigits.filter(([name]) => !covered.has(sideOf(name)))
  return jsonObject([["type", "number"], ...kept, ...refined, ...shown])
}

function sideOf(keyword: string): string {
  return keyword.toLowerCase().includes("minimum") ? "low" : "high"
}

function bound(end: DecimalWireType["low"], inclusive: boolean): string | undefined {
  return end !== null && end.inclusive === inclusive ? end.value : undefined
}

/** Digits before the point on the wire; null: any number. */
function integerDigits(type: DecimalWireType): number | null {
  if (type.precision === null) return null
  return Math.max(0, type.precision - wireScale(type))
}

function wireScale(type: DecimalWireType): number {
  return type.kind === "percent" && type.fraction ? type.scale + 2 : type.scale
}

/** `-?(0|[1-9]digits)(.digits)?` with so many of each. */
export function figurePattern(digits: number | null, scale: number): string {
  const more = digits === null ? "*" : `{0,${digits - 1}}`
  const whole = digits === 0 ? "0" : digits === 1 ? "[0-9]" : `(?:0|[1-9][0-9]${more})`
  return `^-?${whole}${scale === 0 ? "" : `(?:\\.[0-9]{1,${scale}})?`}$`
}

/** Less than 10^digits on both sides. Beyond 15 digits a validator rounds to the power itself, so that is let in. */
function digitBounds(digits: number): readonly Keyword[] {
  if (digits > 300) return []
  const limit = Number(`1e${digits}`)
  return digits < exactDigits
    ? [
        ["exclusiveMinimum", -limit],
        ["exclusiveMaximum", limit],
      ]
    : [
        ["minimum", -limit],
        ["maximum", limit],
      ]
}

/** `shift`: the wire shows the value × 10^shift (a percent's figure). Bounds a double cannot hold are told, not checked. */
function numberBounds(
  low: DecimalWireType["low"],
  high: DecimalWireType["high"],
  shift: number,
): readonly Keyword[] {
  return [
    ...oneBound(low, "minimum", "exclusiveMinimum", shift),
    ...oneBound(high, "maximum", "exclusiveMaximum", shift),
  ]
}

function oneBound(
  end: DecimalWireType["low"],
  inclusive: string,
  exclusive: string,
  shift: number,
): readonly Keyword[] {
  if (end === null) return []
  const keyword = end.inclusive ? inclusive : exclusive
  const text = shifted(end.value, shift)
  return significantDigits(text) <= exactDigits ? [[keyword, Number(text)]] : [[`x-fmap-${keyword}`, text]]
}

function shifted(text: string, shift: number): string {
  const value = fromText(text)
  const scale = parseDecimal(text)?.scale ?? 0
  const scaled = value === undefined ? undefined : toScaled(value, scale)
  return scaled === undefined ? text : formatShortest(scaled * 10n ** BigInt(shift), scale)
}
