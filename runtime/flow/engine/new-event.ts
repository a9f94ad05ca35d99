// An event as the ledger takes it. Flows in: what a source or a handler sent, and the flow that takes it. Flows out: ids, hashes and texts;
// or a refusal of what cannot be kept.
import { parseDecimal } from "../../decimal/scaled.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import type { NewEvent } from "../ledger/accept.ts"
import { hashOf } from "../ledger/canonical-json.ts"
import { eventIdOf, outboundId } from "../ledger/keys.ts"
import type { Following } from "../ledger/settle.ts"
import type { EventAmount, FlowEvent, Inbound, Outbound } from "../port/event.ts"
import { NotPossible } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { inBoth, regionsText } from "../port/regions.ts"
import type { Registry } from "./registry.ts"

export function newEvent(event: Inbound, flow: Flow, tenant: string): NewEvent {
  const id = eventIdOf(tenant, event.flow, event.source, event.id)
  const amount = amountOf(event.amount ?? flow.amount?.(event), `${event.source} ${event.id}`)
  const { version, object } = event.version === undefined ? { ...event, ...flow.newest?.(event) } : event
  return {
    id,
    flow: flow.name,
    flowVersion: flow.version,
    source: event.source,
    sourceId: event.id,
    payload: jsonOf(event.payload, `${event.source} ${event.id}`),
    payloadHash: hashOf([event.payload, event.version ?? null, event.amount ?? null]),
    lane: flow.lane(event),
    version: version ?? null,
    object: object ?? null,
    newestWins: flow.policy === "supersede",
    ...amount,
    correlationId: event.correlationId ?? id,
    causationId: event.causationId ?? null,
    traceparent: event.traceparent ?? null,
    regions: regionsText(inBoth(event.regions, flow.regions)),
    tagged: regionsText(event.regions),
  }
}

/** What a handler sent on, named by the event it follows from: the same again is the same. */
export function followingOf(
  event: FlowEvent,
  sent: readonly Outbound[],
  registry: Registry,
  tenant: string,
): Following {
  const twice = sent.find((one, index) => sent.findIndex(other => other.name === one.name) !== index)
  if (twice !== undefined)
    throw new NotPossible("FM8509", `Two events are sent on as ${twice.name}; each needs a name of its own`)
  return {
    events: sent.flatMap(one => {
      if (one.to.kind !== "flow") return []
      const inbound: Inbound = {
        flow: one.to.flow,
        source: `flow:${event.flow}`,
        id: outboundId(event.id, event.generation, one.name),
        payload: one.payload,
        correlationId: event.correlationId,
        causationId: event.id,
        ...(event.regions === undefined ? {} : { regions: event.regions }),
        ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
        ...(one.version === undefined ? {} : { version: one.version }),
        ...(one.amount === undefined ? {} : { amount: one.amount }),
      }
      return [newEvent(inbound, registry.current(one.to.flow), tenant)]
    }),
    messages: sent.flatMap(one =>
      one.to.kind !== "topic"
        ? []
        : [
            {
              id: outboundId(event.id, event.generation, one.name),
              topic: one.to.topic,
              payload: jsonOf(one.payload, one.name),
              correlationId: event.correlationId,
              traceparent: event.traceparent ?? null,
            },
          ],
    ),
  }
}

export function amountOf(
  amount: EventAmount | undefined,
  of: string,
): { readonly currency: string | null; readonly amount: string | null } {
  if (amount === undefined) return { currency: null, amount: null }
  if (parseDecimal(amount.value) === undefined)
    throw new NotPossible("FM8510", `The amount of ${of} is no decimal text: ${amount.value.slice(0, 40)}`)
  return { currency: amount.currency, amount: amount.value }
}

/** JSON with every digit; undefined stands for nothing, as null does. */
export function jsonOf(value: unknown, of: string): string {
  try {
    return writeJson(value ?? null)
  } catch (error) {
    throw new NotPossible(
      "FM8510",
      `What ${of} holds cannot be written as JSON: ${error instanceof Error ? error.message : ""}`,
    )
  }
}
