// Payload figure in, scaled safe integer out: value × 10^scale as a plain number, or NaN: "not on the fast path".
// NaN never says what is wrong; the slow path reads the value again and knows. Nothing here allocates.
const LARGEST = Number.MAX_SAFE_INTEGER
const FIFTEEN_DIGITS = 999_999_999_999_999
const POWERS: readonly number[] = [
  1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/** 10^exponent for 0..15, NaN outside. */
export function power10(exponent: number): number {
  return POWERS[exponent] ?? Number.NaN
}

/** Reads decimal text `-?(0|[1-9]\d*)(\.\d+)?` with at most `scale` fraction digits (0..15). */
export function decimalFast(value: unknown, scale: number): number {
  if (typeof value !== "string") return Number.NaN
  const length = value.length
  const negative = length > 0 && value.charCodeAt(0) === 45
  const start = negative ? 1 : 0
  if (length - start > 17 || length === start) return Number.NaN
  let whole = 0
  let point = length
  for (let index = start; index < length; index++) {
    const digit = value.charCodeAt(index) - 48
    if (digit >>> 0 <= 9) whole = whole * 10 + digit
    else if (digit === -2 && point === length) point = index
    else return Number.NaN
  }
  const wholeDigits = point - start
  if (wholeDigits === 0 || wholeDigits > 16) return Number.NaN
  if (wholeDigits > 1 && value.charCodeAt(start) === 48) return Number.NaN
  const fraction = point === length ? 0 : length - point - 1
  if (fraction > scale || point === length - 1) return Number.NaN
  whole *= power10(scale - fraction)
  if (!(whole <= LARGEST)) return Number.NaN
  return negative ? 0 - whole : whole
}

/**
 * Reads a JSON number that a double holds exactly: at most 15 significant digits and at most `scale` fraction digits.
 * `value × 10^scale` is rounded to the nearest integer and proved by dividing back (both are correctly rounded, and
 * two decimals of at most 15 digits never share a double).
 */
export function decimalNumberFast(value: unknown, scale: number): number {
  if (typeof value !== "number") return Number.NaN
  const power = power10(scale)
  const scaled = Math.round(value * power)
  if (!(scaled <= FIFTEEN_DIGITS && scaled >= -FIFTEEN_DIGITS)) return Number.NaN
  return scaled / power === value ? scaled + 0 : Number.NaN
}

/** An exact big integer that fits, as a number; anything else is NaN. */
export function safeInteger(value: unknown): number {
  if (typeof value !== "bigint") return Number.NaN
  const number = Number(value)
  return number <= LARGEST && number >= -LARGEST ? number : Number.NaN
}
