// One business transaction over flows and systems: everything the ledger knows of it. Flows in: a correlation id, or the id of an event of it. Flows out: its events in the
// order they came, each with its steps, effects, exceptions, decisions and messages.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { shownText, shownWords } from "./sealed.ts"
import { sourcesOfEvents } from "./sources.ts"
import { sql } from "./statement.ts"

export interface TracedEvent {
  readonly id: string
  readonly flow: string
  readonly version: string
  readonly source: string
  readonly sourceId: string
  readonly lane: string
  readonly laneSeq: number
  readonly state: string
  readonly because: string | undefined
  readonly generation: number
  readonly attempts: number
  readonly lastFailure: string | undefined
  readonly correlationId: string
  /** The event it follows from. */
  readonly causationId: string | undefined
  readonly amount: string | undefined
  readonly currency: string | undefined
  readonly receivedAt: string
  readonly endedAt: string | undefined
  readonly payload: unknown
  readonly steps: readonly {
    readonly name: string
    readonly generation: number
    readonly at: string
    /** Its place among the steps and effects of its event. */
    readonly place: number
    /** How many records it gave, where it gave a list. */
    readonly records: number | undefined
    readonly result: unknown
  }[]
  readonly effects: readonly TracedEffect[]
  readonly exceptions: readonly {
    readonly number: number
    readonly code: string
    readonly message: string
    readonly state: string
    readonly at: string
  }[]
  readonly decisions: readonly {
    readonly kind: string
    readonly actor: string
    readonly reason: string
    readonly state: string
    readonly at: string
  }[]
  readonly messages: readonly {
    readonly topic: string
    readonly at: string
    readonly sentAt: string | undefined
  }[]
}

export interface TracedEffect {
  readonly name: string
  readonly generation: number
  readonly target: string
  readonly state: string
  /** Its place among the steps and effects of its event. */
  readonly place: number
  readonly sends: number
  readonly failures: number
  readonly undoes: string | undefined
  readonly firstSentAt: string
  readonly doneAt: string | undefined
  readonly doneBy: string | undefined
  readonly amount: string | undefined
  readonly currency: string | undefined
  readonly receipt: unknown
}

export function* trace(id: string): Operation<readonly TracedEvent[]> {
  const [named] = yield sql`SELECT correlation_id FROM inbox WHERE id = ${id}`
  const correlation = named === undefined ? id : textOf(named, "correlation_id")
  const rows = yield sql`SELECT * FROM inbox WHERE (id = ${correlation} AND correlation_id = id)
    OR (correlation_id = ${correlation} AND correlation_id <> id) ORDER BY seq`
  const events: TracedEvent[] = []
  for (const row of rows) events.push(yield* traced(row))
  return events
}

/** Ids of the events of a correlation, the oldest first. */
export function* sameTransaction(correlation: string, most: number): Operation<readonly string[]> {
  const rows = yield sql`SELECT id FROM inbox WHERE (id = ${correlation} AND correlation_id = id)
      OR (correlation_id = ${correlation} AND correlation_id <> id) ORDER BY seq LIMIT ${most}`
  return rows.map(row => textOf(row, "id"))
}

/** One event alone. */
export function* tracedEvent(id: string): Operation<TracedEvent | undefined> {
  const [row] = yield sql`SELECT * FROM inbox WHERE id = ${id}`
  return row === undefined ? undefined : yield* traced(row)
}

/** Ids that begin so: nobody types all of one. Two at most. */
export function* eventsNamed(prefix: string): Operation<readonly string[]> {
  const rows =
    yield sql`SELECT id FROM inbox WHERE id >= ${prefix} AND id < ${`${prefix}~`} ORDER BY id LIMIT 2`
  return rows.map(row => textOf(row, "id"))
}

/** Events whose id at their source is this or begins so, as an opportunity's does behind which its version stands; the oldest first. */
export function* eventsOfSource(beginning: string, most: number): Operation<readonly string[]> {
  // `seq + 0`: a store is not to walk all events in their order.
  const end = `${beginning}\u{10ffff}`
  const found: Row[] = []
  for (const { flow, source } of yield* sourcesOfEvents())
    found.push(
      ...(yield sql`SELECT id, seq FROM inbox WHERE flow = ${flow} AND source = ${source}
        AND source_id >= ${beginning} AND source_id < ${end} ORDER BY seq + 0 LIMIT ${most}`),
    )
  const inOrder = found.toSorted((a, b) => countOf(a, "seq") - countOf(b, "seq"))
  return inOrder.slice(0, most).map(row => textOf(row, "id"))
}

