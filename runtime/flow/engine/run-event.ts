// One attempt at one event. Flows in: a claimed event and its flow. Flows out: the event settled in the ledger; nothing where another attempt
// has taken it over.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { Claimed } from "../ledger/claim.ts"
import { Fenced } from "../ledger/fenced.ts"
import { idempotencyKey } from "../ledger/keys.ts"
import { instantText } from "../ledger/operation.ts"
import { refuseUnreadable } from "../ledger/sealed.ts"
import { type Outcome, settle } from "../ledger/settle.ts"
import type { FlowEvent } from "../port/event.ts"
import { NotPossible } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import type { AttemptFact, EventNames, Observer } from "../port/observer.ts"
import type { World } from "../port/world.ts"
import { journalOf } from "./context.ts"
import { followingOf } from "./new-event.ts"
import { outcomeOfFailure } from "./outcome.ts"
import { type Persist, Stopped } from "./persist.ts"
import type { Registry } from "./registry.ts"
import { type WriteBehind, writeBehind } from "./write-behind.ts"

export interface EngineParts {
  readonly world: World
  readonly persist: Persist
  readonly registry: Registry
  readonly tenant: string
  readonly signal: AbortSignal
  readonly observer: Observer
  readonly longestRequest: number
}

/** False: nothing of the event's lane may run now, and whoever changes that sends word. */
export async function runEvent(claimed: Claimed, flow: Flow, parts: EngineParts): Promise<boolean> {
  const startedAt = parts.world.now()
  const tell = (outcome: AttemptFact["outcome"], code: string | undefined): void =>
    parts.observer.attempt?.({
      ...namesOf(claimed),
      outcome,
      code,
      attempt: claimed.attempts + 1,
      startedAt,
      endedAt: parts.world.now(),
    })
  const behind = writeBehind(parts.persist, parts.world)
  try {
    const outcome = await attemptEvent(claimed, flow, parts, behind)
    const goesOn = await behind.persist(() => settle(claimed, outcome, instantText(parts.world.now())))
    if (outcome.kind === "stopped") tell(outcome.park ? "parked" : "blocked", outcome.code)
    else tell(outcome.kind, outcome.kind === "later" ? codeOf(outcome.failure) : undefined)
    return goesOn
  } catch (error) {
    if (!(error instanceof Fenced)) throw error
    tell("lost", undefined)
    return true
  }
}

/** The class and code a failure begins with, without its text. */
function codeOf(failure: string): string {
  return failure.startsWith("failed:") ? "failed" : failure
}

export function namesOf(claimed: Claimed): EventNames {
  return {
    event: claimed.id,
    flow: claimed.flow,
    flowVersion: claimed.flowVersion,
    lane: claimed.lane,
    correlationId: claimed.correlationId,
    causationId: claimed.causationId,
    traceparent: claimed.traceparent,
  }
}

async function attemptEvent(
  claimed: Claimed,
  flow: Flow,
  parts: EngineParts,
  { persist, later }: WriteBehind,
): Promise<Outcome> {
  const { world, registry, tenant, signal } = parts
  try {
    const event = flowEventOf(claimed)
    const follow = (sent: Parameters<typeof followingOf>[1]) => followingOf(event, sent, registry, tenant)
    const keyOf = (effect: string) =>
      idempotencyKey({
        tenant,
        contract: flow.contract ?? flow.name,
        source: event.source,
        sourceId: event.sourceId,
        effect,
        generation: event.generation,
      })
    const journal = journalOf(claimed, {
      world,
      persist,
      later,
      signal,
      keyOf,
      followingOf: follow,
      longestRequest: parts.longestRequest,
      called: call => parts.observer.called?.({ ...namesOf(claimed), ...call }),
    })
    await flow.handler(event, journal.ctx)
    const failure = journal.failure()
    if (failure !== undefined) throw failure
    return { kind: "done", following: follow(journal.sent), because: journal.because() }
  } catch (error) {
    if (error instanceof Fenced || error instanceof Stopped) throw error
    const outcome = outcomeOfFailure(error, claimed, flow, world.now(), world.random())
    // What broke because the engine ends was no attempt.
    return outcome.kind === "later" && signal.aborted ? { ...outcome, counts: false } : outcome
  }
}

function flowEventOf(claimed: Claimed): FlowEvent {
  refuseUnreadable(claimed.payload)
  const payload = parseExact(claimed.payload)
  if ("refused" in payload) throw new NotPossible("FM8510", "The ledger has a payload that is no JSON")
  const { claim: _, ...event } = claimed
  return { ...event, payload: payload.ok }
}
