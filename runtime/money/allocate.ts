// Exact-sum allocation: a whole number of coins is divided by weights so that the parts always add up to the whole.
// Flows in: a total, weights on one common scale and a rule for the coins that are left over; flows out: one part a weight.
// It knows nothing of currencies, scales or rows.

/**
 * Who gets the coins that truncation leaves over. `largest_fraction`: one each to the parts that lost the most.
 * `largest_share`, `first`, `last`: all of them to one part, the one with the largest weight, the first, the last.
 */
export type RemainderRule = "largest_fraction" | "largest_share" | "first" | "last"

/** All rules, in the order the reference lists them. */
export const remainderRules: readonly RemainderRule[] = ["largest_fraction", "largest_share", "first", "last"]

/**
 * The parts of `total` in proportion to the weights: each truncated toward zero, the coins left over by the rule, ties to the earlier.
 * A weight of zero gets nothing, by any rule. Undefined where there is no proportion: no weights, all of them zero, or of two signs.
 */
export function allocate(
  total: bigint,
  weights: readonly bigint[],
  rule: RemainderRule,
): readonly bigint[] | undefined {
  const sum = sumOfOneSign(weights)
  if (sum === undefined) return undefined
  const whole = total < 0n ? -total : total
  const coin = total < 0n ? -1n : 1n
  const fractions: bigint[] = []
  let left = whole
  const parts = weights.map(weight => {
    const product = whole * (weight < 0n ? -weight : weight)
    const part = product / sum
    fractions.push(product - part * sum)
    left -= part
    return part * coin
  })
  if (left > 0n) {
    for (const index of receivers(weights, fractions, Number(left), rule)) {
      parts[index] = (parts[index] ?? 0n) + (rule === "largest_fraction" ? coin : left * coin)
    }
  }
  return parts
}

/** The absolute sum of weights of which none has the other sign; undefined where that is nothing. */
function sumOfOneSign(weights: readonly bigint[]): bigint | undefined {
  let positive = 0n
  let negative = 0n
  for (const weight of weights) {
    if (weight < 0n) negative -= weight
    else positive += weight
  }
  if (positive !== 0n && negative !== 0n) return undefined
  const sum = positive + negative
  return sum === 0n ? undefined : sum
}

/** Where the coins left over go. There are fewer of them than parts with a fraction, so none goes to a weight of zero. */
function receivers(
  weights: readonly bigint[],
  fractions: readonly bigint[],
  left: number,
  rule: RemainderRule,
): readonly number[] {
  const places = weights.flatMap((weight, index) => (weight === 0n ? [] : [index]))
  switch (rule) {
    case "first":
      return places.slice(0, 1)
    case "last":
      return places.slice(-1)
    case "largest_share":
      return byLargest(places, weights).slice(0, 1)
    case "largest_fraction":
      return byLargest(places, fractions).slice(0, left)
  }
}

/** Sorting is stable, so ties stay in order. Weights of one sign compare by size. */
function byLargest(places: readonly number[], sizes: readonly bigint[]): readonly number[] {
  const size = (index: number) => {
    const value = sizes[index] ?? 0n
    return value < 0n ? -value : value
  }
  return [...places].sort((a, b) => {
    const left = size(a)
    const right = size(b)
    return left === right ? 0 : left < right ? 1 : -1
  })
}
