// Events through the embedded engine: taken, worked on in lanes, one effect each over loopback HTTP, every step on the disk. Flows in: how many.
// Flows out: Markdown and events a second.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { Agent } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createEngine, type Flow, openSqliteLedger, systemWorld } from "@fmap/runtime/flow"
import { post } from "../flow/post.ts"
import { figure, table } from "../harness/table.ts"
import type { Part } from "./part.ts"

const lanes = 500
const batch = 100

export async function flowPart(events: number): Promise<Part> {
  const folder = mkdtempSync(join(tmpdir(), "fmap-bench-"))
  const target = await startTarget()
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const world = systemWorld()
  const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
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
  try {
    const engine = createEngine({ flows: [flow], ledger, world, worker: "bench" })
    const started = performance.now()
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
    const seconds = (performance.now() - started) / 1_000
    ended.abort()
    await processed
    const rate = events / seconds
    return {
      markdown: [
        `### Flow engine: ${events.toLocaleString("en")} events in ${lanes} lanes, one effect each over loopback HTTP, SQLite with synchronous=FULL`,
        table(
          ["", "events a second"],
          [
            ["acknowledged while others are worked on", figure((events * 1_000) / (taken - started))],
            ["end to end", figure(rate)],
          ],
        ),
      ].join("\n\n"),
      ratios: new Map([["E1", rate]]),
    }
  } finally {
    agent.destroy()
    target.stop()
    ledger.close()
    rmSync(folder, { recursive: true, force: true })
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
