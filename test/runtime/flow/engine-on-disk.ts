// An engine for tests of single rules: on a database in memory, in a time the test owns. Flows in: flows. Flows out: the engine and ways to let
// it go on and to look at it.

import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import type { Engine } from "../../../runtime/flow/port/engine.ts"
import type { Inbound } from "../../../runtime/flow/port/event.ts"
import type { Flow, Target } from "../../../runtime/flow/port/flow.ts"
import type { World } from "../../../runtime/flow/port/world.ts"
import { ledgerOn, newDisk } from "./simulation/faulty-store.ts"
import { randomOf } from "./simulation/random.ts"
import { virtualTime } from "./simulation/virtual-time.ts"

export interface TestEngine {
  readonly engine: Engine
  readonly rows: (text: string) => readonly Readonly<Record<string, unknown>>[]
  readonly now: () => number
  /** Until `done`, by letting time pass; fails when it never comes. */
  readonly until: (done: () => boolean) => Promise<void>
  readonly settled: () => Promise<void>
  readonly pass: (ms: number) => Promise<void>
  readonly ended: <T>(promise: Promise<T>) => Promise<T>
  /** The process dies; another one with these flows starts on the same disk. */
  readonly restart: (flows?: readonly Flow[] | MakeFlows) => TestEngine
  /** No more of this process. */
  readonly kill: () => void
}

type Shared = ReturnType<typeof sharedWorld>

function sharedWorld() {
  const random = randomOf(1)
  return {
    time: virtualTime(random, { beforeCommit: () => undefined, afterCommit: () => undefined }),
    disk: newDisk(() => false),
    starts: { count: 0 },
  }
}

/** Flows that need what they run in. */
export type MakeFlows = (around: { readonly world: World; readonly ledger: Ledger }) => readonly Flow[]

export function engineWith(flows: readonly Flow[] | MakeFlows, shared: Shared = sharedWorld()): TestEngine {
  const { time, disk, starts } = shared
  const process = { alive: true }
  const world = time.worldOf(process)
  const ledger = ledgerOn(disk, world)
  starts.count += 1
  const made = typeof flows === "function" ? flows({ world, ledger }) : flows
  const engine = createEngine({ flows: made, ledger, world, worker: `w${starts.count}` })
  let bug: unknown
  engine.process({ lanes: 4, signal: new AbortController().signal }).catch(error => {
    bug = error
  })
  const rows = (text: string) => disk.database.prepare(text).all()
  const until = async (done: () => boolean) => {
    const came = await time.run(() => done() || bug !== undefined, 20_000)
    if (bug !== undefined) throw bug
    if (!came)
      throw new Error(
        `it never came: ${JSON.stringify(rows("SELECT source_id, state, last_failure FROM inbox"))}`,
      )
  }
  const kill = () => {
    process.alive = false
  }
  return {
    engine,
    rows,
    now: time.now,
    until,
    settled: () => until(() => rows("SELECT 1 FROM lane WHERE state IN ('ready', 'running')").length === 0),
    pass: async ms => {
      const end = time.now() + ms
      void time.sleep(process, ms)
      await until(() => time.now() >= end)
    },
    ended: async promise => {
      let over = false
      promise.then(
        () => {
          over = true
        },
        () => {
          over = true
        },
      )
      await until(() => over)
      return promise
    },
    restart: (again = flows) => {
      kill()
      return engineWith(again, shared)
    },
    kill,
  }
}

export function order(id: string, more: Partial<Inbound> = {}): Inbound {
  return { flow: "orders", source: "shop", id, payload: { order: id }, ...more }
}

export const erp: Target = { name: "erp", idempotency: { nativeKey: { windowMs: 3_600_000 } } }
export const mail: Target = { name: "mail", idempotency: {} }

/** All events in one lane. */
export function flowOf(handler: Flow["handler"], more: Partial<Flow> = {}): Flow {
  return { name: "orders", version: "1", lane: () => "all", handler, ...more }
}
