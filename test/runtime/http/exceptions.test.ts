// Exceptions over HTTP, on both stores: looking, deciding, in bulk, two people, and who comes second.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { brokenInvariants } from "../../../runtime/flow/index.ts"
import { serverAnswers } from "../flow/postgres/server.ts"
import { customers, order, serviceOn, settled, type TestService } from "./harness.ts"

const stores = [
  ["sqlite", true],
  ["postgres", await serverAnswers()],
] as const

describe.each(stores)("on %s", (store, there) => {
  describe.skipIf(!there)("exceptions", () => {
    let on: TestService
    const { unknown, lost, refused } = customers
    beforeAll(async () => {
      on = await serviceOn(store)
    }, 60_000)
    afterAll(() => on.close())

    const stopped = async (id: string, customer: string) => {
      await on.put(order(id, { customer }))
      return (await on.open())[id] ?? 0
    }
    const decide = (number: number, verb: string, body: object, as = "operations:mara") =>
      on.ask(`/api/v1/exceptions/${number}/${verb}`, { as, body: { reason: "because", ...body } })

    test("queues tell what is open, of what cause, and how much money it is", async () => {
      const before = await stopped("q1", unknown)
      await stopped("q2", unknown)
      const { json } = await on.ask("/api/v1/queues", { as: "controller" })
      expect(json.queues).toEqual([
        {
          queue: "order-desk",
          open: 2,
          acknowledged: 0,
          oldest: expect.any(String),
          amounts: [{ currency: "EUR", value: "200.00" }],
          causes: [{ flow: "Orders", code: "NO_CUSTOMER", count: 2, oldest: expect.any(String) }],
        },
      ])
      await decide(before, "acknowledge", {})
      const after = (await on.ask("/api/v1/queues", { as: "controller" })).json.queues[0]
      expect([after.open, after.acknowledged]).toEqual([1, 1])
    })

    test("a list is filtered and turned page by page, each exception once", async () => {
      for (const id of ["p1", "p2", "p3"]) await stopped(id, unknown)
      await stopped("p4", refused)
      const all = Object.values(await on.open()).toSorted((a, b) => a - b)
      const seen: number[] = []
      for (let after: string | undefined; ; ) {
        const { json } = await on.ask(
          `/api/v1/exceptions?limit=2${after === undefined ? "" : `&after=${after}`}`,
          { as: "operations" },
        )
        seen.push(...json.exceptions.map((one: { number: number }) => one.number))
        after = json.next
        if (after === undefined) break
      }
      expect(seen).toEqual(all)
      const numbers = async (query: string, path = "exceptions") =>
        (await on.ask(`/api/v1/${path}?${query}`, { as: "operations" })).json.exceptions.map(
          (one: { sourceId: string }) => one.sourceId,
        )
      expect(await numbers("code=REJECTED")).toEqual(["p4"])
      expect(await numbers("", "dead-letters")).toEqual(["p4"])
      expect(await numbers("queue=order-desk&state=acknowledged")).toEqual(["q1"])
      expect(await numbers("owner=mara")).toEqual(["q1"])
      expect(await numbers("key=p2")).toEqual(["p2"])
      expect(await numbers("key=nobody")).toEqual([])
      expect(await numbers("olderThanMinutes=60")).toEqual([])
      expect(await numbers("flow=Others")).toEqual([])
      expect(await numbers("unowned=true&code=REJECTED")).toEqual(["p4"])
    })

    test("one is shown with its record, the place that is wrong, what helps and what may be done", async () => {
      const number = await stopped("s1", unknown)
      const { json } = await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })
      expect(json).toMatchObject({
        exception: { number, code: "NO_CUSTOMER", queue: "order-desk", amount: "100.00", currency: "EUR" },
        record: order("s1", { customer: unknown }),
        marks: [{ pointer: "/customer", code: "NO_CUSTOMER" }],
        fixes: [{ kind: "add-row", crosswalk: "customers", keys: [unknown] }, { kind: "skip" }],
        cause: { places: ["source/customer"] },
        history: { sourceId: "s1", state: "parked" },
      })
      expect(json.may).toEqual(["acknowledge", "assign", "retry", "edit", "skip", "reissue"])
      expect((await on.ask("/api/v1/exceptions/999999", { as: "controller" })).status).toBe(404)
      expect((await on.ask("/api/v1/exceptions/0", { as: "controller" })).status).toBe(404)
    })

    test("a check that says nothing of a field marks those it goes by", async () => {
      const number = await stopped("s2", customers.checked)
      const { json } = await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })
      expect(json.marks).toEqual(
        ["/amount", "/lines"].map(pointer => ({
          pointer,
          code: "TOO_SMALL",
          message: "Orders are of 500 at least.",
        })),
      )
    })

    test("labelled fields are shown to those alone who may see them", async () => {
      const number = await stopped("m1", unknown)
      const record = async (as: string) => (await on.ask(`/api/v1/exceptions/${number}`, { as })).json.record
      expect(await record("controller")).toMatchObject({ email: "m1@example.com", margin: "12.5" })
      expect(await record("operations")).toMatchObject({ email: "m1@example.com", margin: "•••" })
      expect(await record("architect")).toMatchObject({ email: "•••", margin: "•••", customer: unknown })
    })

    test("acknowledged, assigned, tried again when its cause is gone", async () => {
      const number = await stopped("r1", unknown)
      expect((await decide(number, "assign", { owner: "order desk" })).json).toEqual({ kind: "applied" })
      on.known.add(unknown)
      expect((await decide(number, "retry", {})).json).toEqual({ kind: "applied" })
      await settled(on.engine)
      on.known.delete(unknown)
      const { json } = await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })
      expect(json.exception).toMatchObject({ state: "resolved", owner: "mara", eventState: "done" })
      expect(json.may).toEqual(["reissue"])
      expect(on.calls.filter(call => call.startsWith("r1 "))).toHaveLength(1)
    })

    test("an edit is judged by the contract, and says where it breaks it", async () => {
      const number = await stopped("e1", unknown)
      const bad = await decide(number, "edit", { changes: [{ pointer: "/customer", value: 7 }] })
      expect(bad.status).toBe(422)
      expect(bad.json).toMatchObject({
        code: "REFUSED",
        detail: "The edited record breaks its contract at /customer.",
        issues: [{ code: "WRONG_TYPE", pointer: "/customer" }],
      })
      expect(await on.open()).toMatchObject({ e1: number })
      const nowhere = await decide(number, "edit", { changes: [{ pointer: "/lines/0/id", value: "x" }] })
      expect([nowhere.status, nowhere.json.code]).toEqual([400, "BAD_REQUEST"])
      const good = await decide(number, "edit", {
        changes: [{ pointer: "/customer", value: customers.good }],
      })
      expect(good.json).toEqual({ kind: "applied" })
      await settled(on.engine)
      const { json } = await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })
      expect(json.record).toEqual(order("e1"))
      expect(json.history.state).toBe("done")
    })

    test("what one may not see one does not change, and a mask is never written back", async () => {
      const number = await stopped("h1", unknown)
      const whole = await decide(number, "edit", { payload: order("h1", { margin: "•••" }) })
      expect([whole.status, whole.json.code]).toEqual([403, "FORBIDDEN"])
      const field = await decide(number, "edit", { changes: [{ pointer: "/margin", value: "9" }] })
      expect([field.status, field.json.code]).toEqual([403, "FORBIDDEN"])
      const above = await decide(number, "edit", { changes: [{ pointer: "", value: {} }] })
      expect(above.status).toBe(400)
      const own = await decide(number, "edit", {
        changes: [
          { pointer: "/customer", value: customers.good },
          { pointer: "/email", remove: true },
        ],
      })
      expect(own.status).toBe(200)
      await settled(on.engine)
      const { json } = await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })
      expect(json.record).toEqual({
        id: "h1",
        customer: customers.good,
        margin: "12.5",
        amount: "100.00",
      })
    })

    test("an effect in doubt is settled by what a person found out", async () => {
      const number = await stopped("d1", lost)
      const shown = (await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })).json
      expect(shown.exception.code).toBe("IN_DOUBT")
      expect(shown.fixes).toEqual([{ kind: "settle", effect: "post", target: "erp" }])
      expect(shown.may).toContain("settle")
      const other = await decide(number, "settle", { effect: "other", outcome: { kind: "not-done" } })
      expect([other.status, other.json.code]).toEqual([409, "CONFLICT"])
      const outcome = { kind: "done", receipt: { number: "SO-77" } }
      expect((await decide(number, "settle", { effect: "post", outcome })).status).toBe(200)
      await settled(on.engine)
      const { history } = (await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })).json
      expect(history.state).toBe("done")
      expect(history.effects[0]).toMatchObject({
        state: "done",
        receipt: { number: "SO-77" },
        doneBy: "mara",
      })
    })

    test("a reissue needs a controller and one of operations, who are two people", async () => {
      const number = await stopped("i1", refused)
      const reissue = (as: string) => decide(number, "reissue", {}, as)
      expect([(await reissue("operations:mara")).status, (await reissue("operations:mara")).status]).toEqual([
        202, 202,
      ])
      // one person with two tokens is one person
      expect((await reissue("controller:mara")).json).toEqual({ kind: "awaits-second-person" })
      expect((await reissue("architect:ana")).status).toBe(403)
      const calls = () => on.calls.filter(call => call.startsWith("i1 "))
      expect(calls()).toHaveLength(1)
      expect((await reissue("controller:ana")).json).toEqual({ kind: "applied" })
      await settled(on.engine)
      expect(new Set(calls()).size).toBe(2)
      const other = await stopped("i2", refused)
      expect((await decide(other, "reissue", {}, "operations:mara")).status).toBe(202)
      expect((await decide(other, "reissue", {}, "operations:jon")).json).toEqual({
        kind: "awaits-second-person",
      })
    })

    test("of two who decide about one exception the second is told, and nothing happens twice", async () => {
      const number = await stopped("c1", unknown)
      const both = await Promise.all([
        decide(number, "retry", {}, "operations:mara"),
        decide(number, "skip", {}, "controller:ana"),
      ])
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
      await settled(on.engine)
      // It stopped again, for a new exception: the old one is still not there to be decided.
      const late = await decide(number, "skip", {})
      expect([late.status, late.json.code]).toEqual([409, "CONFLICT"])
      expect(late.json.detail).toMatch(/^Exception \d+ is (?:resolved|ignored) since .+ by (?:mara|ana)\.$/u)
    })

    test("an id that was sent twice with two payloads is cleared up or ignored, and nothing else", async () => {
      await on.put(order("x1"))
      for (const margin of ["1", "2"])
        await on.engine.append([
          { flow: "Orders", source: "shop", id: "x1", payload: order("x1", { margin }) },
        ])
      const number = (await on.open())["x1"] ?? 0
      expect((await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })).json.may).toEqual([
        "acknowledge",
        "assign",
        "resolve",
        "ignore",
      ])
      expect((await decide(number, "retry", {})).status).toBe(409)
      expect((await decide(number, "resolve", {})).status).toBe(200)
      const { exception } = (await on.ask(`/api/v1/exceptions/${number}`, { as: "controller" })).json
      expect(exception).toMatchObject({ state: "resolved", owner: "mara" })
      const stops = await stopped("x2", unknown)
      expect((await decide(stops, "ignore", {})).json.code).toBe("CONFLICT")
    })

    test("in bulk each is decided by itself", async () => {
      const [a, b] = [await stopped("b1", unknown), await stopped("b2", unknown)]
      const { json } = await on.ask("/api/v1/exceptions/bulk", {
        as: "operations:mara",
        body: { numbers: [a, b, 999_999, a], decision: "skip", reason: "a test of the shop" },
      })
      expect(json.results).toEqual([
        { number: a, kind: "applied" },
        { number: b, kind: "applied" },
        { number: 999_999, kind: "problem", problem: expect.objectContaining({ code: "NOT_FOUND" }) },
      ])
    })

    test("a transaction is found by what people call it", async () => {
      const found = async (key: string) =>
        (await on.ask(`/api/v1/trace?key=${encodeURIComponent(key)}`, { as: "controller" })).json
      const { transactions } = await found("r1")
      expect(transactions).toHaveLength(1)
      expect(transactions[0].events[0]).toMatchObject({ sourceId: "r1", state: "done" })
      expect((await found(transactions[0].correlationId)).transactions).toEqual(transactions)
      expect((await found(transactions[0].events[0].id.slice(0, 12))).transactions).toEqual(transactions)
      expect((await found(customers.refused)).transactions.length).toBeGreaterThan(1)
      // An opportunity has its version behind its id.
      const begun = (await found("r")).transactions.map(
        (one: { events: { sourceId: string }[] }) => one.events[0]?.sourceId,
      )
      expect(begun).toContain("r1")
      expect(begun.filter((id: string) => !id.startsWith("r"))).toEqual([])
      for (const nobody of ["nothing of the kind", "%", "_1", "R"])
        expect((await found(nobody)).transactions, nobody).toEqual([])
      const veiled = (await on.ask("/api/v1/trace?key=r1", { as: "operations" })).json.transactions[0]
      expect(veiled.events[0].effects[0].receipt).toBeUndefined()
    })

    test("everything stands in the audit with its subject, and the chain holds", async () => {
      const { json } = await on.ask("/api/v1/audit?limit=200", { as: "controller" })
      const people = new Set(json.records.map((one: { actor: string }) => one.actor))
      expect([...people]).toEqual(expect.arrayContaining(["mara", "jon", "ana"]))
      const actions = new Set(json.records.map((one: { action: string }) => one.action))
      expect([...actions]).toEqual(
        expect.arrayContaining([
          "acknowledge",
          "assign",
          "retry",
          "skip",
          "edit",
          "settle",
          "reissue",
          "dismiss",
        ]),
      )
      const pages: number[] = []
      for (let before: string | undefined; ; ) {
        const page = await on.ask(`/api/v1/audit?limit=7${before === undefined ? "" : `&before=${before}`}`, {
          as: "controller",
        })
        pages.push(...page.json.records.map((one: { seq: number }) => one.seq))
        before = page.json.next
        if (before === undefined) break
      }
      expect(pages).toEqual(json.records.map((one: { seq: number }) => one.seq))
      expect((await on.ask("/api/v1/audit/verify", { as: "architect" })).json).toMatchObject({
        kind: "unbroken",
      })
      expect(await on.ledger.run(brokenInvariants)).toEqual([])
    })

    test("targets are paused and resumed, and the figures tell", async () => {
      const body = { until: "2999-01-01T00:00:00Z", reason: "they are moving" }
      expect((await on.ask("/api/v1/targets/erp/pause", { as: "operations:mara", body })).status).toBe(200)
      const target = async () => (await on.ask("/api/v1/stats", { as: "architect" })).json.targets[0]
      expect(await target()).toMatchObject({ target: "erp", pausedUntil: "2999-01-01T00:00:00.000Z" })
      await on.ask("/api/v1/targets/erp/resume", { as: "architect:ana", body: { reason: "they moved" } })
      expect((await target()).pausedUntil).toBeUndefined()
    })
    test("nothing was a defect", () => expect(on.troubles).toEqual([]))
  })
})
