// round(a × b ÷ d) on scaled safe integers, exact while the rounded result is a safe integer; NaN: leave the fast path.
// Where the product passes 2^53, `a` is split in base `d`, so the quotient stays exact although the product is not.
import type { RoundingMode } from "./rounding-mode.ts"

const LARGEST = Number.MAX_SAFE_INTEGER

/** Half-even, the mode of nearly every amount. `divisor` is a positive safe integer. */
export function multiplyDivide(a: number, b: number, divisor: number): number {
  const product = a * b
  let quotient = 0
  let remainder = 0
  if (product <= LARGEST && product >= -LARGEST) {
    quotient = Math.floor(product / divisor)
    remainder = product - quotient * divisor
  } else {
    const high = Math.floor(a / divisor)
    const highProduct = high * b
    const lowProduct = (a - high * divisor) * b
    if (!(highProduct <= LARGEST && highProduct >= -LARGEST)) return Number.NaN
    if (!(lowProduct <= LARGEST && lowProduct >= -LARGEST)) return Number.NaN
    const low = Math.floor(lowProduct / divisor)
    remainder = lowProduct - low * divisor
    quotient = low + highProduct
  }
  // The division above may have rounded up to the next integer: one step puts it right.
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
export function multiplyDivideBy(a: number, b: number, divisor: number, mode: RoundingMode): number | undefined {
  const product = a * b
  let quotient = 0
  let remainder = 0
  if (product <= LARGEST && product >= -LARGEST) {
    quotient = Math.floor(product / divisor)
    remainder = product - quotient * divisor
  } else {
    const high = Math.floor(a / divisor)
    const highProduct = high * b
    const lowProduct = (a - high * divisor) * b
    if (!(highProduct <= LARGEST && highProduct >= -LARGEST)) return Number.NaN
    if (!(lowProduct <= LARGEST && lowProduct >= -LARGEST)) return Number.NaN
    const low = Math.floor(lowProduct / divisor)
    remainder = lowProduct - low * divisor
    quotient = low + highProduct
  }
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
      return quotient < 0 ? quotient + 1 + 0 : quotient
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
