// Messages for transports. Written in the transaction of what they follow from; taken in that order; marked when a transport has them.
import { type Regions, regionsOfText } from "../port/regions.ts"
import { countOf, type Operation, textOf, textOrNone } from "./operation.ts"
import { sealed } from "./sealed.ts"
import { sql } from "./statement.ts"

export interface OutboxRow {
  readonly id: string
  readonly topic: string
  readonly payload: string
  readonly correlationId: string
  readonly traceparent: string | null
}

export interface OutboxMessage {
  readonly seq: number
  readonly id: string
  readonly topic: string
  readonly payload: string
  readonly correlationId: string
  /** The event it follows from. */
  readonly causationId: string
  readonly traceparent: string | undefined
  readonly regions: Regions | undefined
}

/** Writing the same message again changes nothing. */
export function* writeOutbox(eventId: string, messages: readonly OutboxRow[], now: string): Operation<void> {
  for (const { id, topic, payload, correlationId, traceparent } of messages)
    yield sql`INSERT INTO outbox (id, event, topic, payload, correlation_id, traceparent, created_at)
      VALUES (${id}, ${eventId}, ${topic}, ${sealed("payload", { event: eventId, id }, payload)}, ${correlationId}, ${traceparent}, ${now}) ON CONFLICT (id) DO NOTHING`
}

/** `place`: where they go. Those that must not be there stay. */
export function* waitingMessages(
  limit: number,
  place?: { readonly region?: string },
): Operation<readonly OutboxMessage[]> {
  const anywhere = place === undefined ? 1 : 0
  const mark = `,${place?.region ?? ""},`
  const rows =
    yield sql`SELECT outbox.seq, outbox.id, event, topic, outbox.payload, outbox.correlation_id, outbox.traceparent, tagged
    FROM outbox JOIN inbox ON inbox.id = outbox.event WHERE sent_at IS NULL
      AND (${anywhere} = 1 OR tagged IS NULL OR replace(',' || tagged || ',', ${mark}, '') <> ',' || tagged || ',') ORDER BY outbox.seq LIMIT ${limit}`
  return rows.map(row => ({
    seq: countOf(row, "seq"),
    id: textOf(row, "id"),
    topic: textOf(row, "topic"),
    payload: textOf(row, "payload"),
    correlationId: textOf(row, "correlation_id"),
    causationId: textOf(row, "event"),
    traceparent: textOrNone(row, "traceparent"),
    regions: regionsOfText(textOrNone(row, "tagged")),
  }))
}

export function* markSent(message: OutboxMessage, now: string): Operation<void> {
  yield sql`UPDATE outbox SET sent_at = ${now} WHERE seq = ${message.seq}`
}
