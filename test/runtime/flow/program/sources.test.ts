// How events come to flows: published by another flow, called by a program, at a time.
import { expect, test } from "vitest"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import type { FlowSpec, StepSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { callFlow } from "../../../../runtime/flow/program/sources/call-flow.ts"
import { scheduleOf } from "../../../../runtime/flow/program/sources/schedule-of.ts"
import { subscribersOf } from "../../../../runtime/flow/program/sources/subscribers.ts"
import { createScheduler } from "../../../../runtime/flow/schedules/create-scheduler.ts"
import { engineWith } from "../engine-on-disk.ts"
import { fakeSystem } from "./fake-system.ts"
import { handMaps, hold } from "./hand-maps.ts"
import { lineByLine, lineMaps } from "./line-by-line.ts"
import { actualsMaps, nightlyActuals } from "./nightly-actuals.ts"
import { rules } from "./quote-to-order.ts"

const step = { needs: [], conditions: [], each: null }
const flow = (name: string, trigger: FlowSpec["trigger"], steps: readonly StepSpec[]): FlowSpec => ({
  name,
  version: "1.0.0",
  owner: null,
  trigger,
  when: null,
  lane: null,
  steps,
  routes: [],
  slos: [],
})

const publish: StepSpec = {
  ...step,
  kind: "publish",
  name: "publish 1",
  binder: null,
  event: "Booked",
  version: "1.2.0",
  what: { binder: "order" },
}
const hop: FlowSpec = flow("Hop", { kind: "manual", binder: "order", contract: null }, [publish])
const takes = (name: string, version: string) =>
  flow(name, { kind: "event", binder: "order", event: "Booked", version }, [])

test("what a flow publishes comes to the flows that take it, once, though the flow stops behind it", async () => {
  const stops: FlowSpec = {
    ...hop,
    steps: [
      publish,
      {
        ...step,
        kind: "control",
        name: "control 1",
        binder: null,
        needs: ["publish 1"],
        title: "never",
        holds: { map: "no", reads: [] },
        otherwise: { verb: "hold", code: "NEVER", message: null },
      },
    ],
  }
  const specs = [stops, takes("Bill", "1.0.0"), takes("Ship", "1.9.0"), takes("Old", "2.0.0")]
  const { engine, ended, settled, rows } = engineWith(({ world }) =>
    specs.map(spec =>
      makeFlow({
        spec,
        ...handMaps({ no: () => false }),
        world,
        connectors: new Map(),
        subscribers: subscribersOf(specs),
      }),
    ),
  )
  await ended(engine.append([{ flow: "Hop", source: "test", id: "1", payload: { id: "O-1" } }]))
  await settled()
  const [first] = rows("SELECT id FROM inbox WHERE flow = 'Hop'")
  await ended(
    engine.decide(String(first?.["id"]), { kind: "retry" }, { name: "mara", role: "operations" }, "again"),
  )
  await settled()
  expect(
    rows(
      "SELECT flow, state, payload, causation_id = (SELECT id FROM inbox WHERE flow = 'Hop') AS follows FROM inbox ORDER BY seq",
    ).map(row => ({ ...row })),
  ).toEqual([
    { flow: "Hop", state: "blocked", payload: '{"id":"O-1"}', follows: null },
    { flow: "Bill", state: "done", payload: '{"id":"O-1"}', follows: 1 },
    { flow: "Ship", state: "done", payload: '{"id":"O-1"}', follows: 1 },
  ])
  expect(rows("SELECT * FROM outbox")).toEqual([])
})

test("what no flow takes waits for a transport", async () => {
  const { engine, ended, settled, rows } = engineWith(({ world }) => [
    makeFlow({ spec: hop, ...handMaps({}), world, connectors: new Map() }),
  ])
  await ended(engine.append([{ flow: "Hop", source: "test", id: "1", payload: { id: "O-1" } }]))
  await settled()
  expect(rows("SELECT topic, payload FROM outbox").map(row => ({ ...row }))).toEqual([
    { topic: "Booked", payload: '{"id":"O-1"}' },
  ])
})

function callable(maps = lineMaps) {
  let around: { readonly world: World; readonly ledger: Ledger } | undefined
  const warehouse = fakeSystem({ system: "Warehouse" })
  const running = engineWith(parts => {
    around = parts
    return [
      makeFlow({
        spec: lineByLine,
        ...maps,
        world: parts.world,
        connectors: new Map([["Warehouse", warehouse]]),
      }),
    ]
  })
  if (around === undefined) throw new Error("no world")
  const options = { engine: running.engine, ...around }
  const call = (id: string, payload: unknown, waitMs = 60_000) =>
    running.ended(
      callFlow(
        { flow: "LineByLine", source: "call", id, payload },
        { ...options, waitMs },
        new AbortController().signal,
      ),
    )
  return { call, warehouse, running }
}
const cart = { lines: [{ sku: "A", quantity: 1 }] }

test("a call is answered, and the same call again with the same answer", async () => {
  const { call, warehouse } = callable()
  const first = await call("1", cart)
  expect(first).toMatchObject({ kind: "done", answer: { lines: 1 } })
  expect(await call("1", cart)).toEqual(first)
  expect(await call("1", { lines: [] })).toMatchObject({ kind: "stopped", code: "ID_REUSED" })
  expect(warehouse.records("reservation")).toHaveLength(1)
})

test("a call that is held is answered with all issues", async () => {
  const { call } = callable(
    handMaps({ notGift: () => true, ToItem: () => hold("NO_ITEM", "line", "/sku", "There is no such item") }),
  )
  expect(await call("1", cart)).toMatchObject({
    kind: "stopped",
    state: "blocked",
    code: "NO_ITEM",
    detail: { step: "item 0", issues: [{ code: "NO_ITEM", pointer: "/sku" }] },
  })
})

test("a call that takes too long is told its name, and goes on", async () => {
  const { call, warehouse } = callable()
  warehouse.fails({ on: "send", object: "reservation", failure: "throttled" })
  const open = await call("1", cart, 10)
  expect(open.kind).toBe("open")
  expect(await call("1", cart)).toMatchObject({ kind: "done", eventId: open.eventId })
})

test("a flow that begins at a time reads the ledger of that time", async () => {
  const netSuite = fakeSystem({ system: "NetSuite" })
  const anaplan = fakeSystem({ system: "Anaplan" })
  netSuite.put("glLine", { period: "2026-03", account: "4000", cents: 5 })
  const running = engineWith(({ world, ledger }) => {
    const flows = [
      makeFlow({
        spec: nightlyActuals,
        ...actualsMaps,
        world,
        connectors: new Map([
          ["NetSuite", netSuite],
          ["Anaplan", anaplan],
        ]),
      }),
    ]
    const schedule = scheduleOf(nightlyActuals)
    if (schedule === null) throw new Error("no schedule")
    void createScheduler({ schedules: [schedule], flows, ledger, world }).run({
      signal: new AbortController().signal,
    })
    return flows
  })
  await running.pass(3_605_000)
  expect(running.rows("SELECT source_id, state FROM inbox ORDER BY seq").map(row => ({ ...row }))).toEqual(
    ["01"].map(day => ({ source_id: `2026-03-${day}T01:00:00.000Z`, state: "done" })),
  )
  expect(anaplan.records("actuals")).toEqual([
    { period: "2026-03", account: "4000", cents: 5, version: "Actual" },
  ])
  expect(scheduleOf(hop)).toBe(null)
})

test("two lanes that make sure of one customer at once make one", async () => {
  const time: { sleep: () => Promise<void> } = { sleep: async () => undefined }
  const erp = fakeSystem({ system: "Warehouse", travel: () => time.sleep() })
  const ensure: StepSpec = {
    ...step,
    kind: "send",
    name: "customer",
    binder: "customer",
    what: { binder: "order" },
    to: { system: "Warehouse", contract: "Customer", version: "1.0.0", object: "customer" },
    verb: "ensure",
    key: "id",
    effect: rules,
    compensate: null,
    links: [],
  }
  const { engine, ended, settled } = engineWith(({ world }) => {
    time.sleep = () => world.sleep(5, new AbortController().signal)
    return [
      makeFlow({
        spec: flow("Ensure", { kind: "manual", binder: "order", contract: null }, [ensure]),
        ...handMaps({}),
        world,
        connectors: new Map([["Warehouse", erp]]),
      }),
    ]
  })
  await ended(
    engine.append(
      ["1", "2", "3"].map(id => ({ flow: "Ensure", source: "test", id, payload: { id: "C-1" } })),
    ),
  )
  await settled()
  expect(erp.told).toEqual([
    "find customer C-1: none",
    'ensure customer {"id":"C-1"}',
    "find customer C-1: there",
    "find customer C-1: there",
  ])
})
