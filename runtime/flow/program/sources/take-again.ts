// A reader of changes begins anew. Flows in: the flow and its source, who wants it and why. Flows out: how many records it had seen; they are forgotten, so that each makes its event at the next look.
// What the inbox has an event of stays seen, where events say their object; elsewhere the same event again is a duplicate, and does nothing. Audited.
import { audit } from "../../ledger/audit.ts"
import { countOf, type Operation, textOf } from "../../ledger/operation.ts"
import { sql } from "../../ledger/statement.ts"
import type { Actor } from "../../port/engine.ts"
import { NotPossible } from "../../port/failures.ts"
import { fromTheBeginning, placeOf } from "./place.ts"
import { nameOf, otherSources, type Reader, watermarkOf, watermarkOfReader } from "./reader.ts"

/** Throws NotPossible where nothing was read yet. */
export function* takeAgain(reader: Reader, by: Actor, reason: string, now: string): Operation<number> {
  const { flow, system, object } = reader
  const name = watermarkOf(reader)
  yield { kind: "lock", name: `changes ${name}` }
  const kept = yield* watermarkOfReader(reader)
  if (kept === null)
    throw new NotPossible(
      "FM8607",
      `Flow ${flow} has not looked at ${object} of ${system} yet; \`begin\` of fmap.flows.json says where it begins`,
    )
  const [row] = yield sql`SELECT count(*) AS n FROM seen WHERE reader = ${nameOf(reader)}
    AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.flow = ${flow} AND inbox.object = seen.object)`
  yield sql`DELETE FROM seen WHERE reader = ${nameOf(reader)}
    AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.flow = ${flow} AND inbox.object = seen.object)`
  const place = placeOf(kept, "beginning")
  const alike = yield* knownElsewhere(reader, yield* otherSources(reader, place.apart))
  for (const object of alike)
    yield sql`DELETE FROM seen WHERE reader = ${nameOf(reader)} AND object = ${object}`
  yield sql`UPDATE watermark SET value = ${fromTheBeginning(place)}, at = ${now} WHERE name = ${name}`
  const records = (row === undefined ? 0 : countOf(row, "n")) + alike.length
  yield* audit({
    at: now,
    actor: by.name,
    action: "take again",
    subject: flow,
    detail: { role: by.role, reason, records },
  })
  return records
}

/** Objects whose name the inbox knows from other sources alone: theirs are other records. */
function* knownElsewhere(reader: Reader, others: readonly string[]): Operation<readonly string[]> {
  if (others.length === 0) return []
  const rows = yield sql`SELECT DISTINCT seen.object, inbox.source FROM seen JOIN inbox
    ON inbox.flow = ${reader.flow} AND inbox.object = seen.object WHERE seen.reader = ${nameOf(reader)}`
  const own = new Set(
    rows.flatMap(row => (others.includes(textOf(row, "source")) ? [] : [textOf(row, "object")])),
  )
  return [...new Set(rows.map(row => textOf(row, "object")))].filter(object => !own.has(object))
}
