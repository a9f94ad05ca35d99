// Events through the engine, on SQLite and on PostgreSQL: taken, worked on in lanes, one effect each over loopback HTTP, every step on the disk.
// Flows in: how many. Flows out: Markdown and events a second; processor time too, which other work on the machine changes less.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { Agent } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import {
  createEngine,
  type Engine,
  type Flow,
  openSqliteLedger,
  systemWorld,
  type World,
} from "@fmap/runtime/flow"
import { createPostgresEngine, openPostgresLedger } from "@fmap/runtime/flow/postgres"
import { Client } from "pg"
import { post } from "../flow/post.ts"
import { figure, table } from "../harness/table.ts"
import type { Part } from "./part.ts"

const lanes = 500
const batch = 100

interface Store {
  readonly name: string
  readonly goal: string
  readonly open: (flow: Flow, world: World) => Promise<Opened>
}

interface Opened {
  readonly engine: Engine
  readonly close: () => Promise<void>
}

const sqlite: Store = {
  name: "SQLite with synchronous=FULL",
  goal: "E1",
  async open(flow, world) {
    const folder = mkdtempSync(join(tmpdir(), "fmap-bench-"))
    const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
    return {
      engine: createEngine({ flows: [flow], ledger, world, worker: "bench" }),
      async close() {
        ledger.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

const server = process.env["FMAP_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres"
const schema = "fmap_bench"

const postgres: Store = {
  name: `PostgreSQL, one worker`,
  goal: "E2",
  async open(flow, world) {
    await dropSchemas()
    const ledger = await openPostgresLedger({ connection: server, schema }, world)
    return {
      engine: createPostgresEngine({ flows: [flow], ledger, world, worker: "bench" }),
      async close() {
        await ledger.close()
        await dropSchemas()
      },
    }
  },
}

export const flowPart = (events: number): Promise<Part> => throughput(sqlite, events)

/** Where no PostgreSQL answers it is told so, and nothing is measured. */
export async function postgresFlowPart(events: number): Promise<Part> {
  try {
    await dropSchemas()
  } catch (error) {
    return {
      markdown: `### Flow engine on PostgreSQL: not measured, ${server} does not answer (${error})`,
      ratios: new Map(),
    }
  }
  return throughput(postgres, events)
}

async function throughput({ name, goal, open }: Store, events: number): Promise<Part> {
  const target = await startTarget()
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const world = systemWorld()
  const ended = new AbortController()
  let done = 0
  const flow: Flow = {
    name: "orders",
    version: "1",
    lane: event => `customer-${Number(event.id) % lanes}`,
    async handler(event, ctx) {
      const request = { order: event.sourceId }
      await ctx.effect({
        name: "post",
        target: { name: "erp", idempotency: { upsert: true } },
        request,
        send: call => post(target.url, agent, JSON.stringify(request), call.key),
      })
      done += 1
    },
  }
  const { engine, close } = await open(flow, world)
  try {
    const [started, used] = [performance.now(), process.cpuUsage()]
    const processed = engine.process({ lanes: 128, signal: ended.signal })
    for (let at = 0; at < events; at += batch)
      await engine.append(
        Array.from({ length: batch }, (_, i) => ({
          flow: "orders",
          source: "bench",
          id: String(at + i),
          payload: { order: at + i },
        })),
      )
    const taken = performance.now()
    while (done < events) await world.sleep(5, ended.signal)
    ended.abort()
    await processed
    const seconds = (performance.now() - started) / 1_000
    const { user, system } = process.cpuUsage(used)
    const rate = events / seconds
    return {
      markdown: [
        `### Flow engine: ${events.toLocaleString("en")} events in ${lanes} lanes, one effect each over loopback HTTP, ${name}`,
        table(
          ["", "measured"],
          [
            [
              "acknowledged a second while others are worked on",
              figure((events * 1_000) / (taken - started)),
            ],
            ["end to end a second", figure(rate)],
            ["microseconds of processor an event, in this process", figure((user + system) / events)],
          ],
        ),
      ].join("\n\n"),
      ratios: new Map([[goal, rate]]),
    }
  } finally {
    ended.abort()
    agent.destroy()
    target.stop()
    await close()
  }
}

async function dropSchemas(): Promise<void> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 3_000 })
  await client.connect()
  try {
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await client.query(`DROP SCHEMA IF EXISTS ${schema}_queue CASCADE`)
  } finally {
    await client.end()
  }
}

function startTarget(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = spawn(
    process.execPath,
    ["--conditions=fmap-source", join(import.meta.dirname, "../flow/target-server.ts")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.stdout.once("data", data => resolve({ url: String(data).trim(), stop: () => void child.kill() }))
  })
}
