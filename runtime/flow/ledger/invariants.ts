// What must hold in every ledger at any moment. Flows in: a ledger. Flows out: one sentence for each thing that does not hold; none when
// it is sound. Run after every crash test, and by whoever doubts a ledger.
import { verifyAudit } from "./audit.ts"
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export function* brokenInvariants(): Operation<readonly string[]> {
  const broken: string[] = []
  const lanes =
    yield sql`SELECT lane.flow, lane.lane, lane.state, lane.last_seq, count(inbox.id) AS n, max(inbox.lane_seq) AS top
    FROM lane LEFT JOIN inbox ON inbox.flow = lane.flow AND inbox.lane = lane.lane
    GROUP BY lane.flow, lane.lane, lane.state, lane.last_seq`
  for (const row of lanes) {
    const [last, n] = [countOf(row, "last_seq"), countOf(row, "n")]
    if (n !== last || (n > 0 && countOf(row, "top") !== last))
      broken.push(`lane ${textOf(row, "lane")}: ${last} numbers were given out, ${n} events are there`)
  }
  const homeless = yield sql`SELECT id FROM inbox WHERE NOT EXISTS
    (SELECT 1 FROM lane WHERE lane.flow = inbox.flow AND lane.lane = inbox.lane)`
  for (const row of homeless) broken.push(`event ${textOf(row, "id")} is in no lane`)
  const heads = yield sql`SELECT lane.lane, lane.state FROM lane LEFT JOIN inbox ON inbox.id = lane.head WHERE
    (lane.state = 'idle' AND EXISTS (SELECT 1 FROM inbox AS other WHERE other.flow = lane.flow AND other.lane = lane.lane
      AND other.state IN ('open', 'blocked')))
    OR (lane.state = 'ready' AND (inbox.id IS NULL OR inbox.state <> 'open' OR inbox.claim IS NOT NULL))
    OR (lane.state = 'running' AND (inbox.id IS NULL OR inbox.claim IS NULL))
    OR (lane.state = 'blocked' AND (inbox.id IS NULL OR inbox.state <> 'blocked'))`
  for (const row of heads)
    broken.push(`lane ${textOf(row, "lane")} is ${textOf(row, "state")}, and its events are not`)
  const shared =
    yield sql`SELECT lane FROM inbox WHERE claim IS NOT NULL GROUP BY flow, lane HAVING count(*) > 1`
  for (const row of shared) broken.push(`lane ${textOf(row, "lane")} has two events in flight`)
  const overtaken =
    yield sql`SELECT later.id FROM inbox AS later JOIN inbox AS earlier ON earlier.flow = later.flow
    AND earlier.lane = later.lane AND earlier.lane_seq < later.lane_seq
    WHERE later.state = 'done' AND earlier.state = 'open' AND earlier.generation = 0 AND NOT EXISTS
    (SELECT 1 FROM decision WHERE decision.event = earlier.id AND decision.state = 'applied')`
  for (const row of overtaken) broken.push(`event ${textOf(row, "id")} was done before one ahead of it`)
  const unfinished =
    yield sql`SELECT inbox.id FROM inbox JOIN effect ON effect.event = inbox.id AND effect.generation = inbox.generation
    WHERE inbox.state = 'done' AND effect.state = 'doubt'`
  for (const row of unfinished) broken.push(`event ${textOf(row, "id")} is done with an effect in doubt`)
  const unexplained = yield sql`SELECT id FROM inbox WHERE state IN ('blocked', 'parked') AND NOT EXISTS
    (SELECT 1 FROM exception WHERE exception.event = inbox.id AND exception.closed_at IS NULL)`
  for (const row of unexplained)
    broken.push(`event ${textOf(row, "id")} is stopped, and no exception says why`)
  const audit = yield* verifyAudit()
  if (audit.kind === "broken") broken.push(`audit: ${audit.why}`)
  return broken
}
