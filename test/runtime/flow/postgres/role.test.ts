// A role that makes no table runs flows: events, effects, retries, messages, decisions and the upkeep of the queue. What it lacks is told with the command that helps.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { settleIn } from "../../../../runtime/flow/ledger/residence.ts"
import { BusinessException, CallFailed, NotPossible } from "../../../../runtime/flow/port/failures.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { grantsFor, grantWork } from "../../../../runtime/flow/stores/postgres/grants.ts"
import { newestSchema } from "../../../../runtime/flow/stores/postgres/migrate.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { connection, dropSchemas, query, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const schema = "fmap_test_role"
const role = "fmap_test_worker"
const stranger = "fmap_test_stranger"
const world = systemWorld()
const as = (name: string) => {
  const url = new URL(connection)
  url.username = name
  url.password = "of a test"
  return url.href
}

async function dropRole(name: string): Promise<void> {
  const [known] = await query(`SELECT 1 FROM pg_roles WHERE rolname = '${name}'`)
  if (known !== undefined) await query(`DROP OWNED BY ${name}; DROP ROLE ${name}`)
}

describe.skipIf(!there)("a role without DDL", () => {
  beforeAll(async () => {
    await dropSchemas(schema)
    for (const name of [role, stranger]) {
      await dropRole(name)
      await query(`CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD 'of a test'`)
    }
  })
  afterAll(async () => {
    await dropSchemas(schema)
    for (const name of [role, stranger]) await dropRole(name)
  })

  test("is told what to run where there is no ledger, and makes none", async () => {
    const opening = openPostgresLedger({ connection: as(role), schema }, world)
    await expect(opening).rejects.toThrow(/There is no ledger .*run fmap flow migrate --store .*--grant/u)
    await expect(opening).rejects.not.toThrow("of a test")
    expect(await query(`SELECT to_regnamespace('${schema}') AS made`)).toEqual([{ made: null }])
  })

  test("runs events from end to end", async () => {
    await (await openPostgresLedger({ connection, schema }, world)).close()
    await grantWork(connection, role, schema)
    const ledger = await openPostgresLedger({ connection: as(role), schema }, world)
    let calls = 0
    const flow: Flow = {
      name: "orders",
      version: "1",
      lane: event => event.id,
      retry: { baseMs: 1 },
      async handler(event, ctx) {
        if (event.sourceId === "held") ctx.raise(new BusinessException("HELD", "a person looks"))
        await ctx.step("look", () => 1)
        await ctx.effect({
          name: "post",
          target: { name: "erp", idempotency: { upsert: true }, region: "EU" },
          request: event.payload,
          send: async () => {
            if (++calls % 3 === 0) throw new CallFailed("transient", "BUSY", "busy")
            return "ok"
          },
        })
        ctx.emit({ name: "booked", to: { kind: "topic", topic: "booked" }, payload: {} })
      },
    }
    const engine = createPostgresEngine({ flows: [flow], ledger, world, worker: "w" })
    const events = Array.from({ length: 12 }, (_, i) => ({
      flow: "orders",
      source: "s",
      id: i === 0 ? "held" : `o${i}`,
      payload: { i },
      regions: ["EU"],
    }))
    await ledger.run(() => settleIn("EU", "2026-01-01T00:00:00.000Z"))
    expect(await engine.append(events)).toMatchObject({ accepted: 12 })
    const stop = new AbortController()
    const relayed: string[] = []
    const running = [
      engine.process({ lanes: 4, signal: stop.signal }),
      engine.relay(async ({ topic }) => void relayed.push(topic), { signal: stop.signal }),
    ]
    const until = async (done: number) => {
      for (let looks = 0; looks < 600; looks++) {
        const { flows } = await engine.stats()
        if (flows[0]?.events.done === done && relayed.length >= 11) return flows[0].events
        await world.sleep(50, stop.signal)
      }
      throw new Error(JSON.stringify(await engine.stats()))
    }
    expect(await until(11)).toMatchObject({ blocked: 1, open: 0 })
    const [{ id } = { id: "" }] = await query(`SELECT id FROM ${schema}.inbox WHERE source_id = 'held'`)
    const mara = { name: "mara", role: "operations" } as const
    await engine.decide(String(id), { kind: "skip" }, mara, "not ours")
    await engine.pauseTarget("erp", null, mara, "open")
    expect(await engine.verifyAudit()).toMatchObject({ kind: "unbroken" })
    await ledger.boss.supervise()
    stop.abort()
    await Promise.all(running)
    await ledger.close()
  })

  test.each([
    [`CREATE TABLE ${schema}.mine (a int)`],
    [`CREATE TABLE ${schema}_queue.mine (a int)`],
    ["CREATE SCHEMA fmap_test_mine"],
    [`ALTER TABLE ${schema}.inbox ADD COLUMN mine int`],
    [`DROP TABLE ${schema}.inbox`],
    [`TRUNCATE ${schema}.inbox`],
    [`UPDATE ${schema}.audit SET actor = 'nobody'`],
    [`DELETE FROM ${schema}.audit`],
    [`INSERT INTO ${schema}.migration VALUES (9999, 'x', 'x')`],
    [`DELETE FROM ${schema}.residence`],
  ])("is refused: %s", async text => {
    await expect(query(text, as(role))).rejects.toMatchObject({ code: "42501" })
  })

  test("does not open a ledger that is behind, and says who brings it up to date", async () => {
    const newest = newestSchema()
    const [row] = await query(`DELETE FROM ${schema}.migration WHERE number = ${newest} RETURNING name, at`)
    const opening = openPostgresLedger({ connection: as(role), schema }, world)
    await expect(opening).rejects.toThrow(
      new RegExp(`works on schema ${newest}; .*run fmap flow migrate`, "u"),
    )
    await query(`INSERT INTO ${schema}.migration VALUES (${newest}, '${row?.["name"]}', '${row?.["at"]}')`)
    await query(`UPDATE ${schema}_queue.version SET version = version - 1`)
    const other = openPostgresLedger({ connection: as(role), schema }, world)
    await expect(other).rejects.toThrow(/is not ready for this role .*run fmap flow migrate/u)
    await query(`UPDATE ${schema}_queue.version SET version = version + 1`)
    await (await openPostgresLedger({ connection: as(role), schema }, world)).close()
  })

  test("a role that was granted nothing is told the same", async () => {
    const opening = openPostgresLedger({ connection: as(stranger), schema }, world)
    await expect(opening).rejects.toThrow(/run fmap flow migrate .*--grant/u)
    await expect(opening).rejects.toThrow(NotPossible)
  })

  test("a role that is not there, or has a name that is none, is granted nothing", async () => {
    await expect(grantWork(connection, "fmap_test_nobody", schema)).rejects.toThrow("was granted nothing")
    await expect(grantWork(as(role), stranger, schema)).rejects.toThrow(NotPossible)
    expect(() => grantsFor('x"; DROP TABLE inbox; --')).toThrow("is no name of a role")
  })
})
