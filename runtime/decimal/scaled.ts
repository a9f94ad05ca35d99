// Scaled integers: an exact decimal is a bigint (value × 10^scale) whose scale the type knows.
// Flows in: decimal text or a scaled bigint; flows out the other. It knows nothing of wires, units or rounding.
import { powerOfTen } from "./powers.ts"

/** Longest decimal text that is read: more is an attack, not an amount. */
export const longestDecimal = 1_000

const decimalText = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/

/** An exact decimal with the scale it was written in: `12.50` is 1250 at scale 2. */
export interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

/**
 * Reads `-?(0|[1-9]digits)(.digits)?`. No `+`, blanks, exponent, leading zeros or bare point; `-0` is 0.
 * Undefined for anything else and for text of more than 1,000 characters.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > longestDecimal || !decimalText.test(text)) return undefined
  const point = text.indexOf(".")
  if (point < 0) return { unscaled: BigInt(text), scale: 0 }
  return { unscaled: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 }
}

/** The text's value × 10^scale. Undefined when it is not decimal text or has more than `scale` fraction digits, zeros included. */
export function parseScaled(text: string, scale: number): bigint | undefined {
  const decimal = parseDecimal(text)
  if (decimal === undefined || decimal.scale > scale) return undefined
  return decimal.unscaled * powerOfTen(scale - decimal.scale)
}

/** Decimal text with exactly `scale` fraction digits: 117950 at scale 2 is `1179.50`. */
export function formatScaled(value: bigint, scale: number): string {
  if (scale === 0) return value.toString()
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(scale + 1, "0")
  const point = digits.length - scale
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Like `formatScaled`, without trailing fraction zeros: 117950 at scale 2 is `1179.5`, 100 at scale 2 is `1`. */
export function formatShortest(value: bigint, scale: number): string {
  const text = formatScaled(value, scale)
  if (scale === 0) return text
  let end = text.length
  while (text.charCodeAt(end - 1) === 48) end--
  return text.slice(0, text.charCodeAt(end - 1) === 46 ? end - 1 : end)
}

/** The same value at another scale. Undefined when a digit would be lost. */
export function rescale(value: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return value * powerOfTen(to - from)
  const divisor = powerOfTen(from - to)
  const quotient = value / divisor
  return quotient * divisor === value ? quotient : undefined
}

/** Has the scaled value at most `precision` digits? */
export function fitsDigits(value: bigint, precision: number): boolean {
  const limit = powerOfTen(precision)
  return value < limit && value > -limit
}

/** Does a value at `scale` need no more than `minor` fraction digits? */
export function fitsMinorUnits(value: bigint, scale: number, minor: number): boolean {
  return minor >= scale || value % powerOfTen(scale - minor) === 0n
}
