// Payloads encrypted by tenant, on both stores: nothing of them in the file, its log or any table; all that worked before works; texts cannot change places; keys rotate; a key that is missing stops what it encrypted.
import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import type { Operation, Row } from "../../../runtime/flow/ledger/operation.ts"
import { queuedExceptions } from "../../../runtime/flow/ledger/queue.ts"
import { type Sealed, sealed } from "../../../runtime/flow/ledger/sealed.ts"
import { trace } from "../../../runtime/flow/ledger/trace.ts"
import { traceKey } from "../../../runtime/flow/ledger/trace-key.ts"
import { behindVault, createVault, type Vault } from "../../../runtime/flow/ledger/vault.ts"
import { moveLedger } from "../../../runtime/flow/move/move-ledger.ts"
import type { Engine } from "../../../runtime/flow/port/engine.ts"
import { BusinessException, CallFailed, NotPossible } from "../../../runtime/flow/port/failures.ts"
import type { Flow, Target } from "../../../runtime/flow/port/flow.ts"
import { rehearse } from "../../../runtime/flow/replay/rehearse.ts"
import { openPostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { sqliteSource, sqliteTarget } from "../../../runtime/flow/stores/sqlite/sqlite-end.ts"
import { connection, dropSchemas, query, serverAnswers } from "./postgres/server.ts"

const world = systemWorld()
const mara = { name: "mara", role: "operations" } as const
const secret = (byte: number) => new Uint8Array(32).fill(byte)
const one = { id: "one", secret: secret(1) }
const two = { id: "two", secret: secret(2) }
const vaultOf = (...keys: readonly { readonly id: string; readonly secret: Uint8Array }[]) =>
  createVault("acme", keys)

interface Store {
  readonly ledger: Ledger
  readonly engineOf: (flows: readonly Flow[], ledger: Ledger) => Engine
  /** All that is at rest, as text. */
  readonly bytes: () => Promise<string>
  readonly close: () => Promise<void>
}

const stores: Readonly<Record<"a file" | "PostgreSQL", () => Promise<Store>>> = {
  "a file": async () => {
    const folder = mkdtempSync(join(tmpdir(), "fmap-vault-"))
    const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
    return {
      ledger,
      engineOf: (flows, behind) => createEngine({ flows, ledger: behind, world, worker: "w" }),
      bytes: async () =>
        readdirSync(folder)
          .map(name => readFileSync(join(folder, name), "latin1"))
          .join("\n"),
      close: async () => ledger.close(),
    }
  },
  PostgreSQL: async () => {
    const schema = `fmap_test_vault_${process.pid}`
    await dropSchemas(schema)
    const ledger = await openPostgresLedger({ connection, schema }, world)
    return {
      ledger,
      engineOf: (flows, behind) =>
        createPostgresEngine({ flows, ledger: behind as typeof ledger, world, worker: "w" }),
      async bytes() {
        const tables = await query(
          `SELECT table_schema AS s, table_name AS t FROM information_schema.tables WHERE table_schema IN ('${schema}', '${schema}_queue')`,
        )
        const all: string[] = []
        for (const { s, t } of tables) all.push(JSON.stringify(await query(`SELECT * FROM ${s}.${t}`)))
        return all.join("\n")
      },
      async close() {
        await ledger.close()
        await dropSchemas(schema)
      },
    }
  },
}
const there = await serverAnswers()
const names = (["a file", "PostgreSQL"] as const).filter(name => name === "a file" || there)

const rowsOf = (ledger: Ledger, text: string) =>
  ledger.run(function* (): Operation<readonly Row[]> {
    return yield { kind: "sql", pieces: [text], values: [] }
  })

const erp: Target = { name: "erp", idempotency: {} }
let fails = false
const flow: Flow = {
  name: "orders",
  version: "1",
  lane: event => event.id,
  retry: { attempts: 2, baseMs: 1 },
  async handler(event, ctx) {
    const { how } = event.payload as { readonly how: string }
    const read = await ctx.step("look", () => ({ name: "CANARY-read" }), {
      target: erp,
      asked: "CANARY-asked",
    })
    if (how === "held")
      ctx.raise(new BusinessException("HELD", "CANARY-message", { issues: [], value: "CANARY-detail" }))
    if (how === "broken") throw new Error("CANARY-thrown")
    await ctx.effect({
      name: "post",
      target: erp,
      request: { how, read, text: "CANARY-request" },
      send: async () => {
        if (how === "doubt") throw new CallFailed("in-doubt", "LOST", "CANARY-failure")
        if (fails) throw new CallFailed("transient", "BUSY", "CANARY-busy")
        return { answer: "CANARY-receipt" }
      },
      following: () => [
        { name: "next", to: { kind: "flow", flow: "next" }, payload: { text: "CANARY-next" } },
      ],
    })
    ctx.emit({ name: "out", to: { kind: "topic", topic: "out" }, payload: { text: "CANARY-outbox" } })
  },
}
const next: Flow = { name: "next", version: "1", lane: () => "n", handler: () => undefined }
const order = (id: string, how = "good") => ({
  flow: "orders",
  source: "s",
  id,
  payload: { how, text: "CANARY-payload" },
  amount: { value: "12.50", currency: "EUR" },
})

/** Works until nothing is ready. */
async function worked(engine: Engine, ledger: Ledger): Promise<void> {
  const stop = new AbortController()
  const running = engine.process({ lanes: 4, signal: stop.signal })
  for (let looks = 0; looks < 400; looks++) {
    const ready = await rowsOf(ledger, "SELECT 1 AS one FROM lane WHERE state IN ('ready', 'running')")
    if (ready.length === 0) break
    await world.sleep(20, stop.signal)
  }
  stop.abort()
  await running
}

const idOf = async (ledger: Ledger, source: string) =>
  String((await rowsOf(ledger, `SELECT id FROM inbox WHERE source_id = '${source}'`))[0]?.["id"])

test.each(names)(
  "on %s nothing of a payload is at rest, and all works",
  async name => {
    const store = await stores[name]()
    const ledger = behindVault(store.ledger, vaultOf(one))
    const engine = store.engineOf([flow, next], ledger)
    fails = false
    await engine.append([
      order("a"),
      order("b"),
      order("h", "held"),
      order("d", "doubt"),
      order("x", "broken"),
    ])
    await worked(engine, ledger)
    expect(await engine.append([order("a")])).toMatchObject({ duplicates: 1 })
    expect(await engine.append([order("a", "other")]), "another payload").toMatchObject({
      conflicts: [{ id: "a" }],
    })
    const exceptions = await ledger.run(() => queuedExceptions(false))
    expect(exceptions.map(({ code }) => code).toSorted()).toEqual(["DEFECT", "HELD", "ID_REUSED", "IN_DOUBT"])
    expect(exceptions.find(({ code }) => code === "HELD")).toMatchObject({
      message: "CANARY-message",
      detail: { value: "CANARY-detail" },
    })
    const edited = { kind: "edit", payload: { how: "good", text: "CANARY-edited" } } as const
    await engine.decide(await idOf(ledger, "h"), edited, mara, "put right")
    const receipt = { kind: "done", receipt: { answer: "CANARY-settled" } } as const
    await engine.decide(
      await idOf(ledger, "d"),
      { kind: "settle", effect: "post", outcome: receipt },
      mara,
      "looked",
    )
    await worked(engine, ledger)
    const editedId = await idOf(ledger, "h")
    const [event] = await ledger.run(() => trace(editedId))
    expect(event).toMatchObject({
      state: "done",
      payload: { text: "CANARY-edited" },
      effects: [{ receipt: { answer: "CANARY-receipt" } }],
      steps: [{ result: { name: "CANARY-read" } }, { result: { name: "CANARY-read" } }],
    })
    const { stations } = await traceKey(ledger, "CANARY-edited", { key: () => null, answers: () => [] })
    expect(stations.map(one => one.event.sourceId)).toContain("h")
    const rehearsed: string[] = []
    for await (const { sourceId, verdict } of rehearse(
      {},
      { flows: [flow, next], ledger },
      new AbortController().signal,
    ))
      rehearsed.push(`${sourceId} ${verdict}`)
    expect(rehearsed).toContain("a equal")
    const seen: unknown[] = []
    const stop = new AbortController()
    const relaying = engine.relay(async ({ payload }) => void seen.push(payload), { signal: stop.signal })
    for (let looks = 0; looks < 200 && seen.length < 4; looks++) await world.sleep(20, stop.signal)
    stop.abort()
    await relaying
    expect(seen).toEqual(Array.from({ length: 4 }, () => ({ text: "CANARY-outbox" })))
    const bytes = await store.bytes()
    expect(bytes, "what is looked at holds the ledger").toContain("orders")
    expect([...new Set(bytes.match(/CANARY-[a-z]+/gu))]).toEqual([])
    // Two equal payloads are not equal at rest, nor are their hashes.
    const rest = await rowsOf(
      store.ledger,
      "SELECT payload, payload_hash FROM inbox WHERE source_id IN ('a', 'b')",
    )
    expect(new Set(rest.flatMap(row => [row["payload"], row["payload_hash"]])).size).toBe(4)
    await store.close()
  },
  60_000,
)

test.each(names)(
  "on %s keys rotate, and one that is missing stops what it encrypted and nothing else",
  async name => {
    const store = await stores[name]()
    const at = (vault: Vault | undefined) => {
      const ledger = vault === undefined ? store.ledger : behindVault(store.ledger, vault)
      return { ledger, engine: store.engineOf([flow, next], ledger) }
    }
    fails = false
    const before = at(vaultOf(one))
    await before.engine.append([order("old"), order("held", "held")])
    // Newer texts under the newer key, older ones still readable.
    const rotated = at(vaultOf(two, one))
    await rotated.engine.append([order("new")])
    const keys = await rowsOf(
      store.ledger,
      "SELECT source_id, payload FROM inbox WHERE flow = 'orders' ORDER BY seq",
    )
    expect(keys.map(row => String(row["payload"]).split(":")[2])).toEqual(["one", "one", "two"])
    // The old key is taken away too early.
    const short = at(vaultOf(two))
    await worked(short.engine, short.ledger)
    const states = async () =>
      Object.fromEntries(
        (await rowsOf(store.ledger, "SELECT source_id, state FROM inbox WHERE flow = 'orders'")).map(row => [
          row["source_id"],
          row["state"],
        ]),
      )
    expect(await states()).toEqual({ old: "blocked", held: "blocked", new: "done" })
    const told = await short.ledger.run(() => queuedExceptions(false))
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      ["KEY_MISSING", 'The key "one" that sealed this is not here'],
      ["KEY_MISSING", 'The key "one" that sealed this is not here'],
    ])
    expect(await short.engine.append([order("old")]), "nobody can tell").toMatchObject({
      conflicts: [{ id: "old" }],
    })
    // Without any key lists and pages still come.
    const none = at(undefined)
    expect((await none.ledger.run(() => queuedExceptions(false)))[0]?.message).toContain('The key "two"')
    const oldId = await idOf(store.ledger, "old")
    const [shown] = await none.ledger.run(() => trace(oldId))
    expect(shown?.payload).toEqual({ KEY_MISSING: 'The key "one" that sealed this is not here' })
    const judged: string[] = []
    for await (const { sourceId, verdict } of rehearse(
      { flow: "orders" },
      { flows: [flow, next], ledger: short.ledger },
      new AbortController().signal,
    ))
      judged.push(`${sourceId} ${verdict}`)
    expect(judged).toContain("old person")
    // It comes back: nothing was lost.
    await rotated.engine.decide(oldId, { kind: "retry" }, mara, "the key is back")
    await worked(rotated.engine, rotated.ledger)
    expect((await states())["old"]).toBe("done")
    await store.close()
  },
  60_000,
)

