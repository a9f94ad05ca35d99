// Takes events into the ledger. Flows in: events of one source batch. Flows out: how many are new; the same again is counted, the same id
// with another payload is refused and shown to people. All in one transaction, so what is acknowledged is kept.
import type { Appended, Conflict } from "../port/engine.ts"
import { besideEvents, closeExceptions, openException } from "./exceptions.ts"
import { advance } from "./lanes.ts"
import {
  countOf,
  type Lock,
  lockLane,
  type Operation,
  type Row,
  textOf,
  textOrNone,
  together,
} from "./operation.ts"
import { refuseElsewhere } from "./residence.ts"
import { sealed, unreadable } from "./sealed.ts"
import { type SqlValue, sql, write } from "./statement.ts"
import { isOlder } from "./version-order.ts"

/** An event with everything the ledger knows about it from the start. */
export interface NewEvent {
  readonly id: string
  readonly flow: string
  readonly flowVersion: string
  readonly source: string
  readonly sourceId: string
  readonly payload: string
  readonly payloadHash: string
  readonly lane: string
  readonly version: string | null
  readonly object: string | null
  readonly newestWins: boolean
  readonly currency: string | null
  readonly amount: string | null
  readonly correlationId: string
  readonly causationId: string | null
  readonly traceparent: string | null
  /** Where it may be kept, and which of that its sender said; null: anywhere. */
  readonly regions: string | null
  readonly tagged: string | null
}

export interface Watermark {
  readonly name: string
  readonly value: string
}

/** `others`: sources whose objects are not those of these events, though they may have the same names. */
export function* accept(
  events: readonly NewEvent[],
  watermark: Watermark | undefined,
  now: string,
  others: readonly string[] = [],
): Operation<Appended> {
  let accepted = 0
  let duplicates = 0
  const conflicts: Conflict[] = []
  // In one order, so that two who append do not wait for each other.
  for (const lane of lanesOf(events)) yield lane
  yield* refuseElsewhere(events)
  const known = new Map((yield* together(byLane(events).map(lane => acceptLane(lane, others, now)))).flat())
  for (const event of events) {
    const first = known.get(event)
    if (first === undefined) accepted += 1
    else if (first === event.payloadHash) duplicates += 1
    else {
      yield* openException(idReused(event, first), now)
      conflicts.push({ source: event.source, id: event.sourceId, eventId: event.id })
    }
  }
  if (watermark !== undefined)
    yield write`INSERT INTO watermark (name, value, at) VALUES (${watermark.name}, ${watermark.value}, ${now})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at`
  return { accepted, duplicates, conflicts }
}

function lanesOf(events: readonly NewEvent[]): readonly Lock[] {
  const locks = events.map(event => lockLane(event.flow, event.lane))
  return [...new Map(locks.map(lock => [lock.name, lock])).values()].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
}

/** Events that do not know of each other apart: by lane, or by flow where an object may have versions in several lanes. */
function byLane(events: readonly NewEvent[]): readonly (readonly NewEvent[])[] {
  const whole = new Set(events.flatMap(({ flow, object }) => (object === null ? [] : [flow])))
  const parts = new Map<string, NewEvent[]>()
  for (const event of events) {
    const key = whole.has(event.flow) ? JSON.stringify([event.flow]) : lockLane(event.flow, event.lane).name
    const part = parts.get(key)
    if (part === undefined) parts.set(key, [event])
    else part.push(event)
  }
  return [...parts.values()]
}

/** One after the other: their order is that of the lane. */
function* acceptLane(
  events: readonly NewEvent[],
  others: readonly string[],
  now: string,
): Operation<readonly (readonly [NewEvent, string | undefined])[]> {
  const known: (readonly [NewEvent, string | undefined])[] = []
  for (const event of events) known.push([event, yield* acceptOne(event, others, now)])
  return known
}

/** Undefined when the event is new, else the hash of the payload it came with first. */
function* acceptOne(event: NewEvent, others: readonly string[], now: string): Operation<string | undefined> {
  const { flow, lane } = event
  const before = yield* firstHash(event)
  if (before !== undefined) return before
  const row = yield* laneOf(flow, lane)
  const newestOne = event.object === null ? textOrNone(row, "newest") : yield* newestOf(event, others)
  const stale = isStale(event, newestOne)
  const seq = countOf(row, "last_seq") + 1
  const [inserted] = yield insert(event, seq, stale ? "superseded" : "open", now)
  if (inserted === undefined) {
    // Another node was quicker.
    const first = yield* firstHash(event)
    if (first === undefined) throw new TypeError("The ledger refused an event it does not hold")
    return first
  }
  if (event.newestWins && !stale) yield* supersedeOlder(event, others, now)
  const newest = stale ? textOrNone(row, "newest") : (event.version ?? textOrNone(row, "newest"))
  const idle = textOf(row, "state") === "idle"
  if (idle && !stale && !event.newestWins) {
    // Nothing is ahead of it.
    yield write`INSERT INTO lane (flow, lane, last_seq, newest, state, head, due_at)
      VALUES (${flow}, ${lane}, ${seq}, ${newest ?? null}, 'ready', ${event.id}, ${now})
      ON CONFLICT (flow, lane) DO UPDATE SET last_seq = excluded.last_seq, newest = excluded.newest, state = 'ready', head = excluded.head,
        due_at = excluded.due_at`
    yield { kind: "wake", flow, lane, dueAt: now }
    return undefined
  }
  yield write`INSERT INTO lane (flow, lane, last_seq, newest, state, due_at)
    VALUES (${flow}, ${lane}, ${seq}, ${newest ?? null}, 'idle', ${now})
    ON CONFLICT (flow, lane) DO UPDATE SET last_seq = excluded.last_seq, newest = excluded.newest`
  if (idle || event.newestWins) yield* advance(flow, lane, now)
  return undefined
}

