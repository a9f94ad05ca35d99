// R4: several workers on one PostgreSQL, killed one after the other, stopped past their heartbeat and waked again. Flows in: how much of it. Flows
// out: what the target and the ledger say afterwards.
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import process from "node:process"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Stats } from "../../../../runtime/flow/port/engine.ts"
import { BackPressure, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { chaosOrder, effectsOf } from "../chaos/orders.ts"
import { chaosFlows } from "../chaos/orders-flow.ts"
import { type FaultShares, targetServer } from "../chaos/target-server.ts"
import { randomOf } from "../simulation/random.ts"
import type { OwnCluster } from "./own-cluster.ts"
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
  /** A server of its own, and how often it is crashed; absent: that of the tests, which is not. */
  readonly own?: { readonly cluster: OwnCluster; readonly crashes: number }
}

export interface PostgresResult {
  readonly broken: readonly string[]
  readonly kills: number
  readonly crashes: number
  readonly calls: number
  readonly seconds: number
}

const workerFile = join(import.meta.dirname, "worker.ts")
const pastHeartbeatMs = 16_000

export async function postgresRun(run: PostgresRun): Promise<PostgresResult> {
  const { schema, events, workers, kills, zombies, lanes, seed, faults, betweenMs, longestSeconds, own } = run
  const server = own?.cluster.connection ?? connection
  await dropSchemas(schema, server)
  const random = randomOf(seed)
  const target = await targetServer(seed, faults)
  const world = systemWorld()
  const ledger = await openPostgresLedger({ connection: server, schema, connections: 4 }, world)
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
      env: { ...process.env, FMAP_POSTGRES: server },
    })
  const running: ChildProcess[] = Array.from({ length: workers }, start)
  let killed = 0
  let crashed = 0
  try {
    const appended = appendAll()
    const zombieRuns: Promise<void>[] = []
    while (killed < kills) {
      await world.sleep(betweenMs * (0.5 + random.next()), never)
      const at = random.whole(running.length)
      running[at]?.kill("SIGKILL")
      running[at] = start()
      killed += 1
      if (own !== undefined && crashed < own.crashes && killed * own.crashes >= (crashed + 1) * kills) {
        own.cluster.crash()
        crashed += 1
      }
      if (killed <= zombies) zombieRuns.push(zombie(running[(at + 1) % running.length]))
    }
    await Promise.all(zombieRuns)
    await appended
    await drained()
    for (const { exitCode } of running)
      if (exitCode !== null) broken.push(`a worker ended by itself with ${exitCode}`)
    for (const worker of running) worker.kill("SIGTERM")
    await Promise.all(running.map(ended))
    const seconds = (performance.now() - started) / 1_000
    broken.push(...(await ledger.run(brokenInvariants)))
    const { seen } = target
    if (seen.done.size !== effectsOf(events))
      broken.push(`${effectsOf(events)} effects were wanted, ${seen.done.size} are there`)
    if (seen.duplicates > 0) broken.push(`${seen.duplicates} effects happened twice`)
    if (seen.outOfOrder > 0) broken.push(`${seen.outOfOrder} effects came out of order`)
    return { broken, kills: killed, crashes: crashed, calls: seen.calls, seconds }
  } finally {
    for (const worker of running) worker.kill("SIGKILL")
    await Promise.all(running.map(ended))
    await ledger.close()
    await target.close()
    await dropSchemas(schema, server)
  }

  /** Everything twice: a source that did not hear the answer. */
  async function appendAll(): Promise<void> {
    for (let round = 0; round < 2; round++)
      for (let at = 0; at < events; at += 50) {
        const count = Math.min(50, events - at)
        const batch = Array.from({ length: count }, (_, i) => chaosOrder(at + i, lanes))
        const { conflicts } = await again(() => engine.append(batch))
        if (conflicts.length > 0) broken.push(`a conflict about ${conflicts[0]?.id}`)
      }
  }

  /** Until the server is there: while it starts anew it refuses. */
  async function again<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof StoreFailed) && !(error instanceof BackPressure)) throw error
        await world.sleep(200, never)
      }
    }
  }

  async function drained(): Promise<void> {
    while ((performance.now() - started) / 1_000 < longestSeconds) {
      if (doneOf(await again(() => engine.stats())) === effectsOf(events)) return
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
