// Works on the lane of one event until it has ended: for a person who puts one event through, beside workers that have the others. Flows in: the event. Flows out: the events ahead of it and itself settled, here or by a
// worker that was quicker. Should this process die, a message of its own, sent ahead, frees the lane.
import { randomUUID } from "node:crypto"
import { Stopped } from "../../engine/persist.ts"
import { type EngineParts, runEvent } from "../../engine/run-event.ts"
import { claimLane } from "../../ledger/claim.ts"
import { instantText } from "../../ledger/operation.ts"
import { placeOfEvent } from "../../ledger/place-of-event.ts"
import type { PostgresLedger } from "./open-ledger.ts"

/** Longer than an event takes, so that nobody takes over what is being worked on. */
const freedAfterMs = 120_000
const lookMs = 50

export async function dispatchEvent(
  { boss, queue }: PostgresLedger,
  { world, persist, registry, ...parts }: EngineParts,
  eventId: string,
): Promise<void> {
  const { signal } = parts
  const id = randomUUID()
  const first = await persist(() => placeOfEvent(eventId))
  if (first === undefined) return
  const { flow, name } = first
  const data = { flow, lane: name, after: `${id}#` }
  await boss.insert(queue, [{ id, data, startAfter: new Date(world.now() + freedAfterMs) }])
  try {
    for (let count = 0; !signal.aborted; count++) {
      const place = await persist(() => placeOfEvent(eventId))
      if (place === undefined || place.state !== "open" || place.lane === "blocked") break
      const now = instantText(world.now())
      const claimed = await persist(() =>
        claimLane(flow, name, registry.versions(flow), `${id}#${count}`, now),
      )
      const own = claimed === undefined ? undefined : registry.version(claimed.flow, claimed.flowVersion)
      if (claimed !== undefined && own !== undefined)
        await runEvent(claimed, own, { ...parts, world, persist, registry })
      // A worker has it, or its time has not come.
      else await world.sleep(lookMs, signal)
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  } finally {
    await boss.deleteJob(queue, id)
  }
}
