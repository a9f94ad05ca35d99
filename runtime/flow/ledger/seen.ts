// What readers of changes saw last of records. Flows in: a page of changes with what is watched of each. Flows out: the events that the changes make, what was seen now, and how
// far the reader has come: all in one transaction, so that a change makes its event once.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { Appended } from "../port/engine.ts"
import { StoreFailed } from "../port/failures.ts"
import { accept, type NewEvent } from "./accept.ts"
import { canonicalJson } from "./canonical-json.ts"
import { type Operation, textOf } from "./operation.ts"
import { sealed, unreadable } from "./sealed.ts"
import { sql } from "./statement.ts"
import { isOlder } from "./version-order.ts"

/** What is watched of a record: texts of JSON by a name for each place. */
export type Watched = Readonly<Record<string, string>>

export interface SeenChange {
  /** Tells the record apart. */
  readonly object: string
  readonly version: string
  /** Null: the record is gone. */
  readonly watched: Watched | null
  /** Undefined: a change that makes none, whatever was seen before. */
  readonly event: NewEvent | undefined
}

export interface SeenPage {
  /** Who looks: each has seen what it saw itself. */
  readonly reader: string
  readonly watermark: string
  /** Where the page begins, as the ledger has to have it; null: nowhere yet. */
  readonly from: string | null
  readonly to: string
  readonly changes: readonly SeenChange[]
  /** Sources of the flow whose records are other ones, though they may have the same names. */
  readonly others: () => Operation<readonly string[]>
  /** Does this change make its event, after what was seen? Null: the record is new. */
  readonly makes: (before: Watched | null, now: Watched) => boolean
}

/** Undefined: another node has read on meanwhile, and nothing was taken. */
export function* takePage(page: SeenPage, now: string): Operation<Appended | undefined> {
  const { reader, watermark, changes, others, from, to, makes } = page
  yield { kind: "lock", name: `changes ${watermark}` }
  if ((yield* watermarkAt(watermark)) !== from) return undefined
  const events: NewEvent[] = []
  for (const { object, version, watched, event } of changes) {
    const before = yield* seenOf(reader, object)
    if (before !== undefined && isOlder(version, before.version)) continue
    if (watched === null) {
      yield sql`DELETE FROM seen WHERE reader = ${reader} AND object = ${object}`
      continue
    }
    if (event !== undefined && makes(before?.watched ?? null, watched)) events.push(event)
    yield sql`INSERT INTO seen (reader, object, version, fields, at) VALUES (${reader}, ${object}, ${version}, ${sealed("fields", { reader, object }, canonicalJson(watched))}, ${now})
      ON CONFLICT (reader, object) DO UPDATE SET version = excluded.version, fields = excluded.fields, at = excluded.at`
  }
  return yield* accept(events, { name: watermark, value: to }, now, yield* others())
}

export function* watermarkAt(name: string): Operation<string | null> {
  const [row] = yield sql`SELECT value FROM watermark WHERE name = ${name}`
  return row === undefined ? null : textOf(row, "value")
}

function* seenOf(
  reader: string,
  object: string,
): Operation<{ readonly version: string; readonly watched: Watched } | undefined> {
  const [row] =
    yield sql`SELECT reader, object, version, fields FROM seen WHERE reader = ${reader} AND object = ${object}`
  if (row === undefined) return undefined
  const fields = textOf(row, "fields")
  const told = unreadable(fields)
  // What changed cannot be told until the key is back: the reader waits where it is.
  if (told !== undefined) throw new StoreFailed(new Error(told.why))
  const read = parseExact(fields)
  if ("refused" in read) throw new TypeError("The ledger has seen what is no JSON")
  return { version: textOf(row, "version"), watched: read.ok as Watched }
}