/** As somebody may see it who may not see what steps gave and targets answered. */
export function withoutValues(event: TracedEvent): TracedEvent {
  return {
    ...event,
    steps: event.steps.map(step => ({ ...step, result: undefined })),
    effects: event.effects.map(effect => ({ ...effect, receipt: undefined })),
  }
}

function* traced(row: Row): Operation<TracedEvent> {
  const id = textOf(row, "id")
  const steps =
    yield sql`SELECT event, name, generation, at, number, result FROM step WHERE event = ${id} ORDER BY generation, number, at, name`
  const effects =
    yield sql`SELECT * FROM effect WHERE event = ${id} ORDER BY generation, number, first_sent_at, name`
  const exceptions =
    yield sql`SELECT seq, event, code, message, state, opened_at FROM exception WHERE event = ${id} ORDER BY seq`
  const decisions =
    yield sql`SELECT kind, actor, reason, state, at FROM decision WHERE event = ${id} ORDER BY seq`
  const messages = yield sql`SELECT topic, created_at, sent_at FROM outbox WHERE event = ${id} ORDER BY seq`
  return {
    id,
    flow: textOf(row, "flow"),
    version: textOf(row, "flow_version"),
    source: textOf(row, "source"),
    sourceId: textOf(row, "source_id"),
    lane: textOf(row, "lane"),
    laneSeq: countOf(row, "lane_seq"),
    state: textOf(row, "state"),
    because: textOrNone(row, "because"),
    generation: countOf(row, "generation"),
    attempts: countOf(row, "attempts"),
    lastFailure: shownOrNone(textOrNone(row, "last_failure")),
    correlationId: textOf(row, "correlation_id"),
    causationId: textOrNone(row, "causation_id"),
    amount: textOrNone(row, "amount"),
    currency: textOrNone(row, "currency"),
    receivedAt: textOf(row, "received_at"),
    endedAt: textOrNone(row, "ended_at"),
    payload: jsonIn(row, "payload"),
    steps: steps.map(stepOf),
    effects: effects.map(effectOf),
    exceptions: exceptions.map(one => ({
      number: countOf(one, "seq"),
      code: textOf(one, "code"),
      message: shownWords(textOf(one, "message")),
      state: textOf(one, "state"),
      at: textOf(one, "opened_at"),
    })),
    decisions: decisions.map(one => ({
      kind: textOf(one, "kind"),
      actor: textOf(one, "actor"),
      reason: textOf(one, "reason"),
      state: textOf(one, "state"),
      at: textOf(one, "at"),
    })),
    messages: messages.map(one => ({
      topic: textOf(one, "topic"),
      at: textOf(one, "created_at"),
      sentAt: textOrNone(one, "sent_at"),
    })),
  }
}

function stepOf(row: Row): TracedEvent["steps"][number] {
  const result = jsonIn(row, "result")
  return {
    name: textOf(row, "name"),
    generation: countOf(row, "generation"),
    at: textOf(row, "at"),
    place: countOf(row, "number"),
    records: Array.isArray(result) ? result.length : undefined,
    result,
  }
}

function effectOf(row: Row): TracedEffect {
  return {
    name: textOf(row, "name"),
    generation: countOf(row, "generation"),
    target: textOf(row, "target"),
    state: textOf(row, "state"),
    place: countOf(row, "number"),
    sends: countOf(row, "sends"),
    failures: countOf(row, "failures"),
    undoes: textOrNone(row, "undoes"),
    firstSentAt: textOf(row, "first_sent_at"),
    doneAt: textOrNone(row, "done_at"),
    doneBy: textOrNone(row, "done_by"),
    amount: textOrNone(row, "amount"),
    currency: textOrNone(row, "currency"),
    receipt: textOrNone(row, "receipt") === undefined ? undefined : jsonIn(row, "receipt"),
  }
}

function shownOrNone(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shownWords(text)
}

function jsonIn(row: Row, column: string): unknown {
  const read = parseExact(shownText(textOf(row, column)))
  if ("refused" in read) throw new TypeError(`${column} of the ledger is no JSON`)
  return read.ok
}
