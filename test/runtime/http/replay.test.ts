// Replays over HTTP: rehearsed first, delivered again with the same keys, reissued by two people; as an API and as pages.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Flow, type RehearsedEvent, summariser } from "../../../runtime/flow/index.ts"
import { replayPage } from "../../../runtime/http/console/replay-page.ts"
import {
  customers,
  order,
  ordersFlow,
  origin,
  serviceOn,
  settled,
  type TestService,
  tokenOf,
} from "./harness.ts"

let on: TestService
const { unknown } = customers
/** The flow as it is now sends the amount with another figure in front. */
const changed: Flow = (() => {
  const flow = ordersFlow([], new Set([unknown]))
  return {
    ...flow,
    handler: (event, ctx) =>
      flow.handler({ ...event, payload: { ...(event.payload as object), amount: "150.00" } }, ctx),
  }
})()

beforeAll(async () => {
  on = await serviceOn()
  await on.put(order("o1", { customer: unknown }), order("o2", { customer: unknown }), order("o3"))
})
afterAll(() => on.close())

const api = (what: string, selection: object, as = "operations", reason?: string) =>
  on.ask(`/api/v1/replays/${what}`, { as, body: { selection, ...(reason === undefined ? {} : { reason }) } })

describe("over the API", () => {
  test("a rehearsal says which events are what, and changes nothing", async () => {
    const calls = on.calls.length
    const { status, json } = await api("rehearse", { flow: "Orders" }, "architect")
    expect([status, json.events, json.verdicts.equal]).toEqual([200, 3, 3])
    on.known.add(unknown)
    const now = (await api("rehearse", { flow: "Orders" })).json
    expect(now.verdicts).toMatchObject({ equal: 1, redeliver: 2 })
    expect(now.differences).toMatchObject([{ kind: "new", name: "post", target: "erp", count: 2 }])
    const values = (as: string) =>
      api("rehearse", { flow: "Orders" }, as).then(({ text }) => text.includes("o1@example.com"))
    // nobody says what is personal in what this flow sends
    expect([await values("controller"), await values("operations"), await values("architect")]).toEqual([
      true,
      false,
      false,
    ])
    expect(on.calls).toHaveLength(calls)
    expect((await on.open())["o1"]).toBeDefined()
  })
  test("what would do something new is delivered again, once", async () => {
    const { json } = await api("deliver", { queue: "order-desk" }, "operations:mara", "the customer is there")
    expect(json).toEqual({ delivered: 2, changedSince: 0, left: 0 })
    expect(on.calls.filter(call => /^o[12] /u.test(call))).toHaveLength(2)
    expect((await api("deliver", { flow: "Orders" }, "operations", "again")).json.delivered).toBe(0)
    expect(await on.open()).toEqual({})
    const { json: audit } = await on.ask("/api/v1/audit?limit=200", { as: "controller" })
    expect(audit.records.filter((one: { actor: string }) => one.actor === "mara")).toHaveLength(2)
  })
  test.each([
    ["nothing said", {}, 400],
    ["a flow that is not there", { flow: "Nothing" }, 409],
    ["no instant", { from: "yesterday" }, 400],
    ["an instant there is not", { from: "2026-13-45T00:00:00Z" }, 400],
    ["something nobody knows", { flow: "Orders", sql: "1=1" }, 400],
  ])("%s is no selection", async (_, selection, status) => {
    expect((await api("rehearse", selection)).status).toBe(status)
  })
  test("an architect looks and does not deliver", async () => {
    expect((await api("deliver", { flow: "Orders" }, "architect", "x")).status).toBe(403)
    expect((await api("reissue", { flow: "Orders" }, "architect", "x")).status).toBe(403)
  })
})

