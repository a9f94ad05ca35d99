// What people decide about events that stopped: who may, what it does to effects and lanes, and that all of it is audited.
import { expect, test } from "vitest"
import type { Actor, Decision, NotedRecord } from "../../../runtime/flow/port/engine.ts"
import { BusinessException, CallFailed, NotPossible } from "../../../runtime/flow/port/failures.ts"
import type { Flow } from "../../../runtime/flow/port/flow.ts"
import { engineWith, erp, flowOf, mail, order, type TestEngine } from "./engine-on-disk.ts"

const mara: Actor = { name: "mara", role: "operations" }
const jon: Actor = { name: "jon", role: "controller" }

/** Posts to `mail` and then to `erp`, which refuses items it does not know. */
function postingFlow(calls: string[], more: Partial<Flow> = {}): Flow {
  return flowOf(async (event, ctx) => {
    const { item, note } = event.payload as { readonly item: string; readonly note?: string }
    await ctx.effect({
      name: "tell",
      target: mail,
      request: { note: note ?? "" },
      send: async call => {
        calls.push(`tell ${call.key.slice(0, 6)}`)
        return "sent"
      },
    })
    await ctx.effect({
      name: "post",
      target: erp,
      request: { item },
      send: async call => {
        calls.push(`post ${item} ${call.key.slice(0, 6)}`)
        if (item === "unknown") throw new CallFailed("rejected", "NO_ITEM", "no such item")
        if (item === "lost") throw new CallFailed("in-doubt", "TIMEOUT", "no answer")
        return `SO-${item}`
      },
    })
  }, more)
}

const item = (id: string, name: string) => order(id, { payload: { item: name } })
const idOf = ({ rows }: TestEngine, source: string) =>
  String(rows(`SELECT id FROM inbox WHERE source_id = '${source}'`)[0]?.["id"])
const states = ({ rows }: TestEngine) =>
  Object.fromEntries(rows("SELECT source_id, state FROM inbox").map(row => [row["source_id"], row["state"]]))

async function stoppedAt(
  calls: string[],
  events: Parameters<TestEngine["engine"]["append"]>[0],
  more: Partial<Flow> = {},
) {
  const on = engineWith([postingFlow(calls, more)])
  await on.ended(on.engine.append(events))
  await on.settled()
  const decide = async (source: string, decision: Decision, by: Actor = mara, reason = "because") => {
    const decided = await on.ended(on.engine.decide(idOf(on, source), decision, by, reason))
    await on.settled()
    return decided
  }
  return { on, decide }
}

test("a blocked event holds its lane; skipped, the lane goes on", async () => {
  const calls: string[] = []
  const { on, decide } = await stoppedAt(calls, [item("a", "unknown"), item("b", "bolt")])
  expect(states(on)).toEqual({ a: "blocked", b: "open" })
  expect(await decide("a", { kind: "skip" })).toEqual({ kind: "applied" })
  expect(states(on)).toEqual({ a: "skipped", b: "done" })
  expect(on.rows("SELECT code, state, owner FROM exception")).toEqual([
    { code: "REJECTED", state: "ignored", owner: "mara" },
  ])
})

test("a parked event lets its lane go on, and the gap is counted", async () => {
  const { on, decide } = await stoppedAt([], [item("a", "unknown"), item("b", "bolt")], { policy: "park" })
  expect(states(on)).toEqual({ a: "parked", b: "done" })
  expect(on.rows("SELECT gaps FROM lane")).toEqual([{ gaps: 1 }])
  await decide("a", { kind: "edit", payload: { item: "nut" } })
  expect(states(on)).toEqual({ a: "done", b: "done" })
})

test("an edit keeps what was done, and gives what was only tried a new key", async () => {
  const calls: string[] = []
  const { on, decide } = await stoppedAt(calls, [item("a", "unknown")])
  await decide("a", { kind: "edit", payload: { item: "nut" } })
  expect(states(on)).toEqual({ a: "done" })
  expect(calls.map(call => call.slice(0, -7))).toEqual(["tell", "post unknown", "post nut"])
  const [, first, second] = calls.map(call => call.slice(-6))
  expect(second).not.toBe(first)
  expect(on.rows("SELECT name, generation, receipt FROM effect WHERE state = 'done' ORDER BY name")).toEqual([
    { name: "post", generation: 1, receipt: '"SO-nut"' },
    { name: "tell", generation: 1, receipt: '"sent"' },
  ])
})

