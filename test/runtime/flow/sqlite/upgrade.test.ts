// R9: a ledger of each schema there ever was is opened by this fmap, and its work goes on: what is done stays done, what is in doubt is asked about under its old key, and what waits is
// worked on under the version of the flow it was accepted with. Flows in: a file as an older fmap left it. Flows out: the same file, drained.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterEach, expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { hashOf } from "../../../../runtime/flow/ledger/canonical-json.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { eventIdOf, idempotencyKey } from "../../../../runtime/flow/ledger/keys.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { migrate, migrationsIn } from "../../../../runtime/flow/stores/sqlite/migrate.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"

const all = migrationsIn(new URL("../../../../runtime/flow/stores/sqlite/migrations/", import.meta.url))
const at = "2026-03-01T12:00:00.000Z"
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const idOf = (order: string) => eventIdOf("", "orders", "shop", order)
const keyOf = (order: string) =>
  idempotencyKey({
    tenant: "",
    contract: "orders",
    source: "shop",
    sourceId: order,
    effect: "post",
    generation: 0,
  })
const requestOf = (order: string) => ({ order })

/** One lane: `done` has a receipt, `sent` has none and its process died, `waits` was not begun. Only columns of the first schema. */
function oldLedger(schema: number): string {
  const folder = mkdtempSync(join(tmpdir(), "fmap-upgrade-"))
  folders.push(folder)
  const path = join(folder, "fmap.db")
  const database = new DatabaseSync(path)
  migrate(
    database,
    all.filter(({ number }) => number <= schema),
    at,
  )
  const insert =
    database.prepare(`INSERT INTO inbox (id, flow, flow_version, source, source_id, payload_hash, payload, lane, lane_seq, currency, amount,
    correlation_id, state, claim, received_at, ended_at) VALUES (?, 'orders', '1', 'shop', ?, ?, ?, 'all', ?, 'EUR', '10.25', ?, ?, ?, ?, ?)`)
  for (const [index, order] of ["done", "sent", "waits"].entries()) {
    const [id, payload] = [idOf(order), requestOf(order)]
    const hash = hashOf([payload, null, { value: "10.25", currency: "EUR" }])
    const ended = order === "done"
    insert.run(
      id,
      order,
      hash,
      JSON.stringify(payload),
      index + 1,
      id,
      ended ? "done" : "open",
      order === "sent" ? "w1.1.0" : null,
      at,
      ended ? at : null,
    )
  }
  database
    .prepare(
      "INSERT INTO lane (flow, lane, last_seq, state, head, due_at) VALUES ('orders', 'all', 3, 'running', ?, ?)",
    )
    .run(idOf("sent"), at)
  const effect =
    database.prepare(`INSERT INTO effect (key, event, generation, name, target, request_hash, state, sends, first_sent_at, receipt, done_at, done_by)
    VALUES (?, ?, 0, 'post', 'erp', ?, ?, 1, ?, ?, ?, ?)`)
  for (const order of ["done", "sent"]) {
    const ended = order === "done"
    const hash = hashOf(["erp", requestOf(order)])
    effect.run(
      keyOf(order),
      idOf(order),
      hash,
      ended ? "done" : "doubt",
      at,
      ended ? '"R-1"' : null,
      ended ? at : null,
      ended ? "engine" : null,
    )
  }
  database.close()
  return path
}

test.each(all.map(({ number, name }) => [name, number] as const))("a ledger of %s", async (_, schema) => {
  const world = systemWorld()
  const ledger = openSqliteLedger(oldLedger(schema), world)
  const calls: string[] = []
  const flow = (version: string): Flow => ({
    name: "orders",
    version,
    lane: () => "all",
    async handler(event, ctx) {
      await ctx.effect({
        name: "post",
        target: { name: "erp", idempotency: { upsert: true } },
        request: requestOf(event.sourceId),
        send: async ({ key }) => {
          calls.push(
            `version ${version}: ${event.sourceId}${key === keyOf(event.sourceId) ? "" : " under another key"}`,
          )
          return "R"
        },
      })
    },
  })
  const engine = createEngine({ flows: [flow("1"), flow("2")], ledger, world, worker: "w2" })
  const ended = new AbortController()
  const processed = engine.process({ lanes: 4, signal: ended.signal })
  const again = {
    flow: "orders",
    source: "shop",
    id: "done",
    payload: requestOf("done"),
    amount: { value: "10.25", currency: "EUR" },
  }
  const appended = await engine.append([again, { ...again, id: "new", payload: requestOf("new") }])
  expect(appended).toEqual({ accepted: 1, duplicates: 1, conflicts: [] })
  while ((await engine.stats()).flows.some(({ events }) => events.open > 0))
    await world.sleep(5, ended.signal)
  ended.abort()
  await processed
  expect(calls).toEqual(["version 1: sent", "version 1: waits", "version 2: new"])
  const { flows, targets } = await engine.stats({ amounts: true })
  expect(flows.map(({ version, events, amounts }) => [version, events.done, amounts])).toEqual([
    ["1", 3, [{ state: "done", currency: "EUR", value: "30.75" }]],
    ["2", 1, [{ state: "done", currency: "EUR", value: "10.25" }]],
  ])
  expect(targets.map(({ target, done, inDoubt }) => [target, done, inDoubt])).toEqual([["erp", 4, 0]])
  expect(await ledger.run(brokenInvariants)).toEqual([])
  ledger.close()
})

test("a schema that this fmap does not know is refused, and the file stays as it is", () => {
  const path = oldLedger(1)
  const database = new DatabaseSync(path)
  database.prepare("INSERT INTO migration (number, name, at) VALUES (9999, '9999-later.sql', ?)").run(at)
  database.close()
  expect(() => openSqliteLedger(path, systemWorld())).toThrow("written by a newer one")
})
