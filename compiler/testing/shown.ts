// Values as a reader of a test report sees them: money with its currency, texts in quotes, nothing as "nothing".
import { formatScaled, negate, type Rational, subtract, toScaled, valueScale } from "@fmap/runtime"
import type { Outcome } from "../interpret/internals.ts"
import type { WireType } from "../plan/index.ts"

export function shownOutcome(value: Outcome, type: WireType | null, unit: string | null): string {
  if (typeof value === "symbol") return value.description === "clear" ? "null" : "nothing"
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "boolean") return String(value)
  if (value.kind !== "number") return `a ${value.kind === "rows" ? "list" : value.kind}`
  return shownNumber(value.value, type, unit)
}

/** `1179.50 USD`, with the fraction digits of the field or as many as the value has. */
export function shownNumber(value: Rational, type: WireType | null, unit: string | null): string {
  let digits = 0
  if (type !== null && "scale" in type) digits = valueScale(type)
  // At money's widest, cents are what a reader looks for: 1179.5000 is 1179.50.
  let text: string | null = null
  for (let scale = Math.min(2, digits); text === null && scale <= digits + 40; scale++) {
    const scaled = toScaled(value, scale)
    if (scaled !== undefined) text = formatScaled(scaled, scale)
  }
  return `${text ?? `${value.n}/${value.d}`}${unit === null ? "" : ` ${unit}`}`
}

/** ` (0.01 less)`: how far a figure is from what was expected. */
export function shownDifference(was: Rational, expected: Rational, type: WireType | null): string {
  const apart = subtract(was, expected)
  if (apart.n === 0n) return ""
  const less = apart.n < 0n
  return ` (${shownNumber(less ? negate(apart) : apart, type, null)} ${less ? "less" : "more"})`
}