/** The lane's row, or how it begins; the lane is held. */
function* laneOf(flow: string, lane: string): Operation<Row> {
  const [known] = yield sql`SELECT last_seq, state, newest FROM lane WHERE flow = ${flow} AND lane = ${lane}`
  return known ?? { last_seq: 0, state: "idle", newest: null }
}

function* firstHash(event: NewEvent): Operation<string | undefined> {
  const [first] = yield sql`SELECT id, payload_hash FROM inbox
    WHERE flow = ${event.flow} AND source = ${event.source} AND source_id = ${event.sourceId}`
  return first === undefined ? undefined : textOf(first, "payload_hash")
}

function insert(event: NewEvent, seq: number, state: string, now: string) {
  const ended: SqlValue = state === "open" ? null : now
  return sql`INSERT INTO inbox (id, flow, flow_version, source, source_id, payload_hash, payload, lane, lane_seq, version, currency,
      amount, correlation_id, causation_id, traceparent, state, received_at, ended_at, object, regions, tagged)
    VALUES (${event.id}, ${event.flow}, ${event.flowVersion}, ${event.source}, ${event.sourceId}, ${sealed("payload_hash", { id: event.id }, event.payloadHash)},
      ${sealed("payload", { id: event.id }, event.payload)}, ${event.lane}, ${seq}, ${event.version}, ${event.currency}, ${event.amount}, ${event.correlationId},
      ${event.causationId}, ${event.traceparent}, ${state}, ${now}, ${ended}, ${event.object},
      ${event.regions}, ${event.tagged})
    ON CONFLICT (flow, source, source_id) DO NOTHING RETURNING seq`
}

/** Of its object: what came later and was stale is superseded, so the last one that is not is the newest. */
function* newestOf({ flow, object }: NewEvent, others: readonly string[]): Operation<string | undefined> {
  const rows =
    others.length === 0
      ? yield sql`SELECT version FROM inbox WHERE flow = ${flow} AND object = ${object} AND state <> 'superseded'
    AND version IS NOT NULL ORDER BY seq DESC LIMIT 1`
      : yield sql`SELECT version, source FROM inbox WHERE flow = ${flow} AND object = ${object} AND state <> 'superseded'
    AND version IS NOT NULL ORDER BY seq DESC`
  const last = rows.find(row => others.length === 0 || !others.includes(textOf(row, "source")))
  return last === undefined ? undefined : textOrNone(last, "version")
}

function isStale(event: NewEvent, newest: string | undefined): boolean {
  return event.newestWins && event.version !== null && newest !== undefined && isOlder(event.version, newest)
}

/** Older events of the lane that wait, or are blocked, make way; not one that runs or whose effect is in doubt. */
function* supersedeOlder(event: NewEvent, others: readonly string[], now: string): Operation<void> {
  if (event.version === null) return
  const waiting =
    yield sql`SELECT id, version, source FROM inbox WHERE flow = ${event.flow} AND lane = ${event.lane}
    AND state IN ('open', 'blocked', 'parked') AND claim IS NULL AND version IS NOT NULL AND id <> ${event.id}
    AND coalesce(object, '') = ${event.object ?? ""}
    AND NOT EXISTS (SELECT 1 FROM effect WHERE effect.event = inbox.id)
    AND NOT EXISTS (SELECT 1 FROM exception WHERE exception.event = inbox.id AND closed_at IS NULL AND exception.lane = 'block')`
  for (const row of waiting) {
    if (others.includes(textOf(row, "source")) || !isOlder(textOf(row, "version"), event.version)) continue
    const id = textOf(row, "id")
    yield write`UPDATE inbox SET state = 'superseded', waiting_for = NULL, ended_at = ${now} WHERE id = ${id}`
    yield* closeExceptions(id, "resolved", null, now)
  }
}

function idReused(event: NewEvent, known: string) {
  const told = unreadable(known)
  return {
    event: event.id,
    code: besideEvents,
    message:
      told === undefined
        ? `${event.source} sent ${event.sourceId} again with another payload`
        : `${event.source} sent ${event.sourceId} again, and nobody can tell whether with another payload: ${told.why}`,
    detail: { first: told === undefined ? known : null, then: event.payloadHash },
  }
}
