// The fast twin of `allocate`, on safe integers. A product beyond 2^53 is redone with BigInt: a part is never larger than
// its total, so the result is always a safe integer again and the fast path is never left.
import { allocate, type RemainderRule } from "../money/allocate.ts"

const LARGEST = Number.MAX_SAFE_INTEGER
const FEW = 2048

/** As `allocate`: undefined where the weights have no proportion. All numbers are safe integers; no part is -0. */
export function allocateFast(
  total: number,
  weights: readonly number[],
  rule: RemainderRule,
): readonly number[] | undefined {
  let sum = 0
  let largest = 0
  let positive = false
  let negative = false
  for (const weight of weights) {
    if (weight > 0) positive = true
    else if (weight < 0) negative = true
    const size = weight < 0 ? -weight : weight
    if (size > largest) largest = size
    sum += size
  }
  if (positive === negative) return undefined
  const whole = total < 0 ? -total : total
  // Monotone rounding: a product that comes out safe is exact, and every other product is smaller.
  if (!(sum <= LARGEST && whole * largest <= LARGEST)) return allocateLong(total, weights, rule)
  const parts: number[] = []
  const fractions: number[] = []
  let left = whole
  for (const weight of weights) {
    const product = whole * (weight < 0 ? -weight : weight)
    // Exact: a safe integer that is no multiple of `sum` lies further below the next one than half a step of its quotient.
    const part = Math.floor(product / sum)
    parts.push(part)
    fractions.push(product - part * sum)
    left -= part
  }
  if (left > 0) giveRest(parts, fractions, weights, left, rule)
  if (total < 0) for (let index = 0; index < parts.length; index++) parts[index] = 0 - (parts[index] ?? 0)
  return parts
}

function giveRest(
  parts: number[],
  fractions: number[],
  weights: readonly number[],
  left: number,
  rule: RemainderRule,
): void {
  if (rule === "largest_fraction") {
    // Looking for the largest again and again costs less than sorting while coins times rows are few.
    if (left * fractions.length <= FEW) {
      for (let coin = 0; coin < left; coin++) {
        const index = placeOfLargest(fractions)
        parts[index] = (parts[index] ?? 0) + 1
        fractions[index] = -1
      }
      return
    }
    const places = fractions.map((_, index) => index)
    places.sort((a, b) => (fractions[b] ?? 0) - (fractions[a] ?? 0))
    for (const index of places.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
    return
  }
  const index =
    rule === "largest_share"
      ? placeOfLargest(weights.map(Math.abs))
      : rule === "first"
        ? weights.findIndex(weight => weight !== 0)
        : lastWeight(weights)
  parts[index] = (parts[index] ?? 0) + left
}

function lastWeight(weights: readonly number[]): number {
  let place = weights.length - 1
  while (weights[place] === 0) place--
  return place
}

/** The first of the largest. */
function placeOfLargest(sizes: readonly number[]): number {
  let place = 0
  let largest = -1
  for (let index = 0; index < sizes.length; index++) {
    const size = sizes[index] ?? 0
    if (size > largest) {
      largest = size
      place = index
    }
  }
  return place
}

function allocateLong(
  total: number,
  weights: readonly number[],
  rule: RemainderRule,
): readonly number[] | undefined {
  return allocate(BigInt(total), weights.map(BigInt), rule)?.map(Number)
}
