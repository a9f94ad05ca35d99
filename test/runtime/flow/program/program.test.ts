// Compiled flows on the engine: what happens to each case, beside what went in. FMAP_ACCEPT=1 writes it: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { linkBook } from "../../../../runtime/flow/program/filled-rows.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { writeJson } from "../../../../runtime/formats/json/write-json.ts"
import { engineWith } from "../engine-on-disk.ts"
import { cases, type FlowCase } from "./cases.ts"
import { fakeSystem } from "./fake-system.ts"
import { lineByLine, lineMaps } from "./line-by-line.ts"
import { actualsMaps, nightlyActuals } from "./nightly-actuals.ts"
import { quoteMaps, quoteToOrder } from "./quote-to-order.ts"
import { whatHappened } from "./what-happened.ts"

const flows = {
  QuoteToOrder: [quoteToOrder, quoteMaps],
  NightlyActuals: [nightlyActuals, actualsMaps],
  LineByLine: [lineByLine, lineMaps],
} as const
const person = { name: "mara", role: "operations" } as const

test.each(cases.map(one => [one.name, one] as const))("%s", async (name, one) => {
  const told = `${input(one)}\n\n${await live(one)}\n`
  const golden = new URL(`./golden/${name.replaceAll(/[^a-z]+/gu, "-")}.txt`, import.meta.url)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})

function input({ flow, events, faults = [], decisions = [], lines = [] }: FlowCase): string {
  return [
    flow,
    ...events.map(event => `  event ${writeJson(event)}`),
    ...lines.map(line => `  line ${writeJson(line)}`),
    ...faults.map(fault => `  fault ${writeJson(fault)}`),
    ...decisions.map(decision => `  decision ${writeJson(decision)}`),
  ].join("\n")
}

async function live(one: FlowCase): Promise<string> {
  const { flow, events, change = spec => spec, faults = [], decisions = [], lines = [], ignored = 0 } = one
  const salesforce = fakeSystem({ system: "Salesforce" })
  const netSuite = fakeSystem({
    system: "NetSuite",
    answers: {
      salesOrder: (_, number) => ({ tranId: `SO-${number}` }),
      customer: (_, number) => ({ id: `CUST-${number}` }),
    },
  })
  const anaplan = fakeSystem({
    system: "Anaplan",
    idempotency: {},
    loads: records => ({ loaded: records.length - ignored, ignored, rejected: [] }),
  })
  const systems = [salesforce, netSuite, anaplan, fakeSystem({ system: "Warehouse" })]
  salesforce.put("Account", { Id: "001A", Name: "Acme" })
  for (const Id of ["006A", "006B"]) salesforce.put("Opportunity", { Id })
  for (const line of lines) netSuite.put("glLine", { period: "2026-03", ...line })
  for (const fault of faults) systems.find(({ system }) => system === fault.system)?.fails(fault)
  const [spec, maps] = flows[flow]
  const running = engineWith(({ world, ledger }) => [
    makeFlow({
      spec: change(spec),
      ...maps,
      world,
      connectors: new Map(systems.map(system => [system.system, system])),
      links: linkBook(ledger),
      facts: ({ system }) => ({ key: system === "Salesforce" ? "Id" : "externalId", fields: null }),
    }),
  ])
  const { engine, ended, settled, rows } = running
  for (const [index, payload] of events.entries()) {
    await ended(engine.append([{ flow, source: "test", id: `event-${index}`, payload }]))
    await settled()
  }
  for (const decision of decisions) {
    const [first] = rows("SELECT id FROM inbox WHERE state IN ('blocked', 'parked') ORDER BY seq")
    await ended(engine.decide(String(first?.["id"]), decision, person, "the test says so"))
    await settled()
  }
  return whatHappened(running, systems)
}
