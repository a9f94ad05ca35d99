// Exact division with a spoken rounding. Flows in: two integers and a mode; flows out: one integer.
// It knows nothing of scales, currencies or text.

/**
 * `half_*`: nearest, ties to even / away from zero / toward zero. `up`: away from zero. `down`: toward zero.
 * `ceiling` and `floor`: toward +∞ and −∞. `exact`: no result rather than a lost digit.
 */
export type RoundingMode =
  | "half_even"
  | "half_up"
  | "half_down"
  | "up"
  | "down"
  | "ceiling"
  | "floor"
  | "exact"

/** All modes, in the order the reference lists them. */
export const roundingModes: readonly RoundingMode[] = [
  "half_even",
  "half_up",
  "half_down",
  "up",
  "down",
  "ceiling",
  "floor",
  "exact",
]

/**
 * `numerator / denominator` as a whole number. Undefined only for `exact` where a remainder would be lost.
 * The denominator is not 0 (callers give missing before they come here); its sign is free.
 */
export function divideRounded(
  numerator: bigint,
  denominator: bigint,
  mode: RoundingMode,
): bigint | undefined {
  const n = denominator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = n / d
  const remainder = n - quotient * d
  if (remainder === 0n) return quotient
  const negative = n < 0n
  switch (mode) {
    case "exact":
      return undefined
    case "down":
      return quotient
    case "up":
      return away(quotient, negative)
    case "ceiling":
      return negative ? quotient : quotient + 1n
    case "floor":
      return negative ? quotient - 1n : quotient
    case "half_even":
    case "half_up":
    case "half_down": {
      const twice = negative ? remainder * -2n : remainder * 2n
      if (twice > d) return away(quotient, negative)
      if (twice < d || mode === "half_down") return quotient
      return mode === "half_up" || (quotient & 1n) === 1n ? away(quotient, negative) : quotient
    }
  }
}

function away(quotient: bigint, negative: boolean): bigint {
  return negative ? quotient - 1n : quotient + 1n
}
