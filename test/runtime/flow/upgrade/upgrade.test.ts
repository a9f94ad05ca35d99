// Ledgers that fmap wrote before, in the midst of work: opened by this one, they drain, and nothing is done twice. On a file and on PostgreSQL.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { pollChanges } from "../../../../runtime/flow/program/sources/poll-changes.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { root } from "../../../architecture/source-files.ts"
import { folderWith } from "../../../cli/folder.ts"
import { drain, type EngineOf, flowsOn, rowsOf, systemsInTheMidst } from "../midst/midst-of-work.ts"
import { connection, dropSchemas, query, serverAnswers } from "../postgres/server.ts"
import type { FakeSystem } from "../program/fake-system.ts"
import { quoteToOrder } from "../program/quote-to-order.ts"

const there = await serverAnswers()
const world = systemWorld()
const dumps = readdirSync(import.meta.dirname).flatMap(name => {
  const [, schema] = /^schema-(\d+)\.sql$/u.exec(name) ?? []
  return schema === undefined ? [] : [Number(schema)]
})

/** The schema as it was: files of migrations never change. */
function schemaOf(store: "sqlite" | "postgres", until: number): string {
  const folder = join(root, "runtime/flow/stores", store, "migrations")
  const files = readdirSync(folder).toSorted()
  return files
    .filter(name => Number(name.slice(0, 4)) <= until)
    .map(name => readFileSync(join(folder, name), "utf8"))
    .join("\n")
}

const dumpOf = (schema: number) => readFileSync(join(import.meta.dirname, `schema-${schema}.sql`), "utf8")
const migrationTable = (type: string) =>
  `CREATE TABLE migration (number ${type} PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)`

async function drained(engineOf: EngineOf, ledger: Ledger): Promise<void> {
  const [before] = await rowsOf(ledger, "SELECT count(*) AS n FROM effect WHERE state = 'done'")
  expect(Number(before?.["n"])).toBeGreaterThan(3)
  const receipts = await rowsOf(ledger, "SELECT key, receipt FROM effect WHERE state = 'done' ORDER BY key")
  const systems = systemsInTheMidst()
  await drain(engineOf, ledger, systems, world)
  expect(await ledger.run(brokenInvariants)).toEqual([])
  const after = await rowsOf(ledger, "SELECT key, receipt FROM effect WHERE state = 'done' ORDER BY key")
  for (const receipt of receipts) expect(after).toContainEqual(receipt)
  // Done once more are those of the reissue alone.
  const orders = systems
    .find(({ system }) => system === "NetSuite")
    ?.told.filter(line => line.includes("upsert salesOrder"))
  expect(orders?.filter(line => line.includes("006B")).length).toBe(1)
  await pollChanges({
    spec: quoteToOrder,
    flow: flowsOn(systems, ledger, world)[0] as Flow,
    connector: systems[0] as FakeSystem,
    facts: { key: "Id", fields: null },
    ledger,
    world,
    begin: "beginning",
  }).once(new AbortController().signal)
  expect(await rowsOf(ledger, "SELECT name, value FROM watermark")).toEqual([
    { name: "changes:QuoteToOrder:Salesforce:Opportunity", value: "c:5" },
  ])
  expect(await rowsOf(ledger, "SELECT DISTINCT reader FROM seen")).toEqual([
    { reader: "QuoteToOrder:Salesforce:Opportunity" },
  ])
  expect(
    await rowsOf(ledger, "SELECT state, count(*) AS n FROM inbox GROUP BY state ORDER BY state"),
  ).toEqual([
    { state: "done", n: expect.anything() },
    { state: "skipped", n: expect.anything() },
  ])
}

describe.each(dumps)("a ledger of schema %i", schema => {
  test("in a file goes on", async () => {
    const file = join(folderWith({}), "fmap.db")
    const database = new DatabaseSync(file)
    database.exec(`${migrationTable("INTEGER")} STRICT;\n${schemaOf("sqlite", schema)}`)
    database.exec(dumpOf(schema))
    database.close()
    const ledger = openSqliteLedger(file, world)
    await drained(flows => createEngine({ flows, ledger, world, worker: "w" }), ledger)
    ledger.close()
  }, 60_000)

  test.skipIf(!there)(
    "in PostgreSQL goes on",
    async () => {
      const name = `fmap_test_upgrade_${schema}`
      await dropSchemas(name)
      await query(
        `CREATE SCHEMA ${name}; SET search_path TO ${name}; ${migrationTable("integer")};\n${schemaOf("postgres", schema)};\n${dumpOf(schema)}
      SELECT setval(pg_get_serial_sequence('inbox', 'seq'), 100), setval(pg_get_serial_sequence('exception', 'seq'), 100),
        setval(pg_get_serial_sequence('decision', 'seq'), 100), setval(pg_get_serial_sequence('outbox', 'seq'), 100)`,
      )
      const ledger = await openPostgresLedger({ connection, schema: name, connections: 10 }, world)
      try {
        await drained(flows => createPostgresEngine({ flows, ledger, world, worker: "w" }), ledger)
      } finally {
        await ledger.close()
        await dropSchemas(name)
      }
    },
    60_000,
  )
})
