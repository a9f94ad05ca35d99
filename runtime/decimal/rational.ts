// Exact rationals: what an expression is while a division waits for its `round`. Flows in: decimals and scaled
// bigints; flows out: one rounding. Always reduced, the denominator positive, so equal values are equal pairs.
import { powerOfTen } from "./powers.ts"
import { divideRounded, type RoundingMode } from "./rounding.ts"
import { parseDecimal } from "./scaled.ts"

/** n / d, reduced, d > 0. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

export const zero: Rational = { n: 0n, d: 1n }

/** n / d reduced. Undefined for d = 0. */
export function rational(n: bigint, d: bigint): Rational | undefined {
  return d === 0n ? undefined : reduced(n, d)
}

export function fromInteger(n: bigint): Rational {
  return { n, d: 1n }
}

/** value × 10^-scale. */
export function fromScaled(value: bigint, scale: number): Rational {
  return scale === 0 ? { n: value, d: 1n } : reduced(value, powerOfTen(scale))
}

/** Decimal text as `parseDecimal` reads it; undefined for anything else. */
export function fromText(text: string): Rational | undefined {
  const decimal = parseDecimal(text)
  return decimal === undefined ? undefined : fromScaled(decimal.unscaled, decimal.scale)
}

export function add(a: Rational, b: Rational): Rational {
  return a.d === b.d ? reduced(a.n + b.n, a.d) : reduced(a.n * b.d + b.n * a.d, a.d * b.d)
}

export function subtract(a: Rational, b: Rational): Rational {
  return a.d === b.d ? reduced(a.n - b.n, a.d) : reduced(a.n * b.d - b.n * a.d, a.d * b.d)
}

export function multiply(a: Rational, b: Rational): Rational {
  return reduced(a.n * b.n, a.d * b.d)
}

/** Undefined for a zero divisor. */
export function divide(a: Rational, b: Rational): Rational | undefined {
  return b.n === 0n ? undefined : reduced(a.n * b.d, a.d * b.n)
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d }
}

/** -1, 0 or 1. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.n * b.d
  const right = b.n * a.d
  return left < right ? -1 : left > right ? 1 : 0
}

/** The value × 10^scale, rounded. Undefined only for `exact` where a digit would be lost. */
export function roundRational(value: Rational, scale: number, mode: RoundingMode): bigint | undefined {
  return divideRounded(value.n * powerOfTen(scale), value.d, mode)
}

/** The value × 10^scale where that is whole, else undefined. */
export function toScaled(value: Rational, scale: number): bigint | undefined {
  return roundRational(value, scale, "exact")
}

function reduced(n: bigint, d: bigint): Rational {
  if (d === 1n) return { n, d }
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d)
  const sign = d < 0n ? -divisor : divisor
  return { n: n / sign, d: d / sign }
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a
  let y = b
  while (y !== 0n) {
    const rest = x % y
    x = y
    y = rest
  }
  return x
}