test("an edit of an amount is in the sums, and what a sender said of an amount stays where the flow does not look", async () => {
  const amount = ({ payload }: { readonly payload: unknown }) => {
    const { price } = payload as { readonly price?: string }
    return price === undefined ? undefined : { value: price, currency: "EUR" }
  }
  const priced = (price?: string) => ({ item: "unknown", ...(price === undefined ? {} : { price }) })
  const seen = (on: TestEngine) => on.rows("SELECT currency, amount FROM inbox")
  const looked = await stoppedAt([], [order("a", { payload: priced("12.50") })], { amount })
  await looked.decide("a", { kind: "edit", payload: { item: "nut", price: "1250.00" } })
  expect(seen(looked.on)).toEqual([{ currency: "EUR", amount: "1250.00" }])
  const { flows } = await looked.on.ended(looked.on.engine.stats({ amounts: true }))
  expect(flows[0]?.amounts).toEqual([{ state: "done", currency: "EUR", value: "1250.00" }])
  const gone = await stoppedAt([], [order("a", { payload: priced("12.50") })], { amount })
  await gone.decide("a", { kind: "edit", payload: { item: "nut" } })
  expect(seen(gone.on)).toEqual([{ currency: null, amount: null }])
  const refused = await stoppedAt([], [order("a", { payload: priced("12.50") })], { amount })
  await expect(
    refused.decide("a", { kind: "edit", payload: { item: "nut", price: "12,50" } }),
  ).rejects.toThrow("is no decimal text: 12,50")
  expect(seen(refused.on)).toEqual([{ currency: "EUR", amount: "12.50" }])
  const said = await stoppedAt(
    [],
    [order("a", { payload: priced(), amount: { value: "7.00", currency: "USD" } })],
  )
  await said.decide("a", { kind: "edit", payload: { item: "nut" } })
  expect(seen(said.on)).toEqual([{ currency: "USD", amount: "7.00" }])
})

test("an edit that would change what was done already stops again", async () => {
  const { on, decide } = await stoppedAt([], [item("a", "unknown")])
  await decide("a", { kind: "edit", payload: { item: "nut", note: "other words" } })
  expect(states(on)).toEqual({ a: "blocked" })
  expect(on.rows("SELECT code FROM exception WHERE closed_at IS NULL")).toEqual([{ code: "REQUEST_CHANGED" }])
})

test("an edited payload is checked as the flow says", async () => {
  const validate = (payload: unknown) => ((payload as { item?: string }).item === "" ? ["item is empty"] : [])
  const { on, decide } = await stoppedAt([], [item("a", "unknown")], { validate })
  await expect(decide("a", { kind: "edit", payload: { item: "" } })).rejects.toThrow("item is empty")
  expect(on.rows("SELECT generation FROM inbox")).toEqual([{ generation: 0 }])
})

test("a reissue needs a controller and one of operations, and posts with new keys", async () => {
  const calls: string[] = []
  const { on, decide } = await stoppedAt(calls, [item("a", "bolt")])
  expect(states(on)).toEqual({ a: "done" })
  const reissue: Decision = { kind: "reissue" }
  await expect(decide("a", reissue, { name: "ada", role: "architect" })).rejects.toThrow(
    "a controller and one of operations",
  )
  expect(await decide("a", reissue, mara)).toEqual({ kind: "awaits-second-person" })
  expect(await decide("a", reissue, mara)).toEqual({ kind: "awaits-second-person" })
  expect(await decide("a", reissue, { ...mara, role: "controller" })).toEqual({
    kind: "awaits-second-person",
  })
  expect(calls).toHaveLength(2)
  expect(await decide("a", reissue, jon)).toEqual({ kind: "applied" })
  expect(calls).toHaveLength(4)
  expect(new Set(calls).size).toBe(4)
  // The next one needs two people again.
  expect(await decide("a", reissue, jon)).toEqual({ kind: "awaits-second-person" })
})

