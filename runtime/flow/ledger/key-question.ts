// What a look for business keys stands on. Flows in: nothing. Flows out: who asks for what, where a row belongs, words as patterns of a statement.
import type { KeySight } from "./key-sight.ts"
import { likeOf } from "./key-words.ts"
import type { Ledger } from "./ledger.ts"
import { countOf, type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

/** What a project knows of its keys, by wire names. */
export interface KeyNames {
  /** The key of what a flow begins with; null: it has none. */
  key(flow: string): string | null
  /** What the target of an effect answers that names the record there. */
  answers(flow: string, effect: string): readonly string[]
}

/** Who asks for what. */
export interface KeyQuestion {
  readonly ledger: Ledger
  readonly names: KeyNames
  readonly sight: KeySight
}

/** Shorter ones are numbers of lines and codes of countries: they name too much. */
export const shortest = 3

/** How many events there are, about. */
export function* lastPlace(): Operation<number> {
  const [row] = yield sql`SELECT max(seq) AS seq FROM inbox`
  return row === undefined ? 0 : countOf(row, "seq")
}

export function placeIn(row: Row) {
  return { flow: textOf(row, "flow"), version: textOf(row, "flow_version") }
}

/** What is looked for in one statement. */
export type Likes = readonly [string, string, string, string]

export function likesOf(words: Iterable<string>): readonly Likes[] {
  const all = [...words].map(likeOf)
  return Array.from({ length: Math.ceil(all.length / 4) }, (_, i): Likes => {
    const [a = "", b = a, c = a, d = a] = all.slice(4 * i, 4 * i + 4)
    return [a, b, c, d]
  })
}
