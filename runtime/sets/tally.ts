// Adds up what rows carry by what became of them. Flows in: figures of rows, now or when their group is judged. Flows out: totals.
// Sums are plain numbers while they are safe integers and bigints beyond, so nothing is ever rounded.
import { formatScaled } from "../decimal/scaled.ts"
import type { RowCounts, RowRead, RowTotal, SetSummary } from "./set-result.ts"
import type { SetSpec } from "./set-spec.ts"

export type Sum = number | bigint
export type Outcome = Exclude<keyof RowCounts, "rows">
type Bucket = { -readonly [O in keyof RowCounts]: Sum }

/** What a row, or all rows of a group, add to the totals. */
export interface Share {
  readonly total: number
  readonly currency: string | null
  sum: Sum
}

export interface Tally {
  /** The row was read: it counts among all rows. */
  row(figures: RowRead<unknown>["figures"]): void
  /** What became of it. */
  count(outcome: Outcome, rows: number, shares: readonly Share[]): void
  /** A row's figures, added to what its group has. */
  share(figures: RowRead<unknown>["figures"], shares: Share[]): void
  summary(): Pick<SetSummary, "counts" | "totals" | "unknown">
}

export function plus(left: Sum, right: Sum): Sum {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) return sum
  }
  return BigInt(left) + BigInt(right)
}

export function createTally(spec: SetSpec): Tally {
  const counts: { -readonly [O in keyof RowCounts]: number } = {
    rows: 0,
    out: 0,
    rejected: 0,
    held: 0,
    dropped: 0,
  }
  const buckets = spec.totals.map(() => new Map<string | null, Bucket>())
  const unknown = spec.totals.map(() => 0)
  const bucketOf = (total: number, currency: string | null): Bucket => {
    const of = buckets[total] ?? new Map<string | null, Bucket>()
    const known = of.get(currency)
    if (known !== undefined) return known
    const fresh = { rows: 0, out: 0, rejected: 0, held: 0, dropped: 0 }
    of.set(currency, fresh)
    return fresh
  }
  /** Each total of a row: none where there is nothing to add, and `undefined` where it cannot be known. */
  const visit = (
    figures: RowRead<unknown>["figures"],
    add: (total: number, currency: string | null, value: Sum) => void,
    lost: (total: number) => void,
  ): void => {
    for (let total = 0; total < spec.totals.length; total++) {
      const of = spec.totals[total]
      if (of === undefined) continue
      const value = figures[of.figure]
      if (value === undefined) continue
      const currency = typeof of.currency === "number" ? figures[of.currency] : of.currency
      if (typeof value === "string" || value === null || typeof currency === "number") lost(total)
      else if (typeof currency === "bigint" || currency === undefined) lost(total)
      else if (currency === null && of.currency !== null) lost(total)
      else add(total, currency, value)
    }
  }
  return {
    row(figures) {
      counts.rows++
      visit(
        figures,
        (total, currency, value) => {
          const bucket = bucketOf(total, currency)
          bucket.rows = plus(bucket.rows, value)
        },
        total => {
          unknown[total] = (unknown[total] ?? 0) + 1
        },
      )
    },
    count(outcome, rows, shares) {
      counts[outcome] += rows
      for (const { total, currency, sum } of shares) {
        const bucket = bucketOf(total, currency)
        bucket[outcome] = plus(bucket[outcome], sum)
      }
    },
    share(figures, shares) {
      visit(
        figures,
        (total, currency, value) => {
          const known = shares.find(share => share.total === total && share.currency === currency)
          if (known === undefined) shares.push({ total, currency, sum: value })
          else known.sum = plus(known.sum, value)
        },
        () => undefined,
      )
    },
    summary: () => ({
      counts,
      totals: spec.totals.flatMap(({ path, figure }, total) =>
        [...(buckets[total] ?? [])].map(([currency, bucket]): RowTotal => {
          const text = (sum: Sum): string => formatScaled(BigInt(sum), spec.figures[figure] ?? 0)
          const { rows, out, rejected, held, dropped } = bucket
          return {
            path,
            currency,
            rows: text(rows),
            out: text(out),
            rejected: text(rejected),
            held: text(held),
            dropped: text(dropped),
          }
        }),
      ),
      unknown: spec.totals.flatMap(({ path }, total) => {
        const rows = unknown[total] ?? 0
        return rows === 0 ? [] : [{ path, rows }]
      }),
    }),
  }
}
