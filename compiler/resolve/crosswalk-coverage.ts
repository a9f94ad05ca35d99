// Do rows cover every key there can be, on every day? Flows in: key types and the rows. Flows out: the combinations without a row; null
// when the question has no answer (open enums, texts, numbers, or too many combinations).
import { type Days, daysWithout, firstDay, lastDay } from "@fmap/runtime"
import type { Type } from "../types/type.ts"

const mostCombinations = 100_000
const always: Days = { from: firstDay, until: lastDay }

export interface CoveringRow extends Days {
  /** Null: every key. */
  readonly keys: readonly (string | null)[]
}

export interface Gap {
  readonly keys: readonly (string | null)[]
  readonly days: Days
}

export interface Gaps {
  /** The first few. */
  readonly shown: readonly Gap[]
  readonly count: number
}

export function crosswalkGaps(types: readonly Type[], rows: readonly CoveringRow[]): Gaps | null {
  const domains = types.map(domainOf)
  const isOpen = domains.includes(null)
  // Of an open type: a value no row names. Rows that fit it fit every value.
  const closed = domains.map((domain): readonly (string | null)[] => domain ?? [null])
  const total = closed.reduce((product, domain) => product * domain.length, 1)
  if (total > mostCombinations || closed.length === 0) return null
  const covering = rowFinder(rows)
  const shown: Gap[] = []
  let count = 0
  for (let index = 0; index < total; index++) {
    let rest = index
    const keys: (string | null)[] = []
    for (let i = closed.length - 1; i >= 0; i--) {
      const domain = closed[i] ?? []
      keys.unshift(domain[rest % domain.length] ?? null)
      rest = Math.floor(rest / domain.length)
    }
    const [days] = daysWithout(always, covering(keys))
    if (days === undefined) continue
    if (isOpen) return null
    count++
    if (shown.length < 5) shown.push({ keys, days })
  }
  return { shown, count }
}

/** Holes between the rows of one pattern, which no more general row fills: for keys whose values nobody can list. */
export function dayHoles(rows: readonly CoveringRow[]): Gaps {
  const covering = rowFinder(rows)
  const spans = new Map<string, { readonly keys: CoveringRow["keys"]; from: string; until: string }>()
  for (const { keys, from, until } of rows) {
    const id = JSON.stringify(keys)
    const span = spans.get(id)
    if (span === undefined) spans.set(id, { keys, from, until })
    else {
      if (from < span.from) span.from = from
      if (until > span.until) span.until = until
    }
  }
  const shown: Gap[] = []
  let count = 0
  for (const { keys, from, until } of spans.values()) {
    const [days] = daysWithout({ from, until }, covering(keys))
    if (days === undefined) continue
    count++
    if (shown.length < 5) shown.push({ keys, days })
  }
  return { shown, count }
}

/** All rows that fit some keys; of `null`, those that fit every key. One look a pattern, however many rows there are. */
function rowFinder(rows: readonly CoveringRow[]): (keys: CoveringRow["keys"]) => readonly CoveringRow[] {
  const patterns = new Map<
    string,
    { readonly bound: readonly boolean[]; readonly rows: Map<string, CoveringRow[]> }
  >()
  for (const row of rows) {
    const bound = row.keys.map(key => key !== null)
    const pattern = patterns.get(bound.join()) ?? { bound, rows: new Map<string, CoveringRow[]>() }
    patterns.set(bound.join(), pattern)
    const id = JSON.stringify(row.keys)
    const same = pattern.rows.get(id)
    if (same === undefined) pattern.rows.set(id, [row])
    else same.push(row)
  }
  return keys =>
    [...patterns.values()].flatMap(
      ({ bound, rows: known }) =>
        known.get(JSON.stringify(keys.map((key, i) => (bound[i] === true ? key : null)))) ?? [],
    )
}

function domainOf(type: Type): readonly string[] | null {
  if (type.kind === "bool") return ["true", "false"]
  return type.kind === "enum" && !type.open ? type.members.map(member => member.value) : null
}
