// Which event of a lane is next. Flows in: a lane whose events changed. Flows out: its row, pointing at the first open event, and word
// to whoever hands out work. A blocked event keeps its lane; an event that runs keeps it running.
import { countOf, type Operation, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

/** Looks at the lane anew: after an event ended, was decided about, or arrived in an idle lane. */
export function* advance(flow: string, lane: string, now: string): Operation<void> {
  const [running] = yield sql`SELECT 1 AS one FROM inbox
    WHERE flow = ${flow} AND lane = ${lane} AND state = 'open' AND claim IS NOT NULL LIMIT 1`
  if (running !== undefined) return
  const [next] =
    yield sql`SELECT id, lane_seq FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'open'
    ORDER BY lane_seq LIMIT 1`
  const [blocked] =
    yield sql`SELECT id, lane_seq FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'blocked'
    ORDER BY lane_seq LIMIT 1`
  if (
    blocked !== undefined &&
    (next === undefined || countOf(blocked, "lane_seq") < countOf(next, "lane_seq"))
  )
    yield sql`UPDATE lane SET state = 'blocked', head = ${textOf(blocked, "id")} WHERE flow = ${flow} AND lane = ${lane}`
  else if (next === undefined)
    yield sql`UPDATE lane SET state = 'idle', head = NULL WHERE flow = ${flow} AND lane = ${lane}`
  else yield* makeNext(flow, lane, textOf(next, "id"), now)
}

/** One that waits for its time already goes on waiting. */
function* makeNext(flow: string, lane: string, eventId: string, now: string): Operation<void> {
  const [row] = yield sql`SELECT state, head FROM lane WHERE flow = ${flow} AND lane = ${lane}`
  if (row !== undefined && textOf(row, "state") === "ready" && textOrNone(row, "head") === eventId) return
  yield* makeReady(flow, lane, eventId, now)
}

/** The event is the next of its lane, and may run from then on. */
export function* makeReady(flow: string, lane: string, eventId: string, dueAt: string): Operation<void> {
  yield sql`UPDATE lane SET state = 'ready', head = ${eventId}, due_at = ${dueAt} WHERE flow = ${flow} AND lane = ${lane}`
  yield { kind: "wake", flow, lane, dueAt }
}
