// R4: several workers on one PostgreSQL, killed one after the other, stopped past their heartbeat and waked again. Flows in: how much of it. Flows
// out: what the target and the ledger say afterwards.
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Stats } from "../../../../runtime/flow/port/engine.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { chaosOrder } from "../chaos/orders.ts"
import { chaosFlows } from "../chaos/orders-flow.ts"
import { type FaultShares, targetServer } from "../chaos/target-server.ts"
import { randomOf } from "../simulation/random.ts"
import { connection, dropSchemas } from "./server.ts"

export interface PostgresRun {
  readonly schema: string
  readonly events: number
  readonly workers: number
  readonly kills: number
  /** Workers stopped for longer than their heartbeat, and then waked. */
  readonly zombies: number
  readonly lanes: number
  readonly seed: number
  readonly faults: FaultShares
  readonly betweenMs: number
  readonly longestSeconds: number
}

export interface PostgresResult {
  readonly broken: readonly string[]
  readonly kills: number
  readonly calls: number
  readonly seconds: number
}

const workerFile = join(import.meta.dirname, "worker.ts")
const pastHeartbeatMs = 16_000

export async function postgresRun(run: PostgresRun): Promise<PostgresResult> {
  const { schema, events, workers, kills, zombies, lanes, seed, faults, betweenMs, longestSeconds } = run
  await dropSchemas(schema)
  const random = randomOf(seed)
  const target = await targetServer(seed, faults)
  const world = systemWorld()
  const ledger = await openPostgresLedger({ connection, schema, connections: 4 }, world)
  const engine = createPostgresEngine({
    flows: chaosFlows(() => Promise.reject(new Error("not here"))),
    ledger,
    world,
    worker: "parent",
  })
  const never = new AbortController().signal
  const started = performance.now()
  const broken: string[] = []
  let names = 0
  const start = () =>
    spawn(process.execPath, ["--conditions=fmap-source", workerFile, schema, target.url, `w${names++}`], {
      stdio: ["ignore", "inherit", "inherit"],
    })
  const running: ChildProcess[] = Array.from({ length: workers }, start)
  let killed = 0
  try {
    const appended = appendAll()
    const zombieRuns: Promise<void>[] = []
    while (killed < kills) {
      await world.sleep(betweenMs * (0.5 + random.next()), never)
      const at = random.whole(running.length)
      running[at]?.kill("SIGKILL")
      running[at] = start()
      killed += 1
      if (killed <= zombies) zombieRuns.push(zombie(running[(at + 1) % running.length]))
    }
    await Promise.all(zombieRuns)
    await appended
    await drained()
    for (const worker of running) worker.kill("SIGTERM")
    await Promise.all(running.map(ended))
    const seconds = (performance.now() - started) / 1_000
    broken.push(...(await ledger.run(brokenInvariants)))
    const { seen } = target
    if (seen.done.size !== 2 * events)
      broken.push(`${2 * events} effects were wanted, ${seen.done.size} are there`)
    if (seen.duplicates > 0) broken.push(`${seen.duplicates} effects happened twice`)
    if (seen.outOfOrder > 0) broken.push(`${seen.outOfOrder} effects came out of order`)
    return { broken, kills: killed, calls: seen.calls, seconds }
  } finally {
    for (const worker of running) worker.kill("SIGKILL")
    await Promise.all(running.map(ended))
    await ledger.close()
    await target.close()
    await dropSchemas(schema)
  }

  /** Everything twice: a source that did not hear the answer. */
  async function appendAll(): Promise<void> {
    for (let round = 0; round < 2; round++)
      for (let at = 0; at < events; at += 50) {
        const count = Math.min(50, events - at)
        const { conflicts } = await engine.append(
          Array.from({ length: count }, (_, i) => chaosOrder(at + i, lanes)),
        )
        if (conflicts.length > 0) broken.push(`a conflict about ${conflicts[0]?.id}`)
      }
  }

  async function drained(): Promise<void> {
    while ((performance.now() - started) / 1_000 < longestSeconds) {
      if (doneOf(await engine.stats()) === 2 * events) return
      await world.sleep(300, never)
    }
    broken.push(`not all is done after ${longestSeconds} seconds: ${JSON.stringify(await engine.stats())}`)
  }

  async function zombie(worker: ChildProcess | undefined): Promise<void> {
    worker?.kill("SIGSTOP")
    await world.sleep(pastHeartbeatMs, never)
    worker?.kill("SIGCONT")
  }
}

export function doneOf({ flows }: Stats): number {
  return flows.reduce((sum, flow) => sum + flow.events.done, 0)
}

function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise(resolve => void child.once("close", () => resolve()))
}
