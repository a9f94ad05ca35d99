// At most so many requests of a system under way at one time, over all processes on one ledger. Flows in: who wants to ask. Flows out: a place, in the order they came within a process; it is given back
// when the answer is there. A process that dies loses its places within the time of a lease.
import { keepPlace, leavePlace, takePlace } from "../ledger/call-places.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { CallFailed, StoreFailed } from "../port/failures.ts"
import type { World } from "../port/world.ts"
import { createTurns } from "./turns.ts"

export interface Places {
  /**
   * Waits until one of `count` places is free. Throws CallFailed `throttled` (nothing was asked) after `longestMs`, `transient` when the store or the process ends. What it gives gives the place back,
   * and never fails.
   */
  take(name: string, count: number, longestMs: number, signal: AbortSignal): Promise<() => Promise<void>>
}

/** How long a place is somebody's who says nothing more. Clocks that differ by more than this let places be taken twice. */
export const placeLeaseMs = 30_000
const sayAgainMs = placeLeaseMs / 3
const firstLookMs = 20
const longestLookMs = 500

export function placesOn(ledger: Ledger, world: World): Places {
  const turns = createTurns()

  async function found(
    places: { readonly name: string; readonly count: number },
    holder: string,
    longestMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const end = world.now() + longestMs
    for (let wait = firstLookMs; ; wait = Math.min(longestLookMs, wait * 2)) {
      if (signal.aborted)
        throw new CallFailed("transient", "STOPPED", "The engine ends before a place was free")
      const now = world.now()
      const place = await ledger
        .run(() => takePlace(places, holder, now, now + placeLeaseMs))
        .catch((error: unknown) => {
          if (error instanceof StoreFailed) throw new CallFailed("transient", "STORE_FAILED", error.message)
          throw error
        })
      if (place !== undefined) return
      if (now >= end)
        throw new CallFailed(
          "throttled",
          "NO_PLACE",
          `${places.name}: all ${places.count} requests at one time were taken for ${longestMs} ms`,
          longestLookMs,
        )
      // not all of those who wait at the same moment
      await world.sleep(Math.ceil(wait * (0.5 + world.random() / 2)), signal)
    }
  }

  /** While the request is under way. A store that fails is asked again: before the lease is over nothing is lost. */
  async function keep(name: string, holder: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      await world.sleep(sayAgainMs, signal)
      if (signal.aborted) return
      const now = world.now()
      await ledger.run(() => keepPlace({ name, holder }, now, now + placeLeaseMs)).catch(unlessStore)
    }
  }

  return {
    async take(name, count, longestMs, signal) {
      const holder = `${world.now().toString(36)}-${world.random().toString(36).slice(2)}`
      // One of a process looks at a time, so that those who wait keep their order and the ledger its rest.
      await turns.inTurn(name, () => found({ name, count }, holder, longestMs, signal))
      const over = new AbortController()
      const kept = keep(name, holder, over.signal)
      return async () => {
        over.abort()
        await kept
        // What cannot be given back is free when its lease is over.
        await ledger.run(() => leavePlace({ name, holder })).catch(unlessStore)
      }
    },
  }
}

function unlessStore(error: unknown): void {
  if (!(error instanceof StoreFailed)) throw error
}
