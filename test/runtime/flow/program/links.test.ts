// Crosswalks that receipts fill: who sees which row, in every attempt.
import { expect, test } from "vitest"
import { linkBook } from "../../../../runtime/flow/program/filled-rows.ts"
import type { FlowSpec, StepSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { engineWith } from "../engine-on-disk.ts"
import { fakeSystem } from "./fake-system.ts"
import { handMaps } from "./hand-maps.ts"
import { rules } from "./quote-to-order.ts"

const step = { needs: [], conditions: [], each: null }
const call = (map: string) => ({
  call: { map, version: "1.0.0", arguments: [{ name: "event", binder: "event" }], set: false },
})
const to = (object: string) => ({ system: "Erp", contract: object, version: "1.0.0", object })
const send = {
  ...step,
  kind: "send",
  verb: "upsert",
  key: "id",
  effect: { ...rules, retry: { attempts: 9, baseMs: 1, longestMs: 5 } },
  compensate: null,
  links: [],
} as const

/** Orders ask who the customer is; Customers say it. */
const orders: readonly StepSpec[] = [
  { ...send, name: "order", binder: null, what: call("ToOrder"), to: to("order") },
]
const customers: readonly StepSpec[] = [
  {
    ...send,
    name: "customer",
    binder: "customer",
    what: { binder: "event" },
    to: to("customer"),
    links: [
      {
        crosswalk: "CustomerOf",
        keys: [{ map: "key", reads: ["event"] }],
        value: { map: "value", reads: ["customer"] },
      },
    ],
  },
]
const spec = (name: string, steps: readonly StepSpec[]): FlowSpec => ({
  name,
  version: "1.0.0",
  owner: null,
  trigger: { kind: "manual", binder: "event", contract: null },
  when: null,
  lane: null,
  steps,
  routes: [],
  slos: [],
})
const maps = handMaps({
  key: ({ event }: { event: { id: string } }) => event.id,
  value: ({ customer }: { customer: { id: string } }) => customer.id,
  ToOrder: ({ event }: { event: { id: string } }, filled) => ({
    id: event.id,
    customer: filled.find("CustomerOf", event.id) ?? "nobody",
  }),
})

function setUp() {
  const erp = fakeSystem({ system: "Erp" })
  const running = engineWith(({ world, ledger }) =>
    [spec("Orders", orders), spec("Customers", customers)].map(one =>
      makeFlow({ spec: one, ...maps, world, connectors: new Map([["Erp", erp]]), links: linkBook(ledger) }),
    ),
  )
  const put = async (flow: string, id: string, eventId = id) => {
    await running.ended(running.engine.append([{ flow, source: "test", id: eventId, payload: { id } }]))
  }
  return { erp, running, put }
}

test("what a receipt filled is seen by events that begin later", async () => {
  const { erp, running, put } = setUp()
  await put("Orders", "A", "before")
  await running.settled()
  await put("Customers", "A")
  await running.settled()
  await put("Orders", "A", "after")
  await running.settled()
  expect(erp.told.filter(line => line.includes("order "))).toEqual([
    'upsert order {"id":"A","customer":"nobody"}',
    'upsert order {"id":"A","customer":"customer-2"}',
  ])
})

test("an event that is tried again sees what it saw first, and sends the same", async () => {
  const { erp, running, put } = setUp()
  erp.fails({ on: "send", object: "order", failure: "in-doubt", times: 1 })
  await put("Orders", "A")
  await running.until(
    () => running.rows("SELECT 1 FROM effect WHERE state = 'doubt' AND failures = 1").length > 0,
  )
  // Meanwhile somebody says who A is.
  const customer = put("Customers", "A")
  await running.settled()
  await customer
  expect(erp.told.filter(line => line.includes("order "))).toEqual([
    'upsert order {"id":"A","customer":"nobody"}',
  ])
  expect(running.rows("SELECT code FROM exception")).toEqual([])
})

test("an event sees what it fills itself", async () => {
  const { erp, running } = setUp()
  const both = spec("Both", [...customers, { ...orders[0]!, needs: ["customer"] }])
  const again = running.restart(({ world, ledger }) => [
    makeFlow({ spec: both, ...maps, world, connectors: new Map([["Erp", erp]]), links: linkBook(ledger) }),
  ])
  await again.ended(again.engine.append([{ flow: "Both", source: "test", id: "1", payload: { id: "A" } }]))
  await again.settled()
  expect(erp.told.at(-1)).toBe('upsert order {"id":"A","customer":"customer-1"}')
})

test("the same row again is not written again, and the last one counts", async () => {
  const { running, put } = setUp()
  await put("Customers", "A", "1")
  await running.settled()
  await put("Customers", "A", "2")
  await running.settled()
  expect(running.rows("SELECT seq, key, value FROM link").map(row => ({ ...row }))).toEqual([
    { seq: 1, key: "A", value: '"customer-1"' },
  ])
})
