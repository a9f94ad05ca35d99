// The whole way: a flow of the language on the engine, from a simulated Salesforce to a simulated NetSuite and back, with a quarter of all requests going wrong on both sides. Each order is there
// once, with its lines once; each opportunity has its number; and what we wrote back begins nothing.
import { join } from "node:path"
import { expect, test } from "vitest"
import { createNetSuite } from "../../../runtime/connectors/netsuite/netsuite.ts"
import { createSalesforce } from "../../../runtime/connectors/salesforce/salesforce.ts"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { brokenInvariants } from "../../../runtime/flow/ledger/invariants.ts"
import { linkBook } from "../../../runtime/flow/program/filled-rows.ts"
import type { EffectRules, FlowSpec } from "../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../runtime/flow/program/make-flow.ts"
import { pollChanges } from "../../../runtime/flow/program/sources/poll-changes.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { everydayFaults, seededFaults } from "../../../runtime/simulators/kernel/faults.ts"
import { simulatedNetSuite } from "../../../runtime/simulators/netsuite/netsuite-platform.ts"
import { simulatedSalesforce } from "../../../runtime/simulators/salesforce/salesforce-platform.ts"
import { folderWith } from "../../cli/folder.ts"
import { handMaps } from "../flow/program/hand-maps.ts"
import { quoteToOrder } from "../flow/program/quote-to-order.ts"
import { fastWorld, faultsAlone } from "./fast-world.ts"
import { canary, stageOf, testSecrets } from "./harness.ts"

interface Opportunity {
  readonly Id: string
  readonly AccountId: string
  readonly StageName: string
  readonly SystemModstamp: string
  readonly Amount: unknown
}

const maps = handMaps({
  "QuoteToOrder.when": ({ opp }: { opp: Opportunity }) => opp.StageName === "Closed Won",
  "QuoteToOrder.lane": ({ opp }: { opp: Opportunity }) => opp.AccountId,
  "QuoteToOrder.newest": ({ opp }: { opp: Opportunity }) => opp.SystemModstamp,
  "QuoteToOrder.account.Id": ({ opp }: { opp: Opportunity }) => opp.AccountId,
  "QuoteToOrder.customer.key": ({ account }: { account: { Id: string } }) => account.Id,
  "QuoteToOrder.customer.value": ({ customer }: { customer: { id: string } }) => customer.id,
  "QuoteToOrder.written.number": ({ accepted }: { accepted: { tranId: string } }) => accepted.tranId,
  "QuoteToOrder.why": ({ opp }: { opp: Opportunity }) => opp.Id,
  ToCustomer: ({ account }: { account: { Id: string; Name: string } }) => ({
    externalId: account.Id,
    companyName: account.Name,
    subsidiary: { id: "1" },
  }),
  BookOrder: ({ opp }: { opp: Opportunity }) => ({ externalId: opp.Id, total: opp.Amount }),
  OrderToNetSuite: ({
    order,
    customer,
  }: {
    order: { externalId: string; total: unknown }
    customer: { externalId: string }
  }) => ({
    externalId: order.externalId,
    entity: { externalId: customer.externalId },
    tranDate: "2026-03-31",
    item: {
      items: [
        { item: { id: "7" }, quantity: 1, rate: order.total },
        { item: { id: "8" }, quantity: 2, rate: 0 },
      ],
    },
  }),
  CancelOrder: () => ({}),
  WriteBack: ({ opp, number }: { opp: Opportunity; number: string }) => ({
    Id: opp.Id,
    NetSuiteId__c: number,
  }),
  OrderBooked: ({ order, accepted }: { order: { externalId: string }; accepted: { tranId: string } }) => ({
    order: order.externalId,
    number: accepted.tranId,
  }),
})

const patient: EffectRules = {
  retry: { attempts: 200, baseMs: 200, longestMs: 2_000 },
  timeoutMs: null,
  limit: null,
  refused: [],
}
const spec: FlowSpec = {
  ...quoteToOrder,
  steps: quoteToOrder.steps.map(step => (step.kind === "send" ? { ...step, effect: patient } : step)),
}

const accounts = ["Acme", "Bolt", "Cord"]
const opportunities = Array.from({ length: 12 }, (_, i) => ({
  Id: `006Sm00000000${String(i).padStart(2, "0")}AAA`,
  Name: `Deal ${i}`,
  AccountId: `001Sm0000000${i % 3}AAA`,
  StageName: i % 4 === 3 ? "Prospecting" : "Closed Won",
  CloseDate: "2026-03-31",
  Amount: 1_000 + i,
}))

const everyday = [3, 11].map(seed => [`everyday faults, seed ${seed}`, seed, everydayFaults] as const)
const alone = faultsAlone.map(kind => [`${kind} alone`, 5, [kind]] as const)

