// What a replay needs of the ledger. Flows in: which events are wanted; an event that is to be delivered again. Flows out: events with all that was done for them, a page at a time; the event
// open again under the flow as it is now, with the same keys.
import type { Actor } from "../port/engine.ts"
import { NotPossible } from "../port/failures.ts"
import { type Regions, regionsOfText } from "../port/regions.ts"
import { audit } from "./audit.ts"
import { closeExceptions } from "./exceptions.ts"
import { advance } from "./lanes.ts"
import { countOf, lockLane, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"
import type { KeptStep } from "./steps.ts"

/** Which events: all that is said must fit. */
export interface ReplaySelection {
  readonly flow?: string
  /** The version of the flow they were accepted with. */
  readonly version?: string
  /** Accepted at this instant or later, and before that one. */
  readonly from?: string
  readonly to?: string
  /** With an open exception of this code, in this queue. */
  readonly code?: string
  readonly queue?: string
  /** Of this lane: a business key. */
  readonly key?: string
  /** Their ids. */
  readonly events?: readonly string[]
}

export interface RecordedEffect {
  readonly name: string
  readonly target: string
  readonly state: "clean" | "doubt" | "done"
  readonly requestHash: string
  readonly request: string | undefined
  readonly receipt: string | undefined
  readonly amount: string | undefined
  readonly currency: string | undefined
}

export interface RecordedEvent {
  readonly seq: number
  readonly id: string
  readonly flow: string
  readonly flowVersion: string
  readonly source: string
  readonly sourceId: string
  readonly payload: string
  readonly lane: string
  readonly laneSeq: number
  readonly state: string
  readonly because: string | undefined
  readonly generation: number
  readonly attempts: number
  readonly receivedAt: string
  readonly correlationId: string
  readonly causationId: string | undefined
  readonly traceparent: string | undefined
  readonly regions: Regions | undefined
  readonly ending: "skipped" | undefined
  /** What stopped it. */
  readonly code: string | undefined
  /** A newer version of its object was done: this one is history. */
  readonly outdated: boolean
  readonly steps: ReadonlyMap<string, KeptStep>
  readonly effects: ReadonlyMap<string, RecordedEffect>
}

/** In the order they were accepted, behind a number. Events that are being worked on, or given up, are among them: their state says so. */
export function* recordedEvents(
  { flow, version, from, to, code, queue, key, events }: ReplaySelection,
  after: number,
  limit: number,
): Operation<readonly RecordedEvent[]> {
  const any = (value: string | undefined) => value ?? ""
  const rows =
    events === undefined
      ? yield sql`SELECT * FROM inbox WHERE seq > ${after}
          AND (${any(flow)} = '' OR flow = ${any(flow)}) AND (${any(version)} = '' OR flow_version = ${any(version)})
          AND received_at >= ${any(from)} AND (${any(to)} = '' OR received_at < ${any(to)})
          AND (${key === undefined ? 0 : 1} = 0 OR lane = ${any(key)})
          AND (${any(code)} = '' OR EXISTS (SELECT 1 FROM exception WHERE exception.event = inbox.id AND closed_at IS NULL AND code = ${any(code)}))
          AND (${any(queue)} = '' OR EXISTS (SELECT 1 FROM exception WHERE exception.event = inbox.id AND closed_at IS NULL AND queue = ${any(queue)}))
          ORDER BY seq LIMIT ${limit}`
      : yield* named(events, after, limit)
  const found: RecordedEvent[] = []
  for (const row of rows) found.push(yield* recorded(row))
  return found
}

function* named(ids: readonly string[], after: number, limit: number): Operation<readonly Row[]> {
  const rows: Row[] = []
  for (const id of new Set(ids))
    rows.push(...(yield sql`SELECT * FROM inbox WHERE id = ${id} AND seq > ${after}`))
  return rows.toSorted((a, b) => countOf(a, "seq") - countOf(b, "seq")).slice(0, limit)
}

function* recorded(row: Row): Operation<RecordedEvent> {
  const [id, generation] = [textOf(row, "id"), countOf(row, "generation")]
  const steps =
    yield sql`SELECT event, name, result, asked FROM step WHERE event = ${id} AND generation = ${generation}`
  const effects =
    yield sql`SELECT * FROM effect WHERE event = ${id} AND generation = ${generation} ORDER BY number, name`
  const [stop] =
    yield sql`SELECT code FROM exception WHERE event = ${id} AND closed_at IS NULL AND code <> 'ID_REUSED' ORDER BY seq DESC LIMIT 1`
  return {
    seq: countOf(row, "seq"),
    id,
    flow: textOf(row, "flow"),
    flowVersion: textOf(row, "flow_version"),
    source: textOf(row, "source"),
    sourceId: textOf(row, "source_id"),
    payload: textOf(row, "payload"),
    lane: textOf(row, "lane"),
    laneSeq: countOf(row, "lane_seq"),
    state: textOf(row, "state"),
    because: textOrNone(row, "because"),
    generation,
    attempts: countOf(row, "attempts"),
    receivedAt: textOf(row, "received_at"),
    correlationId: textOf(row, "correlation_id"),
    causationId: textOrNone(row, "causation_id"),
    traceparent: textOrNone(row, "traceparent"),
    regions: regionsOfText(textOrNone(row, "tagged")),
    ending: textOrNone(row, "ending") === undefined ? undefined : "skipped",
    code: stop === undefined ? undefined : textOf(stop, "code"),
    outdated: yield* isOutdated(row),
    steps: new Map(
      steps.map(step => [
        textOf(step, "name"),
        { result: textOf(step, "result"), asked: textOrNone(step, "asked") },
      ]),
    ),
    effects: new Map(effects.map(effect => [textOf(effect, "name"), effectOf(effect)])),
  }
}

function effectOf(row: Row): RecordedEffect {
  const state = textOf(row, "state")
  return {
    name: textOf(row, "name"),
    target: textOf(row, "target"),
    state: state === "done" || state === "doubt" ? state : "clean",
    requestHash: textOf(row, "request_hash"),
    request: textOrNone(row, "request"),
    receipt: textOrNone(row, "receipt"),
    amount: textOrNone(row, "amount"),
    currency: textOrNone(row, "currency"),
  }
}

/** Versions are in the order they were accepted, save for those that came too late: these are superseded. */
function* isOutdated(row: Row): Operation<boolean> {
  if (textOrNone(row, "version") === undefined) return false
  const [newer] =
    yield sql`SELECT 1 AS one FROM inbox WHERE flow = ${textOf(row, "flow")} AND lane = ${textOf(row, "lane")}
    AND lane_seq > ${countOf(row, "lane_seq")} AND coalesce(object, '') = ${textOrNone(row, "object") ?? ""} AND version IS NOT NULL
    AND state = 'done' LIMIT 1`
  return newer !== undefined
}

/** What was sent on: the payload of the first of these events or messages that is in the ledger. */
export function* sentOn(
  ids: readonly string[],
  kind: "event" | "message",
): Operation<{ readonly payload: string } | undefined> {
  for (const id of ids) {
    const [row] =
      kind === "event"
        ? yield sql`SELECT id, payload FROM inbox WHERE id = ${id}`
        : yield sql`SELECT id, event, payload FROM outbox WHERE id = ${id}`
    if (row !== undefined) return { payload: textOf(row, "payload") }
  }
  return undefined
}

export interface Redelivery {
  readonly event: Pick<RecordedEvent, "id" | "state" | "generation">
  /** Of the flow as it is now. */
  readonly version: string
  readonly by: Actor
  readonly reason: string
  readonly now: string
}

/**
 * Once more, under the same keys: what was done has its receipt and is not done again; what was asked has its answer. False where somebody did something about the event since it was
 * looked at: nothing is changed then.
 */
export function* redeliver({ event, version, by, reason, now }: Redelivery): Operation<boolean> {
  if (reason.trim() === "") throw new NotPossible("FM8604", "A replay needs a reason")
  const [found] = yield sql`SELECT flow, lane FROM inbox WHERE id = ${event.id}`
  if (found === undefined) throw new NotPossible("FM8601", `There is no event ${event.id}`)
  const [flow, lane] = [textOf(found, "flow"), textOf(found, "lane")]
  yield lockLane(flow, lane)
  const [own] =
    yield sql`UPDATE inbox SET state = 'open', flow_version = ${version}, attempts = 0, crashes = 0, waiting_for = NULL,
      last_failure = NULL, because = NULL, ended_at = NULL, took_ms = NULL
    WHERE id = ${event.id} AND claim IS NULL AND state = ${event.state} AND generation = ${event.generation}
      AND state IN ('done', 'blocked', 'parked') RETURNING id`
  if (own === undefined) return false
  yield sql`UPDATE effect SET failures = 0 WHERE event = ${event.id}`
  yield* closeExceptions(event.id, "resolved", by.name, now)
  yield sql`INSERT INTO decision (event, kind, actor, role, reason, detail, state, at)
    VALUES (${event.id}, 'replay', ${by.name}, ${by.role}, ${reason}, '{}', 'applied', ${now})`
  const detail = { role: by.role, reason, version, was: event.state }
  yield* audit({ at: now, actor: by.name, action: "replay", subject: event.id, detail })
  yield* advance(flow, lane, now)
  return true
}

/** Of these, how many are open still. */
export function* stillOpen(ids: readonly string[]): Operation<readonly string[]> {
  const open: string[] = []
  for (const id of ids)
    if ((yield sql`SELECT id FROM inbox WHERE id = ${id} AND state = 'open'`).length > 0) open.push(id)
  return open
}
