// A business key over the events of a ledger, on both stores: whole values alone, from every part of the ledger, forwards and back, and as somebody may look into it.
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { createEngine, type Flow, openSqliteLedger, systemWorld } from "../../../runtime/flow/index.ts"
import { findByKey } from "../../../runtime/flow/ledger/find-by-key.ts"
import { partsOfKeys, partsOfPlaces } from "../../../runtime/flow/ledger/key-parts.ts"
import type { KeyNames } from "../../../runtime/flow/ledger/key-question.ts"
import { sightThrough } from "../../../runtime/flow/ledger/key-sight.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import { traceKey } from "../../../runtime/flow/ledger/trace-key.ts"
import type { Engine } from "../../../runtime/flow/port/engine.ts"
import { createPostgresEngine, openPostgresLedger } from "../../../runtime/flow/stores/postgres/index.ts"
import { connection, dropSchemas, serverAnswers } from "./postgres/server.ts"

const world = systemWorld()
const erp = { name: "erp", idempotency: {} }

/** Orders are written and answered with a number; invoices name it; a load reads many of them. */
const flows: readonly Flow[] = [
  flowOf("Orders", async (payload, ctx) => {
    await ctx.effect({
      name: "book",
      target: erp,
      request: { object: "order", key: "externalId", verb: "create", record: { externalId: payload["id"] } },
      send: async () => ({ outcome: "created", answer: { id: `O-${payload["id"]}`, note: payload["note"] } }),
    })
  }),
  flowOf("Customers", async (payload, ctx) => {
    await ctx.effect({
      name: "ensure",
      target: erp,
      request: { object: "customer", key: "id", verb: "ensure", record: { id: payload["customer"] } },
      send: async () => ({ outcome: "unchanged", answer: { id: payload["customer"] } }),
    })
  }),
  flowOf("Invoices", async () => undefined),
  flowOf("Load", async (payload, ctx) => {
    await ctx.step("rows", async () => payload["rows"])
  }),
]

function flowOf(
  name: string,
  work: (payload: Readonly<Record<string, unknown>>, ctx: Parameters<Flow["handler"]>[1]) => Promise<unknown>,
): Flow {
  return {
    name,
    version: "1.0.0",
    lane: () => name,
    policy: "park",
    compensates: false,
    handler: async (event, ctx) => void (await work(event.payload as Readonly<Record<string, unknown>>, ctx)),
  } as Flow
}

const names: KeyNames = {
  key: flow => (flow === "Load" ? null : "id"),
  answers: (_, effect) => (effect === "book" || effect === "ensure" ? ["id"] : []),
}

interface Store {
  readonly ledger: Ledger
  readonly engine: Engine
  readonly close: () => Promise<void>
}

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  "a file": async () => {
    const folder = mkdtempSync(join(tmpdir(), "fmap-key-"))
    const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
    return {
      ledger,
      engine: createEngine({ flows, ledger, world, worker: "w" }),
      close: async () => {
        ledger.close()
        rmSync(folder, { recursive: true })
      },
    }
  },
  ...((await serverAnswers())
    ? {
        PostgreSQL: async () => {
          const schema = `key_${randomBytes(6).toString("hex")}`
          const ledger = await openPostgresLedger({ connection, schema, troubled: () => undefined }, world)
          return {
            ledger,
            engine: createPostgresEngine({ flows, ledger, world, worker: "w" }),
            close: async () => {
              await ledger.close()
              await dropSchemas(schema)
            },
          }
        },
      }
    : {}),
}

let open: Store | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

async function told(store: Store, ...events: readonly (readonly [flow: string, payload: object])[]) {
  await store.engine.append(
    events.map(([flow, payload], index) => ({ flow, source: "s", id: `${flow} ${index}`, payload })),
  )
  const stop = new AbortController()
  const working = store.engine.process({ lanes: 4, signal: stop.signal })
  for (;;) {
    const { flows: counts } = await store.engine.stats()
    if (counts.every(one => one.events.open === 0)) break
    await new Promise(wake => setTimeout(wake, 10))
  }
  stop.abort()
  await working
}

