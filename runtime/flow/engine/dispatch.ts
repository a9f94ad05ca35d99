// Gives ready events to attempts, as many at a time as there are lanes to work in. Flows in: a ledger that says what may run. Flows out: events
// settled, until the signal ends; what runs then is waited for.
import { type Claimed, claimReady, nextDue } from "../ledger/claim.ts"
import { instantText } from "../ledger/operation.ts"
import { reclaimAll } from "../ledger/reclaim.ts"
import { Stopped } from "./persist.ts"
import { type EngineParts, runEvent } from "./run-event.ts"

/** Wakes a sleeping dispatcher: something may be ready. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring. */
  wait(): Promise<void>
}

export function bellOf(): Bell {
  let next: { readonly rung: Promise<void>; readonly ring: () => void } | undefined
  return {
    ring() {
      next?.ring()
      next = undefined
    },
    wait() {
      if (next === undefined) {
        let ring = () => {}
        const rung = new Promise<void>(resolve => {
          ring = resolve
        })
        next = { rung, ring }
      }
      return next.rung
    },
  }
}

export interface DispatchOptions {
  readonly lanes: number
  readonly worker: string
  readonly bell: Bell
}

/** Where nothing is due and nobody rings, the ledger is asked this often. */
const lookMs = 1_000

export async function dispatchReady(
  parts: EngineParts,
  { lanes, worker, bell }: DispatchOptions,
): Promise<void> {
  const { world, persist, registry, signal } = parts
  const running = new Set<Promise<unknown>>()
  let bug: { readonly error: unknown } | undefined
  let claims = 0

  const start = (claimed: Claimed) => {
    const flow = registry.version(claimed.flow, claimed.flowVersion)
    if (flow === undefined) throw new TypeError(`An event of an unknown flow ${claimed.flow} was claimed`)
    const run: Promise<unknown> = runEvent(claimed, flow, parts)
      .catch(error => {
        if (!(error instanceof Stopped)) bug ??= { error }
      })
      .finally(() => {
        running.delete(run)
        bell.ring()
      })
    running.add(run)
  }

  /** How many were started. */
  async function startReady(): Promise<number> {
    let started = 0
    for (const { name, version } of registry.all) {
      const limit = lanes - running.size
      if (limit <= 0) break
      const claim = `${worker}.${++claims}`
      const claimed = await persist(() =>
        claimReady({ flow: name, version, limit, claim, now: instantText(world.now()) }),
      )
      for (const one of claimed) start(one)
      started += claimed.length
    }
    return started
  }

  async function untilDue(): Promise<number> {
    let wait = lookMs
    for (const { name, version } of registry.all) {
      const due = await persist(() => nextDue(name, version))
      if (due !== undefined) wait = Math.min(wait, Math.max(1, Date.parse(due) - world.now()))
    }
    return wait
  }

  try {
    await persist(() => reclaimAll(instantText(world.now())))
    while (!signal.aborted && bug === undefined) {
      const rung = bell.wait()
      if ((await startReady()) > 0) continue
      const ms = running.size >= lanes ? lookMs : await untilDue()
      const early = new AbortController()
      const asleep = world.sleep(ms, AbortSignal.any([signal, early.signal]))
      await Promise.race([rung, asleep])
      early.abort()
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
  await Promise.all(running)
  if (bug !== undefined) throw bug.error
}