test("what is done anew counts once at its target, and what is taken back not at all", async () => {
  const book = (name: string, of: string | null, value: string) => ({
    name,
    target: erp,
    request: { name },
    send: async () => "there",
    amount: { value, currency: "EUR" },
    ...(of === null ? {} : { undoes: of }),
  })
  const on = engineWith([
    flowOf(async (event, ctx) => {
      await ctx.effect(book("order", null, "1250.40"))
      await ctx.effect(book("deposit", null, "300.00"))
      if (event.sourceId === "b") await ctx.effect(book("undo deposit", "deposit", "300.00"))
    }),
  ])
  const figures = async () => {
    const { flows, targets } = await on.ended(on.engine.stats({ amounts: true }))
    return [flows[0]?.amounts, targets[0]?.done, targets[0]?.amounts]
  }
  const worth = { amount: { value: "1550.40", currency: "EUR" } }
  await on.ended(on.engine.append([order("a", worth), order("b", worth)]))
  await on.settled()
  const expected = [
    [{ state: "done", currency: "EUR", value: "3100.80" }],
    3,
    [{ currency: "EUR", value: "2800.80" }],
  ]
  expect(await figures()).toEqual(expected)
  for (const by of [mara, jon, mara, jon]) {
    await on.ended(on.engine.decide(idOf(on, "a"), { kind: "reissue" }, by, "once more"))
    await on.ended(on.engine.decide(idOf(on, "b"), { kind: "reissue" }, by, "once more"))
    await on.settled()
  }
  expect(on.rows("SELECT count(*) AS n FROM effect WHERE state = 'done'")[0]?.["n"]).toBe(15)
  expect(await figures()).toEqual(expected)
})

test("what is in doubt is never sent blindly: retried it asks again, settled it goes on", async () => {
  const calls: string[] = []
  const past = { name: "erp", idempotency: {} }
  const flow = flowOf((_, ctx) =>
    ctx
      .effect({
        name: "post",
        target: past,
        request: {},
        send: async () => {
          calls.push("post")
          if (calls.length === 1) throw new Error("socket hang up")
          return "SO-2"
        },
      })
      .then(() => undefined),
  )
  const on = engineWith([flow])
  await on.ended(on.engine.append([order("a"), order("b")]))
  await on.settled()
  const code = () => on.rows("SELECT code FROM exception WHERE closed_at IS NULL")
  expect(code()).toEqual([{ code: "IN_DOUBT" }])
  const a = idOf(on, "a")
  await on.ended(on.engine.decide(a, { kind: "retry" }, mara, "try"))
  await on.settled()
  expect(code()).toEqual([{ code: "IN_DOUBT" }])
  expect(calls).toHaveLength(1)
  await expect(on.ended(on.engine.decide(a, { kind: "edit", payload: {} }, mara, "x"))).rejects.toThrow(
    "settle it first",
  )
  await on.ended(
    on.engine.decide(
      a,
      { kind: "settle", effect: "post", outcome: { kind: "done", receipt: "SO-1" } },
      mara,
      "seen in the ERP",
    ),
  )
  await on.settled()
  expect(states(on)).toEqual({ a: "done", b: "done" })
  expect(on.rows("SELECT receipt, done_by FROM effect ORDER BY done_by")).toEqual([
    { receipt: '"SO-2"', done_by: "engine" },
    { receipt: '"SO-1"', done_by: "mara" },
  ])
  expect(calls).toHaveLength(2)
})

test("a decision that does not fit changes nothing and is not audited", async () => {
  const { on, decide } = await stoppedAt([], [item("a", "bolt")])
  const refused: readonly [Decision, string][] = [
    [{ kind: "retry" }, "only what is blocked or parked"],
    [{ kind: "skip" }, "is done already"],
    [{ kind: "edit", payload: {} }, "only what is blocked or parked"],
    [{ kind: "settle", effect: "post", outcome: { kind: "not-done" } }, "only what is blocked or parked"],
  ]
  for (const [decision, why] of refused) await expect(decide("a", decision)).rejects.toThrow(why)
  await expect(decide("a", { kind: "skip" }, mara, " ")).rejects.toThrow("needs a reason")
  await expect(on.ended(on.engine.decide("nobody", { kind: "skip" }, mara, "x"))).rejects.toThrow(NotPossible)
  expect(on.rows("SELECT * FROM audit")).toEqual([])
  expect(on.rows("SELECT * FROM decision")).toEqual([])
})

test("an event that is being worked on is not decided about", async () => {
  const on = engineWith([flowOf(() => new Promise(() => {}))])
  await on.ended(on.engine.append([order("a")]))
  await on.until(() => on.rows("SELECT 1 FROM inbox WHERE claim IS NOT NULL").length === 1)
  await expect(on.ended(on.engine.decide(idOf(on, "a"), { kind: "skip" }, mara, "x"))).rejects.toThrow(
    "is being worked on",
  )
})

