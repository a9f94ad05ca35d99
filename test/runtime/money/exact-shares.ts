// An oracle for allocation that shares no arithmetic with it: it works on exact fractions and gives the coins out one at a
// time, to whom the rule says at that moment. It knows nothing of truncation of products or of sorting.
import {
  divide,
  fromInteger,
  multiply,
  type Rational,
  type RemainderRule,
  roundRational,
  subtract,
} from "@fmap/runtime"

/** total × weight ÷ sum of the weights, exactly. Undefined where there is no proportion. */
export function exactShares(total: bigint, weights: readonly bigint[]): readonly Rational[] | undefined {
  if (weights.some(w => w > 0n) === weights.some(w => w < 0n)) return undefined
  const sum = weights.reduce((a, b) => a + b, 0n)
  return weights.map(
    weight => divide(multiply(fromInteger(total), fromInteger(weight)), fromInteger(sum)) as Rational,
  )
}

/** What each part must be. */
export function sharesByHand(
  total: bigint,
  weights: readonly bigint[],
  rule: RemainderRule,
): readonly bigint[] | undefined {
  const exact = exactShares(total, weights)
  if (exact === undefined) return undefined
  const parts = exact.map(share => roundRational(share, 0, "down") as bigint)
  const coin = total < 0n ? -1n : 1n
  const served = new Set<number>()
  while (parts.reduce((a, b) => a + b, 0n) !== total) {
    const index = next(parts, exact, weights, rule, served)
    served.add(index)
    parts[index] = (parts[index] as bigint) + coin
  }
  return parts
}

function next(
  parts: readonly bigint[],
  exact: readonly Rational[],
  weights: readonly bigint[],
  rule: RemainderRule,
  served: ReadonlySet<number>,
): number {
  const weighted = weights.flatMap((weight, index) => (weight === 0n ? [] : [index]))
  switch (rule) {
    case "first":
      return weighted[0] as number
    case "last":
      return weighted[weighted.length - 1] as number
    case "largest_share":
      return weighted.reduce((best, index) => (size(weights[index]) > size(weights[best]) ? index : best))
    case "largest_fraction":
      return weighted
        .filter(index => !served.has(index))
        .reduce((best, index) => (lost(index, parts, exact) > lost(best, parts, exact) ? index : best))
  }
}

/** All exact shares have one denominator but for reduction: compared after bringing them to a common one by cross-multiplying. */
function lost(index: number, parts: readonly bigint[], exact: readonly Rational[]): bigint {
  const common = exact.reduce((product, { d }) => product * d, 1n)
  const { n, d } = subtract(exact[index] as Rational, fromInteger(parts[index] as bigint))
  return size((n * common) / d)
}

function size(value: bigint | undefined): bigint {
  return value === undefined ? 0n : value < 0n ? -value : value
}
