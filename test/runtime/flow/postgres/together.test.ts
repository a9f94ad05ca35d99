// Operations that share a transaction on PostgreSQL: each ends as it would have ended alone, whatever the others do.

import { Client, type PoolClient } from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { inOneGo, type Operation, together } from "../../../../runtime/flow/ledger/operation.ts"
import { sql, write } from "../../../../runtime/flow/ledger/statement.ts"
import { lockKey, messageOf } from "../../../../runtime/flow/stores/postgres/message.ts"
import {
  openPostgresLedger,
  type PostgresLedger,
} from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { ask, Entangled, runTogether } from "../../../../runtime/flow/stores/postgres/run-together.ts"
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

/** Ended as a transaction of the ledger is, with the messages it took. */
async function watched(
  operations: readonly Operation<unknown>[],
): Promise<{ readonly results: readonly unknown[]; readonly messages: number }> {
  let messages = 0
  const client = new Client({ connectionString: connection, options: `-c search_path=${schema}` })
  await client.connect()
  const counted = {
    query: (text: string) => {
      messages += 1
      return client.query(text)
    },
  } as unknown as PoolClient
  const prepared = { names: new Map(), begun: 0, count: 0 }
  const { ended, left } = await runTogether(counted, prepared, operations)
  await ask(counted, prepared, { ...left, commit: true })
  await client.end()
  return { results: ended.map(one => (one.kind === "done" ? one.result : one.error)), messages }
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
  test("a text with U+0000 is kept with a sign in its place, and ends no message", async () => {
    const ended = await all(
      () => keep("z1", "zero 1", "a"),
      () => keep("z2", "zero 2", "a\0'; DROP TABLE kept; --"),
      () => keep("z3", "zero 3", "c"),
    )
    expect(values(ended)).toEqual(["a", "a\u2400'; DROP TABLE kept; --", "c"])
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
    const parts = () => together(["c", "a", "b"].map(name => keep("parts", `part ${name}`, name)))
    const { results, messages } = await watched([parts()])
    expect(results).toEqual([["c", "a", "b"]])
    expect(messages).toBe(3)
  })
  test("what is asked in one go is asked in its order, in one message", async () => {
    function* inOrder(): Operation<unknown> {
      const rows = yield* inOneGo([
        sql`INSERT INTO kept (name, value) VALUES ('in one go', 'a')`,
        sql`UPDATE kept SET value = value || 'b' WHERE name = 'in one go' RETURNING value`,
        sql`SELECT value || 'c' AS value FROM kept WHERE name = 'in one go'`,
      ])
      return rows.map(([row]) => row?.["value"])
    }
    const { results, messages } = await watched([inOrder()])
    expect(results).toEqual([[undefined, "ab", "abc"]])
    expect(messages).toBe(2)
  })
  test("what is only written goes with what follows, in its order: the next question, or the commit", async () => {
    function* written(name: string): Operation<unknown> {
      yield* hold(name)
      yield write`INSERT INTO kept (name, value) VALUES (${name}, 'a')`
      yield write`UPDATE kept SET value = value || 'b' WHERE name = ${name}`
      const [row] = yield sql`SELECT value FROM kept WHERE name = ${name}`
      yield write`UPDATE kept SET value = value || 'c' WHERE name = ${name}`
      return row?.["value"]
    }
    const { results, messages } = await watched([written("written 1"), written("written 2")])
    expect(results).toEqual(["ab", "ab"])
    expect(messages).toBe(2)
    expect(await query(`SELECT value FROM ${schema}.kept WHERE name LIKE 'written %'`)).toEqual([
      { value: "abc" },
      { value: "abc" },
    ])
  })
  test("what was only written by one that then throws is not kept", async () => {
    function* thrown(): Operation<never> {
      yield* hold("t2")
      yield write`INSERT INTO kept (name, value) VALUES ('of the thrown', '')`
      throw new RangeError("thrown")
    }
    const ended = await all(
      () => keep("t1", "beside thrown 1", "a"),
      thrown,
      () => keep("t3", "beside thrown 2", "b"),
    )
    expect(values(ended)).toEqual(["a", "RangeError: thrown", "b"])
    expect(await query(`SELECT * FROM ${schema}.kept WHERE name = 'of the thrown'`)).toEqual([])
  })
  test("a write the server refuses at the commit fails alone", async () => {
    function* twice(): Operation<void> {
      yield* hold("w2")
      yield write`INSERT INTO kept (name, value) VALUES ('refused at the end', 'a'), ('refused at the end', 'b')`
    }
    const ended = await all(
      () => keep("w1", "beside refused 1", "a"),
      twice,
      () => keep("w3", "beside refused 2", "b"),
    )
    expect(values(ended)).toEqual(["a", expect.stringContaining("duplicate key"), "b"])
    expect(await query(`SELECT * FROM ${schema}.kept WHERE name = 'refused at the end'`)).toEqual([])
  })
  test("plans are made anew as the tables grow", () => {
    const prepared = { names: new Map(), begun: 0, count: 0 }
    const wanted = { begin: "alone", locks: [], statements: [], commit: true } as const
    const anew = Array.from({ length: 1_100 }, (_, i) => i + 1).filter(() =>
      messageOf(wanted, prepared).text.includes("DISCARD PLANS"),
    )
    expect(anew).toEqual([16, 64, 256, 1024])
  })
  test("that wait for each other say so", async () => {
    function* crossed(first: string, second: string): Operation<void> {
      yield* hold(first)
      yield sql`SELECT 1 AS one`
      yield* hold(second)
    }
    const client = new Client({ connectionString: connection })
    await client.connect()
    const run = runTogether(client as unknown as PoolClient, { names: new Map(), begun: 0, count: 0 }, [
      crossed("p", "q"),
      crossed("q", "p"),
    ])
    await expect(run).rejects.toThrow(Entangled)
    await client.end()
  })
})

test.skipIf(!there)(
  "an operation is started once, and once more where another broke the transaction it shared",
  async () => {
    const starts = new Map<string, number>()
    const started = (name: string, operation: () => Operation<unknown>) =>
      ledger.run(function* () {
        starts.set(name, (starts.get(name) ?? 0) + 1)
        return yield* operation()
      })
    const read = function* (): Operation<number> {
      const [row] = yield sql`SELECT 7 AS seven`
      return Number(row?.["seven"])
    }
    const nothing = function* (asks = false): Operation<string> {
      if (asks) yield sql`SELECT 1 AS one`
      return "nothing was asked"
    }
    expect(
      await Promise.all([
        started("locks", () => keep("once a", "once a", "1")),
        started("reads", read),
        started("asks nothing", () => nothing()),
      ]),
    ).toEqual(["1", 7, "nothing was asked"])
    expect(Object.fromEntries(starts)).toEqual({ locks: 1, reads: 1, "asks nothing": 1 })
    starts.clear()
    const ends = await Promise.allSettled([
      started("beside", () => keep("once b", "once b", "2")),
      started("broken", () => broken("once c")),
    ])
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected"])
    expect(Object.fromEntries(starts)).toEqual({ beside: 2, broken: 2 })
    expect(await query(`SELECT name FROM ${schema}.kept WHERE name LIKE 'once%' ORDER BY name`)).toHaveLength(
      2,
    )
  },
)