test("audit: every decision, and a record that was changed, removed or forged is found", async () => {
  const { on, decide } = await stoppedAt([], [item("a", "unknown"), item("b", "unknown")])
  await decide("a", { kind: "skip" })
  await decide("b", { kind: "retry" })
  expect(on.rows("SELECT action, actor, detail FROM audit ORDER BY seq")).toMatchObject([
    { action: "block", actor: "engine" },
    { action: "skip", actor: "mara", detail: '{"reason":"because","role":"operations","state":"applied"}' },
    { action: "block", actor: "engine" },
    { action: "retry", actor: "mara" },
    { action: "block", actor: "engine" },
  ])
  const verdict = (noted?: NotedRecord) => on.ended(on.engine.verifyAudit(noted))
  const [{ hash: head } = { hash: "" }] = on.rows("SELECT hash FROM audit WHERE seq = 5")
  expect(await verdict()).toEqual({ kind: "unbroken", records: 5, head })
  const tampering: readonly [string, object][] = [
    ["UPDATE audit SET actor = 'jon' WHERE seq = 2", { seq: 2, why: "record 2 was changed" }],
    [
      "UPDATE audit SET previous = hash WHERE seq = 4",
      { seq: 4, why: "record 4 does not follow the one before" },
    ],
    ["DELETE FROM audit WHERE seq = 3", { seq: 3, why: "record 3 is missing" }],
    ["DELETE FROM audit WHERE seq = 5", { seq: 5, why: "exception 3, REJECTED, has no record of its stop" }],
    [
      "DELETE FROM audit WHERE seq >= 4",
      { seq: 4, why: "decision 2, retry by mara, has no record that says so" },
    ],
    [
      "UPDATE decision SET reason = 'the customer agreed' WHERE seq = 1",
      { seq: 6, why: "decision 1, skip by mara, has no record that says so" },
    ],
    [
      "UPDATE decision SET role = 'controller' WHERE seq = 1",
      { seq: 6, why: "decision 1, skip by mara, has no record that says so" },
    ],
    [
      "UPDATE decision SET actor = 'jon' WHERE seq = 2",
      { seq: 6, why: "decision 2, retry by jon, has no record that says so" },
    ],
    [
      "DELETE FROM decision WHERE seq = 1",
      { seq: 6, why: "record 2 tells of skip by mara, and that decision is not there" },
    ],
  ]
  const kept = ["audit", "decision"].map(table => ({ table, rows: on.rows(`SELECT * FROM ${table}`) }))
  for (const [text, wanted] of tampering) {
    on.rows(text)
    expect(await verdict(), text).toEqual({ kind: "broken", ...wanted })
    for (const { table, rows } of kept) {
      on.rows(`DELETE FROM ${table}`)
      for (const row of rows)
        on.rows(
          `INSERT INTO ${table} VALUES (${Object.values(row)
            .map(value => (typeof value === "number" ? value : `'${value}'`))
            .join(", ")})`,
        )
    }
    expect(await verdict()).toEqual({ kind: "unbroken", records: 5, head })
  }
})

test("audit: a chain that was written anew is found by who noted a record of it", async () => {
  const { on, decide } = await stoppedAt([], [item("a", "unknown")])
  const verdict = (noted?: NotedRecord) => on.ended(on.engine.verifyAudit(noted))
  const first = await verdict()
  if (first.kind === "broken") throw new Error(first.why)
  const noted = { seq: first.records, hash: first.head }
  await decide("a", { kind: "skip" })
  expect(await verdict(noted)).toMatchObject({ kind: "unbroken", records: 2 })
  expect(await verdict({ ...noted, hash: "0".repeat(64) })).toEqual({
    kind: "broken",
    seq: 1,
    why: "record 1 is not the one that was noted",
  })
  expect(await verdict({ ...noted, seq: 3 })).toEqual({
    kind: "broken",
    seq: 3,
    why: "records up to 3 were noted, and 2 are there",
  })
})

test("a business exception shows the person what the handler knows", async () => {
  const flow = flowOf((_, ctx) =>
    ctx.raise(
      new BusinessException("HEADER_DIFFERS", "the header differs", { header: "10.00", lines: "9.00" }),
    ),
  )
  const on = engineWith([flow])
  await on.ended(on.engine.append([order("a")]))
  await on.settled()
  expect(on.rows("SELECT code, message, detail, state FROM exception")).toEqual([
    {
      code: "HEADER_DIFFERS",
      message: "the header differs",
      detail: '{"header":"10.00","lines":"9.00"}',
      state: "open",
    },
  ])
  const stats = await on.ended(on.engine.stats())
  expect(stats.exceptions).toEqual([{ code: "HEADER_DIFFERS", open: 1 }])
})
