// Effects that are done once, and what failures of each class lead to.
import { expect, test } from "vitest"
import { idempotencyKey } from "../../../runtime/flow/ledger/keys.ts"
import { type EffectRow, wayOf } from "../../../runtime/flow/ledger/recovery.ts"
import { BusinessException, CallFailed, type FailureClass } from "../../../runtime/flow/port/failures.ts"
import type { Call, Ctx, Target } from "../../../runtime/flow/port/flow.ts"
import { engineWith, erp, flowOf, mail, order } from "./engine-on-disk.ts"

const person = { name: "mara", role: "operations" } as const
const post = (
  ctx: Ctx,
  target: Target,
  send: (call: Call) => Promise<string>,
  request: unknown = { total: "10.00" },
) => ctx.effect({ name: "post", target, request, send })

test("keys are the same for ever: changing this line posts everything twice", () => {
  const name = {
    tenant: "",
    contract: "orders",
    source: "shop",
    sourceId: "a",
    effect: "post",
    generation: 0,
  }
  expect(idempotencyKey(name)).toBe("d6eb1a13062029b7576e509e89c809bf99a6bfd83b6e0d417b7b3472b027511d")
  expect(idempotencyKey({ ...name, generation: 1 })).toBe(
    "906563e1578018a2961c17f626e71bf5d0559c9738c45a4a0057b8c77d65dd43",
  )
})

test("what to do about an effect, by what is known and what the target offers", () => {
  const row = (state: EffectRow["state"], hash = "h"): EffectRow => ({
    key: "k",
    target: "t",
    requestHash: hash,
    state,
    firstSentAt: 0,
    receipt: state === "done" ? "1" : undefined,
  })
  const native = { nativeKey: { windowMs: 1_000 } }
  const all = { ...native, upsert: true, lookUp: true } as const
  const way = (known: EffectRow | undefined, offers: Target["idempotency"], now: number, canFind = true) =>
    wayOf(known, "h", offers, canFind, now)
  expect(way(undefined, {}, 0)).toEqual({ kind: "send", sendKey: false })
  expect(way(undefined, native, 0)).toEqual({ kind: "send", sendKey: true })
  expect(way(row("clean"), {}, 0)).toEqual({ kind: "send", sendKey: false })
  expect(way(row("clean", "other"), {}, 0)).toEqual({ kind: "send", sendKey: false })
  expect(way(row("done"), {}, 0)).toEqual({ kind: "receipt", receipt: "1" })
  expect(way(row("done", "other"), all, 0)).toEqual({ kind: "changed" })
  expect(way(row("doubt", "other"), all, 0)).toEqual({ kind: "changed" })
  expect(way(row("doubt"), all, 899)).toEqual({ kind: "send", sendKey: true })
  expect(way(row("doubt"), all, 900)).toEqual({ kind: "send", sendKey: false })
  expect(way(row("doubt"), { ...native, lookUp: true }, 900)).toEqual({ kind: "look-up" })
  expect(way(row("doubt"), { ...native, lookUp: true }, 900, false)).toEqual({ kind: "in-doubt" })
  expect(way(row("doubt"), native, 900)).toEqual({ kind: "in-doubt" })
  expect(way(row("doubt"), {}, 0)).toEqual({ kind: "in-doubt" })
})

/** The class, whether it costs an attempt, and the state the effect is left in. */
const classes: readonly [
  FailureClass,
  { readonly attempts: number; readonly effect: string; readonly event: string },
][] = [
  ["transient", { attempts: 1, effect: "clean", event: "open" }],
  ["throttled", { attempts: 0, effect: "clean", event: "open" }],
  ["auth", { attempts: 0, effect: "clean", event: "open" }],
  ["rejected", { attempts: 0, effect: "clean", event: "blocked" }],
  ["conflict", { attempts: 0, effect: "clean", event: "blocked" }],
  ["in-doubt", { attempts: 1, effect: "doubt", event: "open" }],
]

