// A call of a flow by a program that waits for the answer. Flows in: the payload. Flows out: what the flow answers, or all issues; where it takes too long, the name
// under which the answer can be asked for later. The event is durable before anything is done.

import { type EventEnd, endOfEvent } from "../../ledger/event-end.ts"
import { eventIdOf } from "../../ledger/keys.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import type { Engine } from "../../port/engine.ts"
import type { Inbound } from "../../port/event.ts"
import type { World } from "../../port/world.ts"
import { answerName } from "../steps/answer-step.ts"

export interface CallOptions {
  readonly engine: Engine
  readonly ledger: Ledger
  readonly world: World
  readonly tenant?: string
  /** How long somebody waits; 30 seconds where absent. */
  readonly waitMs?: number
}

export type CallEnd = (EventEnd | { readonly kind: "open" }) & { readonly eventId: string }

const usualWaitMs = 30_000
const firstLookMs = 5
const longestLookMs = 250

export async function callFlow(event: Inbound, options: CallOptions, signal: AbortSignal): Promise<CallEnd> {
  const { engine, ledger, world, tenant = "", waitMs = usualWaitMs } = options
  const eventId = eventIdOf(tenant, event.flow, event.source, event.id)
  const { conflicts } = await engine.append([event])
  if (conflicts.length > 0) {
    const message = `${event.id} was sent before with another payload`
    return { kind: "stopped", eventId, state: "blocked", code: "ID_REUSED", message, detail: null }
  }
  const until = world.now() + waitMs
  for (let wait = firstLookMs; !signal.aborted; wait = Math.min(longestLookMs, wait * 2)) {
    const end = await ledger.run(() => endOfEvent(eventId, answerName))
    if (end !== undefined) return { ...end, eventId }
    if (world.now() >= until) break
    await world.sleep(Math.max(1, Math.min(wait, until - world.now())), signal)
  }
  return { kind: "open", eventId }
}
