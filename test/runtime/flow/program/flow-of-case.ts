// The systems and the flow of a case. Flows in: the case, what it runs in. Flows out: systems with their records and faults, and the flow on them.
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import { linkBook } from "../../../../runtime/flow/program/filled-rows.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import type { FlowCase } from "./cases.ts"
import { type FakeSystem, fakeSystem } from "./fake-system.ts"
import { lineByLine, lineMaps } from "./line-by-line.ts"
import { actualsMaps, nightlyActuals } from "./nightly-actuals.ts"
import { quoteMaps, quoteToOrder } from "./quote-to-order.ts"

export const flows = {
  QuoteToOrder: [quoteToOrder, quoteMaps],
  NightlyActuals: [nightlyActuals, actualsMaps],
  LineByLine: [lineByLine, lineMaps],
} as const

export function systemsOf(
  {
    faults = [],
    lines = [],
    ignored = 0,
    refused = 0,
    loadsTwice = false,
    byJobs = false,
  }: Partial<FlowCase>,
  travel?: () => Promise<void>,
): readonly FakeSystem[] {
  const way = travel === undefined ? {} : { travel }
  const salesforce = fakeSystem({ system: "Salesforce", ...way })
  const netSuite = fakeSystem({
    system: "NetSuite",
    answers: {
      salesOrder: (_, number) => ({ tranId: `SO-${number}` }),
      customer: (_, number) => ({ id: `CUST-${number}` }),
    },
    ...way,
  })
  const anaplan = fakeSystem({
    system: "Anaplan",
    idempotency: loadsTwice || byJobs ? { upsert: true } : {},
    ...(byJobs ? { jobs: true } : {}),
    loads: records => ({
      loaded: records.length - ignored - refused,
      ignored,
      rejected: records.slice(0, refused).map((_, index) => ({ index, code: "REFUSED_ROW", message: "no" })),
    }),
    ...way,
  })
  const systems = [salesforce, netSuite, anaplan, fakeSystem({ system: "Warehouse", ...way })]
  salesforce.put("Account", { Id: "001A", Name: "Acme" })
  for (const Id of ["006A", "006B"]) salesforce.put("Opportunity", { Id })
  for (const line of lines) netSuite.put("glLine", { period: "2026-03", ...line })
  for (const fault of faults) systems.find(({ system }) => system === fault.system)?.fails(fault)
  return systems
}

export function flowOfCase(
  { flow, change = spec => spec }: Pick<FlowCase, "flow" | "change">,
  systems: readonly FakeSystem[],
  { world, ledger }: { readonly world: World; readonly ledger: Ledger },
): Flow {
  const [spec, maps] = flows[flow]
  return makeFlow({
    spec: change(spec),
    ...maps,
    world,
    connectors: new Map(systems.map(system => [system.system, system])),
    links: linkBook(ledger),
    facts: ({ system }) => ({ key: system === "Salesforce" ? "Id" : "externalId", fields: null }),
  })
}
