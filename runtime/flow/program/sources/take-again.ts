// A reader of changes begins anew. Flows in: the flow and its source, who wants it and why. Flows out: how many records it had seen; they are forgotten, so that each makes its event at the next look.
// What the inbox has an event of stays seen, where events say their object; elsewhere the same event again is a duplicate, and does nothing. Audited.
import { audit } from "../../ledger/audit.ts"
import { countOf, type Operation } from "../../ledger/operation.ts"
import { sql } from "../../ledger/statement.ts"
import type { Actor } from "../../port/engine.ts"
import { NotPossible } from "../../port/failures.ts"
import { fromTheBeginning } from "./place.ts"
import { nameOf, type Reader, watermarkOf, watermarkOfReader } from "./reader.ts"

/** Throws NotPossible where nothing was read yet. */
export function* takeAgain(reader: Reader, by: Actor, reason: string, now: string): Operation<number> {
  const { flow, system, object } = reader
  const name = watermarkOf(reader)
  yield { kind: "lock", name: `changes ${name}` }
  if ((yield* watermarkOfReader(reader)) === null)
    throw new NotPossible(
      `Flow ${flow} has not looked at ${object} of ${system} yet; \`begin\` of fmap.flows.json says where it begins`,
    )
  const [row] = yield sql`SELECT count(*) AS n FROM seen WHERE reader = ${nameOf(reader)}
    AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.flow = ${flow} AND inbox.object = seen.object)`
  yield sql`DELETE FROM seen WHERE reader = ${nameOf(reader)}
    AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.flow = ${flow} AND inbox.object = seen.object)`
  yield sql`UPDATE watermark SET value = ${fromTheBeginning}, at = ${now} WHERE name = ${name}`
  const records = row === undefined ? 0 : countOf(row, "n")
  yield* audit({
    at: now,
    actor: by.name,
    action: "take again",
    subject: flow,
    detail: { role: by.role, reason, records },
  })
  return records
}
