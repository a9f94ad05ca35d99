// Fires schedules, each occurrence once whoever asks: on one node or many, after a pause of days or a death in between. Flows in: schedules, the
// ledger of an engine. Flows out: events in its inbox. An occurrence and its event are written in one transaction.
import { newEvent } from "../engine/new-event.ts"
import { type Persist, persistOn, Stopped } from "../engine/persist.ts"
import { registryOf } from "../engine/registry.ts"
import { accept, type NewEvent } from "../ledger/accept.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { instantText, type Operation, textOf, textOrNone } from "../ledger/operation.ts"
import { sql } from "../ledger/statement.ts"
import { NotPossible, type StoreFailed } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { type Observer, observers } from "../port/observer.ts"
import type { World } from "../port/world.ts"
import { missed, occurrencesOf } from "./occurrences.ts"
import type { Schedule } from "./schedule.ts"

export interface SchedulerOptions {
  readonly schedules: readonly Schedule[]
  /** Those of the engine. */
  readonly flows: readonly Flow[]
  readonly ledger: Ledger
  readonly world: World
  readonly tenant?: string
  readonly troubled?: (error: StoreFailed) => void
  /** Told of the events that times make. */
  readonly observer?: Observer
}

export interface Scheduler {
  /** Ends when the signal does. */
  run(options: { readonly signal: AbortSignal }): Promise<void>
}

/** The clock may be set, and a machine may sleep: nobody waits longer than this without looking. */
const longestWaitMs = 60_000
/** Made up for in one transaction. */
const mostAtOnce = 100

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { schedules, ledger, world, tenant = "", troubled = () => undefined } = options
  const observer = observers(options.observer === undefined ? [] : [options.observer])
  const registry = registryOf(options.flows)
  const known = schedules.map(schedule => ({
    schedule,
    occurrences: occurrencesOf(schedule),
    flow: registry.current(schedule.flow),
  }))
  const twice = schedules.find(
    (one, index) => schedules.findIndex(other => other.name === one.name) !== index,
  )
  if (twice !== undefined) throw new NotPossible("FM8509", `Two schedules are called ${twice.name}`)

  type Known = (typeof known)[number]

  function eventOf({ schedule, flow }: Known, occurrence: string): NewEvent {
    const payload = { ...schedule.payload, occurrence }
    return newEvent(
      { flow: flow.name, source: `schedule:${schedule.name}`, id: occurrence, payload },
      flow,
      tenant,
    )
  }

  /** Fires what is due; gives how many that were, and when the next one is. */
  function* fireDue(one: Known, now: number): Operation<{ readonly fired: number; readonly next: number }> {
    const { name, misfire } = one.schedule
    yield { kind: "lock", name: `schedule ${name}` }
    const last = yield* lastLook(name, now)
    const due = missed(one.occurrences, misfire, last, now, mostAtOnce)
    let fired = 0
    for (const at of due)
      fired += yield* fire(name, instantText(at), eventOf(one, instantText(at)), instantText(now))
    // Another node's clock may be ahead: what it dealt with is dealt with.
    const looked = Math.max(last, due.length === mostAtOnce ? (due.at(-1) ?? now) : now)
    yield sql`UPDATE watermark SET value = ${instantText(looked)}, at = ${instantText(now)} WHERE name = ${`schedule:${name}`}`
    return { fired, next: one.occurrences.after(looked) ?? Number.POSITIVE_INFINITY }
  }

  async function look(one: Known, persist: Persist): Promise<number> {
    const { fired, next } = await persist(() => fireDue(one, world.now()))
    if (fired > 0)
      observer.accepted?.({ flows: [one.flow.name], accepted: fired, duplicates: 0, conflicts: 0 })
    return next
  }

  return {
    async run({ signal }) {
      const persist = persistOn(ledger, world, signal, troubled)
      try {
        const next = new Map<Known, number>()
        while (!signal.aborted) {
          for (const one of known)
            if (world.now() >= (next.get(one) ?? 0)) next.set(one, await look(one, persist))
          const first = Math.min(...next.values())
          await world.sleep(Math.min(longestWaitMs, Math.max(1, first - world.now())), signal)
        }
      } catch (error) {
        if (!(error instanceof Stopped)) throw error
      }
    },
  }
}

/** Up to when occurrences are dealt with. A schedule that is new begins now. */
function* lastLook(name: string, now: number): Operation<number> {
  const [row] = yield sql`SELECT value FROM watermark WHERE name = ${`schedule:${name}`}`
  if (row !== undefined) return Date.parse(textOf(row, "value"))
  const at = instantText(now)
  yield sql`INSERT INTO watermark (name, value, at) VALUES (${`schedule:${name}`}, ${at}, ${at})`
  return now
}

/** How many events that made: one, or none where it was fired before. */
function* fire(name: string, occurrence: string, event: NewEvent, now: string): Operation<number> {
  const [run] =
    yield sql`SELECT event FROM schedule_run WHERE schedule = ${name} AND occurrence = ${occurrence}`
  if (run !== undefined && textOrNone(run, "event") !== undefined) return 0
  const { accepted } = yield* accept([event], undefined, now)
  yield sql`INSERT INTO schedule_run (schedule, occurrence, event, fired_at) VALUES (${name}, ${occurrence}, ${event.id}, ${now})`
  return accepted
}
