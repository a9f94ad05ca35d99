// round(a × b) to the minor units of a currency known at run time, on both number paths.
import { minorUnits } from "../money/currencies.ts"
import { power10 } from "./decimal-fast.ts"
import { multiplyDivideBy } from "./multiply-divide.ts"
import type { RoundingMode } from "./rounding-mode.ts"

const LARGEST = Number.MAX_SAFE_INTEGER

/** ISO 4217's largest: what an amount of a currency without minor units (gold, SDR) may carry. */
const LARGEST_MINOR = 4

/** Fraction digits an amount of this currency is rounded to. */
export function minorDigits(currency: string): number {
  return minorUnits(currency) ?? LARGEST_MINOR
}

/** `a × b` has `scale` fraction digits; the result has `to`. NaN: leave the fast path; undefined: `exact` would lose. */
export function multiplyMinor(
  a: number,
  b: number,
  scale: number,
  currency: string,
  to: number,
  mode: RoundingMode,
): number | undefined {
  const digits = minorDigits(currency)
  const rounded =
    scale > digits ? multiplyDivideBy(a, b, power10(scale - digits), mode) : a * b * power10(digits - scale)
  if (rounded === undefined) return undefined
  const result = rounded * power10(to - digits)
  return result <= Number.MAX_SAFE_INTEGER && result >= -Number.MAX_SAFE_INTEGER ? result + 0 : Number.NaN
}

/** The same for `a × b ÷ divisor`, whose quotient has `scale` fraction digits (negative: it lacks some). The divisor is above zero. */
export function divideMinor(
  a: number,
  b: number,
  divisor: number,
  scale: number,
  currency: string,
  to: number,
  mode: RoundingMode,
): number | undefined {
  const digits = minorDigits(currency)
  const steps = digits - scale
  const factor = steps > 0 ? b * power10(steps) : b
  const by = steps < 0 ? divisor * power10(-steps) : divisor
  const safe = factor <= LARGEST && factor >= -LARGEST && by <= LARGEST
  const rounded = safe ? multiplyDivideBy(a, factor, by, mode) : Number.NaN
  if (rounded === undefined) return undefined
  const result = rounded * power10(to - digits)
  return result <= LARGEST && result >= -LARGEST ? result + 0 : Number.NaN
}

/** Does a scaled safe integer need no more fraction digits than its currency has? Currencies without minor units take any. */
export function fitsMinorFast(value: number, scale: number, currency: string): boolean {
  const minor = minorUnits(currency)
  return minor === undefined || minor >= scale || value % power10(scale - minor) === 0
}
