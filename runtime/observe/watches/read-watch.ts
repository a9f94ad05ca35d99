// One look at the ledger for one watch. Flows in: the watch and the time. Flows out: readings, one a group. It changes nothing.
import { instantText, type Operation } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import { lateRows, waitingOf } from "./late-rows.ts"
import { readFresh } from "./read-fresh.ts"
import { readShare } from "./read-share.ts"
import { readTargets } from "./read-targets.ts"
import type { Reading, Watch } from "./watch.ts"

const dayMs = 86_400_000

export function* readWatch(watch: Watch, now: number): Operation<readonly Reading[]> {
  switch (watch.kind) {
    case "pending": {
      const rows = yield sql`SELECT id, received_at AS since, currency, amount, payload FROM inbox
        WHERE flow = ${watch.flow} AND state IN ('open', 'blocked', 'parked') ORDER BY received_at, id`
      return lateRows(watch, waitingOf(watch, rows), now)
    }
    case "follows": {
      const from = instantText(now - (watch.sinceMs ?? 35 * dayMs))
      const rows =
        yield sql`SELECT i.id AS id, i.ended_at AS since, i.currency AS currency, i.amount AS amount, i.payload AS payload FROM inbox i
        WHERE i.flow = ${watch.flow} AND i.state = 'done' AND i.because IS NULL AND i.ended_at >= ${from}
        AND NOT EXISTS (SELECT 1 FROM inbox n WHERE (n.id = i.correlation_id OR (n.correlation_id = i.correlation_id AND n.correlation_id <> n.id))
          AND n.flow = ${watch.to} AND n.state = 'done')
        ORDER BY i.ended_at, i.id`
      return lateRows(watch, waitingOf(watch, rows), now)
    }
    case "exceptions": {
      const rows =
        yield sql`SELECT i.id AS id, e.opened_at AS since, e.code AS code, e.queue AS queue, i.flow AS flow, i.currency AS currency, i.amount AS amount, i.payload AS payload
        FROM exception e JOIN inbox i ON i.id = e.event WHERE e.closed_at IS NULL ORDER BY e.opened_at, e.seq`
      const wanted = rows.filter(
        row =>
          (watch.flow === undefined || row["flow"] === watch.flow) &&
          (watch.code === undefined || row["code"] === watch.code) &&
          (watch.queue === undefined || (row["queue"] ?? null) === watch.queue),
      )
      return lateRows(watch, waitingOf(watch, wanted), now)
    }
    case "fresh":
      return yield* readFresh(watch, now)
    case "targets":
      return yield* readTargets(watch, now)
    case "share":
      return yield* readShare(watch, now)
  }
}
