// Hands events to attempts. Flows in: which flow, how many, a name for each attempt. Flows out: the first events of lanes that may run
// now, each claimed: nobody else gets them, and every write of the attempt has to show the claim.
import type { FlowEvent } from "../port/event.ts"
import { regionsOfText } from "../port/regions.ts"
import { countOf, lockLane, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql, write } from "./statement.ts"

/** An event with the claim of one attempt. The payload is still text. */
export interface Claimed extends Omit<FlowEvent, "payload"> {
  readonly claim: string
  readonly payload: string
}

export interface ClaimRequest {
  readonly flow: string
  readonly version: string
  readonly limit: number
  /** Never used before: `claim` plus a count names an attempt. */
  readonly claim: string
  readonly now: string
}

export function* claimReady(request: ClaimRequest): Operation<readonly Claimed[]> {
  const { flow, version, limit, claim, now } = request
  const rows = yield sql`SELECT inbox.* FROM lane JOIN inbox ON inbox.id = lane.head
    WHERE lane.flow = ${flow} AND lane.state = 'ready' AND lane.due_at <= ${now} AND inbox.flow_version = ${version}
    ORDER BY lane.due_at LIMIT ${limit}`
  const claimed: Claimed[] = []
  for (const row of rows) {
    yield write`UPDATE lane SET state = 'running' WHERE flow = ${flow} AND lane = ${textOf(row, "lane")}`
    claimed.push(yield* take(row, `${claim}.${claimed.length}`))
  }
  return claimed
}

/** The next event of one lane, where its time has come: for stores that hand out lanes by messages. */
export function* claimLane(
  flow: string,
  lane: string,
  versions: readonly string[],
  claim: string,
  now: string,
): Operation<Claimed | undefined> {
  yield lockLane(flow, lane)
  const [row] =
    yield sql`SELECT lane.state AS lane_state, lane.due_at, inbox.id, inbox.flow, inbox.flow_version, inbox.source,
      inbox.source_id, inbox.payload, inbox.lane, inbox.lane_seq, inbox.generation, inbox.attempts, inbox.received_at,
      inbox.correlation_id, inbox.causation_id, inbox.traceparent, inbox.ending, inbox.claim, inbox.tagged
    FROM lane JOIN inbox ON inbox.id = lane.head WHERE lane.flow = ${flow} AND lane.lane = ${lane}`
  if (row === undefined) return undefined
  // Asked for again by who was not told that it has it.
  if (textOrNone(row, "claim") === claim) return claimedOf(row, claim)
  if (textOf(row, "lane_state") !== "ready" || textOf(row, "due_at") > now) return undefined
  if (!versions.includes(textOf(row, "flow_version"))) return undefined
  yield write`UPDATE lane SET state = 'running' WHERE flow = ${flow} AND lane = ${lane}`
  return yield* take(row, claim)
}

function* take(row: Row, claim: string): Operation<Claimed> {
  const event = claimedOf(row, claim)
  yield write`UPDATE inbox SET claim = ${claim}, waiting_for = NULL WHERE id = ${event.id}`
  return event
}

/** A query that does not ask for it would let an event go anywhere. */
function taggedOf(row: Row): string | undefined {
  if (!Object.hasOwn(row, "tagged")) throw new TypeError("An event is taken without where it may be")
  return textOrNone(row, "tagged")
}

function claimedOf(row: Row, claim: string): Claimed {
  return {
    claim,
    id: textOf(row, "id"),
    flow: textOf(row, "flow"),
    flowVersion: textOf(row, "flow_version"),
    source: textOf(row, "source"),
    sourceId: textOf(row, "source_id"),
    payload: textOf(row, "payload"),
    lane: textOf(row, "lane"),
    laneSeq: countOf(row, "lane_seq"),
    generation: countOf(row, "generation"),
    attempts: countOf(row, "attempts"),
    receivedAt: textOf(row, "received_at"),
    correlationId: textOf(row, "correlation_id"),
    causationId: textOrNone(row, "causation_id"),
    traceparent: textOrNone(row, "traceparent"),
    regions: regionsOfText(taggedOf(row)),
    ending: textOrNone(row, "ending") === undefined ? undefined : "skipped",
  }
}

/** When the next event of a flow's version may run; undefined when none waits for a time. */
export function* nextDue(flow: string, version: string): Operation<string | undefined> {
  const [row] = yield sql`SELECT lane.due_at FROM lane JOIN inbox ON inbox.id = lane.head
    WHERE lane.flow = ${flow} AND lane.state = 'ready' AND inbox.flow_version = ${version} ORDER BY lane.due_at LIMIT 1`
  return row === undefined ? undefined : textOf(row, "due_at")
}
