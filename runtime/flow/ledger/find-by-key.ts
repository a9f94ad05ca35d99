// What a person types who looks for a transaction. Flows in: a correlation id, an event's id or the beginning of it, a business key, an id of a source or the beginning of it. Flows out: the transaction, or the way of
// the key over flows and systems; or that it is several. The command line and the console look by it.

import type { KeyNames } from "./key-question.ts"
import type { KeySight } from "./key-sight.ts"
import type { Ledger } from "./ledger.ts"
import { eventsNamed, eventsOfSource, type TracedEvent, trace } from "./trace.ts"
import { type KeyTrace, traceKey } from "./trace-key.ts"

export type FoundByKey =
  | { readonly kind: "transaction"; readonly events: readonly TracedEvent[] }
  | ({ readonly kind: "way" } & KeyTrace)
  | { readonly kind: "several"; readonly of: "events" | "sources" }
  | { readonly kind: "none" }

/** So much of an id nobody takes for the number of an order. */
const beginningOfId = /^[0-9a-f]{8,}$/u

export async function findByKey(
  ledger: Ledger,
  key: string,
  names: KeyNames,
  sight?: KeySight,
): Promise<FoundByKey> {
  const exact = await ledger.run(() => trace(key))
  if (exact.length > 0) return { kind: "transaction", events: exact }
  const [event, other] = await ledger.run(() => eventsNamed(key))
  const one = event !== undefined && other === undefined ? event : undefined
  if (one !== undefined && beginningOfId.test(key)) return transactionOf(ledger, one)
  const way = await traceKey(ledger, key, names, sight)
  if (way.stations.length > 0) return { kind: "way", ...way }
  if (one !== undefined) return transactionOf(ledger, one)
  if (event !== undefined) return { kind: "several", of: "events" }
  const [ofSource, another] = await ledger.run(() => eventsOfSource(key, 2))
  if (another !== undefined) return { kind: "several", of: "sources" }
  return ofSource === undefined ? { kind: "none" } : transactionOf(ledger, ofSource)
}

async function transactionOf(ledger: Ledger, id: string): Promise<FoundByKey> {
  return { kind: "transaction", events: await ledger.run(() => trace(id)) }
}
