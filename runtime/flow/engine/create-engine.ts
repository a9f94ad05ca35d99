// The engine on a ledger. Flows in: flows, a ledger, the world. Flows out: the port. Whatever it stands on, events are taken, worked on and
// decided about by the same operations.
import { accept } from "../ledger/accept.ts"
import { audit, verifyAudit } from "../ledger/audit.ts"
import { decide } from "../ledger/decide.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { type EventOrigin, openEvents, originOfEvent } from "../ledger/open-events.ts"
import { instantText } from "../ledger/operation.ts"
import { stats } from "../ledger/stats.ts"
import { pause } from "../ledger/targets.ts"
import type { Engine } from "../port/engine.ts"
import type { Inbound } from "../port/event.ts"
import { NotPossible, type StoreFailed } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { type Observer, observers } from "../port/observer.ts"
import type { World } from "../port/world.ts"
import { type Bell, bellOf, type DispatchOptions, dispatchReady } from "./dispatch.ts"
import { intakeOf } from "./intake.ts"
import { amountOf, newEvent } from "./new-event.ts"
import { persistOn } from "./persist.ts"
import { registryOf } from "./registry.ts"
import { relay } from "./relay.ts"
import type { EngineParts } from "./run-event.ts"

export interface EngineOptions {
  /** Several versions of one flow may stand here: the last one takes new events, the others finish theirs. */
  readonly flows: readonly Flow[]
  readonly ledger: Ledger
  readonly world: World
  /** Names this process among all that ever work on the ledger. */
  readonly worker: string
  /** Part of every id and key; "" where there is one. */
  readonly tenant?: string
  /** How events find their worker; absent: the ledger is asked what is ready. */
  readonly dispatch?: Dispatch
  /** Told of every failure of the store while the engine waits for it. */
  readonly troubled?: (error: StoreFailed) => void
  /** Told of what happened: for metrics, logs and traces. */
  readonly observer?: Observer
  /** Characters of a request that is kept beside its hash, so that a replay can show what would change; 262,144 where absent, 0 keeps none. */
  readonly longestRequest?: number
}

const usualLongestRequest = 262_144

/** Works on what is ready until the signal ends. */
export type Dispatch = (parts: EngineParts, options: DispatchOptions) => Promise<void>

export function createEngine(options: EngineOptions): Engine {
  const { ledger, world, worker, tenant = "", troubled = () => undefined, dispatch = dispatchReady } = options
  const registry = registryOf(options.flows)
  const { longestRequest = usualLongestRequest } = options
  const observer = observers(options.observer === undefined ? [] : [options.observer])
  const intake = intakeOf(world, flow => ledger.run(() => openEvents(flow)))
  const bell: Bell = bellOf()
  const now = () => instantText(world.now())
  let processing = false

  return {
    async append(events, { watermark } = {}) {
      const taken = events.map((event: Inbound) => newEvent(event, registry.current(event.flow), tenant))
      for (const name of new Set(taken.map(event => event.flow)))
        await intake.admit(registry.current(name), taken.filter(event => event.flow === name).length)
      const appended = await ledger.run(() => accept(taken, watermark, now()))
      bell.ring()
      const { accepted, duplicates, conflicts } = appended
      const flows = [...new Set(events.map(event => event.flow))]
      observer.accepted?.({ flows, accepted, duplicates, conflicts: conflicts.length })
      return appended
    },
    async process({ lanes, signal }) {
      if (processing) throw new NotPossible("FM8603", "This engine processes already")
      processing = true
      const persist = persistOn(ledger, world, signal, troubled)
      try {
        await dispatch(
          { world, persist, registry, tenant, signal, observer, longestRequest },
          { lanes, worker, bell },
        )
      } finally {
        processing = false
      }
    },
    relay: (publish, options) =>
      relay({ world, persist: persistOn(ledger, world, options.signal, troubled), bell }, publish, options),
    async decide(eventId, decision, by, reason, { exception } = {}) {
      const known = await ledger.run(() => originOfEvent(eventId))
      const flow = known === undefined ? undefined : registry.version(known.flow, known.version)
      if (decision.kind === "edit") refuseEdit(flow, decision.payload)
      const amount = decision.kind === "edit" ? editedAmount(flow, known, decision.payload) : undefined
      const compensates = flow?.compensates === true
      const decided = await ledger.run(() =>
        decide({ eventId, decision, by, reason, now: now(), compensates, exception, amount }),
      )
      bell.ring()
      return decided
    },
    async pauseTarget(target, until, by, reason) {
      const untilText = until === null ? null : instantText(until.getTime())
      await ledger.run(function* () {
        yield* pause(target, untilText, by.name, world.now())
        const detail = { until: untilText, role: by.role, reason }
        yield* audit({
          at: now(),
          actor: by.name,
          action: until === null ? "resume" : "pause",
          subject: target,
          detail,
        })
      })
      bell.ring()
    },
    stats: ({ amounts } = { amounts: false }) => ledger.run(() => stats(amounts)),
    verifyAudit: noted => ledger.run(() => verifyAudit(noted)),
  }
}

/** What the flow finds in the edited payload; undefined: the flow does not look, and what the sender said stays. */
function editedAmount(flow: Flow | undefined, origin: EventOrigin | undefined, payload: unknown) {
  if (flow?.amount === undefined || origin === undefined) return undefined
  const { source, sourceId } = origin
  return amountOf(flow.amount({ flow: flow.name, source, id: sourceId, payload }), `${source} ${sourceId}`)
}

function refuseEdit(flow: Flow | undefined, payload: unknown): void {
  const problems = flow?.validate?.(payload) ?? []
  if (problems.length > 0)
    throw new NotPossible("FM8605", `The edited payload is refused: ${problems.join("; ")}`)
}
