// Word that a process is dead which works on one lane alone, without a message a worker would watch. Flows in: the queue and the lane. Flows out: a message sent ahead, put off again and again while the process lives;
// once it comes to a worker, or to who waits for the lane, what the process had is free.
import { randomUUID } from "node:crypto"
import type { PgBoss } from "pg-boss"
import type { Persist } from "../../engine/persist.ts"
import { instantText } from "../../ledger/operation.ts"
import { reclaimJob } from "../../ledger/reclaim.ts"
import type { World } from "../../port/world.ts"

/** A process that put nothing off for so long is dead, as a worker is that says nothing. */
const deadAfterSeconds = 10
const putOffMs = 3_000

export interface LaneWord {
  readonly flow: string
  readonly lane: string
  /** Attempts whose names begin so are of a process that is dead: it could not take this message back. */
  readonly after?: string
}

interface Queue {
  readonly boss: PgBoss
  readonly queue: string
}

export interface Lives {
  /** Names of its attempts begin so. */
  readonly prefix: string
  end(): Promise<void>
}

export async function sayItLives({ boss, queue }: Queue, place: LaneWord, world: World): Promise<Lives> {
  let id = randomUUID()
  const prefix = `${id}#`
  const data = { flow: place.flow, lane: place.lane, after: prefix }
  const ended = new AbortController()
  const send = () => boss.insert(queue, [{ id, data, startAfter: deadAfterSeconds }])
  await send()
  const putOff = (async () => {
    for (;;) {
      await world.sleep(putOffMs, ended.signal)
      if (ended.signal.aborted) return
      try {
        const { updated } = await boss.update(queue, data, { id, startAfter: deadAfterSeconds })
        if (updated > 0) continue
        // It was held for dead: the next message is another one.
        id = randomUUID()
        await send()
      } catch {
        // A database that is away: the next one says it again, and if none does, others go on as they may.
      }
    }
  })()
  return {
    prefix,
    async end() {
      ended.abort()
      await putOff
      await boss.deleteJob(queue, id)
    },
  }
}

/** What dead processes had of this lane, where no worker is there to be told. */
export async function freeOfDead(
  { boss, queue }: Queue,
  { flow, lane }: LaneWord,
  own: string,
  world: World,
  persist: Persist,
): Promise<void> {
  const words = await boss.findJobs<LaneWord>(queue, { data: { flow, lane }, queued: true })
  for (const { id, data, startAfter } of words) {
    const { after } = data
    if (after === undefined || after === own || startAfter.getTime() > world.now()) continue
    await persist(() => reclaimJob(after, own, instantText(world.now())))
    await boss.deleteJob(queue, id)
  }
}
