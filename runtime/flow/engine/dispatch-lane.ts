// Works on one lane alone, until an event of it has ended: for a person who puts one event through. Flows in: the lane and the event. Flows out: the events ahead of it and
// itself settled, as far as they can be.
import { claimLane } from "../ledger/claim.ts"
import { instantText } from "../ledger/operation.ts"
import { placeOfEvent } from "../ledger/place-of-event.ts"
import { reclaimAll } from "../ledger/reclaim.ts"
import type { Dispatch } from "./create-engine.ts"
import { Stopped } from "./persist.ts"
import { runEvent } from "./run-event.ts"

const longestWaitMs = 1_000

/** The store must be this process's alone. */
export function dispatchLane(eventId: string): Dispatch {
  return async ({ world, persist, registry, ...parts }, { worker }) => {
    const { signal } = parts
    try {
      await persist(() => reclaimAll(instantText(world.now())))
      for (let count = 0; !signal.aborted; count++) {
        const place = await persist(() => placeOfEvent(eventId))
        if (place === undefined || place.state !== "open" || place.lane === "blocked") return
        const { flow, name } = place
        const now = instantText(world.now())
        const claimed = await persist(() =>
          claimLane(flow, name, registry.versions(flow), `${worker}.${count}`, now),
        )
        const own = claimed === undefined ? undefined : registry.version(claimed.flow, claimed.flowVersion)
        if (claimed !== undefined && own !== undefined)
          await runEvent(claimed, own, { ...parts, world, persist, registry })
        else if (place.dueAt <= now) return
        else await world.sleep(Math.min(longestWaitMs, Date.parse(place.dueAt) - world.now()), signal)
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    }
  }
}
