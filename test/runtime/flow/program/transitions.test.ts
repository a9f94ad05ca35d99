// Which changes of records make events: each transition one, whatever is repeated, killed or read by several nodes.
import { expect, test } from "vitest"
import type { Change, Connector } from "../../../../runtime/connectors/port/connector.ts"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { FlowSpec, TriggerSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { type Poller, pollChanges } from "../../../../runtime/flow/program/sources/poll-changes.ts"
import { takeAgain } from "../../../../runtime/flow/program/sources/take-again.ts"
import { engineWith, type MakeFlows, type TestEngine } from "../engine-on-disk.ts"
import { type FakeSystem, fakeSystem } from "./fake-system.ts"
import { handMaps } from "./hand-maps.ts"

type Trigger = TriggerSpec & { readonly kind: "changed" }

const trigger: Trigger = {
  kind: "changed",
  binder: "opp",
  from: { system: "CRM", contract: "Opportunity", version: "1.0.0", object: "Opportunity" },
  fields: null,
  notByUs: false,
  becomes: [],
}
const won: Trigger = {
  ...trigger,
  fields: ["StageName", "Amount"],
  becomes: [{ path: ["StageName"], value: "Won" }],
}

/** `stage 12`, at a time that goes on by itself; `gone` for a record that was deleted. */
function changesOf(text: string, id = "006A"): readonly Change[] {
  return text.split(", ").map((one, index) => {
    const [stage, amount] = one.split(" ")
    const version = `2026-03-01T00:00:0${index}Z`
    const record = { Id: id, StageName: stage, ...(amount === undefined ? {} : { Amount: amount }) }
    return { id: `${id} ${version}`, version, kind: stage === "gone" ? "deleted" : "updated", record }
  })
}

function specOf(on: Trigger): FlowSpec {
  return {
    name: "Watch",
    version: "1.0.0",
    owner: null,
    trigger: on,
    when: null,
    lane: null,
    steps: [],
    routes: [],
    slos: [],
  }
}

function setUp(on: Trigger, begin: "now" | "beginning" = "beginning") {
  const crm = fakeSystem({ system: "CRM" })
  const spec = specOf(on)
  let poller: Poller | undefined
  const flows: MakeFlows = ({ world, ledger }) => {
    const flow = makeFlow({ spec, ...handMaps({}), world, connectors: new Map([["CRM", crm]]) })
    const facts = { key: "Id", fields: null }
    poller = pollChanges({ spec, flow, connector: crm, facts, ledger, world, begin, everyMs: 1_000 })
    return [flow]
  }
  const running = engineWith(flows)
  const once = async (on: TestEngine = running) => {
    if (poller === undefined) throw new Error("no poller")
    await on.ended(poller.once(new AbortController().signal))
  }
  const events = () =>
    running
      .rows("SELECT payload FROM inbox ORDER BY seq")
      .map(row => recordText(JSON.parse(String(row["payload"]))))
  return { crm, running, once, events, poller: () => poller as Poller }
}

function recordText({ Id, StageName, Amount }: Record<string, string>): string {
  return [Id, StageName, ...(Amount === undefined ? [] : [Amount])].join(" ")
}

const cases: readonly (readonly [string, Trigger, string, readonly string[]])[] = [
  ["any change of anything", trigger, "Open, Open 5, Won 5", ["006A Open", "006A Open 5", "006A Won 5"]],
  ["a change that says what was known", trigger, "Open 5, Open 5, Open 5", ["006A Open 5"]],
  [
    "one of the fields",
    { ...trigger, fields: ["Amount"] },
    "Open, Won, Won 5, Open 5, Open 6",
    ["006A Won 5", "006A Open 6"],
  ],
  [
    "a field that is taken away",
    { ...trigger, fields: ["Amount"] },
    "Open 5, Open",
    ["006A Open 5", "006A Open"],
  ],
  ["a transition", won, "Open, Won, Won 5, Won 6", ["006A Won"]],
  ["there from the first", won, "Won 5, Won 6", ["006A Won 5"]],
  ["there and back and there again", won, "Open, Won, Open, Won", ["006A Won", "006A Won"]],
  ["gone and made again", won, "Won, gone, Won", ["006A Won", "006A Won"]],
]

test.each(cases)("%s", async (_, on, changes, expected) => {
  const { crm, once, events } = setUp(on)
  for (const change of changesOf(changes)) crm.change("Opportunity", change)
  await once()
  expect(events()).toEqual(expected)
  await once()
  expect(events()).toEqual(expected)
})

test("records of which nothing is known are looked at first, and their next change is seen", async () => {
  const { crm, once, events } = setUp(won, "now")
  const [open, wonOne] = changesOf("Open, Won")
  const there = changesOf("Won, Won 7", "006B")
  for (const change of [open, there[0]]) crm.change("Opportunity", change as Change)
  await once()
  expect(events()).toEqual([])
  crm.change("Opportunity", wonOne as Change)
  crm.change("Opportunity", there[1] as Change)
  crm.change("Opportunity", changesOf("Won", "006C")[0] as Change)
  await once()
  expect(events()).toEqual(["006A Won", "006C Won"])
})

test("a page that fails is read again, from where the ledger is", async () => {
  const { crm, once, events } = setUp(won)
  for (const change of changesOf("Open, Won, Open, Won")) crm.change("Opportunity", change)
  crm.fails({ on: "changes", object: "Opportunity", failure: "transient" })
  await once()
  expect(events()).toEqual(["006A Won", "006A Won"])
  for (const change of changesOf("Open, Won, Open, Won, Open, Won").slice(-2))
    crm.change("Opportunity", change)
  crm.fails({ on: "changes", object: "Opportunity", failure: "rejected" })
  await expect(once()).rejects.toThrow("CRM failed")
  await once()
  expect(events()).toEqual(["006A Won", "006A Won", "006A Won"])
})

test("a platform that repeats old changes makes no events", async () => {
  const { crm, once, events } = setUp(won)
  const changes = changesOf("Open, Won, Open, Won")
  for (const change of [...changes, ...changes.slice(1, 3), ...changes]) crm.change("Opportunity", change)
  await once()
  expect(events()).toEqual(["006A Won", "006A Won"])
})

test("a change that comes after a newer one is no news", async () => {
  const { crm, once, events } = setUp(won)
  const [open, wonOne, lost] = changesOf("Open, Won, Lost")
  for (const change of [open, lost, wonOne]) crm.change("Opportunity", change as Change)
  await once()
  expect(events()).toEqual([])
})

test("a reader that is killed at any moment, and others that read the same, make each event once", async () => {
  for (let kills = 0; kills < 12; kills++) {
    const { crm, running, poller, events } = setUp(won)
    for (const change of changesOf("Open, Won, Open, Won, Won 5, Open")) crm.change("Opportunity", change)
    const signal = new AbortController().signal
    void poller().once(signal)
    let left = kills
    await running.until(() => left-- <= 0)
    const again = running.restart()
    const two = [poller().once(signal), poller().once(signal)]
    await again.ended(Promise.all(two))
    expect(events(), `killed after ${kills} steps`).toEqual(["006A Won", "006A Won"])
  }
})

test("a system that does not answer is asked later, and one that pauses us not before", async () => {
  const { crm, running, poller, events } = setUp(won)
  for (const change of changesOf("Open, Won")) crm.change("Opportunity", change)
  crm.fails({ on: "changes", object: "Opportunity", failure: "transient" })
  crm.fails({ on: "changes", object: "Opportunity", failure: "throttled" })
  void poller().run({ signal: new AbortController().signal })
  await running.pass(30_000)
  expect(events()).toEqual(["006A Won"])
})

/** One flow whose trigger is given another source, and back: readers of each by its name, `CRM` or `CRM Account`. */
function withSources(names: readonly string[], lane: FlowSpec["lane"] = null) {
  const placeOf = (name: string) => {
    const [system = "", object = "Opportunity"] = name.split(" ")
    return { system, object }
  }
  const systems = new Map(
    names.map(name => placeOf(name).system).map(system => [system, fakeSystem({ system })]),
  )
  const pollers = new Map<string, Poller>()
  let kept: Ledger | undefined
  const running = engineWith(({ world, ledger }) => {
    const flows = names.map(name => {
      const on = { ...trigger, from: { ...trigger.from, ...placeOf(name) } }
      const spec = { ...specOf(on), lane }
      const facts = { key: "Id", fields: null }
      const maps = handMaps({
        lane: ({ opp }: { opp: Record<string, string> }) => opp["Id"],
        newest: ({ opp }: { opp: Record<string, string> }) => opp["StageName"],
      })
      const flow = makeFlow({ spec, ...maps, world, connectors: systems, facts: () => facts })
      const connector = systems.get(placeOf(name).system) as FakeSystem
      pollers.set(name, pollChanges({ spec, flow, connector, facts, ledger, world, begin: "beginning" }))
      return flow
    })
    kept = ledger
    // Where versions are looked at nobody works, so that events wait.
    return lane === null ? flows.slice(0, 1) : []
  })
  const look = async (name: string) => {
    await running.ended(pollers.get(name)?.once(new AbortController().signal) ?? Promise.resolve())
    return running
      .rows("SELECT source, payload FROM inbox ORDER BY seq")
      .map(row => `${row["source"]}: ${recordText(JSON.parse(String(row["payload"])))}`)
  }
  const put = (name: string, changes: readonly Change[]) => {
    const { system, object } = placeOf(name)
    for (const change of changes) systems.get(system)?.change(object, change)
  }
  const rows = (text: string) => running.rows(text)
  const take = async (name: string) => {
    const by = { name: "ann", role: "operations" } as const
    const reader = { flow: "Watch", ...placeOf(name) }
    return running.ended(
      (kept as Ledger).run(() => takeAgain(reader, by, "all of it", "2026-03-02T00:00:00Z")),
    )
  }
  return { look, put, rows, take }
}

test("a flow that is given another source reads it from its own beginning, and goes on where it was when it comes back", async () => {
  const { look, put } = withSources(["CRM", "Sales"])
  put("CRM", changesOf("Open, Won"))
  put("Sales", changesOf("Open, Won, Won 5", "006A"))
  const first = ["CRM:Opportunity: 006A Open", "CRM:Opportunity: 006A Won"]
  expect(await look("CRM")).toEqual(first)
  const second = [...first, ...["Open", "Won", "Won 5"].map(stage => `Sales:Opportunity: 006A ${stage}`)]
  expect(await look("Sales")).toEqual(second)
  put("CRM", changesOf("Open, Won, Won 7").slice(2))
  expect(await look("CRM")).toEqual([...second, "CRM:Opportunity: 006A Won 7"])
})

/** The ledger as it was when a reader of CRM named its events by the system alone. */
const namedBySystem = `UPDATE watermark SET value = lower(substr(value, 1, 1)) || substr(value, 2);
  UPDATE inbox SET source = 'CRM'`

const asBefore = `UPDATE watermark SET name = 'changes:Watch' WHERE name = 'changes:Watch:CRM:Opportunity';
  UPDATE seen SET reader = 'Watch'; ${namedBySystem}`

test.each([
  ["its source", "CRM", ["CRM: 006A Open", "CRM: 006A Won"]],
  ["another one", "Sales", ["CRM: 006A Open", "Sales:Opportunity: 006A Lost"]],
])(
  "the place that ledgers of before kept a flow is taken over by %s where it is its own",
  async (_, to, expected) => {
    const { look, put, rows } = withSources(["CRM", "Sales"])
    const changes = changesOf("Open, Won")
    put("CRM", changes.slice(0, 1))
    put("Sales", changesOf("Lost"))
    await look("CRM")
    for (const statement of asBefore.split(";")) rows(statement)
    put("CRM", changes.slice(1))
    expect(await look(to)).toEqual(expected)
  },
)

const account = "CRM Account"
const opportunity = "CRM Opportunity"

test("records of two objects with one id and one version are two events", async () => {
  const { look, put, rows } = withSources([account, opportunity])
  put(account, changesOf("Open", "17"))
  put(opportunity, changesOf("Open", "17"))
  await look(account)
  expect(await look(opportunity)).toEqual(["CRM:Account: 17 Open", "CRM:Opportunity: 17 Open"])
  put(account, changesOf("Open, Won", "17").slice(1))
  put(opportunity, changesOf("Open, Lost", "17").slice(1))
  await look(account)
  expect(await look(opportunity)).toContain("CRM:Opportunity: 17 Lost")
  expect(rows("SELECT code FROM exception")).toEqual([])
})

test("what a reader of before made events of makes none again, and another object is told apart from it", async () => {
  const { look, put, rows, take } = withSources([account, opportunity])
  put(account, changesOf("Open, Won", "17"))
  await look(account)
  for (const statement of namedBySystem.split(";")) rows(statement)
  const before = ["CRM: 17 Open", "CRM: 17 Won"]
  expect(await take(account)).toBe(1)
  expect(await look(account)).toEqual(before)
  put(opportunity, changesOf("Open, Lost", "17"))
  const both = [...before, "CRM:Opportunity: 17 Open", "CRM:Opportunity: 17 Lost"]
  expect(await look(opportunity)).toEqual(both)
  put(account, changesOf("Open, Won, Lost", "17").slice(2))
  expect(await look(account)).toEqual([...both, "CRM: 17 Lost"])
  expect(rows("SELECT code FROM exception")).toEqual([])
})

const byStage: FlowSpec["lane"] = {
  key: { map: "lane", reads: ["opp"] },
  newest: { map: "newest", reads: ["opp"] },
}

test("a record of another object with one key is no older version, and has no event of it", async () => {
  const { look, put, rows, take } = withSources([account, opportunity], byStage)
  put(account, changesOf("2", "17"))
  await look(account)
  put(opportunity, changesOf("1", "17"))
  await look(opportunity)
  const stands = "SELECT source, version, state FROM inbox ORDER BY seq"
  expect(rows(stands)).toEqual([
    { source: "CRM:Account", version: "2", state: "open" },
    { source: "CRM:Opportunity", version: "1", state: "open" },
  ])
  // A newer one makes way for itself among its own.
  put(opportunity, changesOf("1, 3", "17").slice(1))
  await look(opportunity)
  expect(rows(stands).map(({ version, state }) => `${version} ${state}`)).toEqual([
    "2 open",
    "1 superseded",
    "3 open",
  ])
  rows("DELETE FROM inbox WHERE source = 'CRM:Opportunity'")
  expect(await take(account)).toBe(0)
  expect(await take(opportunity)).toBe(1)
  expect(await look(opportunity)).toHaveLength(3)
})

test("a system that does not say who changed a record is not asked for changes not by us", () => {
  const { saysWhoChanged: _, ...silent } = fakeSystem({ system: "CRM" })
  const spec = specOf({ ...trigger, notByUs: true })
  const running = (connector: Connector) =>
    engineWith(({ world, ledger }) => {
      const flow = makeFlow({ spec, ...handMaps({}), world, connectors: new Map() })
      pollChanges({ spec, flow, connector, facts: { key: "Id", fields: null }, ledger, world })
      return [flow]
    })
  expect(() => running(silent)).toThrow(
    "CRM does not say who changed a record, and flow Watch waits for changes `not by us`",
  )
  expect(() => running(fakeSystem({ system: "CRM" }))).not.toThrow()
})
