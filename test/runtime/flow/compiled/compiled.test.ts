// Flows from their text to what they do: compiled, their maps answered by the interpreter, walked by the engine. The texts stand in specs/conformance; what
// happens stands beside as a golden. FMAP_ACCEPT=1 writes it: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, flowMaps, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import type { Decision } from "../../../../runtime/flow/port/engine.ts"
import { linkBook } from "../../../../runtime/flow/program/filled-rows.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { writeJson } from "../../../../runtime/formats/json/write-json.ts"
import { engineWith } from "../engine-on-disk.ts"
import { type FakeSystem, type Fault, fakeSystem } from "../program/fake-system.ts"
import { whatHappened } from "../program/what-happened.ts"

interface Case {
  readonly name: string
  readonly project: string
  readonly flow: string
  readonly events: readonly unknown[]
  /** What a person decides about the first event that waits. */
  readonly decisions?: readonly Decision[]
  readonly systems: () => readonly FakeSystem[]
}

const opp = {
  Id: "006A",
  AccountId: "001A",
  StageName: "Closed Won",
  CurrencyIsoCode: "EUR",
  Amount: "1200.00",
  SystemModstamp: "2026-03-31T09:00:00Z",
}
const line = { id: "1", period: "2026-03", account: "4000", currency: "EUR", amount: "60.00" }

function quoteSystems(): readonly FakeSystem[] {
  const salesforce = fakeSystem({ system: "Salesforce" })
  salesforce.put("Account", { Id: "001A", Name: "Acme" })
  salesforce.put("Opportunity", { Id: "006A" })
  const answers = {
    Customer: () => ({ id: "CUST-1" }),
    SalesOrder: (_: unknown, number: number) => ({ id: `${number}`, tranId: `SO-${number}` }),
  }
  return [salesforce, fakeSystem({ system: "NetSuite", answers })]
}

function nightSystems(amounts: readonly string[]): readonly FakeSystem[] {
  const netSuite = fakeSystem({ system: "NetSuite" })
  amounts.forEach((amount, i) => {
    netSuite.put("GlLine", { ...line, id: `${i}`, amount })
  })
  netSuite.put("GlLine", { ...line, id: "old", period: "2026-02" })
  return [netSuite, fakeSystem({ system: "Anaplan", idempotency: { upsert: true } })]
}

function linkSystems(): readonly FakeSystem[] {
  const crm = fakeSystem({ system: "Crm" })
  crm.put("Account", { id: "A1", name: "Acme" })
  return [crm, fakeSystem({ system: "Erp", answers: { Customer: () => ({ id: "CUST-7" }) } })]
}

const sale = {
  id: "S1",
  buyer: "B1",
  amount: "1200.00",
  items: [
    { sku: "A", quantity: 2 },
    { sku: "B", quantity: 1 },
  ],
}

function shopSystems(...faults: readonly Fault[]): readonly FakeSystem[] {
  const shop = fakeSystem({ system: "Shop" })
  shop.put("Buyer", { id: "B1", email: "b1@example.org" })
  const pay = fakeSystem({
    system: "Pay",
    answers: { Charge: (_, number) => ({ reference: `ch-${number}` }) },
  })
  const systems = [shop, fakeSystem({ system: "Erp" }), pay]
  for (const fault of faults)
    for (const system of systems) if (system.system === faultAt(fault)) system.fails(fault)
  return systems
}

const faultAt = ({ object }: Fault): string => (object === "Charge" ? "Pay" : "Erp")

const cases: readonly Case[] = [
  {
    name: "groups",
    project: "flows/groups",
    flow: "Sales",
    events: [sale, { ...sale, id: "S2", amount: "20.00", buyer: "B9" }],
    systems: () => shopSystems(),
  },
  {
    name: "groups-of-a-declined-card",
    project: "flows/groups",
    flow: "Sales",
    events: [sale],
    systems: () => shopSystems({ on: "send", object: "Charge", failure: "rejected", code: "CARD_DECLINED" }),
  },
  {
    name: "groups-taken-back",
    project: "flows/groups",
    flow: "Sales",
    events: [sale],
    decisions: [{ kind: "skip" }],
    systems: () =>
      shopSystems({ on: "send", object: "Task", failure: "rejected", code: "NO_SUCH_SKU", of: "S1 B" }),
  },
  {
    name: "quote-to-order",
    project: "language/flow-quote-to-order",
    flow: "QuoteToOrder",
    events: [opp, { ...opp, Id: "006B", StageName: "Prospecting" }, { ...opp, Id: "006C", Amount: "much" }],
    systems: quoteSystems,
  },
  {
    name: "quote-to-order-without-account",
    project: "language/flow-quote-to-order",
    flow: "QuoteToOrder",
    events: [{ ...opp, AccountId: "001Z" }],
    systems: quoteSystems,
  },
  {
    name: "nightly-actuals",
    project: "language/flow-nightly-actuals",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-31T00:00:00Z" }],
    systems: () => nightSystems(["60.00", "40.00"]),
  },
  {
    name: "nightly-actuals-of-a-broken-line",
    project: "language/flow-nightly-actuals",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-31T00:00:00Z" }],
    systems: () => nightSystems(["60.00", "x"]),
  },
  {
    name: "links",
    project: "flows/links",
    flow: "Orders",
    events: [{ id: "D1", accountId: "A1" }],
    systems: linkSystems,
  },
]

test.each(cases.map(one => [one.name, one] as const))("%s", async (name, one) => {
  const told = `${one.flow} of ${one.project}\n${one.events.map(event => `  event ${writeJson(event)}`).join("\n")}\n\n${await live(one)}\n`
  const golden = join(import.meta.dirname, "golden", `${name}.txt`)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})

async function live({ project, flow, events, decisions = [], systems: systemsOf }: Case): Promise<string> {
  const file = join(import.meta.dirname, "../../../../specs/conformance", project, "main.fmap")
  const { plan } = analyse(memoryHost(new Map([["main.fmap", readFileSync(file, "utf8")]])), ["main.fmap"])
  const spec = plan?.flows?.find(each => each.name === flow)
  if (plan === null || spec === undefined) throw new Error("the case compiles")
  const maps = flowMaps(plan)
  const systems = systemsOf()
  const running = engineWith(({ world, ledger }) => [
    makeFlow({
      spec,
      ask: (map, scope, filled) => maps.ask(map, scope, {}, filled),
      call: (map, input, filled) => maps.call(map.name, input, {}, filled),
      linkKey: maps.linkKey,
      world,
      connectors: new Map(systems.map(system => [system.system, system])),
      links: linkBook(ledger),
    }),
  ])
  const { engine, ended, settled, rows } = running
  for (const [index, payload] of events.entries()) {
    await ended(engine.append([{ flow, source: "test", id: `event-${index}`, payload }]))
    await settled()
  }
  for (const decision of decisions) {
    const [first] = rows("SELECT id FROM inbox WHERE state IN ('blocked', 'parked') ORDER BY seq")
    const by = { name: "mara", role: "operations" } as const
    await ended(engine.decide(String(first?.["id"]), decision, by, "the test says so"))
    await settled()
  }
  return whatHappened(running, systems)
}
