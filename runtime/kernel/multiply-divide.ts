// round(a × b ÷ d) on scaled safe integers, exact while the rounded result is a safe integer; NaN: leave the fast path.
// Where the product passes 2^53, `a` is split in base `d`, so the quotient stays exact although the product is not.
// Every product is looked at before it is used: one beyond 2^53 has already been rounded and proves nothing.
import type { RoundingMode } from "./rounding-mode.ts"

const LARGEST = Number.MAX_SAFE_INTEGER

function isSafe(value: number): boolean {
  return value <= LARGEST && value >= -LARGEST
}

/** Does the divisor go into the safe integer? `%` of numbers beyond 2^31 is a slow call; the quotient of one below 2^53 is whole only then. */
export function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor
  return Math.floor(quotient) === quotient
}

/** Half-even, the mode of nearly every amount. `divisor` is a positive safe integer. */
export function multiplyDivide(a: number, b: number, divisor: number): number {
  let quotient = 0
  let remainder = 0
  const product = a * b
  if (isSafe(product)) {
    quotient = Math.floor(product / divisor)
    const back = quotient * divisor
    if (!isSafe(back)) return Number.NaN
    remainder = product - back
  } else {
    const high = Math.floor(a / divisor)
    const highBack = high * divisor
    const highProduct = high * b
    if (!(isSafe(highBack) && isSafe(highProduct))) return Number.NaN
    const lowProduct = (a - highBack) * b
    if (!isSafe(lowProduct)) return Number.NaN
    const low = Math.floor(lowProduct / divisor)
    const lowBack = low * divisor
    if (!isSafe(lowBack)) return Number.NaN
    remainder = lowProduct - lowBack
    quotient = low + highProduct
  }
  // A division may have rounded to the next integer: one step puts it right.
  if (remainder < 0) {
    quotient--
    remainder += divisor
  } else if (remainder >= divisor) {
    quotient++
    remainder -= divisor
  }
  if (!(quotient < LARGEST && quotient > -LARGEST)) return Number.NaN
  const rest = divisor - remainder
  return remainder > rest || (remainder === rest && quotient % 2 !== 0) ? quotient + 1 : quotient + 0
}

/** Any mode. `exact` gives undefined where digits would be lost; NaN still means "leave the fast path". */
export function multiplyDivideBy(
  a: number,
  b: number,
  divisor: number,
  mode: RoundingMode,
): number | undefined {
  let quotient = 0
  let remainder = 0
  const product = a * b
  if (isSafe(product)) {
    quotient = Math.floor(product / divisor)
    const back = quotient * divisor
    if (!isSafe(back)) return Number.NaN
    remainder = product - back
  } else {
    const high = Math.floor(a / divisor)
    const highBack = high * divisor
    const highProduct = high * b
    if (!(isSafe(highBack) && isSafe(highProduct))) return Number.NaN
    const lowProduct = (a - highBack) * b
    if (!isSafe(lowProduct)) return Number.NaN
    const low = Math.floor(lowProduct / divisor)
    const lowBack = low * divisor
    if (!isSafe(lowBack)) return Number.NaN
    remainder = lowProduct - lowBack
    quotient = low + highProduct
  }
  // A division may have rounded to the next integer: one step puts it right.
  if (remainder < 0) {
    quotient--
    remainder += divisor
  } else if (remainder >= divisor) {
    quotient++
    remainder -= divisor
  }
  if (!(quotient < LARGEST && quotient > -LARGEST)) return Number.NaN
  if (remainder === 0) return quotient + 0
  const rest = divisor - remainder
  switch (mode) {
    case "floor":
      return quotient + 0
    case "ceiling":
      return quotient + 1 + 0
    case "down":
      return quotient < 0 ? quotient + 1 + 0 : quotient + 0
    case "up":
      return quotient < 0 ? quotient : quotient + 1
    case "half_even":
      return remainder > rest || (remainder === rest && quotient % 2 !== 0) ? quotient + 1 + 0 : quotient + 0
    case "half_up":
      return remainder > rest || (remainder === rest && quotient >= 0) ? quotient + 1 + 0 : quotient + 0
    case "half_down":
      return remainder > rest || (remainder === rest && quotient < 0) ? quotient + 1 + 0 : quotient + 0
    case "exact":
      return undefined
  }
}
