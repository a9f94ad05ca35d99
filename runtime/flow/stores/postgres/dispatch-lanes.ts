// Works on lanes that messages tell of. Flows in: messages of pg-boss, one a lane that is ready. Flows out: the lane's events settled, one after
// the other, as long as they are ready. The order is the ledger's; a message only says where to look, so one too many does no harm.
import type { Job, JobResult } from "pg-boss"
import { Stopped } from "../../engine/persist.ts"
import { type EngineParts, runEvent } from "../../engine/run-event.ts"
import { claimLane } from "../../ledger/claim.ts"
import { instantText, type Operation } from "../../ledger/operation.ts"
import { wakeOverdue } from "../../ledger/overdue.ts"
import { reclaimJob } from "../../ledger/reclaim.ts"
import type { PostgresLedger } from "./open-ledger.ts"
import type { LaneWord } from "./word-of-death.ts"

/** A message gives its place back after so many events, for other lanes. */
const mostEvents = 50
/** Messages fetched at once: while a fetch comes back full, the next one does not wait. */
const mostInBatch = 8
/** Word that got lost is sent again: never seen, but a lane must not hang on it. */
const lookForOverdueMs = 10_000

type LaneJob = Pick<Job<LaneWord>, "id" | "retryCount" | "data">

export async function dispatchLanes(
  { boss, queue }: PostgresLedger,
  parts: EngineParts,
  lanes: number,
): Promise<void> {
  const { world, persist, registry, signal } = parts
  let bug: { readonly error: unknown } | undefined
  const ended = new AbortController()
  const until = AbortSignal.any([signal, ended.signal])

  /** A message that failed comes again, to whoever is there. */
  async function work(job: LaneJob): Promise<JobResult> {
    try {
      await workOn(job)
      return { id: job.id, status: "completed" }
    } catch (error) {
      if (!(error instanceof Stopped)) {
        bug ??= { error }
        ended.abort()
      }
      return { id: job.id, status: "failed" }
    }
  }

  async function workOn({ id, retryCount, data: { flow, lane, after } }: LaneJob): Promise<void> {
    // A message that comes again was being worked on by a process that is dead, or as good as.
    if (retryCount > 0)
      await persist(() => reclaimJob(`${id}#`, `${id}#${retryCount}.`, instantText(world.now())))
    if (after !== undefined)
      await persist(() => reclaimJob(after, `${id}#${retryCount}.`, instantText(world.now())))
    for (let count = 0; count < mostEvents && !until.aborted; count++) {
      const claim = `${id}#${retryCount}.${count}`
      const claimed = await persist(() =>
        claimLane(flow, lane, registry.versions(flow), claim, instantText(world.now())),
      )
      if (claimed === undefined) return
      const own = registry.version(claimed.flow, claimed.flowVersion)
      if (own === undefined) throw new TypeError(`An event of an unknown flow ${claimed.flow} was claimed`)
      const goesOn = await runEvent(claimed, own, {
        ...parts,
        persist: operation => persist(() => quiet(operation(), flow, lane, world.now())),
      })
      if (!goesOn) return
    }
    // Others have waited, or this process ends: the lane may still be ready.
    await persist(() => again(flow, lane, instantText(world.now())))
  }

  const batchSize = Math.min(lanes, mostInBatch)
  await boss.work(
    queue,
    {
      localConcurrency: Math.ceil(lanes / batchSize),
      batchSize,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      heartbeatRefreshSeconds: 3,
      perJobResults: true,
    },
    (jobs: readonly Job<LaneWord>[]) => Promise.all(jobs.map(work)),
  )
  while (!until.aborted) {
    await persist(() =>
      wakeOverdue(instantText(world.now() - lookForOverdueMs), instantText(world.now())),
    ).catch(error => {
      if (!(error instanceof Stopped)) throw error
    })
    await world.sleep(lookForOverdueMs, until)
  }
  // What is being worked on is waited for.
  await boss.offWork(queue, { wait: true })
  if (bug !== undefined) throw bug.error
}

/** While a message is worked on, its own lane needs no other one for what is ready now. */
function* quiet<T>(operation: Operation<T>, flow: string, lane: string, now: number): Operation<T> {
  const at = instantText(now)
  let step = operation.next([])
  while (step.done !== true) {
    const { value } = step
    const own = value.kind === "wake" && value.flow === flow && value.lane === lane && value.dueAt <= at
    step = operation.next(own ? [] : yield value)
  }
  return step.value
}

function* again(flow: string, lane: string, dueAt: string): Operation<void> {
  yield { kind: "wake", flow, lane, dueAt }
}
