// What a rehearsal found is delivered again. Flows in: rehearsed events, who and why. Flows out: events that have something new to do, open again in their lanes, in order, a few at a time beside the live ones. Nothing is
// sent twice: keys are the same. Whoever is killed begins again with a rehearsal: what was delivered is equal then.
import type { Ledger } from "../ledger/ledger.ts"
import { instantText } from "../ledger/operation.ts"
import { redeliver, stillOpen } from "../ledger/replay.ts"
import type { Actor, Decision } from "../port/engine.ts"
import type { World } from "../port/world.ts"
import type { RehearsedEvent } from "./rehearsed.ts"
import { isChanged } from "./verdict-of.ts"

export interface ApplyOptions {
  readonly ledger: Ledger
  readonly world: World
  readonly by: Actor
  readonly reason: string
  /** Events of the replay that are open at once; 4 where absent. */
  readonly atOnce?: number
}

export interface AppliedReplay {
  readonly delivered: number
  /** Somebody did something about them since they were rehearsed. */
  readonly changedSince: number
}

const usualAtOnce = 4
const lookMs = 25

/** Resolves when what was delivered has ended; somebody has to work on the ledger meanwhile. */
export async function applyReplay(
  events: Iterable<RehearsedEvent> | AsyncIterable<RehearsedEvent>,
  { ledger, world, by, reason, atOnce = usualAtOnce }: ApplyOptions,
  signal: AbortSignal,
): Promise<AppliedReplay> {
  let open: readonly string[] = []
  let delivered = 0
  let changedSince = 0
  const untilFewerThan = async (most: number) => {
    while (open.length >= most && !signal.aborted) {
      const before = open
      open = await ledger.run(() => stillOpen(before))
      if (open.length >= most) await world.sleep(lookMs, signal)
    }
  }
  for await (const event of events) {
    if (event.verdict !== "redeliver") continue
    await untilFewerThan(atOnce)
    if (signal.aborted) break
    const { version } = event
    const now = instantText(world.now())
    if (await ledger.run(() => redeliver({ event, version, by, reason, now }))) {
      delivered += 1
      open = [...open, event.id]
    } else changedSince += 1
  }
  await untilFewerThan(1)
  return { delivered, changedSince }
}

/** What two people have to decide about an event whose requests differ: those alone anew, with new keys, under the flow as it is now. */
export function reissueOf({ parts, version }: RehearsedEvent): Decision {
  const anew = parts
    .filter(isChanged)
    .flatMap(({ step, what }) => (what === "effect" ? [step, `${step} links`] : [step]))
  return { kind: "reissue", parts: { anew: [...new Set(anew)].toSorted(), version } }
}