test.each([...everyday, ...alone])(
  "each order once, with a quarter of all requests going wrong: %s",
  async (_, seed, kinds) => {
    const crm = simulatedSalesforce()
    crm.load({
      records: {
        Account: accounts.map((Name, i) => ({ Id: `001Sm0000000${i}AAA`, Name })),
        Opportunity: opportunities,
      },
    })
    const erp = simulatedNetSuite()
    const world = fastWorld()
    const faults = (of: number) => seededFaults(of, 0.25, kinds)
    const [from, to] = [
      await stageOf(crm, { now: world.now, faults: faults(seed) }),
      await stageOf(erp, { now: world.now, faults: faults(seed + 100) }),
    ]
    const around = { world, secrets: testSecrets({ KEY: "consumer-key", TOKEN: "token-number-1" }) }
    const common = { reach: "loopback", totalMs: 2_000 } as const
    const salesforce = createSalesforce(
      {
        ...common,
        system: "Salesforce",
        baseUrl: from.url,
        apiVersion: "v62.0",
        auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
      },
      around,
    )
    const netSuite = createNetSuite(
      {
        ...common,
        system: "NetSuite",
        baseUrl: to.url,
        account: "1",
        auth: {
          kind: "token-based",
          consumerKey: "env:KEY",
          consumerSecret: "env:CLIENT_SECRET",
          tokenId: "env:TOKEN",
          tokenSecret: "env:CLIENT_SECRET",
        },
      },
      around,
    )
    const file = join(folderWith({}), "flows.db")
    const ledger = openSqliteLedger(file, world)
    const flow = makeFlow({
      spec,
      ...maps,
      world,
      connectors: new Map([
        ["Salesforce", salesforce],
        ["NetSuite", netSuite],
      ]),
      links: linkBook(ledger),
      facts: ({ system, object }) => ({
        key: system === "Salesforce" ? "Id" : "externalId",
        fields: null,
        ...(object === "salesOrder" ? { answers: ["id", "tranId"] } : {}),
      }),
    })
    const engine = createEngine({ flows: [flow], ledger, world, worker: "w" })
    const poller = pollChanges({
      spec,
      flow,
      connector: salesforce,
      facts: { key: "Id", fields: null },
      ledger,
      world,
      begin: "beginning",
      everyMs: 5_000,
    })
    const stop = new AbortController()
    const booked: unknown[] = []
    const running = Promise.all([
      engine.process({ lanes: 4, signal: stop.signal }),
      poller.run({ signal: stop.signal }),
      engine.relay(async message => void booked.push(message.payload), { signal: stop.signal }),
    ])
    const won = opportunities.filter(({ StageName }) => StageName === "Closed Won")
    while (booked.length < won.length) await new Promise(resolve => setTimeout(resolve, 20))
    // time for what we wrote back to be read, and to begin nothing
    const polls = () =>
      from.seen.filter(({ request, answer }) => request.path.endsWith("queryAll") && answer?.status === 200)
        .length
    for (const end = polls() + 3; polls() < end; ) await new Promise(resolve => setTimeout(resolve, 20))
    stop.abort()
    await running
    expect(await ledger.run(() => brokenInvariants())).toEqual([])
    const { flows } = await engine.stats()
    ledger.close()
    await Promise.all([salesforce.close(), netSuite.close()])

    const orders = (
      erp.dump() as {
        records: {
          salesOrder: { externalId: string; tranId: string; item: { items: { rate: number }[] } }[]
          customer: { companyName: string }[]
        }
      }
    ).records
    expect(orders.salesOrder.map(({ externalId }) => externalId).toSorted()).toEqual(
      won.map(({ Id }) => Id).toSorted(),
    )
    expect(orders.salesOrder.map(({ item }) => item.items.length)).toEqual(won.map(() => 2))
    expect(orders.customer.map(({ companyName }) => companyName).toSorted()).toEqual(accounts)
    const numbers = new Map(orders.salesOrder.map(({ externalId, tranId }) => [externalId, tranId]))
    const written = (crm.dump() as { records: { Opportunity: { Id: string; NetSuiteId__c?: string }[] } })
      .records.Opportunity
    expect(written.map(({ Id, NetSuiteId__c }) => [Id, NetSuiteId__c])).toEqual(
      opportunities.map(({ Id }) => [Id, numbers.get(Id)]),
    )
    expect(flows[0]?.events.done).toBeGreaterThanOrEqual(won.length)
    expect(flows[0]?.events).toMatchObject({ open: 0, blocked: 0, parked: 0 })
    const wrong = [...from.seen, ...to.seen].filter(({ fault }) => fault !== undefined).length
    expect(wrong).toBeGreaterThan(8)
    const { readFileSync } = await import("node:fs")
    expect(readFileSync(file).includes(canary)).toBe(false)
  },
  60_000,
)
