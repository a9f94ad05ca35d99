// One event through its flow as it is now, with nothing happening. Flows in: the event as the ledger has it, the flow. Flows out: what would be sent, beside what was sent. Reads are answered by what was
// read, effects by their receipts; where there is none, what needs it cannot be told. No target is called; `read` lets what was not read be read.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { answers } from "../engine/context.ts"
import { followingOf, jsonOf } from "../engine/new-event.ts"
import type { Registry } from "../engine/registry.ts"
import { canonicalJson, hashOf, requestHash } from "../ledger/canonical-json.ts"
import { derivedUuid } from "../ledger/keys.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { type RecordedEffect, type RecordedEvent, sentOn } from "../ledger/replay.ts"
import { unreadable } from "../ledger/sealed.ts"
import type { FlowEvent, Outbound } from "../port/event.ts"
import { BusinessException, CallFailed, NotPossible } from "../port/failures.ts"
import type { Ctx, Effect, Flow } from "../port/flow.ts"
import { inBoth, refuseRegion } from "../port/regions.ts"
import { gonePart, partOf } from "./part-of.ts"
import type { RehearsedEnd, RehearsedEvent, RehearsedPart } from "./rehearsed.ts"
import { unreadableIn } from "./unreadable-in.ts"
import { isReplayed, verdictOf } from "./verdict-of.ts"

export interface RehearseOptions {
  readonly ledger: Ledger
  readonly registry: Registry
  readonly tenant: string
  /** What was not read is read from its system. */
  readonly read: boolean
  readonly signal: AbortSignal
}

interface Sent {
  readonly outbound: Outbound
  readonly step: string
  /** What it follows from is in the journal: it was sent on with that, and is not sent on again. */
  readonly kept: boolean
}

/** Nobody knows: a read that was not made, the answer to what was never sent. */
class Unknown extends Error {
  override readonly name = "Unknown"
  readonly needsRead: boolean

  constructor(what: string, needsRead: boolean) {
    super(what)
    this.needsRead = needsRead
  }
}

export async function rehearseEvent(
  recorded: RecordedEvent,
  flow: Flow,
  options: RehearseOptions,
): Promise<RehearsedEvent> {
  if (!isReplayed(recorded.state)) return leftAlone(recorded, flow)
  const told = unreadableIn(recorded)
  if (told !== undefined) {
    const now: RehearsedEnd = { kind: "stopped", code: told.code, message: told.why }
    return { ...leftAlone(recorded, flow), now, verdict: "person", why: told.why }
  }
  const event = eventOf(recorded)
  const made: RehearsedPart[] = []
  const sent: Sent[] = []
  const reached = new Set<string>()
  const unread: string[] = []
  const leftOut: string[] = []
  let unknown = false
  let because: string | undefined
  let failure: unknown
  let uuids = 0

  function effectPart<T>(effect: Effect<T>): T {
    const request = canonicalJson(effect.request)
    const known = recorded.effects.get(effect.name)
    reached.add(effect.name)
    made.push(partOf(effect, request, requestHash(effect.target.name, request), known))
    if (known?.state !== "done")
      refuseRegion(effect.name, effect.target, inBoth(event.regions, effect.regions))
    if (known?.state !== "done") throw new Unknown(effect.name, false)
    const receipt = valueOf<T>(known.receipt ?? "null")
    for (const outbound of effect.following?.(receipt) ?? [])
      sent.push({ outbound, step: effect.name, kept: true })
    return receipt
  }

  const ctx: Ctx = {
    async step(name, work, how = {}) {
      const kept = recorded.steps.get(name)
      const asked = how.asked === undefined ? null : hashOf(how.asked)
      const known = kept !== undefined && answers(kept, asked) ? kept : undefined
      if (known === undefined && how.pure !== true && !options.read) {
        unread.push(name)
        throw new Unknown(name, true)
      }
      const value = valueOf<Awaited<ReturnType<typeof work>>>(
        known?.result ?? jsonOf(await work(), `step ${name}`),
      )
      for (const outbound of how.with?.(value).following ?? [])
        sent.push({ outbound, step: name, kept: known !== undefined })
      return value
    },
    async kept(name) {
      const kept = recorded.steps.get(name)
      return kept === undefined ? undefined : { result: valueOf(kept.result) }
    },
    async receipt(name) {
      const known = recorded.effects.get(name)
      return known?.state === "done" ? { receipt: valueOf(known.receipt ?? "null") } : undefined
    },
    async effect(effect) {
      try {
        return effectPart(effect)
      } catch (error) {
        failure ??= error
        throw error
      }
    },
    emit: outbound => void sent.push({ outbound, step: "", kept: false }),
    raise(exception): never {
      failure ??= exception
      throw exception
    },
    ended(why) {
      because = why
    },
    now: () => new Date(recorded.receivedAt),
    uuid: () => derivedUuid(recorded.id, recorded.generation, uuids++),
    signal: options.signal,
  }

  let now: RehearsedEnd | undefined
  try {
    const isUnknown = (error: unknown) => {
      if (!(error instanceof Unknown)) return false
      failure = failure === error ? undefined : failure
      return true
    }
    if (flow.rehearse === undefined) await flow.handler(event, ctx)
    else await flow.rehearse(event, ctx, { isUnknown, leftOut: step => void leftOut.push(step) })
    if (failure !== undefined) throw failure
    now = { kind: "done", because }
  } catch (error) {
    if (options.signal.aborted) throw error
    if (error instanceof Unknown) unknown = true
    else now = stoppedBy(error)
  }
  if (unread.length > 0) now = { kind: "needs-read", steps: unread }
  const messages = await messageParts(recorded, event, sent, options)
  const cut = unknown || now?.kind === "stopped" || now?.kind === "needs-read"
  const hidden = ({ name }: RecordedEffect) =>
    cut || leftOut.some(step => name === step || name.startsWith(`${step} `))
  const missing = [...recorded.effects.values()].flatMap(effect =>
    reached.has(effect.name) || effect.state === "clean"
      ? []
      : [gonePart(effect, hidden(effect) ? "unknown" : "gone")],
  )
  const parts = [...made, ...messages, ...missing]
  const end = now ?? { kind: "done", because }
  return {
    ...namesOf(recorded, flow),
    before: endBefore(recorded),
    now: end,
    parts,
    behind: leftOut,
    ...verdictOf(recorded, end, parts, unknown),
  }
}

