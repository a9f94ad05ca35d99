// One figure added up by outcome and by keys. Flows in: figures of rows, when they are read and when their fate is known. Flows out:
// sums by key. Sums are plain numbers while they are safe integers and bigints beyond: nothing is ever rounded.
import type { RowCounts, RowRead } from "./set-result.ts"
import type { MeterSpec } from "./set-spec.ts"

export type Sum = number | bigint
export type Outcome = Exclude<keyof RowCounts, "rows">
export type Bucket = { readonly keys: readonly string[] } & { -readonly [O in keyof RowCounts]: Sum }
export type Figures = RowRead<unknown>["figures"]

/** What a row, or all rows of a group, add to a meter. */
export interface Share {
  readonly meter: Meter
  readonly keys: readonly string[]
  sum: Sum
}

export interface Meter {
  /** All rows, whatever becomes of them. Counts those of which it cannot be known. */
  row(figures: Figures): void
  add(outcome: Outcome, keys: readonly string[], sum: Sum): void
  /** Adds a row to what its group, or it alone, has. */
  share(figures: Figures, shares: Share[]): void
  buckets(): Iterable<Bucket>
  bucket(keys: readonly string[]): Bucket | undefined
  unknown(): number
}

export function plus(left: Sum, right: Sum): Sum {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) return sum
  }
  return BigInt(left) + BigInt(right)
}

export function createMeter({ figure, by }: MeterSpec): Meter {
  const buckets = new Map<string, Bucket>()
  let unknown = 0
  const bucketOf = (keys: readonly string[]): Bucket => {
    const identity = keyOf(keys)
    const known = buckets.get(identity)
    if (known !== undefined) return known
    const fresh = { keys, rows: 0, out: 0, rejected: 0, held: 0, dropped: 0 }
    buckets.set(identity, fresh)
    return fresh
  }
  const meter: Meter = {
    row(figures) {
      const value = valueOf(figures, figure)
      if (value === undefined) return
      const keys = value === null ? null : keysOf(figures, by)
      if (value === null || keys === null) {
        unknown++
        return
      }
      const bucket = bucketOf(keys)
      bucket.rows = plus(bucket.rows, value)
    },
    add(outcome, keys, sum) {
      const bucket = bucketOf(keys)
      bucket[outcome] = plus(bucket[outcome], sum)
    },
    share(figures, shares) {
      const value = valueOf(figures, figure)
      if (value === undefined || value === null) return
      const keys = keysOf(figures, by)
      if (keys === null) return
      const known = shares.find(
        share => share.meter === meter && share.keys.every((key, i) => key === keys[i]),
      )
      if (known === undefined) shares.push({ meter, keys, sum: value })
      else known.sum = plus(known.sum, value)
    },
    buckets: () => buckets.values(),
    bucket: keys => buckets.get(keyOf(keys)),
    unknown: () => unknown,
  }
  return meter
}

/** Different for any two lists of texts. */
export function keyOf(keys: readonly string[]): string {
  if (keys.length === 1) return keys[0] ?? ""
  let identity = ""
  for (const key of keys) identity += `${key.length}:${key}`
  return identity
}

/** Undefined: nothing to add. Null: not known. */
function valueOf(figures: Figures, figure: number | null): Sum | undefined | null {
  if (figure === null) return 1
  const value = figures[figure]
  return typeof value === "string" ? null : value
}

function keysOf(figures: Figures, by: readonly (number | string)[]): readonly string[] | null {
  const keys: string[] = []
  for (const one of by) {
    const key = typeof one === "string" ? one : figures[one]
    if (typeof key !== "string") return null
    keys.push(key)
  }
  return keys
}
