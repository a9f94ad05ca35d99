// How stores find what people look for: by seeks. No plan reads the inbox through. On a file and on PostgreSQL; figures.test.ts has those of counts and sums.

import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Client } from "pg"
import { expect, test } from "vitest"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import type { Operation, Row } from "../../../runtime/flow/ledger/operation.ts"
import type { Statement } from "../../../runtime/flow/ledger/statement.ts"
import { eventsOfSource, sameTransaction, trace } from "../../../runtime/flow/ledger/trace.ts"
import { openPostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { correlationsOf } from "../../../runtime/http/work/find-transactions.ts"
import { folderWith } from "../../cli/folder.ts"
import { connection, dropSchemas, serverAnswers } from "./postgres/server.ts"

const there = await serverAnswers()
const world = systemWorld()

const looks: Readonly<Record<string, () => Operation<unknown>>> = {
  "a transaction": () => trace("a"),
  "what is of the same transaction": () => sameTransaction("a", 200),
  "transactions by any name of an event": () => correlationsOf("a"),
  "events by the beginning of their source's id": () => eventsOfSource("a", 2),
}

/** What it asks where there is one flow with one source. */
function statementsOf(operation: Operation<unknown>): readonly Statement[] {
  const found: Statement[] = []
  let rows: readonly Row[] = []
  for (let step = operation.next([]); step.done !== true; step = operation.next(rows)) {
    rows = []
    if (step.value.kind === "together") found.push(...step.value.operations.flatMap(one => statementsOf(one)))
    if (step.value.kind !== "sql") continue
    found.push(step.value)
    if (step.value.pieces[0]?.includes("RECURSIVE")) rows = [{ flow: "Orders", source: "shop" }]
  }
  return found
}

/** What is looked for is never sealed. */
function plain(value: Statement["values"][number]): string | number | null {
  if (typeof value === "object" && value !== null) throw new TypeError("a sealed value")
  return value
}

const readsThrough = (line: string) => /SCAN inbox\b/u.test(line)

test.each(Object.entries(looks))("in a file: %s", (_, look) => {
  const file = join(folderWith({}), "fmap.db")
  openSqliteLedger(file, world).close()
  const database = new DatabaseSync(file)
  const plans = statementsOf(look()).map(({ pieces, values }) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${pieces.join("?")}`)
      .all(...values.map(plain))
      .map(row => String(row["detail"])),
  )
  database.close()
  expect(plans.flat().filter(readsThrough)).toEqual([])
  expect(plans.flat().some(line => line.includes("inbox"))).toBe(true)
})

test.skipIf(!there).each(Object.entries(looks))("in PostgreSQL: %s", async (name, look) => {
  const schema = `fmap_test_plans_${Object.keys(looks).indexOf(name)}`
  await dropSchemas(schema)
  await (await openPostgresLedger({ connection, schema }, world)).close()
  const client = new Client({ connectionString: connection, options: `-c search_path=${schema}` })
  await client.connect()
  try {
    // A table without rows is read through whatever indexes it has.
    await client.query("SET enable_seqscan = off")
    const plans: string[] = []
    for (const { pieces, values } of statementsOf(look())) {
      const text = pieces.reduce((all, piece, index) => `${all}$${index}${piece}`)
      const { rows } = await client.query(`EXPLAIN ${text}`, values.map(plain))
      plans.push(...rows.map(row => String(row["QUERY PLAN"])))
    }
    expect(plans.filter(line => /Seq Scan on inbox/u.test(line))).toEqual([])
    expect(plans.some(line => /Index.* on inbox/u.test(line))).toBe(true)
  } finally {
    await client.end()
    await dropSchemas(schema)
  }
})
