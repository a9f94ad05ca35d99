// The chain of audit records. Flows in: who did what to which subject. Flows out: records that carry the hash of the one before, and a
// verdict on the chain. Only what people and the engine decide is audited; the ledger's rows tell the rest.
import type { AuditVerdict, NotedRecord } from "../port/engine.ts"
import { unaudited } from "./audited-rows.ts"
import { canonicalJson, hashOf } from "./canonical-json.ts"
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface AuditRecord {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: unknown
}

const start = "0".repeat(64)
const page = 1_000

export function* audit({ at, actor, action, subject, detail }: AuditRecord): Operation<void> {
  yield { kind: "lock", name: "audit" }
  const [last] = yield sql`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`
  const seq = last === undefined ? 1 : countOf(last, "seq") + 1
  const previous = last === undefined ? start : textOf(last, "hash")
  const text = canonicalJson(detail)
  const hash = recordHash(seq, at, actor, action, subject, text, previous)
  yield sql`INSERT INTO audit (seq, at, actor, action, subject, detail, previous, hash)
    VALUES (${seq}, ${at}, ${actor}, ${action}, ${subject}, ${text}, ${previous}, ${hash})`
}

/**
 * Sequence numbers have no gap, each record fits its hash, each hash stands in the next record, and decisions and stops are told in it as they stand in the ledger. `noted`: a record
 * whose hash somebody wrote down; it must be there still, so nobody has written the chain anew.
 */
export function* verifyAudit(noted?: NotedRecord): Operation<AuditVerdict> {
  let previous = start
  let seq = 0
  for (;;) {
    const rows =
      yield sql`SELECT seq, at, actor, action, subject, detail, previous, hash FROM audit WHERE seq > ${seq} ORDER BY seq LIMIT ${page}`
    for (const row of rows) {
      seq += 1
      if (countOf(row, "seq") !== seq) return { kind: "broken", seq, why: `record ${seq} is missing` }
      const hash = textOf(row, "hash")
      if (textOf(row, "previous") !== previous)
        return { kind: "broken", seq, why: `record ${seq} does not follow the one before` }
      const [at, actor, action, subject, detail] = ["at", "actor", "action", "subject", "detail"].map(name =>
        textOf(row, name),
      )
      if (recordHash(seq, at, actor, action, subject, detail, previous) !== hash)
        return { kind: "broken", seq, why: `record ${seq} was changed` }
      if (seq === noted?.seq && hash !== noted.hash)
        return { kind: "broken", seq, why: `record ${seq} is not the one that was noted` }
      previous = hash
    }
    if (rows.length < page) break
  }
  if (noted !== undefined && noted.seq > seq)
    return {
      kind: "broken",
      seq: seq + 1,
      why: `records up to ${noted.seq} were noted, and ${seq} are there`,
    }
  const why = yield* unaudited()
  return why === undefined
    ? { kind: "unbroken", records: seq, head: previous }
    : { kind: "broken", seq: seq + 1, why }
}

function recordHash(seq: number, ...parts: readonly (string | undefined)[]): string {
  return hashOf([seq, ...parts])
}
