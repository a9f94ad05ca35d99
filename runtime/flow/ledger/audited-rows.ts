// Do the ledger's own rows and the audit tell the same? Flows in: the ledger. Flows out: a sentence for what has no record, is told otherwise, or has a record and is not there. The chain
// alone does not see records that were cut off at its end, nor a decision that was changed beside it.
import { besideEvents } from "./exceptions.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

const page = 1_000

/** Undefined: they do. */
export function* unaudited(): Operation<string | undefined> {
  return (
    (yield* decisionsWithoutRecord()) ?? (yield* stopsWithoutRecord()) ?? (yield* recordsWithoutDecision())
  )
}

function* decisionsWithoutRecord(): Operation<string | undefined> {
  let last = 0
  for (;;) {
    const rows =
      yield sql`SELECT decision.seq, decision.kind, decision.actor, decision.role, decision.reason, decision.state, audit.detail AS told
      FROM decision LEFT JOIN audit ON audit.subject = decision.event AND audit.action = decision.kind
        AND audit.actor = decision.actor AND audit.at = decision.at
      WHERE decision.seq IN (SELECT seq FROM decision WHERE seq > ${last} ORDER BY seq LIMIT ${page})
      ORDER BY decision.seq`
    if (rows.length === 0) return undefined
    // Two decisions of one moment fit two records.
    const told = new Set(rows.filter(isToldSo).map(row => countOf(row, "seq")))
    for (const row of rows) {
      last = countOf(row, "seq")
      if (!told.has(last))
        return `decision ${last}, ${textOf(row, "kind")} by ${textOf(row, "actor")}, has no record that says so`
    }
  }
}

function isToldSo(row: Row): boolean {
  const text = textOrNone(row, "told")
  if (text === undefined) return false
  const told: unknown = JSON.parse(text)
  if (typeof told !== "object" || told === null) return false
  const { role, reason, state } = told as Readonly<Record<string, unknown>>
  return (
    role === textOf(row, "role") &&
    reason === textOf(row, "reason") &&
    (state === undefined || state === textOf(row, "state"))
  )
}

/** Counted, because an event may stop twice within a millisecond. */
function* stopsWithoutRecord(): Operation<string | undefined> {
  const [row] = yield sql`SELECT stop.seq, stop.code FROM
    (SELECT event, opened_at, max(seq) AS seq, max(code) AS code, count(*) AS n FROM exception
      WHERE code <> ${besideEvents} GROUP BY event, opened_at) AS stop
    LEFT JOIN (SELECT subject, at, count(*) AS n FROM audit WHERE action IN ('block', 'park')
      GROUP BY subject, at) AS told ON told.subject = stop.event AND told.at = stop.opened_at
    WHERE told.n IS NULL OR told.n < stop.n ORDER BY stop.seq LIMIT 1`
  return row === undefined
    ? undefined
    : `exception ${countOf(row, "seq")}, ${textOf(row, "code")}, has no record of its stop`
}

function* recordsWithoutDecision(): Operation<string | undefined> {
  const [row] = yield sql`SELECT told.seq, told.action, told.actor FROM
    (SELECT subject, action, actor, at, max(seq) AS seq, count(*) AS n FROM audit
      WHERE action IN ('retry', 'skip', 'edit', 'settle', 'reissue', 'dismiss', 'replay')
      GROUP BY subject, action, actor, at) AS told
    LEFT JOIN (SELECT event, kind, actor, at, count(*) AS n FROM decision GROUP BY event, kind, actor, at) AS made
      ON made.event = told.subject AND made.kind = told.action AND made.actor = told.actor AND made.at = told.at
    WHERE made.n IS NULL OR made.n < told.n ORDER BY told.seq LIMIT 1`
  return row === undefined
    ? undefined
    : `record ${countOf(row, "seq")} tells of ${textOf(row, "action")} by ${textOf(row, "actor")}, and that decision is not there`
}
