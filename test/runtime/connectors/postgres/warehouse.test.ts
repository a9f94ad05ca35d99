// A warehouse in PostgreSQL, on the server of the tests.
import { afterAll, beforeEach, describe, expect, test } from "vitest"
import type { Connector, LoadRequest } from "../../../../runtime/connectors/port/connector.ts"
import { postgresFailure } from "../../../../runtime/connectors/postgres/postgres-errors.ts"
import { createWarehouse } from "../../../../runtime/connectors/postgres/warehouse.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { connection, dropSchemas, query, serverAnswers } from "../../flow/postgres/server.ts"
import { all, anySignal, call, failureOf, noon, testSecrets, worldAt } from "../harness.ts"

const there = await serverAnswers()
const schema = "fmap_test_warehouse"
const open: Connector[] = []

function warehouse(url = connection) {
  const made = createWarehouse(
    {
      system: "Warehouse",
      connection: "env:WAREHOUSE",
      tables: {
        Actuals: { table: `${schema}.actuals`, key: ["version", "period", "account"], modified: "changed" },
        Counted: { table: `${schema}.counted`, key: ["id"], modified: "seq" },
        Odd: { table: `${schema}.Odd "name"`, key: ["id; DROP TABLE x"] },
      },
    },
    { secrets: testSecrets({ WAREHOUSE: url }), world: worldAt({ now: noon }) },
  )
  open.push(made)
  return made
}

const row = (account: string, amount: unknown = 1, period = "2026-03", version = "Actual") => ({
  version,
  period,
  account,
  amount,
})
const request = { object: "Actuals", key: "account", fields: null } as const
const load = (
  records: LoadRequest["records"],
  over: readonly string[] = ["version", "period"],
): LoadRequest => ({ ...request, records, mode: { kind: "replace", over } })
const amounts = async () =>
  (await query(`SELECT version, period, account, amount::text FROM ${schema}.actuals ORDER BY 1, 2, 3`)).map(
    one => Object.values(one).join(" "),
  )

