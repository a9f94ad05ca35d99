// Flows that answer API calls: the result, all issues, the same call again, too much at once, and webhooks beside them.
import { createHmac } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { BackPressure, type Engine } from "../../../runtime/flow/index.ts"
import { customers, order, secrets, serviceOn, settled, type TestService } from "./harness.ts"

let on: TestService
beforeAll(async () => {
  const scheme = { kind: "hmac", header: "x-signature", encoding: "hex" } as const
  const endpoint = {
    path: "/hooks/orders",
    flow: "Orders",
    source: "hook",
    scheme,
    secrets: ["env:H"],
    idAt: ["id"],
  }
  on = await serviceOn("sqlite", { webhooks: { endpoints: [endpoint], secrets } })
})
afterAll(() => on.close())

const call = (body: unknown, key?: string, as = "system:shop") =>
  on.ask("/api/v1/flows/Orders", { as, body, headers: key === undefined ? {} : { "idempotency-key": key } })

test("the answer is what the flow answers", async () => {
  const { status, json } = await call(order("f1"), "k1")
  expect(status).toBe(200)
  expect(json).toEqual({ event: expect.any(String), answer: { number: "SO-f1" } })
})
test("the same key is the same call: one effect, the same answer", async () => {
  const again = await Promise.all([call(order("f1"), "k1"), call(order("f1"), "k1")])
  expect(again.map(({ json }) => json.answer)).toEqual([{ number: "SO-f1" }, { number: "SO-f1" }])
  expect(on.calls.filter(one => one.startsWith("f1 "))).toHaveLength(1)
})
test("the same key with another payload is refused", async () => {
  const { status, json } = await call(order("f1", { amount: "2.00" }), "k1")
  expect([status, json.code]).toEqual([409, "ID_REUSED"])
})
test("the same key of another subject is another call", async () => {
  expect((await call(order("f2"), "k1", "system:depot")).status).toBe(200)
})
test("where an event may be is said in a header", async () => {
  const said = (regions: string, id: string) =>
    on.ask("/api/v1/flows/Orders", { as: "system:shop", body: order(id), headers: { "ce-regions": regions } })
  expect(await said("E U", "r1")).toMatchObject({ status: 400, json: { code: "BAD_REQUEST" } })
  // This ledger is in no known region.
  expect(await said("EU, UK", "r2")).toMatchObject({ status: 409, json: { code: "CONFLICT" } })
  expect((await said("", "r3")).status).toBe(200)
})
test("without a key each request is a call", async () => {
  const both = [await call(order("f3")), await call(order("f3"))]
  expect(new Set(both.map(({ json }) => json.event)).size).toBe(2)
})
test("what breaks the contract is told with all issues, and is no event", async () => {
  const { status, json } = await call({ id: "f4" }, "k4")
  expect([status, json.code]).toEqual([422, "REFUSED"])
  expect(json.issues.map((one: { pointer: string }) => one.pointer)).toEqual(["/customer", "/amount"])
  expect((await on.ask("/api/v1/trace?key=k4", { as: "controller" })).json.transactions).toEqual([])
})
test("what stops the flow is told with its code and issues", async () => {
  const { status, json } = await call(order("f5", { customer: customers.unknown }), "k5")
  expect(status).toBe(422)
  expect(json).toMatchObject({ code: "STOPPED", because: "NO_CUSTOMER", issues: [{ pointer: "/customer" }] })
})
test("what takes longer is taken, and asked for again with its key", async () => {
  const impatient = await serviceOn("sqlite", { waitMs: 0 })
  try {
    const ask = () =>
      impatient.ask("/api/v1/flows/Orders", {
        as: "system",
        body: order("f6"),
        headers: { "idempotency-key": "k6" },
      })
    const first = await ask()
    expect([first.status, first.json]).toEqual([202, { event: expect.any(String) }])
    await settled(impatient.engine)
    expect((await ask()).json).toEqual({ event: first.json.event, answer: { number: "SO-f6" } })
  } finally {
    await impatient.close()
  }
})
test("back-pressure says when to come again", async () => {
  const engine = {
    append: async () => {
      throw new BackPressure("Orders", 50, 1_500)
    },
  } as unknown as Engine
  const full = await serviceOn("sqlite", { engine })
  try {
    const { status, json, headers } = await full.ask("/api/v1/flows/Orders", {
      as: "system",
      body: order("f7"),
    })
    expect([status, json.code, headers.get("retry-after")]).toEqual([503, "BACK_PRESSURE", "2"])
  } finally {
    await full.close()
  }
})
test.each([
  ["a flow that is not there", "/api/v1/flows/Nothing", {}, 404],
  ["a payload that is no object", "/api/v1/flows/Orders", [], 400],
])("%s", async (_, path, body, status) => {
  expect((await on.ask(path, { as: "system", body })).status).toBe(status)
})
test("a key that is none", async () => {
  expect((await call(order("f8"), "with blanks in it")).status).toBe(400)
})

test("webhooks come in by their signature alone, and once", async () => {
  const body = JSON.stringify(order("w1"))
  const post = (signature: string) => on.ask("/hooks/orders", { body, headers: { "x-signature": signature } })
  const signature = createHmac("sha256", await secrets.get())
    .update(body)
    .digest("hex")
  expect((await post("00")).status).toBe(401)
  expect((await post(signature)).status).toBe(200)
  expect((await post(signature)).status).toBe(200)
  await settled(on.engine)
  expect(on.calls.filter(one => one.startsWith("w1 "))).toHaveLength(1)
  expect((await on.ask("/hooks/orders", { as: "controller" })).status).toBe(405)
})
test("nothing was a defect", () => expect(on.troubles).toEqual([]))
