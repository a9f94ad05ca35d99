// A process that puts one event through and is killed: its lane goes on, with a worker or with who puts the event through again, as soon as that of a dead worker does. While it lives, nobody takes it.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import process from "node:process"
import { expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { eventIdOf } from "../../../../runtime/flow/ledger/keys.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { flowOf, order } from "../engine-on-disk.ts"
import { rowsOf } from "../midst/midst-of-work.ts"
import { connection, dropSchemas, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const world = systemWorld()

/** Less than what a lane waited for its dead process once; several times what it waits now. */
const longestMs = 60_000

test.skipIf(!there).each([
  ["a worker", false],
  ["who puts it through again", true],
])(
  "the lane of a killed run goes on with %s",
  async (_, isAlone) => {
    const schema = `fmap_test_one_${isAlone ? "alone" : "worker"}`
    await dropSchemas(schema)
    const ledger = await openPostgresLedger({ connection, schema }, world)
    const done: string[] = []
    const event = order("a")
    const only = eventIdOf("", event.flow, event.source, event.id)
    const engine = createPostgresEngine({
      flows: [flowOf(({ sourceId }) => void done.push(sourceId))],
      ledger,
      world,
      worker: "w",
      ...(isAlone ? { only } : {}),
    })
    const ended = new AbortController()
    let processed: Promise<void> | undefined
    try {
      await engine.append([event])
      const script = join(import.meta.dirname, "stuck-run.ts")
      const child = spawn(process.execPath, ["--conditions=fmap-source", script, schema, only], {
        stdio: ["ignore", "pipe", "inherit"],
      })
      const gone = once(child, "exit")
      await Promise.race([once(child.stdout, "data"), gone])
      processed = engine.process({ lanes: 1, signal: ended.signal })
      // Longer than a dead one is waited for: it lives, and is left alone.
      await world.sleep(12_000, ended.signal)
      expect(done).toEqual([])
      child.kill("SIGKILL")
      await gone
      while (done.length === 0) await world.sleep(50, ended.signal)
      if (isAlone) await processed
      while ((await rowsOf(ledger, "SELECT 1 AS one FROM inbox WHERE state = 'done'")).length === 0)
        await world.sleep(50, ended.signal)
      expect(await rowsOf(ledger, "SELECT state, crashes FROM inbox")).toEqual([
        { state: "done", crashes: expect.anything() },
      ])
      expect(done).toEqual(["a"])
    } finally {
      ended.abort()
      await processed
      await ledger.close()
      await dropSchemas(schema)
    }
  },
  longestMs,
)