describe.runIf(there)("a warehouse", () => {
  beforeEach(async () => {
    await Promise.all(open.splice(0).map(one => one.close()))
    await dropSchemas(schema)
    await query(`CREATE SCHEMA ${schema};
      CREATE TABLE ${schema}.actuals (version text, period text, account text, amount numeric NOT NULL, memo jsonb, booked boolean DEFAULT true,
        changed timestamptz DEFAULT '2026-03-31 10:00:00.123456+00', PRIMARY KEY (version, period, account));
      CREATE TABLE ${schema}.counted (id bigint PRIMARY KEY, seq bigint);
      CREATE TABLE ${schema}."Odd ""name""" ("id; DROP TABLE x" text PRIMARY KEY, "a""b" text)`)
  })
  afterAll(async () => {
    await Promise.all(open.splice(0).map(one => one.close()))
    await dropSchemas(schema)
  })

  test("rows by key: upsert, create, ensure, update, delete, with every digit", async () => {
    const db = warehouse()
    const exact = new ExactNumber("12345678901234567890.12345")
    const send = (
      verb: "upsert" | "create" | "ensure" | "update" | "delete",
      record: Readonly<Record<string, unknown>>,
    ) => db.send({ ...request, verb, record }, call())
    expect(await send("upsert", { ...row("4000", exact), memo: { why: ["O'Hara", 1] } })).toMatchObject({
      outcome: "created",
      answer: { account: "4000", amount: exact, memo: { why: ["O'Hara", 1] }, booked: true },
    })
    expect((await send("upsert", row("4000", 2))).outcome).toBe("updated")
    expect(await failureOf(send("create", row("4000")))).toMatchObject({ failure: "conflict", code: "23505" })
    expect(await send("ensure", row("4000", 99))).toMatchObject({
      outcome: "unchanged",
      answer: { amount: 2 },
    })
    expect((await send("ensure", row("5000"))).outcome).toBe("created")
    expect((await send("update", row("5000", 7))).answer["amount"]).toBe(7)
    expect(await failureOf(send("update", row("6000")))).toMatchObject({ failure: "rejected" })
    expect((await send("delete", row("5000"))).outcome).toBe("deleted")
    expect((await send("delete", row("5000"))).outcome).toBe("unchanged")
    expect(
      (await db.find({ ...request, verb: "create", record: row("4000") }, anySignal()))?.answer["amount"],
    ).toBe(2)
    expect(await db.find({ ...request, verb: "create", record: row("5000") }, anySignal())).toBeUndefined()
    expect(await failureOf(send("upsert", { version: "A", period: "P" }))).toMatchObject({ code: "NO_KEY" })
  })

  test("a load replaces the slices it is about, and nothing else", async () => {
    const db = warehouse()
    await db.load!(
      load([row("1", 1), row("2", 2), row("1", 9, "2026-02"), row("1", 8, "2026-03", "Budget")]),
      call(),
    )
    expect(await db.load!(load([row("2", "2.50"), row("3", 3)]), call())).toEqual({
      sent: 2,
      loaded: 2,
      ignored: 0,
      rejected: [],
    })
    expect(await amounts()).toEqual([
      "Actual 2026-02 1 9",
      "Actual 2026-03 2 2.50",
      "Actual 2026-03 3 3",
      "Budget 2026-03 1 8",
    ])
    // once more: the same
    await db.load!(load([row("2", "2.50"), row("3", 3)]), call())
    expect(await amounts()).toHaveLength(4)
    expect(await db.load!({ ...load([row("2", 5)]), mode: { kind: "add" } }, call())).toMatchObject({
      loaded: 1,
    })
    expect(await amounts()).toEqual([
      "Actual 2026-02 1 9",
      "Actual 2026-03 2 5",
      "Actual 2026-03 3 3",
      "Budget 2026-03 1 8",
    ])
  })

  test("a load that cannot be done leaves what was there", async () => {
    const db = warehouse()
    await db.load!(load([row("1", 1)]), call())
    const bad: readonly [LoadRequest["records"], string][] = [
      [[row("1", 2), row("2", "no number")], "22P02"],
      [[row("1", 2), row("2", null)], "23502"],
      [[row("1", 2), { ...row("2"), nowhere: 1 }], "42703"],
      [[row("1", 2), row("1", 3)], "DOUBLE_KEY"],
      [[row("1", 2), { version: "Actual", period: "2026-03", amount: 1 }], "NO_KEY"],
    ]
    for (const [records, code] of bad) {
      expect(await failureOf(db.load!(load(records), call()))).toMatchObject({ failure: "rejected", code })
      expect(await amounts()).toEqual(["Actual 2026-03 1 1"])
    }
  })

  test("a reader sees the old slice or the new one, never none", async () => {
    const db = warehouse()
    const records = Array.from({ length: 300 }, (_, i) => row(String(i)))
    await db.load!(load(records), call())
    let isLoading = true
    const loading = (async () => {
      for (let i = 0; i < 10; i++) await db.load!(load(records), call())
      isLoading = false
    })()
    const counts = new Set<unknown>()
    while (isLoading) counts.add((await query(`SELECT count(*)::int AS n FROM ${schema}.actuals`))[0]!["n"])
    await loading
    expect([...counts]).toEqual([300])
  })

  test("thirty thousand rows, two loads at a time", async () => {
    const db = warehouse()
    const records = Array.from({ length: 30_000 }, (_, i) => row(String(i), i))
    await Promise.all([db.load!(load(records), call("a")), db.load!(load(records), call("b"))])
    expect(
      (await query(`SELECT count(*)::int AS n, sum(amount)::text AS s FROM ${schema}.actuals`))[0],
    ).toEqual({ n: 30_000, s: "449985000" })
  })

  test("pages are behind the last key; conditions are values", async () => {
    const db = warehouse()
    await db.load!(load(Array.from({ length: 2_300 }, (_, i) => row(`'; DROP--${i}`, i))), call())
    const read = (
      where: readonly { field: string; value: unknown }[],
      fields: readonly string[] | null = ["amount"],
    ) => all(db.read({ ...request, fields, where }, anySignal()))
    const found = await read([])
    expect(found).toHaveLength(2_300)
    expect(new Set(found.map(one => (one as { amount: number }).amount)).size).toBe(2_300)
    expect(await read([{ field: "account", value: "'; DROP--7" }])).toEqual([{ amount: 7 }])
    expect(
      await read([
        { field: "amount", value: 8 },
        { field: "memo", value: null },
      ]),
    ).toEqual([{ amount: 8 }])
    expect((await read([{ field: "amount", value: 8 }], null))[0]).toMatchObject({
      account: "'; DROP--8",
      changed: "2026-03-31 10:00:00.123456+00",
      memo: null,
    })
  })

  test("names are names, whatever they say", async () => {
    const db = warehouse()
    const odd = { object: "Odd", key: "id; DROP TABLE x", fields: null } as const
    await db.send({ ...odd, verb: "upsert", record: { "id; DROP TABLE x": "1", 'a"b': "x" } }, call())
    expect(await all(db.read({ ...odd, where: [{ field: 'a"b', value: "x" }] }, anySignal()))).toEqual([
      { "id; DROP TABLE x": "1", 'a"b': "x" },
    ])
  })

  describe("changes", () => {
    const poll = async (db: Connector, object: string, cursor: string | null) => {
      const pages = []
      for await (const page of db.changes!(
        { object, key: "id", fields: ["id"], cursor, notByUs: false },
        anySignal(),
      ))
        pages.push(page)
      return pages
    }
    test("by a count: exactly what is behind the cursor", async () => {
      const db = warehouse()
      await query(`INSERT INTO ${schema}.counted SELECT i, i / 3 FROM generate_series(1, 2500) i`)
      const pages = await poll(db, "Counted", null)
      expect(pages.map(({ changes }) => changes.length)).toEqual([1_000, 1_000, 500])
      expect(pages[0]!.changes[0]).toEqual({
        id: '["1"]@0',
        version: "0",
        kind: "updated",
        record: { id: 1 },
      })
      const rest = await poll(db, "Counted", pages[0]!.cursor)
      expect(rest.flatMap(({ changes }) => changes)).toEqual(pages.slice(1).flatMap(({ changes }) => changes))
      expect(await poll(db, "Counted", pages.at(-1)!.cursor)).toEqual([])
    })
    test("by an instant: from somewhat before, the same with the same id", async () => {
      const db = warehouse()
      const at = (account: string, time: string) =>
        query(
          `INSERT INTO ${schema}.actuals (version, period, account, amount, changed) VALUES ('A', 'P', '${account}', 1, '2026-03-31 ${time}+00')`,
        )
      await at("1", "10:00:00")
      await at("2", "10:00:30.5")
      const read = async (cursor: string | null) => {
        const pages = []
        for await (const page of db.changes!(
          { ...request, fields: ["account"], cursor, notByUs: false },
          anySignal(),
        ))
          pages.push(page)
        return pages
      }
      const [page] = await read(null)
      expect(page!.changes.map(({ version }) => version)).toEqual([
        "2026-03-31T10:00:00.000000Z",
        "2026-03-31T10:00:30.500000Z",
      ])
      await at("late", "10:00:10")
      const [again] = await read(page!.cursor)
      expect(again!.changes.map(({ record }) => (record as { account: string }).account)).toEqual([
        "1",
        "late",
        "2",
      ])
      expect(again!.cursor).toBe(page!.cursor)
      await at("3", "10:05:00")
      const [third] = await read(again!.cursor)
      expect(JSON.parse(third!.cursor)[0]).toBe("2026-03-31 10:05:00+00")
    })
  })

  test("nobody there, a wrong password, a secret that is not there", async () => {
    const nobody = warehouse("postgres://postgres@127.0.0.1:1/postgres")
    expect(await failureOf(nobody.load!(load([row("1")]), call()))).toMatchObject({
      failure: "transient",
      code: "ECONNREFUSED",
    })
    const wrong = warehouse(connection.replace("postgres@", "nobody_at_all:CANARY-7f3a9b2c1d@"))
    const failed = await failureOf(wrong.load!(load([row("1")]), call()))
    expect(failed.failure).toBe("auth")
    expect(failed.message).not.toContain("CANARY")
  })

  test("work that is stopped is undone", async () => {
    const db = warehouse()
    const stop = new AbortController()
    await query(
      `CREATE FUNCTION ${schema}.slow() RETURNS trigger AS 'BEGIN PERFORM pg_sleep(2); RETURN NEW; END' LANGUAGE plpgsql; CREATE TRIGGER slow BEFORE INSERT ON ${schema}.actuals FOR EACH ROW EXECUTE FUNCTION ${schema}.slow()`,
    )
    setTimeout(() => stop.abort(), 200)
    expect(await failureOf(db.load!(load([row("1")]), { ...call(), signal: stop.signal }))).toMatchObject({
      failure: "transient",
    })
    expect(await amounts()).toEqual([])
  })
})

describe("errors by SQLSTATE and by how far the call was", () => {
  const error = (code: string | undefined) =>
    Object.assign(new Error("text"), code === undefined ? {} : { code })
  const cases: readonly [string | undefined, "open" | "work" | "end", string][] = [
    ["ECONNREFUSED", "open", "transient"],
    ["ECONNRESET", "work", "transient"],
    ["ECONNRESET", "end", "in-doubt"],
    [undefined, "end", "in-doubt"],
    ["57P01", "work", "transient"],
    ["57P01", "end", "in-doubt"],
    ["08006", "end", "in-doubt"],
    ["40001", "end", "transient"],
    ["40P01", "work", "transient"],
    ["53300", "open", "transient"],
    ["28P01", "open", "auth"],
    ["3D000", "open", "auth"],
    ["42501", "work", "auth"],
    ["23505", "work", "conflict"],
    ["23503", "work", "rejected"],
    ["23505", "end", "conflict"],
    ["22003", "work", "rejected"],
    ["42P01", "work", "rejected"],
  ]
  test.each(cases)("%s at %s is %s", (code, stage, failure) =>
    expect(postgresFailure("W", error(code), stage, text => text).failure).toBe(failure),
  )
})
