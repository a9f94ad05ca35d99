// R5: the same flows and the same events on both engines, with the same faults by event: equal states, receipts, exceptions, followers and audit.
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { hashOf } from "../../../../runtime/flow/ledger/canonical-json.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Engine } from "../../../../runtime/flow/port/engine.ts"
import type { Inbound } from "../../../../runtime/flow/port/event.ts"
import { BusinessException, CallFailed } from "../../../../runtime/flow/port/failures.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { folderWith } from "../../../cli/folder.ts"
import { dropSchemas, query, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const schema = "fmap_test_both"
const person = { name: "mara", role: "operations" } as const

type Order = { readonly order: string; readonly lane: string; readonly fate: number }

const events: readonly Inbound[] = Array.from({ length: 120 }, (_, i) => {
  const payload: Order = { order: `o${i}`, lane: `l${i % 17}`, fate: (i * 7) % 23 }
  return {
    flow: "orders",
    source: "shop",
    id: `o${i}`,
    payload,
    amount: { value: `${i}.10`, currency: "EUR" },
  }
})

/** What happens to an order is decided by its number: the same on both engines. */
function flows(): readonly Flow[] {
  const tries = new Map<string, number>()
  const lane = (event: Inbound) => (event.payload as Order).lane
  return [
    {
      name: "orders",
      version: "1",
      lane,
      policy: "park",
      retry: { attempts: 3, baseMs: 5, longestMs: 20 },
      async handler(event, ctx) {
        const { order, fate } = event.payload as Order
        if (fate === 1) ctx.raise(new BusinessException("NO_ITEM", "no such item", { order }))
        const price = await ctx.step("price", () => ({
          price: `${fate}.00`,
          at: ctx.now().getTime() > 0,
          id: ctx.uuid(),
        }))
        const receipt = await ctx.effect({
          name: "post",
          target: { name: "erp", idempotency: fate % 2 === 0 ? { upsert: true } : {}, failures: 1_000 },
          request: { order, price: price.price },
          amount: { value: price.price, currency: "EUR" },
          async send({ key }) {
            const count = (tries.get(key) ?? 0) + 1
            tries.set(key, count)
            if (fate === 2 && count < 3) throw new CallFailed("transient", "T", "away")
            if (fate === 3) throw new CallFailed("rejected", "R", "no")
            if ((fate === 4 || fate === 5) && count === 1) throw new CallFailed("in-doubt", "D", "lost")
            if (fate === 6) throw new CallFailed("transient", "T", "always away")
            return `R-${key.slice(0, 8)}`
          },
        })
        ctx.emit({
          name: "next",
          to: { kind: "flow", flow: "invoices" },
          payload: { ...(event.payload as Order), receipt },
        })
        ctx.emit({ name: "told", to: { kind: "topic", topic: "t" }, payload: { order, id: price.id } })
      },
    },
    { name: "invoices", version: "1", lane, handler: () => undefined },
  ]
}

async function live(engine: Engine, ledger: Ledger): Promise<void> {
  const ended = new AbortController()
  const processed = engine.process({ lanes: 8, signal: ended.signal })
  await engine.append(events)
  await engine.append([...events.slice(0, 10), { ...events[0]!, payload: { other: true } }])
  const rest = async () => {
    for (;;) {
      const { flows: all } = await engine.stats()
      const open = all.reduce((sum, flow) => sum + flow.events.open, 0)
      const blocked = all.reduce((sum, flow) => sum + flow.events.blocked, 0)
      if (blocked > 0) await decideAll()
      else if (open === 0) return
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  /** What holds its lane is skipped: what is in doubt, and what gave up. */
  const decideAll = async () => {
    const rows = await ledger.run(function* () {
      return yield {
        kind: "sql",
        pieces: ["SELECT id FROM inbox WHERE state = 'blocked' ORDER BY id"],
        values: [],
      }
    } as Parameters<Ledger["run"]>[0])
    for (const row of rows as readonly { id: string }[])
      await engine.decide(row.id, { kind: "skip" }, person, "a test")
  }
  await rest()
  ended.abort()
  await processed
  expect(await ledger.run(brokenInvariants)).toEqual([])
}

/** Everything but times, claims, and the order in which lanes came: those are chance. */
const looks: Readonly<Record<string, string>> = {
  inbox: `SELECT id, flow, flow_version, source, source_id, payload_hash, payload, lane, lane_seq, currency, amount, correlation_id, causation_id, state, generation
    FROM inbox WHERE flow = 'orders' ORDER BY id`,
  followers:
    "SELECT id, flow, source, source_id, payload, lane, correlation_id, causation_id, state FROM inbox WHERE flow <> 'orders' ORDER BY id",
  lane: "SELECT flow, lane, last_seq, state, gaps FROM lane ORDER BY flow, lane",
  step: "SELECT event, generation, name, result FROM step ORDER BY event, generation, name",
  effect:
    "SELECT key, event, generation, name, target, request_hash, state, sends, receipt, done_by, currency, amount FROM effect ORDER BY key",
  exception: "SELECT event, code, message, detail, state, owner FROM exception ORDER BY event, code",
  decision: "SELECT event, kind, actor, role, reason, detail, state FROM decision ORDER BY event",
  outbox: "SELECT id, event, topic, payload, correlation_id FROM outbox ORDER BY id",
  audit: "SELECT actor, action, subject, detail FROM audit ORDER BY subject, action",
}

test.skipIf(!there)(
  "a file and PostgreSQL come to the same ledger",
  async () => {
    const world = systemWorld()
    const file = join(folderWith({}), "fmap.db")
    const sqlite = openSqliteLedger(file, world)
    await live(createEngine({ flows: flows(), ledger: sqlite, world, worker: "w" }), sqlite)
    sqlite.close()
    await dropSchemas(schema)
    const postgres = await openPostgresLedger(
      { connection: (await import("./server.ts")).connection, schema, connections: 10 },
      world,
    )
    try {
      await live(createPostgresEngine({ flows: flows(), ledger: postgres, world, worker: "w" }), postgres)
      const database = new DatabaseSync(file, { readOnly: true })
      for (const [name, text] of Object.entries(looks)) {
        const here = database.prepare(text).all()
        const others = await query(text.replace(/FROM (\w+)/u, `FROM ${schema}.$1`))
        expect(here.length, name).toBeGreaterThan(0)
        expect(
          others.map(row => ({ ...row })),
          name,
        ).toEqual(here.map(row => ({ ...row })))
        expect(hashOf(others)).toBe(hashOf(here))
      }
      database.close()
    } finally {
      await postgres.close()
      await dropSchemas(schema)
    }
  },
  240_000,
)
