// Where events may be: another region's store takes nothing, another region's target is sent nothing and asked nothing, and what follows from an event is bound as it is.
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import { waitingMessages } from "../../../runtime/flow/ledger/outbox.ts"
import { residence, settleIn } from "../../../runtime/flow/ledger/residence.ts"
import { moveLedger } from "../../../runtime/flow/move/move-ledger.ts"
import type { Inbound } from "../../../runtime/flow/port/event.ts"
import { NotPossible, RegionRefused } from "../../../runtime/flow/port/failures.ts"
import type { Flow, Target } from "../../../runtime/flow/port/flow.ts"
import type { Regions } from "../../../runtime/flow/port/regions.ts"
import type { FlowSpec } from "../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../runtime/flow/program/make-flow.ts"
import { openPostgresLedger, type PostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { sqliteSource, sqliteTarget } from "../../../runtime/flow/stores/sqlite/sqlite-end.ts"
import { engineWith, flowOf, order } from "./engine-on-disk.ts"
import { connection, dropSchemas, serverAnswers } from "./postgres/server.ts"
import { handMaps } from "./program/hand-maps.ts"

const at = "2026-01-01T00:00:00.000Z"
const there = await serverAnswers()

async function engineIn(region: string | undefined, flows: readonly Flow[]) {
  let settle: (() => Promise<void>) | undefined
  const made = engineWith(({ ledger }) => {
    settle = () => (region === undefined ? Promise.resolve() : ledger.run(() => settleIn(region, at)))
    return flows
  })
  await made.ended(settle?.() ?? Promise.resolve())
  return made
}

const intakes: readonly {
  readonly store: string | undefined
  readonly flow?: Regions
  readonly event?: Regions
  readonly refused?: string
}[] = [
  { store: undefined },
  { store: "US" },
  { store: "EU", event: ["EU"] },
  { store: "EU", event: ["UK", "EU"] },
  { store: "EU", flow: ["EU"] },
  { store: "EU", flow: ["EU", "UK"], event: ["EU", "US"] },
  { store: "US", event: ["EU"], refused: "may be kept in EU, and this ledger is in US" },
  { store: "US", flow: ["UK", "EU"], refused: "may be kept in EU or UK, and this ledger is in US" },
  { store: undefined, event: ["EU"], refused: "this ledger is in no known region" },
  { store: "EU", flow: ["EU"], event: ["UK"], refused: "may be kept in no region" },
  { store: "EU", event: [], refused: "may be kept in no region" },
  { store: "EU", event: ["E,U"], refused: '"E,U" is no name of a region' },
]

test.each(intakes)(
  "a store in $store, events of $flow tagged $event",
  async ({ store, flow, event, refused }) => {
    const { engine, ended, rows } = await engineIn(store, [
      flowOf(() => undefined, flow === undefined ? {} : { regions: flow }),
    ])
    // One that must not be there keeps none of its batch.
    const batch = [order("free"), order("bound", event === undefined ? {} : { regions: event })]
    const appended = ended(engine.append(batch, { watermark: { name: "w", value: "1" } }))
    if (refused === undefined) expect(await appended).toMatchObject({ accepted: 2 })
    else await expect(appended).rejects.toThrow(refused)
    expect(rows("SELECT count(*) AS n FROM inbox")).toEqual([{ n: refused === undefined ? 2 : 0 }])
    expect(rows("SELECT count(*) AS n FROM watermark")).toEqual([{ n: refused === undefined ? 1 : 0 }])
  },
)

const targets: readonly {
  readonly target: string | undefined
  readonly event?: Regions
  readonly effect?: Regions
  readonly allowed: boolean
}[] = [
  { target: undefined, allowed: true },
  { target: "US", allowed: true },
  { target: "EU", event: ["EU"], allowed: true },
  { target: "EU", event: ["EU", "US"], effect: ["EU"], allowed: true },
  { target: "US", event: ["EU"], allowed: false },
  { target: "US", effect: ["EU"], allowed: false },
  { target: undefined, effect: ["EU"], allowed: false },
  { target: "US", event: ["EU", "US"], effect: ["EU"], allowed: false },
]

test.each(
  targets.flatMap(one => [
    { ...one, how: "effect" as const },
    { ...one, how: "question" as const },
  ]),
)(
  "an $how to a target in $target, event $event, bound to $effect",
  async ({ target, event, effect, allowed, how }) => {
    const calls: string[] = []
    const erp: Target = { name: "erp", idempotency: {}, ...(target === undefined ? {} : { region: target }) }
    const regions = effect === undefined ? {} : { regions: effect }
    const flow = flowOf(async (_, ctx) => {
      if (how === "question") await ctx.step("look", () => calls.push("asked"), { target: erp, ...regions })
      else
        await ctx.effect({
          name: "post",
          target: erp,
          request: { secret: "canary" },
          ...regions,
          send: async () => calls.push("sent"),
        })
    })
    const { engine, ended, settled, rows } = await engineIn("EU", [flow])
    await ended(engine.append([order("a", event === undefined ? {} : { regions: event })]))
    await settled()
    expect(calls.length).toBe(allowed ? 1 : 0)
    const [exception] = rows("SELECT code, message, detail FROM exception")
    if (allowed) return expect(exception).toBeUndefined()
    expect(exception?.["code"]).toBe("REGION_REFUSED")
    expect(String(exception?.["message"])).toContain("Nothing was sent")
    expect(JSON.stringify(exception)).not.toContain("canary")
    expect(rows("SELECT state FROM inbox")).toEqual([{ state: "blocked" }])
    expect(rows("SELECT 1 FROM effect"), "no intent stands for what never left").toEqual([])
    return undefined
  },
)

test("when the target is where it has to be, a retry sends it once", async () => {
  let region = "US"
  let sent = 0
  const flow = flowOf(async (_, ctx) => {
    await ctx.effect({
      name: "post",
      target: { name: "erp", idempotency: {}, region },
      request: {},
      send: async () => ++sent,
    })
  })
  const { engine, ended, settled, rows } = await engineIn("EU", [flow])
  await ended(engine.append([order("a", { regions: ["EU"] })]))
  await settled()
  region = "EU"
  const [{ id } = { id: "" }] = rows("SELECT id FROM inbox")
  const mara = { name: "mara", role: "operations" } as const
  await ended(engine.decide(String(id), { kind: "retry" }, mara, "the ERP moved"))
  await settled()
  expect(sent).toBe(1)
  expect(rows("SELECT state FROM inbox")).toEqual([{ state: "done" }])
  // What was done is not undone by a target that moves later.
  region = "US"
  await ended(engine.append([order("a", { regions: ["EU"] })]))
  await settled()
  expect(rows("SELECT state FROM inbox")).toEqual([{ state: "done" }])
})

test("what a call may have done stays in doubt when the target turns out to be elsewhere", async () => {
  let region = "EU"
  const flow = flowOf(async (_, ctx) => {
    await ctx.effect({
      name: "post",
      target: { name: "erp", idempotency: { upsert: true }, region },
      request: {},
      send: async () => {
        region = "US"
        throw new Error("the answer is lost")
      },
    })
  })
  const { engine, ended, settled, rows } = await engineIn("EU", [flow])
  await ended(engine.append([order("a", { regions: ["EU"] })]))
  await settled()
  expect(rows("SELECT code FROM exception")).toEqual([{ code: "IN_DOUBT" }])
})

test("what follows from an event is bound as it is: events, messages, and what they send", async () => {
  const next: Flow = {
    name: "next",
    version: "1",
    lane: () => "n",
    handler: async (_, ctx) => {
      await ctx.step("ask", () => 1, { target: { name: "us", idempotency: {}, region: "US" } })
    },
  }
  const flow = flowOf(async (_, ctx) => {
    ctx.emit({ name: "one", to: { kind: "flow", flow: "next" }, payload: {} })
    ctx.emit({ name: "two", to: { kind: "topic", topic: "t" }, payload: {} })
  })
  const { engine, ended, settled, rows, until } = await engineIn("EU", [flow, next])
  await ended(engine.append([order("a", { regions: ["UK", "EU"] })]))
  await settled()
  expect(rows("SELECT flow, regions, tagged FROM inbox ORDER BY seq")).toEqual([
    { flow: "orders", regions: "EU,UK", tagged: "EU,UK" },
    { flow: "next", regions: "EU,UK", tagged: "EU,UK" },
  ])
  expect(rows("SELECT code FROM exception")).toEqual([{ code: "REGION_REFUSED" }])
  const stop = new AbortController()
  const seen: unknown[] = []
  void engine.relay(async ({ regions }) => void seen.push(regions), { signal: stop.signal })
  await until(() => seen.length > 0)
  stop.abort()
  expect(seen).toEqual([["EU", "UK"]])
})

const world = systemWorld()
const newFile = () => join(mkdtempSync(join(tmpdir(), "fmap-regions-")), "fmap.db")

async function fileWith(events: readonly Inbound[], region: string | undefined): Promise<string> {
  const file = newFile()
  const ledger = openSqliteLedger(file, world)
  if (region !== undefined) await ledger.run(() => settleIn(region, at))
  const flow = flowOf(() => undefined)
  await createEngine({ flows: [flow], ledger, world, worker: "w" }).append(events)
  ledger.close()
  return file
}

test("a ledger that was said to be in one region is not opened as one in another", async () => {
  const ledger = openSqliteLedger(await fileWith([], "EU"), world)
  await ledger.run(() => settleIn("EU", at))
  await expect(ledger.run(() => settleIn("US", at))).rejects.toThrow(RegionRefused)
  await expect(ledger.run(() => settleIn("not a name", at))).rejects.toThrow(NotPossible)
  expect(await ledger.run(residence)).toBe("EU")
  ledger.close()
})

const moves: readonly {
  readonly tagged?: Regions
  readonly to: string | undefined
  readonly refused?: string
}[] = [
  { to: undefined },
  { to: "US" },
  { tagged: ["EU"], to: "EU" },
  { tagged: ["EU", "US"], to: "US" },
  { tagged: ["EU"], to: "US", refused: "1 event of orders may be kept in EU, and not in US" },
  { tagged: ["EU"], to: undefined, refused: "not in a ledger whose region nobody says" },
  { to: "not a name", refused: "is no name of a region" },
]

test.each(moves)("a move to $to of events for $tagged", async ({ tagged, to, refused }) => {
  const from = await fileWith([order("a", tagged === undefined ? {} : { regions: tagged })], "EU")
  const there = newFile()
  const [source, target] = [sqliteSource(from, world), sqliteTarget(there, world)]
  try {
    const moving = moveLedger({
      source,
      target,
      world,
      by: "mara",
      ...(to === undefined ? {} : { region: to }),
    })
    if (refused !== undefined) {
      await expect(moving).rejects.toThrow(refused)
      expect(await source.mark(), "nothing was moved").toBeUndefined()
      return
    }
    expect((await moving).finished).toBe(false)
    expect(await target.ledger.run(residence)).toBe(to)
  } finally {
    await target.close()
    await source.close()
  }
})

test.skipIf(!there)("on PostgreSQL an event is bound as it is in a file", async () => {
  const schema = `fmap_test_regions_${process.pid}`
  await dropSchemas(schema)
  const ledger = await openPostgresLedger({ connection, schema }, world)
  await ledger.run(() => settleIn("EU", at))
  let sent = 0
  const target = { name: "erp", idempotency: {}, region: "US" }
  const flow = flowOf(async (_, ctx) => {
    await ctx.effect({ name: "post", target, request: {}, send: async () => ++sent })
  })
  const engine = createPostgresEngine({ flows: [flow], ledger, world, worker: "w" })
  await expect(engine.append([order("us", { regions: ["US"] })])).rejects.toThrow(RegionRefused)
  await engine.append([order("eu", { regions: ["EU"] })])
  const stop = new AbortController()
  const running = engine.process({ lanes: 1, signal: stop.signal })
  for (let looks = 0; looks < 400 && (await engine.stats()).exceptions.length === 0; looks++)
    await world.sleep(20, stop.signal)
  stop.abort()
  await running
  expect((await engine.stats()).exceptions).toEqual([{ code: "REGION_REFUSED", open: 1 }])
  expect(sent).toBe(0)
  await ledger.close()
  await dropSchemas(schema)
})

const places: readonly { readonly place?: { readonly region?: string }; readonly go: readonly string[] }[] = [
  { go: ["free", "here", "both"] },
  { place: { region: "EU" }, go: ["free", "here", "both"] },
  { place: { region: "UK" }, go: ["free", "both"] },
  { place: { region: "E" }, go: ["free"] },
  { place: {}, go: ["free"] },
]

describe.each(["a file", "PostgreSQL"])("messages for a transport, on %s", store => {
  test.skipIf(store === "PostgreSQL" && !there)("go where their event may be", async () => {
    const schema = `fmap_test_outbox_regions_${process.pid}`
    if (store === "PostgreSQL") await dropSchemas(schema)
    const ledger =
      store === "PostgreSQL"
        ? await openPostgresLedger({ connection, schema }, world)
        : openSqliteLedger(newFile(), world)
    await ledger.run(() => settleIn("EU", at))
    const flow = flowOf((event, ctx) =>
      ctx.emit({ name: "told", to: { kind: "topic", topic: event.sourceId }, payload: {} }),
    )
    const making = { flows: [flow], ledger, world, worker: "w" }
    const engine =
      store === "PostgreSQL"
        ? createPostgresEngine({ ...making, ledger: ledger as PostgresLedger })
        : createEngine(making)
    await engine.append([
      order("free"),
      order("here", { regions: ["EU"] }),
      order("both", { regions: ["UK", "EU"] }),
    ])
    const stop = new AbortController()
    const running = engine.process({ lanes: 1, signal: stop.signal })
    for (let looks = 0; looks < 400 && (await engine.stats()).outbox < 3; looks++)
      await world.sleep(20, stop.signal)
    stop.abort()
    await running
    for (const { place, go } of places)
      expect((await ledger.run(() => waitingMessages(10, place))).map(({ topic }) => topic)).toEqual(go)
    const relayed: string[] = []
    const relaying = new AbortController()
    const done = engine.relay(
      async ({ topic }) => {
        relayed.push(topic)
        if (topic === "both") relaying.abort()
      },
      { signal: relaying.signal, place: { region: "UK" } },
    )
    await done
    expect(relayed).toEqual(["free", "both"])
    expect((await ledger.run(() => waitingMessages(10))).map(({ topic }) => topic)).toContain("here")
    await ledger.close()
    if (store === "PostgreSQL") await dropSchemas(schema)
  })
})

const published = { system: "", contract: "Booked", version: "1.0.0", object: "Booked" }
test.each<
  readonly [
    what: string,
    transport: string | undefined,
    tagged: Regions | undefined,
    labels: Regions | undefined,
    refused: boolean,
  ]
>([
  ["an event that may be anywhere", undefined, undefined, undefined, false],
  ["a transport nobody knows the place of", undefined, ["EU"], undefined, true],
  ["a transport elsewhere", "US", ["EU"], undefined, true],
  ["a transport in one of its regions", "EU", ["UK", "EU"], undefined, false],
  ["what a policy says of the contract", "US", undefined, ["EU"], true],
  ["what a policy says and a sender says", "EU", ["EU"], ["EU", "UK"], false],
])("what a flow publishes: %s", async (_, region, tagged, labels, refused) => {
  const spec: FlowSpec = {
    name: "orders",
    version: "1.0.0",
    owner: null,
    trigger: { kind: "manual", binder: "deal", contract: null },
    when: null,
    lane: null,
    steps: [
      {
        kind: "publish",
        name: "publish1",
        binder: null,
        needs: [],
        conditions: [],
        each: null,
        event: published.contract,
        version: published.version,
        what: { binder: "deal" },
      },
    ],
    routes: [],
    slos: [],
  }
  const { engine, ended, until, rows } = engineWith(({ world: time, ledger }) => {
    void ledger.run(() => settleIn("EU", at))
    return [
      makeFlow({
        spec,
        ...handMaps({}),
        connectors: new Map(),
        world: time,
        transport: { name: "NATS", ...(region === undefined ? {} : { region }) },
        regionsOf: object => (object.contract === published.contract ? labels : undefined),
      }),
    ]
  })
  await ended(engine.append([order("a", tagged === undefined ? {} : { regions: tagged })]))
  await until(() => rows("SELECT 1 FROM inbox WHERE state = 'open'").length === 0)
  expect(rows("SELECT code FROM exception")).toEqual(refused ? [{ code: "REGION_REFUSED" }] : [])
  expect(rows("SELECT topic FROM outbox")).toEqual(refused ? [] : [{ topic: "Booked" }])
})
