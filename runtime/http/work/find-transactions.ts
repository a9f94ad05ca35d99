// Business transactions by what people call them. Flows in: a correlation id, a business key, an id of a source (an order number) or the beginning of it, a lane, or an event's id or the beginning of it. Flows out: what the
// ledger knows of each, as somebody may see it; of a business key its way over flows and systems, too.
import { findByKey } from "../../flow/ledger/find-by-key.ts"
import { countOf, type Operation, type Row, textOf } from "../../flow/ledger/operation.ts"
import { flowsWithEvents, sourcesOfEvents } from "../../flow/ledger/sources.ts"
import { sql } from "../../flow/ledger/statement.ts"
import { eventsNamed, eventsOfSource, type TracedEvent, trace } from "../../flow/ledger/trace.ts"
import type { Person } from "../auth/person.ts"
import type { ServiceParts } from "../service-parts.ts"
import { shownEvent } from "./show-exception.ts"
import { namesOf, sightOf } from "./sight-of.ts"

export interface Transaction {
  readonly correlationId: string
  readonly events: readonly Omit<TracedEvent, "payload">[]
}

/** An event that knows the business key. */
export interface Stop {
  readonly event: string
  readonly because: string
  /** It read a record among others. */
  readonly among: boolean
}

export interface FoundTransactions {
  /** In the order their events were accepted; empty: it was found by another name. */
  readonly way: readonly Stop[]
  readonly transactions: readonly Transaction[]
  /** There are more than are shown. */
  readonly more: boolean
}

const most = 20
/** Several versions of one record are one transaction, or one each. */
const mostOfSource = 200

export async function findTransactions(
  parts: ServiceParts,
  key: string,
  { role }: Person,
): Promise<FoundTransactions> {
  const found = await findByKey(parts.ledger, key, namesOf(parts), sightOf(parts, role))
  const { stations, more } = found.kind === "way" ? found : { stations: [], more: false }
  const transactions = new Map<string, TracedEvent[]>()
  for (const { event } of stations)
    transactions.set(event.correlationId, [...(transactions.get(event.correlationId) ?? []), event])
  const exact = await parts.ledger.run(() => correlationsOf(key))
  const named = exact.length > 0 || stations.length > 0 ? exact : await parts.ledger.run(() => namedSo(key))
  for (const one of named.slice(0, most)) {
    if (transactions.has(one)) continue
    const events = await parts.ledger.run(() => trace(one))
    const [first] = events
    if (first !== undefined) transactions.set(first.correlationId, [...events])
  }
  return {
    way: stations.map(({ event, because, among }) => ({ event: event.id, because, among })),
    transactions: [...transactions].map(([correlationId, events]) => ({
      correlationId,
      events: events.map(({ payload: _, ...event }) => shownEvent(parts, event, role)),
    })),
    more: more || named.length > most,
  }
}

function* namedSo(beginning: string): Operation<readonly string[]> {
  const events = yield* eventsNamed(beginning)
  if (events.length > 0) return events
  const ids = yield* eventsOfSource(beginning, mostOfSource)
  const transactions = new Set<string>()
  for (const id of ids) for (const one of yield* correlationsOf(id)) transactions.add(one)
  return [...transactions]
}

export function* correlationsOf(key: string): Operation<readonly string[]> {
  const rows: Row[] = []
  rows.push(
    ...(yield sql`SELECT correlation_id, min(seq) AS first FROM inbox
      WHERE id = ${key} OR (correlation_id = ${key} AND correlation_id <> id) GROUP BY correlation_id ORDER BY first LIMIT ${most + 1}`),
  )
  for (const flow of yield* flowsWithEvents())
    rows.push(
      ...(yield sql`SELECT correlation_id, min(seq) AS first FROM inbox WHERE flow = ${flow} AND lane = ${key}
        GROUP BY correlation_id ORDER BY first LIMIT ${most + 1}`),
    )
  for (const { flow, source } of yield* sourcesOfEvents())
    rows.push(
      ...(yield sql`SELECT correlation_id, seq AS first FROM inbox WHERE flow = ${flow} AND source = ${source} AND source_id = ${key}`),
    )
  const inOrder = rows.toSorted((a, b) => countOf(a, "first") - countOf(b, "first"))
  return [...new Set(inOrder.map(row => textOf(row, "correlation_id")))].slice(0, most + 1)
}
