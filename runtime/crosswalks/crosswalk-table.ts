// A crosswalk whose rows hold for some days or for many keys. Flows in: rows without conflicts (see rowConflicts); flows out: a Crosswalk
// that answers with the most specific row of a day. Exact keys without days stay in one Map, as quick as ever.
import { writeJson } from "../formats/json/write-json.ts"
import { type Crosswalk, crosswalkOf } from "./crosswalk.ts"
import { crosswalkKey, splitKey } from "./crosswalk-key.ts"
import { type Days, effectiveOn, firstDay, lastDay, type Span } from "./effective-days.ts"
import type { KeyPattern } from "./row-conflicts.ts"
import { sha256 } from "./sha256.ts"

/** `null` stands for every key. */
export interface CrosswalkRow extends Days {
  readonly keys: KeyPattern
  readonly value: unknown
}

interface Mask {
  readonly bound: readonly number[]
  /** Rows by the joined text of their bound keys; the spans of each by first day. */
  readonly spans: Map<string, Span<unknown>[]>
}

/** Keys as they are compared. */
export function crosswalkTable(name: string, rows: readonly CrosswalkRow[]): Crosswalk {
  if (rows.every(isPlain)) {
    return crosswalkOf(
      name,
      rows.map(row => [crosswalkKey(row.keys.map(key => key ?? "")), row.value] as const),
    )
  }
  const masks = inOrder(rows)
  const [only] = masks
  const exact = masks.length === 1 && only?.bound.length === rows[0]?.keys.length ? only : undefined
  return {
    name,
    snapshot: snapshotOf(rows),
    find: (key, asOf = lastDay) => {
      if (exact !== undefined) {
        const spans = exact.spans.get(key)
        return spans === undefined ? undefined : effectiveOn(spans, asOf)
      }
      const parts = splitKey(key)
      for (const mask of masks) {
        const spans = mask.spans.get(crosswalkKey(mask.bound.map(position => parts[position] ?? "")))
        const value = spans === undefined ? undefined : effectiveOn(spans, asOf)
        if (value !== undefined) return value
      }
      return undefined
    },
  }
}

function isPlain(row: CrosswalkRow): boolean {
  return row.from === firstDay && row.until === lastDay && !row.keys.includes(null)
}

/** Masks that bind more keys first: of the rows that fit, the most specific is in the first mask that has one. */
function inOrder(rows: readonly CrosswalkRow[]): readonly Mask[] {
  const masks = new Map<string, Mask>()
  for (const { keys, from, until, value } of rows) {
    const bound = keys.flatMap((key, position) => (key === null ? [] : [position]))
    const mask = masks.get(bound.join()) ?? { bound, spans: new Map() }
    masks.set(bound.join(), mask)
    const key = crosswalkKey(bound.map(position => keys[position] ?? ""))
    const spans = mask.spans.get(key)
    if (spans === undefined) mask.spans.set(key, [[from, until, value]])
    else spans.push([from, until, value])
  }
  for (const mask of masks.values())
    for (const spans of mask.spans.values()) spans.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return [...masks.values()].sort((a, b) => b.bound.length - a.bound.length)
}

function snapshotOf(rows: readonly CrosswalkRow[]): string {
  const content = rows.map(row => [JSON.stringify(row.keys), row.from, row.until, row.value] as const)
  content.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  return sha256(writeJson(content))
}
