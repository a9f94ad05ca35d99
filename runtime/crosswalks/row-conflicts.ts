// Which row decides must never be a question. Flows in: the rows of a crosswalk, keys in the form they are compared; flows out: pairs of
// rows that decide for the same key on the same day, neither more specific. The compiler asks it of inline rows, the loader of files.
import { crosswalkKey } from "./crosswalk-key.ts"
import { type Days, daysWithout, sharedDays } from "./effective-days.ts"

/** `null` stands for every key. */
export type KeyPattern = readonly (string | null)[]

export interface KeyedRow extends Days {
  readonly keys: KeyPattern
}

/** `twice`: the same keys. `ambiguous`: other patterns that meet in `keys`. Places are indexes of the rows asked about, `first` before `second`. */
export interface RowConflict {
  readonly kind: "twice" | "ambiguous"
  readonly first: number
  readonly second: number
  readonly keys: KeyPattern
  readonly days: Days
}

/** At most `most` of them, in order of the second row. */
export function rowConflicts(rows: readonly KeyedRow[], most: number): readonly RowConflict[] {
  const conflicts: RowConflict[] = []
  const masks = byMask(rows)
  for (const mask of masks.values()) {
    for (const same of mask.rows.values()) {
      if (same.length > 1) addTwice(same, rows, conflicts, most)
    }
  }
  const patterns = [...masks.values()]
  patterns.forEach((a, index) => {
    for (const b of patterns.slice(index + 1))
      if (!contains(a.bound, b.bound) && !contains(b.bound, a.bound))
        addAmbiguous(a, b, masks, rows, conflicts, most)
  })
  return conflicts.sort((a, b) => a.second - b.second || a.first - b.first)
}

/** Rows that bind the same keys, found by the joined text of the bound ones. */
interface Mask {
  readonly bound: readonly number[]
  readonly rows: Map<string, number[]>
}

function byMask(rows: readonly KeyedRow[]): ReadonlyMap<string, Mask> {
  const masks = new Map<string, Mask>()
  rows.forEach((row, index) => {
    const bound = row.keys.flatMap((key, position) => (key === null ? [] : [position]))
    const mask = masks.get(bound.join()) ?? { bound, rows: new Map() }
    masks.set(bound.join(), mask)
    const text = keyOf(row.keys, bound)
    const same = mask.rows.get(text)
    if (same === undefined) mask.rows.set(text, [index])
    else same.push(index)
  })
  return masks
}

function keyOf(keys: KeyPattern, positions: readonly number[]): string {
  return crosswalkKey(positions.map(position => keys[position] ?? ""))
}

function contains(all: readonly number[], some: readonly number[]): boolean {
  return some.every(position => all.includes(position))
}

/** Each row against the one before it that lasts longest. */
function addTwice(
  same: readonly number[],
  rows: readonly KeyedRow[],
  conflicts: RowConflict[],
  most: number,
): void {
  const at = (index: number): KeyedRow => rows[index] as KeyedRow
  const inOrder = [...same].sort(
    (a, b) => (at(a).from < at(b).from ? -1 : at(a).from > at(b).from ? 1 : 0) || a - b,
  )
  let longest = inOrder[0] as number
  for (const index of inOrder.slice(1)) {
    const days = sharedDays(at(longest), at(index))
    if (days !== undefined && conflicts.length < most) {
      conflicts.push({
        kind: "twice",
        first: Math.min(longest, index),
        second: Math.max(longest, index),
        keys: at(index).keys,
        days,
      })
    }
    if (at(index).until > at(longest).until) longest = index
  }
}

/**
 * Rows of two patterns that meet, unless rows for exactly the keys where they meet decide on every day both hold. A pair that is
 * settled so has a row of its own: no more pairs are looked at than there are rows and conflicts.
 */
function addAmbiguous(
  a: Mask,
  b: Mask,
  masks: ReadonlyMap<string, Mask>,
  rows: readonly KeyedRow[],
  conflicts: RowConflict[],
  most: number,
): void {
  const common = a.bound.filter(position => b.bound.includes(position))
  const both = [...new Set([...a.bound, ...b.bound])].sort((x, y) => x - y)
  const meeting = masks.get(both.join())
  const byCommon = new Map<string, number[]>()
  for (const [index] of b.rows.values()) {
    const row = rows[index as number] as KeyedRow
    const text = keyOf(row.keys, common)
    const known = byCommon.get(text)
    if (known === undefined) byCommon.set(text, [index as number])
    else known.push(index as number)
  }
  for (const own of a.rows.values()) {
    const [one] = own
    const { keys } = rows[one as number] as KeyedRow
    for (const other of byCommon.get(keyOf(keys, common)) ?? []) {
      if (conflicts.length >= most) return
      const theirs = (rows[other] as KeyedRow).keys
      const met = keys.map((key, position) => key ?? theirs[position] ?? null)
      const settled = (meeting?.rows.get(keyOf(met, both)) ?? []).map(index => rows[index] as KeyedRow)
      const against = b.rows.get(keyOf(theirs, b.bound)) ?? []
      const found = firstShared(own, against, rows, settled)
      if (found === undefined) continue
      conflicts.push({
        kind: "ambiguous",
        first: Math.min(found.one, found.other),
        second: Math.max(found.one, found.other),
        keys: met,
        days: found.days,
      })
    }
  }
}

function firstShared(
  own: readonly number[],
  against: readonly number[],
  rows: readonly KeyedRow[],
  settled: readonly KeyedRow[],
): { readonly one: number; readonly other: number; readonly days: Days } | undefined {
  for (const one of own) {
    for (const other of against) {
      const shared = sharedDays(rows[one] as KeyedRow, rows[other] as KeyedRow)
      const [days] = shared === undefined ? [] : daysWithout(shared, settled)
      if (days !== undefined) return { one, other, days }
    }
  }
  return undefined
}
