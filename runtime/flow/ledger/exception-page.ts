// The queue of exceptions a page at a time, and what is in it at a glance. Flows in: what is wanted and after which number. Flows out: exceptions with the amounts of their events;
// counts, ages and exact sums by queue. It reads no more than a page and one row a group.
import { createSums } from "./amounts.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { type ExceptionState, exceptionOf, type QueuedException, waitingBehind } from "./queue.ts"
import { sql } from "./statement.ts"

export interface ExceptionFilter {
  /** Absent: those that are not closed. */
  readonly state?: ExceptionState | "any"
  /** Null: in no queue, which is where dead letters are. */
  readonly queue?: string | null
  /** Null: nobody's. */
  readonly owner?: string | null
  readonly code?: string
  readonly flow?: string
  /** Instants: opened at or before, at or after. */
  readonly openedBefore?: string
  readonly openedAfter?: string
  /** A correlation id, an id of the source, a lane, or an event's id. */
  readonly key?: string
}

export interface ExceptionPage {
  readonly exceptions: readonly QueuedException[]
  /** Of the last one, when there are more. */
  readonly next: number | undefined
}

/** Oldest first. `after`: a number of an exception; 0 for the first page. `most`: on a page. */
export function* exceptionPage(
  filter: ExceptionFilter,
  after: number,
  most: number,
): Operation<ExceptionPage> {
  const {
    state = null,
    code = null,
    flow = null,
    openedBefore = null,
    openedAfter = null,
    key = null,
  } = filter
  const anyQueue = filter.queue === undefined ? 1 : 0
  const anyOwner = filter.owner === undefined ? 1 : 0
  const [queue, owner] = [filter.queue ?? null, filter.owner ?? null]
  const rows =
    yield sql`SELECT exception.*, inbox.flow, inbox.flow_version, inbox.source, inbox.source_id, inbox.correlation_id, inbox.lane AS event_lane,
      inbox.state AS event_state, inbox.lane_seq, inbox.amount, inbox.currency FROM exception JOIN inbox ON inbox.id = exception.event
    WHERE exception.seq > ${after}
      AND (CAST(${state} AS TEXT) = 'any' OR exception.state = CAST(${state} AS TEXT) OR (CAST(${state} AS TEXT) IS NULL AND exception.closed_at IS NULL))
      AND (CAST(${anyQueue} AS INTEGER) = 1 OR exception.queue = CAST(${queue} AS TEXT) OR (CAST(${queue} AS TEXT) IS NULL AND exception.queue IS NULL))
      AND (CAST(${anyOwner} AS INTEGER) = 1 OR exception.owner = CAST(${owner} AS TEXT) OR (CAST(${owner} AS TEXT) IS NULL AND exception.owner IS NULL))
      AND (CAST(${code} AS TEXT) IS NULL OR exception.code = CAST(${code} AS TEXT))
      AND (CAST(${flow} AS TEXT) IS NULL OR inbox.flow = CAST(${flow} AS TEXT))
      AND (CAST(${openedBefore} AS TEXT) IS NULL OR exception.opened_at <= CAST(${openedBefore} AS TEXT))
      AND (CAST(${openedAfter} AS TEXT) IS NULL OR exception.opened_at >= CAST(${openedAfter} AS TEXT))
      AND (CAST(${key} AS TEXT) IS NULL OR inbox.correlation_id = CAST(${key} AS TEXT) OR inbox.source_id = CAST(${key} AS TEXT)
        OR inbox.lane = CAST(${key} AS TEXT) OR inbox.id = CAST(${key} AS TEXT))
    ORDER BY exception.seq LIMIT ${most + 1}`
  const exceptions: QueuedException[] = []
  for (const row of rows.slice(0, most)) exceptions.push(exceptionOf(row, yield* waitingBehind(row)))
  return { exceptions, next: rows.length > most ? exceptions.at(-1)?.number : undefined }
}