describe.each(Object.keys(stores))("on %s", kind => {
  const opened = async () => {
    open = await stores[kind]!()
    return open
  }
  const wayOf = async (store: Store, key: string, sight?: Parameters<typeof traceKey>[3]) =>
    (await traceKey(store.ledger, key, names, sight)).stations.map(
      ({ event, because, among }) => `${event.flow} ${JSON.stringify(because)}${among ? " among" : ""}`,
    )

  test("from an order to its invoice and the load, and back", async () => {
    const store = await opened()
    await told(
      store,
      ["Orders", { id: "D-1", total: "12.50", note: "secret-1" }],
      ["Orders", { id: "D-12", total: "12.50", note: "other" }],
      ["Invoices", { id: "INV-1", order: { number: "O-D-1" }, day: "2026-03-31" }],
      ["Invoices", { id: "INV-2", order: { number: "O-D-12" }, day: "2026-03-31" }],
      ["Load", { id: "L", rows: [{ id: "INV-1" }, { id: "INV-9" }] }],
    )
    const way = ['Orders "names D-1"', 'Invoices "names O-D-1 of Orders"', 'Load "names INV-1 of Invoices"']
    // The load's own payload names the invoice.
    expect(await wayOf(store, "D-1")).toEqual(way)
    expect(await wayOf(store, "INV-1")).toEqual([
      'Orders "was answered O-D-1, which Invoices names"',
      'Invoices "names INV-1"',
      'Load "names INV-1"',
    ])
    for (const nothing of ["D-", "d-1", "%", "D_1", "•••"]) expect(await wayOf(store, nothing)).toEqual([])
  })

  test("what a load read among others is counted, and leads nowhere", async () => {
    const store = await opened()
    await store.engine.append([{ flow: "Invoices", source: "s", id: "1", payload: { id: "INV-1" } }])
    await told(store, ["Load", { rows: [{ id: "INV-1", order: "O-7" }, { id: "INV-2" }, { id: "INV-3" }] }])
    const { stations, more } = await traceKey(store.ledger, "O-7", names)
    // Its payload is at fault here: rows stand in it, too.
    expect(more).toBe(false)
    expect(stations.map(({ event, among }) => [event.flow, among])).toEqual([["Load", false]])
    const hiding = sightThrough(
      () => undefined,
      (_, record) => record,
      names.answers,
    )
    const { stations: read } = await traceKey(store.ledger, "O-7", names, hiding)
    expect(read.map(({ event, because, among }) => [event.flow, because, among])).toEqual([
      ["Load", "read O-7 among others", true],
    ])
    expect(read[0]?.event.steps).toMatchObject([{ name: "rows", records: 3, result: undefined }])
  })

  test("a customer that was only made sure of leads to no other order", async () => {
    const store = await opened()
    await told(
      store,
      ["Customers", { id: "A-1", customer: "C-7" }],
      ["Customers", { id: "A-2", customer: "C-7" }],
    )
    expect(await wayOf(store, "A-1")).toEqual(['Customers "names A-1"'])
    expect(await wayOf(store, "C-7")).toHaveLength(2)
  })

  test("who does not see a value finds nothing by it, and what may be seen is followed", async () => {
    const store = await opened()
    await told(
      store,
      ["Orders", { id: "D-1", note: "secret-1" }],
      ["Invoices", { id: "INV-1", order: "O-D-1" }],
    )
    expect(await wayOf(store, "secret-1")).toEqual([
      'Orders "names secret-1"',
      'Invoices "names O-D-1 of Orders"',
    ])
    const withoutNotes = (record: unknown) =>
      typeof record === "object" && record !== null && "note" in record ? { ...record, note: "•••" } : record
    const sight = sightThrough(
      (_, payload) => withoutNotes(payload),
      (_, record) => withoutNotes(record),
      names.answers,
    )
    // Neither in the payload nor in what the target answered beside its number.
    expect(await wayOf(store, "secret-1", sight)).toEqual([])
    expect(await wayOf(store, "•••", sight)).toEqual([])
    expect(await wayOf(store, "D-1", sight)).toEqual([
      'Orders "names D-1"',
      'Invoices "names O-D-1 of Orders"',
    ])
  })

  test.each([7, 25, 60])(
    "of %i names in one payload each leads to what was written under it",
    async count => {
      const store = await opened()
      const orders = Array.from({ length: count }, (_, i) => `O-D-${i}`)
      await told(
        store,
        ...orders.map((_, i) => ["Orders", { id: `D-${i}` }] as const),
        ["Invoices", { id: "INV-1", first: orders.slice(0, 30) }],
        ["Invoices", { id: "INV-2", replaces: "INV-1", others: orders.slice(30) }],
      )
      const { stations, more } = await traceKey(store.ledger, "INV-1", names)
      expect(more).toBe(false)
      // Between lanes PostgreSQL takes them in any order.
      const because = new Map(stations.map(({ event, because: why }) => [event.sourceId, why]))
      expect(because).toEqual(
        new Map([
          ...orders.map(
            (order, i) => [`Orders ${i}`, `was answered ${order}, which Invoices names`] as const,
          ),
          [`Invoices ${count}`, "names INV-1"],
          [`Invoices ${count + 1}`, "names INV-1"],
        ]),
      )
    },
    60_000,
  )

  test("more than are followed is told", async () => {
    const store = await opened()
    const many = Array.from({ length: 210 }, (_, i) => ["Invoices", { id: `N-${i}`, group: "G-2" }] as const)
    await told(store, ...many)
    const { stations, more } = await traceKey(store.ledger, "G-2", names)
    expect([stations.length, more]).toEqual([200, true])
  }, 60_000)
})