test.each(names)(
  "on %s a text that was put elsewhere, or changed, is not taken for what it is not",
  async name => {
    const store = await stores[name]()
    const ledger = behindVault(store.ledger, vaultOf(one))
    const engine = store.engineOf([flow, next], ledger)
    fails = false
    await engine.append([order("a"), order("b"), order("c")])
    const cells = await rowsOf(store.ledger, "SELECT id, payload FROM inbox ORDER BY seq")
    const [a, b, c] = cells.map(row => ({ id: String(row["id"]), payload: String(row["payload"]) }))
    const put = (id: string | undefined, payload: string) =>
      rowsOf(store.ledger, `UPDATE inbox SET payload = '${payload}' WHERE id = '${id}'`)
    await put(a?.id, b?.payload ?? "")
    const last = c?.payload.at(-10)
    await put(c?.id, `${c?.payload.slice(0, -10)}${last === "A" ? "B" : "A"}${c?.payload.slice(-9)}`)
    await worked(engine, ledger)
    const told = await ledger.run(() => queuedExceptions(false))
    expect(told.map(({ code, sourceId }) => [code, sourceId]).toSorted()).toEqual([
      ["NOT_AUTHENTIC", "a"],
      ["NOT_AUTHENTIC", "c"],
    ])
    expect(told[0]?.message).toContain("somebody changed the ledger")
    expect(
      await rowsOf(
        store.ledger,
        "SELECT 1 AS one FROM effect WHERE event IN (SELECT id FROM inbox WHERE source_id <> 'b' AND flow = 'orders')",
      ),
    ).toEqual([])
    await store.close()
  },
  60_000,
)