/** It is being worked on, or was given up. */
function leftAlone(recorded: RecordedEvent, flow: Flow): RehearsedEvent {
  const end = endBefore(recorded)
  const names = namesOf(recorded, flow)
  return { ...names, before: end, now: end, parts: [], behind: [], verdict: "open", why: undefined }
}

function namesOf(
  { id, flow: name, flowVersion, source, sourceId, lane, state, generation }: RecordedEvent,
  flow: Flow,
) {
  return {
    id,
    flow: name,
    versionBefore: flowVersion,
    version: flow.version,
    source,
    sourceId,
    lane,
    state,
    generation,
  }
}

function stoppedBy(error: unknown): RehearsedEnd {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  if (error instanceof BusinessException) return { kind: "stopped", code: error.code, message }
  if (error instanceof NotPossible) return { kind: "stopped", code: "NOT_POSSIBLE", message }
  // A system that is read and does not answer says nothing about the event.
  if (error instanceof CallFailed) throw error
  return { kind: "stopped", code: "DEFECT", message }
}

function endBefore({ state, because, code }: RecordedEvent): RehearsedEnd {
  if (state === "blocked" || state === "parked")
    return { kind: "stopped", code: code ?? "STOPPED", message: "" }
  return { kind: "done", because }
}

/** Events and messages that follow, beside those that are in the ledger under the same id. */
async function messageParts(
  { generation }: RecordedEvent,
  event: FlowEvent,
  sent: readonly Sent[],
  { ledger, registry, tenant }: RehearseOptions,
): Promise<readonly RehearsedPart[]> {
  const parts: RehearsedPart[] = []
  for (const { outbound, step, kept } of sent) {
    const { name, to, payload, figures } = outbound
    const idIn = (of: number) => {
      const { events, messages } = followingOf({ ...event, generation: of }, [outbound], registry, tenant)
      return events[0]?.id ?? messages[0]?.id ?? ""
    }
    // What the journal took along was sent on by an earlier generation.
    const generations = kept
      ? Array.from({ length: generation + 1 }, (_, back) => generation - back)
      : [generation]
    const ids = generations.map(idIn)
    const known = await ledger.run(() => sentOn(ids, to.kind === "flow" ? "event" : "message"))
    const target = to.kind === "flow" ? to.flow : to.topic
    const text = canonicalJson(payload)
    const part = {
      name,
      target: { name: target },
      request: payload,
      ...(figures === undefined ? {} : { figures }),
    }
    const before =
      known === undefined
        ? undefined
        : {
            name,
            target,
            state: "done" as const,
            ...sentText(known.payload),
            amount: undefined,
            currency: undefined,
          }
    const compared = partOf(part, text, hashOf(payload), before)
    parts.push({ ...compared, what: "message", step, state: kept ? "done" : undefined })
  }
  return parts
}

function sentText(payload: string) {
  // Nobody can tell whether it is the same: it is shown as another one.
  if (unreadable(payload) !== undefined) return { request: undefined, requestHash: "", receipt: "null" }
  const request = canonicalJson(valueOf(payload))
  return { request, requestHash: hashOf(valueOf(payload)), receipt: "null" }
}

function eventOf(recorded: RecordedEvent): FlowEvent {
  const { id, flow, flowVersion, source, sourceId, lane, laneSeq, generation, attempts, receivedAt } =
    recorded
  const { correlationId, causationId, traceparent, regions, ending, payload } = recorded
  const names = { id, flow, flowVersion, source, sourceId, lane, laneSeq, generation, attempts, receivedAt }
  return { ...names, correlationId, causationId, traceparent, regions, ending, payload: valueOf(payload) }
}

function valueOf<T>(text: string): T {
  const read = parseExact(text)
  if ("refused" in read) throw new TypeError("The ledger has what is no JSON")
  return read.ok as T
}