test.each([0, 1, 10_000, 10_001, 160_000, 160_001, 3_000_000])(
  "the parts of %i events are all there is, each once",
  last => {
    const digits = [..."0123456789abcdef"]
    const keys = digits.flatMap(a => digits.flatMap(b => [`${a}${b}`, `${a}${b}00`, `${a}${b}ffffff`]))
    for (const key of keys)
      expect(
        partsOfKeys(last).filter(([from, to]) => key >= from && key < to),
        key,
      ).toHaveLength(1)
    const places = partsOfPlaces(last)
    for (const place of [1, 10_000, 10_001, last].filter(one => one > 0 && one <= last))
      expect(
        places.filter(([from, to]) => place > from && place <= to),
        `${place}`,
      ).toHaveLength(1)
  },
)

test("events behind the first ten thousand are found", async () => {
  open = await stores["a file"]!()
  const { engine, ledger } = open
  const events = Array.from({ length: 10_010 }, (_, i) => ({
    flow: "Invoices",
    source: "s",
    id: `${i}`,
    payload: { id: `N-${i}` },
  }))
  for (let from = 0; from < events.length; from += 1_000)
    await engine.append(events.slice(from, from + 1_000))
  for (const key of ["N-0", "N-9999", "N-10000", "N-10009"]) {
    const { stations } = await traceKey(ledger, key, { key: () => null, answers: () => [] })
    expect(stations.map(({ event }) => event.sourceId)).toEqual([key.slice(2)])
  }
}, 60_000)

test("a key of digits is no beginning of an id, where it names something", async () => {
  open = await stores["a file"]!()
  const { engine, ledger } = open
  await engine.append(
    Array.from({ length: 300 }, (_, i) => ({
      flow: "Invoices",
      source: "s",
      id: `${i}`,
      payload: { id: `N-${i}`, order: 4711 + i },
    })),
  )
  const ids = (await traceKey(ledger, "4711", names)).stations.map(({ event }) => event.id)
  expect(ids).toHaveLength(1)
  const begins = ids[0]?.slice(0, 2) ?? ""
  await engine.append([{ flow: "Invoices", source: "t", id: "x", payload: { id: "X", order: begins } }])
  const found = await findByKey(ledger, begins, names)
  expect(found.kind === "way" ? found.stations.map(({ event }) => event.source) : found.kind).toEqual(["t"])
  // So much of it is the id.
  expect(await findByKey(ledger, ids[0]?.slice(0, 8) ?? "", names)).toMatchObject({ kind: "transaction" })
  expect(await findByKey(ledger, ids[0] ?? "", names)).toMatchObject({ kind: "transaction" })
  expect(await findByKey(ledger, "nothing of the kind", names)).toEqual({ kind: "none" })
})
