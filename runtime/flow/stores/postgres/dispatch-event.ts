// Works on the lane of one event until it has ended: for a person who puts one event through, beside workers that have the others. Flows in: the event. Flows out: the events ahead of it and itself settled, here or by a
// worker that was quicker. Should this process die, its lane is free as soon as one of a dead worker.
import { Stopped } from "../../engine/persist.ts"
import { type EngineParts, runEvent } from "../../engine/run-event.ts"
import { claimLane } from "../../ledger/claim.ts"
import { instantText } from "../../ledger/operation.ts"
import { placeOfEvent } from "../../ledger/place-of-event.ts"
import type { PostgresLedger } from "./open-ledger.ts"
import { freeOfDead, sayItLives } from "./word-of-death.ts"

const lookMs = 50
/** Looks at the lane for one look for the dead. */
const looksBetween = 20

export async function dispatchEvent(
  messages: PostgresLedger,
  { world, persist, registry, ...parts }: EngineParts,
  eventId: string,
): Promise<void> {
  const { signal } = parts
  const first = await persist(() => placeOfEvent(eventId))
  if (first === undefined) return
  const { flow, name } = first
  const lane = { flow, lane: name }
  const { prefix, end } = await sayItLives(messages, lane, world)
  try {
    for (let count = 0; !signal.aborted; count++) {
      const place = await persist(() => placeOfEvent(eventId))
      if (place === undefined || place.state !== "open" || place.lane === "blocked") break
      const now = instantText(world.now())
      const claimed = await persist(() =>
        claimLane(flow, name, registry.versions(flow), `${prefix}${count}`, now),
      )
      const own = claimed === undefined ? undefined : registry.version(claimed.flow, claimed.flowVersion)
      if (claimed !== undefined && own !== undefined)
        await runEvent(claimed, own, { ...parts, world, persist, registry })
      // A worker has it, or its time has not come.
      else {
        if (count % looksBetween === 0) await freeOfDead(messages, lane, prefix, world, persist)
        await world.sleep(lookMs, signal)
      }
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  } finally {
    await end()
  }
}
