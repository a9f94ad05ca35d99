// Limits and times of effects: how many calls begin when, and what a slow answer means.
import fc from "fast-check"
import { expect, test } from "vitest"
import { limitsIn, limitsOn } from "../../../../runtime/flow/program/limits.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { withinTime } from "../../../../runtime/flow/program/within-time.ts"
import { engineWith } from "../engine-on-disk.ts"
import { ledgerOn, newDisk } from "../simulation/faulty-store.ts"
import { randomOf } from "../simulation/random.ts"
import { virtualTime } from "../simulation/virtual-time.ts"
import { fakeSystem } from "./fake-system.ts"
import { quoteMaps, quoteToOrder, rules } from "./quote-to-order.ts"

const never = new AbortController().signal

function newTime() {
  const time = virtualTime(randomOf(1), { beforeCommit: () => undefined, afterCommit: () => undefined })
  return { time, world: time.worldOf({ alive: true }) }
}

test("in no window of the length are there more calls than allowed, and none waits longer than it must", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }),
      async (count, perMs, gaps) => {
        const { time, world } = newTime()
        const limits = limitsIn(world)
        const asked: number[] = []
        const begun: number[] = []
        let over = 0
        void (async () => {
          for (const gap of gaps) {
            await world.sleep(gap, never)
            asked.push(world.now())
            void limits.wait("erp", { count, perMs }, never).then(() => {
              begun.push(world.now())
              over += 1
            })
          }
        })()
        await time.run(() => over === gaps.length, 5_000)
        expect(over).toBe(gaps.length)
        for (const [i, at] of begun.entries()) {
          const before = begun[i - count]
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(perMs)
          expect(at).toBe(Math.max(asked[i]!, before === undefined ? 0 : before + perMs))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test("over several processes on one ledger, the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 300 })), {
        minLength: 1,
        maxLength: 24,
      }),
      async (count, perMs, calls) => {
        const { time } = newTime()
        const disk = newDisk(() => false)
        const processes = Array.from({ length: 4 }, () => ({ alive: true }))
        const all = processes.map(process => {
          const world = time.worldOf(process)
          return { world, limits: limitsOn(ledgerOn(disk, world), world) }
        })
        const begun: number[] = []
        let over = 0
        void (async () => {
          for (const [of, gap] of calls) {
            const { world, limits } = all[of]!
            await all[0]!.world.sleep(gap, never)
            void limits.wait("erp", { count, perMs }, never).then(() => {
              begun.push(world.now())
              over += 1
            })
          }
        })()
        await time.run(() => over === calls.length, 10_000)
        expect(over).toBe(calls.length)
        const order = begun.toSorted((a, b) => a - b)
        for (const [i, at] of order.entries()) {
          const before = order[i - count]
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(perMs)
        }
        // nobody waits longer than the turns before need
        expect(order.at(-1)! - order[0]!).toBeLessThanOrEqual(
          calls.reduce((sum, [, gap]) => sum + gap, 0) + Math.floor((calls.length - 1) / count) * perMs + 60,
        )
      },
    ),
    { numRuns: 40 },
  )
})

test("targets do not wait for each other", async () => {
  const { time, world } = newTime()
  const limits = limitsIn(world)
  const start = world.now()
  const limit = { count: 1, perMs: 1_000 }
  let over = false
  void Promise.all(["erp", "crm"].map(target => limits.wait(target, limit, never))).then(() => {
    over = true
  })
  await time.run(() => over, 100)
  expect(world.now()).toBe(start)
})

test("who waits when the engine ends makes no call", async () => {
  const { time, world } = newTime()
  const limits = limitsIn(world)
  const ending = new AbortController()
  await limits.wait("erp", { count: 1, perMs: 1_000 }, never)
  const waits = limits.wait("erp", { count: 1, perMs: 1_000 }, ending.signal)
  const told = expect(waits).rejects.toThrow("ends before its turn")
  ending.abort()
  await time.run(() => false, 10)
  await told
})

test("an answer that comes too late is a lost one, and the call is told to stop", async () => {
  const { time, world } = newTime()
  let stopped = false
  const slow = withinTime(world, 100, never, async signal => {
    signal.addEventListener("abort", () => {
      stopped = true
    })
    await world.sleep(500, never)
    return "late"
  })
  const told = expect(slow).rejects.toMatchObject({ failure: "in-doubt", code: "TIMEOUT" })
  await time.run(() => stopped, 100)
  await told
  expect(stopped).toBe(true)
})

test.each([
  ["in time", 50, "quick"],
  ["without a limit", null, "quick"],
])("an answer %s is the answer", async (_, ms, expected) => {
  const { time, world } = newTime()
  let answer: unknown
  void withinTime(world, ms, never, async () => {
    await world.sleep(20, never)
    return "quick"
  }).then(value => {
    answer = value
  })
  await time.run(() => answer !== undefined, 100)
  expect(answer).toBe(expected)
})

