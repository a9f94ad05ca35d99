// Between exact decimals and JSON numbers. Flows in: a JS number or ExactNumber of a payload, or a scaled bigint;
// flows out the other, never with a digit changed. It knows nothing of fields and their bounds.
import { ExactNumber, type JsonNumber } from "../formats/json/exact-number.ts"
import { powerOfTen } from "./powers.ts"
import { type Decimal, formatShortest, longestDecimal } from "./scaled.ts"

/** Digits every double keeps. */
export const safeDigits = 15

/** Exponents up to this size are taken exactly; larger ones are not numbers anybody means. */
export const largestExponent = 400

/** Why a JSON number has no exact value. */
export type NumberFault = "not finite" | "inexact" | "exponent" | "too long"

/**
 * The exact value of a JSON number. A JS number must have at most 15 digits, counted from the first that is not zero and
 * with the zeros before the point: of more, a reader may already have lost some. An ExactNumber is taken as written.
 */
export function decimalOfNumber(number: JsonNumber): Decimal | NumberFault {
  if (typeof number !== "number") return decimalOfLiteral(number.text)
  if (!Number.isFinite(number)) return "not finite"
  if (number > -1e15 && number < 1e15) {
    if (Number.isInteger(number)) return { unscaled: BigInt(number), scale: 0 }
    const decimal = decimalOfLiteral(String(number))
    if (typeof decimal === "string") return decimal
    const limit = powerOfTen(safeDigits)
    if (decimal.unscaled < limit && decimal.unscaled > -limit) return decimal
  }
  return "inexact"
}

function decimalOfLiteral(text: string): Decimal | NumberFault {
  if (text.length > longestDecimal) return "too long"
  const e = text.search(/[eE]/)
  const mantissa = e < 0 ? text : text.slice(0, e)
  const exponent = e < 0 ? 0 : Number(text.slice(e + 1))
  if (exponent > largestExponent || exponent < -largestExponent) return "exponent"
  const point = mantissa.indexOf(".")
  const unscaled = BigInt(point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1))
  const scale = (point < 0 ? 0 : mantissa.length - point - 1) - exponent
  return scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * powerOfTen(-scale), scale: 0 }
}

/**
 * A scaled bigint as JSON holds it: a JS number of at most 15 digits (trailing fraction zeros dropped), else the literal.
 * 117950 at scale 2 is 1179.5.
 */
export function jsonNumber(value: bigint, scale: number): JsonNumber {
  const limit = powerOfTen(safeDigits)
  if (scale === 0 && value < limit && value > -limit) return Number(value)
  return jsonNumberOfText(formatShortest(value, scale))
}

/** The same for decimal text without trailing fraction zeros. */
export function jsonNumberOfText(text: string): JsonNumber {
  return significantDigits(text) <= safeDigits ? Number(text) + 0 : new ExactNumber(text)
}

/** Digits of plain decimal text, counted from the first that is not zero. */
export function significantDigits(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) continue
    if (count > 0 || code !== 48) count++
  }
  return count
}