test.each(classes)("a call that ends %s", async (failure, wanted) => {
  let calls = 0
  const flow = flowOf((_, ctx) =>
    post(
      ctx,
      erp,
      failing(failure, () => calls++),
    ).then(() => undefined),
  )
  const { engine, ended, until, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await until(() => calls === 1 && rows("SELECT 1 FROM inbox WHERE claim IS NULL").length === 1)
  expect(rows("SELECT attempts, state FROM inbox")).toEqual([
    { attempts: wanted.attempts, state: wanted.event },
  ])
  expect(rows("SELECT state FROM effect")).toEqual([{ state: wanted.effect }])
})

function failing(failure: FailureClass, called: () => void): (call: Call) => Promise<string> {
  return async () => {
    called()
    throw new CallFailed(failure, "X", "no", failure === "throttled" ? 60_000 : undefined)
  }
}

test("a handler that lets a failed effect pass is not done", async () => {
  let calls = 0
  const flow = flowOf(async (_, ctx) => {
    await post(
      ctx,
      mail,
      failing("rejected", () => calls++),
    ).catch(() => "never mind")
  })
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await settled()
  expect(rows("SELECT state FROM inbox")).toEqual([{ state: "blocked" }])
})

test("Retry-After is obeyed by the target's other lanes too, and costs nobody an attempt", async () => {
  const at: number[] = []
  const flow = flowOf(
    async (_, ctx) => {
      await post(ctx, erp, async () => {
        at.push(now())
        if (at.length === 1) throw new CallFailed("throttled", "429", "slow down", 60_000)
        return "ok"
      })
    },
    { lane: event => event.id },
  )
  const { engine, ended, settled, until, rows, now } = engineWith([flow])
  const start = now()
  await ended(engine.append([order("a")]))
  await until(() => rows("SELECT 1 FROM target WHERE paused_until IS NOT NULL").length === 1)
  await ended(engine.append([order("b"), order("c")]))
  await settled()
  expect(at).toHaveLength(4)
  expect(at.slice(1).every(time => time >= start + 60_000)).toBe(true)
  expect(rows("SELECT sum(attempts) AS n FROM inbox")).toEqual([{ n: 0 }])
})

test("failures in a row open the circuit; one probe goes first, and success lets the others follow", async () => {
  let down = true
  let calls = 0
  const flow = flowOf(
    async (_, ctx) => {
      await post(ctx, { ...erp, failures: 3, pauseMs: 10_000 }, async () => {
        calls += 1
        if (down) throw new CallFailed("transient", "ECONNREFUSED", "down")
        return "ok"
      })
    },
    { lane: event => event.id, retry: { attempts: 50, baseMs: 10 } },
  )
  const { engine, ended, settled, until, rows, pass } = engineWith([flow])
  await ended(engine.append(["a", "b", "c", "d", "e", "f"].map(id => order(id))))
  await until(() => rows("SELECT 1 FROM target WHERE paused_until IS NOT NULL").length === 1)
  const before = calls
  await pass(2_000)
  expect(calls).toBe(before)
  const burnt = rows("SELECT sum(attempts) AS n FROM inbox")
  await pass(60_000)
  // Only probes: a handful in a minute, not six lanes again and again.
  expect(calls - before).toBeLessThan(12)
  expect(Number(rows("SELECT sum(attempts) AS n FROM inbox")[0]?.["n"]) - Number(burnt[0]?.["n"])).toBe(
    calls - before,
  )
  down = false
  await settled()
  expect(rows("SELECT DISTINCT state FROM inbox")).toEqual([{ state: "done" }])
  expect(rows("SELECT failures, paused_until FROM target")).toEqual([{ failures: 0, paused_until: null }])
})

test("a person pauses a target and lets it go on", async () => {
  let calls = 0
  const flow = flowOf(async (_, ctx) => {
    await post(ctx, erp, async () => `r${++calls}`)
  })
  const { engine, ended, settled, pass, now, rows } = engineWith([flow])
  await ended(engine.pauseTarget("erp", new Date(now() + 86_400_000), person, "month end"))
  await ended(engine.append([order("a")]))
  await pass(3_600_000)
  expect(calls).toBe(0)
  expect(rows("SELECT attempts, waiting_for FROM inbox")).toEqual([{ attempts: 0, waiting_for: "erp" }])
  await ended(engine.pauseTarget("erp", null, person, "books are closed"))
  const resumed = now()
  await settled()
  expect(calls).toBe(1)
  expect(now() - resumed).toBeLessThan(5_000)
  expect(rows("SELECT action, actor FROM audit ORDER BY seq")).toEqual([
    { action: "pause", actor: "mara" },
    { action: "resume", actor: "mara" },
  ])
})

test("attempts end: then a person is asked", async () => {
  let calls = 0
  const flow = flowOf(
    (_, ctx) =>
      post(
        ctx,
        { ...erp, failures: 99 },
        failing("transient", () => calls++),
      ).then(() => undefined),
    {
      retry: { attempts: 4, baseMs: 10 },
    },
  )
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await settled()
  expect(calls).toBe(4)
  expect(rows("SELECT code FROM exception")).toEqual([{ code: "ATTEMPTS_EXHAUSTED" }])
})

test("what the flow itself throws is a defect after three tries, keeps its lane, and shows where", async () => {
  let tries = 0
  const flow = flowOf(
    () => {
      tries += 1
      const none: { readonly order?: { readonly id: string } } = {}
      const { id } = none.order as { readonly id: string }
      throw new Error(id)
    },
    { policy: "park" },
  )
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a"), order("b")]))
  await settled()
  expect(tries).toBe(3)
  expect(rows("SELECT source_id, state FROM inbox ORDER BY source_id")).toEqual([
    { source_id: "a", state: "blocked" },
    { source_id: "b", state: "open" },
  ])
  const [exception] = rows("SELECT code, message, detail FROM exception")
  expect(exception).toMatchObject({
    code: "DEFECT",
    message: expect.stringContaining("orders itself failed, not the record and no target: Cannot"),
  })
  expect(JSON.parse(String(exception?.["detail"]))).toEqual({
    error: "TypeError",
    at: expect.arrayContaining([expect.stringContaining("effects.test.ts")]),
  })
})

test("steps and effects are told in the order they were done, though of one moment", async () => {
  const flow = flowOf(async (_, ctx) => {
    const sent = (name: string) => ctx.effect({ name, target: mail, request: 1, send: async () => name })
    await sent("zoo")
    await ctx.step("price", () => 1)
    await sent("ark")
  })
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await settled()
  expect(
    rows("SELECT name, number FROM effect UNION ALL SELECT name, number FROM step ORDER BY number"),
  ).toEqual([
    { name: "zoo", number: 0 },
    { name: "price", number: 1 },
    { name: "ark", number: 2 },
  ])
})

test("a request is kept beside its hash, one that is too long is not", async () => {
  const flow = flowOf(async (event, ctx) => {
    await ctx.effect({ name: "post", target: mail, request: event.payload, send: async () => "1" })
  })
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a", { payload: { b: "1.10", a: [2] } })]))
  await ended(engine.append([order("b", { payload: "x".repeat(262_143) })]))
  await settled()
  expect(rows("SELECT request FROM effect ORDER BY request")).toEqual([
    { request: null },
    { request: '{"a":[2],"b":"1.10"}' },
  ])
})

test("the answer to another question is not used: a step that asks something else asks", async () => {
  const asked: unknown[] = []
  const about = (question: string) =>
    flowOf(async (_, ctx) => {
      await ctx.step("rate", () => void asked.push(question), { asked: question })
      if (asked.length < 3) throw new CallFailed("transient", "T", "again")
    })
  const first = engineWith([about("EUR")])
  await first.ended(first.engine.append([order("a")]))
  await first.until(() => first.rows("SELECT attempts FROM inbox")[0]?.["attempts"] === 2)
  expect(asked).toEqual(["EUR"])
  const second = first.restart([about("USD")])
  await second.settled()
  expect(asked).toEqual(["EUR", "USD"])
  expect(second.rows("SELECT count(*) AS n FROM step")).toEqual([{ n: 1 }])
})

test("steps and effects are not done again after a death; now and uuid are the same again", async () => {
  const log: string[] = []
  const seen: unknown[] = []
  let die = true
  const flow = flowOf(async (_, ctx) => {
    const step = await ctx.step("price", () => {
      log.push("step")
      return { price: "1.10" }
    })
    const receipt = await post(ctx, mail, async call => {
      log.push("call")
      return call.key
    })
    seen.push([step, receipt, ctx.now().getTime(), ctx.uuid(), ctx.uuid()])
    if (die) await new Promise(() => {})
  })
  const first = engineWith([flow])
  await first.ended(first.engine.append([order("a")]))
  // The handler hangs, and does nothing more that the receipt could be written with.
  await first.until(() => first.rows("SELECT 1 FROM effect WHERE state = 'done'").length === 1)
  die = false
  const second = first.restart()
  await second.settled()
  expect(log).toEqual(["step", "call"])
  expect(seen).toHaveLength(2)
  expect(seen[1]).toEqual(seen[0])
  expect(new Set((seen[0] as unknown[]).slice(3)).size).toBe(2)
})

test("a request that is another one on a retry is not sent under the same key", async () => {
  let calls = 0
  const flow = flowOf((_, ctx) =>
    post(
      ctx,
      erp,
      failing("in-doubt", () => calls++),
      { attempt: calls },
    ).then(() => undefined),
  )
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await settled()
  expect(calls).toBe(1)
  expect(rows("SELECT code FROM exception")).toEqual([{ code: "REQUEST_CHANGED" }])
})

test("a conflict that the target can be asked about is found, not created again", async () => {
  const flow = flowOf(async (_, ctx) => {
    const receipt = await ctx.effect({
      name: "post",
      target: { name: "erp", idempotency: { lookUp: true } },
      request: {},
      send: failing("conflict", () => undefined),
      find: async () => "SO-7",
    })
    ctx.emit({ name: "told", to: { kind: "topic", topic: "orders" }, payload: receipt })
  })
  const { engine, ended, settled, rows } = engineWith([flow])
  await ended(engine.append([order("a")]))
  await settled()
  expect(rows("SELECT receipt, state FROM effect")).toEqual([{ receipt: '"SO-7"', state: "done" }])
  expect(rows("SELECT topic, payload FROM outbox")).toEqual([{ topic: "orders", payload: '"SO-7"' }])
})

test("what follows from a receipt is written with it, once, though the event is never done", async () => {
  let die = true
  const flow = flowOf(async (_, ctx) => {
    await ctx.effect({
      name: "post",
      target: mail,
      request: {},
      send: async () => "R1",
      following: receipt => [{ name: "posted", to: { kind: "topic", topic: "posted" }, payload: receipt }],
    })
    if (die) await new Promise(() => {})
    ctx.raise(new BusinessException("NO_ITEM", "no such item", { item: "x" }))
  })
  const first = engineWith([flow])
  await first.ended(first.engine.append([order("a")]))
  await first.until(() => first.rows("SELECT 1 FROM outbox").length === 1)
  die = false
  const second = first.restart()
  await second.settled()
  expect(second.rows("SELECT topic, payload FROM outbox")).toEqual([{ topic: "posted", payload: '"R1"' }])
  expect(second.rows("SELECT code, detail FROM exception")).toEqual([
    { code: "NO_ITEM", detail: '{"item":"x"}' },
  ])
})
