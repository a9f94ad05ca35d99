// Which event of a lane is next. Flows in: a lane whose events changed. Flows out: its row, pointing at the first open event, and word
// to whoever hands out work. A blocked event keeps its lane; an event that runs keeps it running.
import { countOf, type Operation, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

/** Looks at the lane anew: after an event ended, was decided about, or arrived in a lane. */
export function* advance(flow: string, lane: string, now: string): Operation<void> {
  const [row] =
    yield sql`SELECT lane.state, lane.head, inbox.claim FROM lane LEFT JOIN inbox ON inbox.id = lane.head
    WHERE lane.flow = ${flow} AND lane.lane = ${lane}`
  if (row === undefined) throw new TypeError("The ledger lost a lane")
  // Only the head of a lane runs.
  if (textOrNone(row, "claim") !== undefined) return
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
  // One that waits for its time already goes on waiting.
  else if (textOf(row, "state") !== "ready" || textOrNone(row, "head") !== textOf(next, "id"))
    yield* makeReady(flow, lane, textOf(next, "id"), now)
}

/** The event is the next of its lane, and may run from then on. */
export function* makeReady(flow: string, lane: string, eventId: string, dueAt: string): Operation<void> {
  yield sql`UPDATE lane SET state = 'ready', head = ${eventId}, due_at = ${dueAt} WHERE flow = ${flow} AND lane = ${lane}`
  yield { kind: "wake", flow, lane, dueAt }
}