describe("what would be sent otherwise", () => {
  let other: TestService
  beforeAll(async () => {
    other = await serviceOn("sqlite", { rehearsed: { flows: [changed], masked: false } })
    await other.put(order("r1"), order("r2"))
  })
  afterAll(() => other.close())

  test("is shown with its fields, and reissued by two people who mean the same", async () => {
    const ask = (what: string, as: string, body: object) =>
      other.ask(`/api/v1/replays/${what}`, { as, body: { selection: { flow: "Orders" }, ...body } })
    const { json } = await ask("rehearse", "controller", {})
    expect(json.verdicts).toMatchObject({ reissue: 2 })
    expect(json.differences[0]).toMatchObject({ kind: "differs", name: "post", fields: ["amount"] })
    const reason = { reason: "the price was wrong" }
    expect((await ask("reissue", "operations:mara", reason)).json).toEqual({
      applied: 0,
      awaiting: 2,
      refused: [],
    })
    expect((await ask("reissue", "controller:ana", reason)).json).toEqual({
      applied: 2,
      awaiting: 0,
      refused: [],
    })
    await settled(other.engine)
    expect(other.calls.filter(call => call.startsWith("r1 "))).toHaveLength(2)
  })
})

describe("as pages", () => {
  async function signedIn(role: string) {
    const done = await on.ask("/login", {
      body: new URLSearchParams({ token: await tokenOf(`one-of-${role}`, { role }) }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin },
    })
    return (done.headers.get("set-cookie") ?? "").split(";")[0] ?? ""
  }
  const send = (cookie: string, fields: Readonly<Record<string, string>>) =>
    on.ask("/replay", {
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin, cookie },
    })

  test("a rehearsal is a link, delivering a form with a reason", async () => {
    on.known.delete(unknown)
    await on.put(order("p1", { customer: unknown }))
    on.known.add(unknown)
    const cookie = await signedIn("controller")
    const page = await on.ask("/replay?queue=order-desk", { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(page.text).toContain("1 event would do something new.")
    expect((await send(cookie, { do: "deliver", queue: "order-desk", reason: " " })).status).toBe(400)
    expect(Object.keys(await on.open())).toEqual(["p1"])
    const done = await send(cookie, { do: "deliver", queue: "order-desk", reason: "it is there" })
    expect(done.text).toContain("Delivered again: 1; decided about meanwhile: 0; left: 0.")
    expect(await on.open()).toEqual({})
  })
  test("an architect is offered nothing to do", async () => {
    on.known.delete(unknown)
    await on.put(order("p2", { customer: unknown }))
    on.known.add(unknown)
    const cookie = await signedIn("architect")
    const page = await on.ask("/replay?flow=Orders", { headers: { cookie } })
    expect(page.text).toContain("would do something new")
    expect(page.text).not.toContain('name="do"')
    expect((await send(cookie, { do: "deliver", flow: "Orders", reason: "x" })).status).toBe(403)
  })
  test("steps behind what is new are told, with how many events they are in", async () => {
    const event: RehearsedEvent = {
      id: "e",
      flow: "Orders",
      versionBefore: "1",
      version: "1",
      source: "test",
      sourceId: "o1",
      lane: "o1",
      state: "blocked",
      generation: 0,
      before: { kind: "stopped", code: "NO_CUSTOMER", message: "There is none" },
      now: { kind: "done", because: undefined },
      parts: [],
      behind: ["invoice", "<b>mail</b>"],
      verdict: "redeliver",
      why: undefined,
    }
    const sums = summariser(2)
    for (const [sourceId, behind] of [
      ["o1", event.behind],
      ["o2", ["invoice"]],
    ] as const)
      sums.add({ ...event, id: sourceId, sourceId, behind })
    const person = { subject: "mara", role: "architect", until: 0 } as const
    const shown = (all: typeof sums) =>
      String(replayPage({ query: {}, flows: ["Orders"], summary: all.summary(), person }))
    expect(shown(sums)).toContain(
      'What these steps send depends on answers to what is new.</p><ul class="plain"><li><b>invoice</b> <span class="soft">Orders; in 2 events</span></li><li><b>&lt;b&gt;mail&lt;/b&gt;</b> <span class="soft">Orders; in 1 event</span></li></ul>',
    )
    expect(shown(summariser(2))).not.toContain("Not told")
  })
  test("nothing was a defect", () => expect(on.troubles).toEqual([]))
})
