// `share of` on both ways of an emitted transformer. Flows in: totals and weights of rows; flows out: a part for each row.
// Rows of several runs of a loop come one after another or mixed (after a sort): `runs` says which row belongs to which.
import { powerOfTen } from "../decimal/powers.ts"
import { type Sharing, shareOut } from "../money/share-out.ts"
import { allocateFast } from "./allocate-fast.ts"
import { power10 } from "./decimal-fast.ts"
import { isMultiple } from "./multiply-divide.ts"
import { minorDigits } from "./multiply-minor.ts"
import { isPoison, type Poison, poison } from "./poison.ts"

/** How many units of 10^-scale the smallest part has: a coin of the currency, never finer than `digits`. */
export function coinFast(scale: number, digits: number, currency: string): number {
  return power10(scale - Math.min(digits, minorDigits(currency)))
}

export function coinOf(scale: number, digits: number, currency: string): bigint {
  return powerOfTen(scale - Math.min(digits, minorDigits(currency)))
}

interface Weighed<N> {
  readonly weight: N
}

/** Safe integers. Undefined: the weights have no proportion. */
export function shareRowsFast(
  total: number,
  rows: readonly Weighed<number>[],
  coin: number,
  { rule, equally }: Sharing,
): readonly number[] | undefined {
  if (total === 0) return rows.map(() => 0)
  const weights = rows.map(row => row.weight)
  const unit = isMultiple(total, coin) ? coin : 1
  const coins = total / unit
  const parts =
    allocateFast(coins, weights, rule) ??
    (equally
      ? allocateFast(
          coins,
          weights.map(() => 1),
          rule,
        )
      : undefined)
  return unit === 1 ? parts : parts?.map(part => part * unit)
}

/** A part is undefined where the weights have no proportion, poison where the total or any weight is. */
export function shareRows(
  total: bigint | Poison,
  rows: readonly Weighed<bigint | Poison>[],
  coin: bigint,
  sharing: Sharing,
): readonly (bigint | undefined | Poison)[] {
  const weights: bigint[] = []
  for (const { weight } of rows) if (!isPoison(weight)) weights.push(weight)
  if (isPoison(total) || weights.length < rows.length) return rows.map(() => poison)
  return shareOut(total, weights, coin, sharing) ?? rows.map(() => undefined)
}

/** One row that waits for its part: the run it belongs to has one total and one coin. */
interface Waiting<N, C> extends Weighed<N> {
  readonly run: number
  readonly total: N
  readonly coin: C
}

/** `shareRowsFast` for each run by itself; parts stand in the order of the rows. */
export function shareRunsFast(
  rows: readonly Waiting<number, number>[],
  sharing: Sharing,
): readonly number[] | undefined {
  const parts: number[] = rows.map(() => 0)
  for (const [head, run, places] of runsOf(rows)) {
    const of = shareRowsFast(head.total, run, head.coin, sharing)
    if (of === undefined) return undefined
    places.forEach((place, index) => {
      parts[place] = of[index] ?? 0
    })
  }
  return parts
}

/** `shareRows` for each run by itself; all parts are poison where the rows themselves are not known. */
export function shareRuns(
  rows: readonly Waiting<bigint | Poison, bigint>[],
  unknown: boolean,
  sharing: Sharing,
): readonly (bigint | undefined | Poison)[] {
  const parts: (bigint | undefined | Poison)[] = rows.map(() => poison)
  if (unknown) return parts
  for (const [head, run, places] of runsOf(rows)) {
    const of = shareRows(head.total, run, head.coin, sharing)
    places.forEach((place, index) => {
      parts[place] = of[index]
    })
  }
  return parts
}

/** The first row of each run, all its rows, and their places. */
function runsOf<Row extends { readonly run: number }>(
  rows: readonly Row[],
): Iterable<readonly [Row, readonly Row[], readonly number[]]> {
  const runs = new Map<number, readonly [Row, Row[], number[]]>()
  rows.forEach((row, place) => {
    const run = runs.get(row.run)
    if (run === undefined) runs.set(row.run, [row, [row], [place]])
    else {
      run[1].push(row)
      run[2].push(place)
    }
  })
  return runs.values()
}