const text: Sealed = sealed("payload", { id: "x" }, "secret")

test.each([
  ["as it was", "acme", { id: "x" }, "payload", "secret"],
  ["another row", "acme", { id: "y" }, "payload", "sealed:broken:one"],
  ["another column", "acme", { id: "x" }, "receipt", "sealed:broken:one"],
  ["another tenant with the same key", "other", { id: "x" }, "payload", "sealed:broken:one"],
])("a text is bound: %s", (_, tenant, row, column, expected) => {
  const cell = createVault("acme", [one]).seal(text)
  expect(createVault(tenant, [one]).open({ ...row, [column]: cell })).toEqual({ ...row, [column]: expected })
})

test("a query that does not ask for what a text is bound to is a defect, and not a changed ledger", () => {
  const vault = vaultOf(one)
  expect(() => vault.open({ payload: vault.seal(text) })).toThrow("is read without id")
})

test.each([
  ["no key", []],
  ["a short one", [{ id: "one", secret: new Uint8Array(16) }]],
  ["an id that is none", [{ id: "a:b", secret: secret(1) }]],
  ["one id twice", [one, { id: "one", secret: secret(2) }]],
])("%s makes no vault", (_, keys) => {
  expect(() => createVault("acme", keys)).toThrow(NotPossible)
})

test("a ledger moves as it is, and is read with the same keys there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fmap-vault-"))
  const [from, to] = [join(folder, "from.db"), join(folder, "to.db")]
  const old = openSqliteLedger(from, world)
  await createEngine({
    flows: [flow, next],
    ledger: behindVault(old, vaultOf(one)),
    world,
    worker: "w",
  }).append([order("a")])
  old.close()
  const [source, target] = [sqliteSource(from, world), sqliteTarget(to, world)]
  await moveLedger({ source, target, world, by: "mara" })
  await target.close()
  await source.close()
  expect(
    readdirSync(folder).filter(file => readFileSync(join(folder, file), "latin1").includes("CANARY")),
  ).toEqual([])
  const ledger = openSqliteLedger(to, world)
  const [event] = await behindVault(ledger, vaultOf(one)).run(function* () {
    const [row] = yield { kind: "sql", pieces: ["SELECT id FROM inbox"], values: [] }
    return yield* trace(String(row?.["id"]))
  })
  expect(event?.payload).toEqual({ how: "good", text: "CANARY-payload" })
  ledger.close()
})
