// Which event of a lane is next. Flows in: a lane whose events changed. Flows out: its row, pointing at the first open event, and word
// to whoever hands out work. A blocked event keeps its lane; an event that runs keeps it running.
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { type Statement, sql, write } from "./statement.ts"

/** Looks at the lane anew: after an event ended, was decided about, or arrived in a lane. True: its next event may run now. */
export function* advance(flow: string, lane: string, now: string): Operation<boolean> {
  const [row] = yield lookAtLane(flow, lane)
  return yield* advanceFrom(row, flow, lane, now)
}

/** What `advanceFrom` needs to know. */
export function lookAtLane(flow: string, lane: string): Statement {
  return sql`SELECT lane.state, head.claim, head.lane_seq AS head_seq,
      (SELECT min(lane_seq) FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'open') AS next_seq,
      (SELECT min(lane_seq) FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'blocked') AS blocked_seq
    FROM lane LEFT JOIN inbox AS head ON head.id = lane.head WHERE lane.flow = ${flow} AND lane.lane = ${lane}`
}

export function* advanceFrom(
  row: Row | undefined,
  flow: string,
  lane: string,
  now: string,
): Operation<boolean> {
  if (row === undefined) throw new TypeError("The ledger lost a lane")
  // Only the head of a lane runs.
  if (textOrNone(row, "claim") !== undefined) return false
  const [head, next, blocked] = [seqOf(row, "head_seq"), seqOf(row, "next_seq"), seqOf(row, "blocked_seq")]
  if (blocked !== undefined && (next === undefined || blocked < next))
    yield write`UPDATE lane SET state = 'blocked', head = (SELECT id FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND lane_seq = ${blocked})
      WHERE flow = ${flow} AND lane = ${lane}`
  else if (next === undefined)
    yield write`UPDATE lane SET state = 'idle', head = NULL WHERE flow = ${flow} AND lane = ${lane}`
  // One that waits for its time already goes on waiting.
  else if (textOf(row, "state") !== "ready" || head !== next) {
    yield write`UPDATE lane SET state = 'ready', due_at = ${now}, head = (SELECT id FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND lane_seq = ${next})
      WHERE flow = ${flow} AND lane = ${lane}`
    yield { kind: "wake", flow, lane, dueAt: now }
    return true
  }
  return false
}

function seqOf(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : countOf(row, column)
}

/** The event is the next of its lane, and may run from then on. */
export function* makeReady(flow: string, lane: string, eventId: string, dueAt: string): Operation<void> {
  yield write`UPDATE lane SET state = 'ready', head = ${eventId}, due_at = ${dueAt} WHERE flow = ${flow} AND lane = ${lane}`
  yield { kind: "wake", flow, lane, dueAt }
}