const order = (Id: string, AccountId: string) => ({
  Id,
  AccountId,
  StageName: "Closed Won",
  Amount: "5.00",
  SystemModstamp: "2026-03-31T10:00:00Z",
})

function quotes(slowMs: number) {
  const way = { sleep: async () => undefined as unknown }
  const salesforce = fakeSystem({ system: "Salesforce" })
  const netSuite = fakeSystem({
    system: "NetSuite",
    answers: {
      salesOrder: (_, number) => ({ tranId: `SO-${number}` }),
      customer: (_, number) => ({ id: `C-${number}` }),
    },
    travel: async () => void (await way.sleep()),
  })
  for (const Id of ["1", "2", "3", "4", "5", "6", "7"]) {
    salesforce.put("Account", { Id, Name: Id })
    salesforce.put("Opportunity", { Id })
  }
  const running = engineWith(({ world }) => {
    way.sleep = () => world.sleep(slowMs, never)
    const spec = {
      ...quoteToOrder,
      steps: quoteToOrder.steps.map(step =>
        step.kind === "send" && step.name === "customer" ? { ...step, links: [] } : step,
      ),
    }
    return [
      makeFlow({
        spec,
        ...quoteMaps,
        world,
        connectors: new Map([
          ["Salesforce", salesforce],
          ["NetSuite", netSuite],
        ]),
      }),
    ]
  })
  return { running, netSuite }
}

test("a flow's limit holds over all of its lanes", async () => {
  const { running, netSuite } = quotes(0)
  const start = running.now()
  const events = ["1", "2", "3", "4", "5", "6", "7"].map(id => ({
    flow: "QuoteToOrder",
    source: "test",
    id,
    payload: order(id, id),
  }))
  await running.ended(running.engine.append(events))
  await running.settled()
  expect(netSuite.records("salesOrder")).toHaveLength(7)
  // Five a second: the sixth and the seventh wait.
  expect(running.now() - start).toBeGreaterThanOrEqual(1_000)
  const done = running
    .rows("SELECT done_at FROM effect WHERE name = 'accepted' ORDER BY done_at")
    .map(row => Date.parse(String(row["done_at"])))
  expect(done[5]! - done[0]!).toBeGreaterThanOrEqual(1_000)
})

test("an order whose answer comes too late is asked for again, and made once", async () => {
  const { running, netSuite } = quotes(20_000)
  await running.ended(
    running.engine.append([{ flow: "QuoteToOrder", source: "test", id: "1", payload: order("1", "1") }]),
  )
  await running.until(() => netSuite.told.filter(line => line.startsWith("upsert")).length > 1)
  expect(netSuite.records("salesOrder")).toHaveLength(1)
  const [effect] = running.rows("SELECT state, failures FROM effect WHERE name = 'accepted'")
  expect({ ...effect }).toEqual({ state: "doubt", failures: 1 })
})

test("what a lost answer leads to is the flow's to say, and its lane waits whatever the route says", async () => {
  const erp = fakeSystem({ system: "Erp", idempotency: {} })
  erp.fails({ on: "send", object: "letter", failure: "in-doubt" })
  const { engine, ended, settled, rows } = engineWith(({ world }) => [
    makeFlow({
      spec: {
        name: "Letters",
        version: "1.0.0",
        owner: null,
        trigger: { kind: "manual", binder: "letter", contract: null },
        when: null,
        lane: null,
        steps: [
          {
            kind: "send",
            name: "sent",
            binder: null,
            needs: [],
            conditions: [],
            each: null,
            what: { binder: "letter" },
            to: { system: "Erp", contract: "Letter", version: "1.0.0", object: "letter" },
            verb: "create",
            key: "id",
            effect: { ...rules, inDoubt: { verb: "hold", code: "SENT_OR_NOT", message: null } },
            compensate: null,
            links: [],
          },
        ],
        routes: [
          { on: "hold", codes: null, to: { kind: "queue", queue: "post", assign: null }, lane: "park" },
        ],
        slos: [],
      },
      ...quoteMaps,
      world,
      connectors: new Map([["Erp", erp]]),
    }),
  ])
  await ended(engine.append([{ flow: "Letters", source: "test", id: "1", payload: { id: "L-1" } }]))
  await settled()
  const look = () =>
    rows(
      "SELECT inbox.state, exception.code, queue, exception.lane FROM inbox JOIN exception ON event = inbox.id",
    ).map(row => ({ ...row }))
  expect(look()).toEqual([{ state: "blocked", code: "SENT_OR_NOT", queue: "post", lane: "block" }])
  const [event] = rows("SELECT id FROM inbox")
  const decision = {
    kind: "settle",
    effect: "sent",
    outcome: { kind: "done", receipt: { id: "7" } },
  } as const
  await ended(
    engine.decide(String(event?.["id"]), decision, { name: "mara", role: "operations" }, "it is there"),
  )
  await settled()
  expect(look()).toMatchObject([{ state: "done" }])
  expect(erp.records("letter")).toEqual([])
})