/** Undefined: there is no exception of this number. */
export function* exceptionNumbered(number: number): Operation<QueuedException | undefined> {
  const [row] =
    yield sql`SELECT exception.*, inbox.flow, inbox.flow_version, inbox.source, inbox.source_id, inbox.correlation_id, inbox.lane AS event_lane,
      inbox.state AS event_state, inbox.lane_seq, inbox.amount, inbox.currency FROM exception JOIN inbox ON inbox.id = exception.event
    WHERE exception.seq = ${number}`
  return row === undefined ? undefined : exceptionOf(row, yield* waitingBehind(row))
}

/** What is open in one queue. */
export interface QueueOverview {
  /** Undefined: in no queue. */
  readonly queue: string | undefined
  readonly open: number
  readonly acknowledged: number
  readonly oldest: string
  readonly amounts: readonly { readonly currency: string; readonly value: string }[]
  readonly causes: readonly {
    readonly flow: string
    readonly code: string
    readonly count: number
    readonly oldest: string
  }[]
}

/** Most first. Amounts are those of the events; each event counts once in a queue. */
export function* queueOverview(): Operation<readonly QueueOverview[]> {
  const groups =
    yield sql`SELECT exception.queue, exception.state, exception.code, inbox.flow, count(*) AS n, min(exception.opened_at) AS oldest
    FROM exception JOIN inbox ON inbox.id = exception.event WHERE exception.closed_at IS NULL
    GROUP BY exception.queue, exception.state, exception.code, inbox.flow ORDER BY exception.code, inbox.flow, exception.state`
  const amounts =
    yield sql`SELECT DISTINCT exception.queue, inbox.id, inbox.currency, inbox.amount FROM exception JOIN inbox ON inbox.id = exception.event
    WHERE exception.closed_at IS NULL AND inbox.amount IS NOT NULL`
  const queues = new Map<string, Row[]>()
  for (const row of groups) {
    const name = JSON.stringify(textOrNone(row, "queue") ?? null)
    queues.set(name, [...(queues.get(name) ?? []), row])
  }
  const sums = createSums()
  for (const row of amounts)
    sums.add(
      JSON.stringify([textOrNone(row, "queue") ?? null, textOf(row, "currency")]),
      textOf(row, "amount"),
    )
  const totals = sums.values().map(([key, value]) => {
    const [queue, currency] = JSON.parse(key) as readonly [string | null, string]
    return { queue: JSON.stringify(queue), currency, value }
  })
  return [...queues]
    .map(([name, rows]) => overviewOf(name, rows, totals))
    .toSorted((a, b) => b.open + b.acknowledged - a.open - a.acknowledged)
}

function overviewOf(
  name: string,
  rows: readonly Row[],
  totals: readonly { readonly queue: string; readonly currency: string; readonly value: string }[],
): QueueOverview {
  const count = (state: string) =>
    rows.reduce((sum, row) => sum + (textOf(row, "state") === state ? countOf(row, "n") : 0), 0)
  const causes = new Map<string, { flow: string; code: string; count: number; oldest: string }>()
  for (const row of rows) {
    const [flow, code, oldest] = [textOf(row, "flow"), textOf(row, "code"), textOf(row, "oldest")]
    const before = causes.get(JSON.stringify([flow, code]))
    causes.set(JSON.stringify([flow, code]), {
      flow,
      code,
      count: (before?.count ?? 0) + countOf(row, "n"),
      oldest: before === undefined || oldest < before.oldest ? oldest : before.oldest,
    })
  }
  const all = [...causes.values()].toSorted((a, b) => b.count - a.count)
  return {
    queue: (JSON.parse(name) as string | null) ?? undefined,
    open: count("open"),
    acknowledged: count("acknowledged"),
    oldest: all.map(({ oldest }) => oldest).toSorted()[0] ?? "",
    amounts: totals.filter(({ queue }) => queue === name).map(({ currency, value }) => ({ currency, value })),
    causes: all,
  }
}
