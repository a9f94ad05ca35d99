// Rows of crosswalks that receipts filled. Flows in: rows of an event. Flows out: rows in the order they were written, by whoever. The numbers are
// given out one after the other, so that who has read up to one has read all before it.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { LinkRow } from "../port/event.ts"
import { canonicalJson } from "./canonical-json.ts"
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface KeptLink extends LinkRow {
  readonly seq: number
}

/** What says the same as before is not written again. */
export function* keepLinks(eventId: string, rows: readonly LinkRow[], now: string): Operation<void> {
  if (rows.length === 0) return
  yield { kind: "lock", name: "link" }
  for (const { crosswalk, key, value } of rows) {
    const text = canonicalJson(value)
    const [last] =
      yield sql`SELECT value FROM link WHERE crosswalk = ${crosswalk} AND key = ${key} ORDER BY seq DESC LIMIT 1`
    if (last !== undefined && textOf(last, "value") === text) continue
    yield sql`INSERT INTO link (seq, crosswalk, key, value, event, at)
      SELECT coalesce(max(seq), 0) + 1, ${crosswalk}, ${key}, ${text}, ${eventId}, ${now} FROM link`
  }
}

const page = 10_000

/** The next rows behind a number; fewer than a page: there are no more. */
export function* linksAfter(
  seq: number,
): Operation<{ readonly rows: readonly KeptLink[]; readonly more: boolean }> {
  const rows =
    yield sql`SELECT seq, crosswalk, key, value FROM link WHERE seq > ${seq} ORDER BY seq LIMIT ${page}`
  return { rows: rows.map(linkOf), more: rows.length === page }
}

function linkOf(row: Parameters<typeof textOf>[0]): KeptLink {
  const read = parseExact(textOf(row, "value"))
  if ("refused" in read) throw new TypeError("The ledger has a link that is no JSON")
  return {
    seq: countOf(row, "seq"),
    crosswalk: textOf(row, "crosswalk"),
    key: textOf(row, "key"),
    value: read.ok,
  }
}
