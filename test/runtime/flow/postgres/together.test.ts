// Operations that share a transaction on PostgreSQL: each ends as it would have ended alone, whatever the others do.

import { Client, type PoolClient } from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { type Operation, together } from "../../../../runtime/flow/ledger/operation.ts"
import { sql } from "../../../../runtime/flow/ledger/statement.ts"
import { lockKey } from "../../../../runtime/flow/stores/postgres/message.ts"
import {
  openPostgresLedger,
  type PostgresLedger,
} from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { Entangled, runTogether } from "../../../../runtime/flow/stores/postgres/run-together.ts"
import { connection, dropSchemas, query, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const schema = "fmap_test_together"
let ledger: PostgresLedger

beforeAll(async () => {
  if (!there) return
  await dropSchemas(schema)
  ledger = await openPostgresLedger({ connection, schema }, systemWorld())
  await query(`CREATE TABLE ${schema}.kept (seq bigserial, name text PRIMARY KEY, value text)`)
})
afterAll(async () => {
  if (!there) return
  await ledger.close()
  await dropSchemas(schema)
})

function* hold(name: string): Operation<void> {
  yield { kind: "lock", name }
}

function* keep(lock: string, name: string, value: string): Operation<string> {
  yield* hold(lock)
  yield sql`INSERT INTO kept (name, value) VALUES (${name}, ${value})`
  const [row] = yield sql`SELECT value FROM kept WHERE name = ${name}`
  return String(row?.["value"])
}

/** Reads what is there and adds to it: two at once would lose one. */
function* count(lock: string, name: string): Operation<number> {
  yield* hold(lock)
  const [row] = yield sql`SELECT value FROM kept WHERE name = ${name}`
  const now = Number(row?.["value"] ?? 0) + 1
  if (row === undefined) yield sql`INSERT INTO kept (name, value) VALUES (${name}, ${String(now)})`
  else yield sql`UPDATE kept SET value = ${String(now)} WHERE name = ${name}`
  return now
}

function* refused(lock: string, before: "read" | "write"): Operation<never> {
  yield* hold(lock)
  if (before === "write") yield sql`INSERT INTO kept (name, value) VALUES ('of the refused', '')`
  else yield sql`SELECT value FROM kept WHERE name = 'x'`
  throw new RangeError("refused")
}

function* broken(lock: string): Operation<void> {
  yield* hold(lock)
  yield sql`INSERT INTO kept (name, value) VALUES ('of the broken', '')`
  yield sql`SELECT value / 0 FROM nowhere`
}

const all = (...operations: readonly (() => Operation<unknown>)[]) =>
  Promise.allSettled(operations.map(operation => ledger.run(operation)))
const values = (ended: readonly PromiseSettledResult<unknown>[]) =>
  ended.map(one => (one.status === "fulfilled" ? one.value : String(one.reason)))
const transactions = async (names: string) =>
  (await query(`SELECT count(DISTINCT xmin::text) AS n FROM ${schema}.kept WHERE name LIKE '${names}'`))[0]?.[
    "n"
  ]

/** Texts that would end a literal, a statement or a message, were they written into it as they are. */
const hostile = [
  "it's",
  "'; DROP TABLE kept; --",
  "\\'; DROP TABLE kept; --",
  "\\",
  "E'\\n'",
  "$1 $$ $tag$",
  "a\nb\r\t",
  "ü€😀",
  '"',
  "",
  "/* */ --",
  "x".repeat(100_000),
]

describe.skipIf(!there)("operations that share a transaction", () => {
  test("share it", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `share ${i}`)
    expect(values(await all(...names.map(name => () => keep(name, name, name))))).toEqual(names)
    expect(await transactions("share %")).toBe("1")
  })
  test("bring back every text as it was given, as a value of a prepared statement", async () => {
    const ended = await all(...hostile.map((text, i) => () => keep(`h${i}`, `hostile ${i}`, text)))
    expect(values(ended)).toEqual(hostile)
  })
  test("and as a value of a statement that is written out", async () => {
    function* whole(text: string): Operation<unknown> {
      yield* hold(`whole ${text}`)
      const [row] = yield sql`SELECT * FROM kept WHERE value = ${text} AND name LIKE 'hostile %'`
      return row?.["value"]
    }
    expect(values(await all(...hostile.map(text => () => whole(text))))).toEqual(hostile)
  })
  test("a text with U+0000 is refused, and the others are kept", async () => {
    const ended = await all(
      () => keep("z1", "zero 1", "a"),
      () => keep("z2", "zero 2", "a\0'; DROP TABLE kept; --"),
      () => keep("z3", "zero 3", "c"),
    )
    expect(values(ended)).toEqual(["a", expect.stringContaining("U+0000"), "c"])
  })
  test("with one lock they run one after the other", async () => {
    const ended = await all(...Array.from({ length: 20 }, () => () => count("one lock", "counted")))
    expect(values(ended).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
    expect(await transactions("counted")).toBe("1")
  })
  test.each(["read", "write"] as const)(
    "one that is refused when it has made a %s fails alone",
    async before => {
      const ended = await all(
        () => keep("r1", `beside ${before} 1`, "a"),
        () => refused("r2", before),
        () => keep("r3", `beside ${before} 2`, "b"),
      )
      expect(values(ended)).toEqual(["a", "RangeError: refused", "b"])
      expect(await query(`SELECT * FROM ${schema}.kept WHERE name = 'of the refused'`)).toEqual([])
    },
  )
  test("one whose statement the server refuses fails alone, and the connection goes on", async () => {
    for (const round of [1, 2]) {
      const ended = await all(
        () => keep("b1", `beside broken ${round} 1`, "a"),
        () => broken("b2"),
        () => keep("b3", `beside broken ${round} 2`, "b"),
      )
      expect(values(ended)).toEqual(["a", expect.stringContaining("nowhere"), "b"])
    }
    expect(await query(`SELECT * FROM ${schema}.kept WHERE name = 'of the broken'`)).toEqual([])
  })
  test("two that want each other's lock both end", async () => {
    function* both(first: string, second: string, name: string): Operation<string> {
      yield* hold(first)
      yield sql`INSERT INTO kept (name, value) VALUES (${`${name} 1`}, '')`
      yield* hold(second)
      yield sql`INSERT INTO kept (name, value) VALUES (${`${name} 2`}, '')`
      return name
    }
    const ended = await all(
      () => both("p", "q", "p before q"),
      () => both("q", "p", "q before p"),
    )
    expect(values(ended)).toEqual(["p before q", "q before p"])
  })
  test("one that waits for another process does not hold up the others", async () => {
    const other = new Client({ connectionString: connection })
    await other.connect()
    await other.query("BEGIN")
    await other.query(`SELECT pg_advisory_xact_lock(${lockKey({ kind: "lock", name: "held elsewhere" })})`)
    const late = ledger.run(() => keep("held elsewhere", "late", "late"))
    // Ends while the lock is still held: else this test would not end.
    expect(await ledger.run(() => keep("free", "not late", "early"))).toBe("early")
    await other.query("COMMIT")
    await other.end()
    expect(await late).toBe("late")
  })
  test("parts of one run side by side, and give their results in order", async () => {
    const texts: string[] = []
    const client = new Client({ connectionString: connection, options: `-c search_path=${schema}` })
    await client.connect()
    const watched = {
      query: (text: string) => {
        texts.push(text)
        return client.query(text)
      },
    } as unknown as PoolClient
    const parts = () => together(["c", "a", "b"].map(name => keep("parts", `part ${name}`, name)))
    const { ended } = await runTogether(watched, { names: new Map(), count: 0 }, [parts()])
    await client.query("COMMIT")
    await client.end()
    expect(ended).toEqual([{ kind: "done", result: ["c", "a", "b"] }])
    expect(texts).toHaveLength(2)
  })
  test("that wait for each other say so", async () => {
    function* crossed(first: string, second: string): Operation<void> {
      yield* hold(first)
      yield sql`SELECT 1 AS one`
      yield* hold(second)
    }
    const client = new Client({ connectionString: connection })
    await client.connect()
    const run = runTogether(client as unknown as PoolClient, { names: new Map(), count: 0 }, [
      crossed("p", "q"),
      crossed("q", "p"),
    ])
    await expect(run).rejects.toThrow(Entangled)
    await client.end()
  })
})
