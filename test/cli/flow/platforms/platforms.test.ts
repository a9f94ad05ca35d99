// A flow from its text to the platforms it stands between, simulated on this machine, through the command line: every fault an integration lives with befalls a fifth of the
// requests, and in the end each order is there once.
import { generateKeyPairSync } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  type FaultKind,
  type Simulator,
  seededFaults,
  serve,
  simulatedNetSuite,
  simulatedSalesforce,
} from "@fmap/runtime/simulators"
import { afterEach, expect, test } from "vitest"
import { runCommandLine } from "../../../../cli/command-line.ts"
import { fakeTerminal } from "../../fake-terminal.ts"
import { folderWith } from "../../folder.ts"

const open: Simulator[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(simulator => simulator.stop()))
})

const source = readFileSync(join(import.meta.dirname, "quote-to-order.fmap"), "utf8")
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const environment = {
  FMAP_ACTOR: "mara",
  SF_ID: "client",
  SF_SECRET: "CANARY-5b1e77",
  NS_ID: "client",
  NS_CERT: "certificate",
  NS_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
}

const accounts = ["001A", "001B", "001C"].map(name => ({
  Id: `${name}00000000000001`.slice(0, 18),
  Name: `Customer ${name}`,
}))
const opportunities = Array.from({ length: 12 }, (_, index) => ({
  Id: `006A000000000000${10 + index}`,
  AccountId: accounts[index % 3]?.Id,
  Name: `Deal ${index}`,
  StageName: index === 11 ? "Prospecting" : "Closed Won",
  CloseDate: "2026-03-31",
  Amount: index === 10 ? 0 : 100 + index,
  CurrencyIsoCode: "EUR",
}))

async function setUp(faults?: Parameters<typeof serve>[1]["faults"]) {
  const salesforce = simulatedSalesforce()
  salesforce.load({ records: { Account: accounts, Opportunity: opportunities } })
  const netSuite = simulatedNetSuite()
  const options = { now: () => Date.now(), ...(faults === undefined ? {} : { faults }) }
  const [crm, erp] = [await serve(salesforce, options), await serve(netSuite, options)]
  open.push(crm, erp)
  const common = { reach: "loopback", totalMs: 2_000 }
  const config = {
    systems: {
      Salesforce: {
        kind: "salesforce",
        baseUrl: crm.url,
        ...common,
        apiVersion: "v62.0",
        auth: { kind: "client-credentials", clientId: "env:SF_ID", clientSecret: "env:SF_SECRET" },
      },
      NetSuite: {
        kind: "netsuite",
        baseUrl: erp.url,
        ...common,
        account: "1234567_SB1",
        auth: {
          kind: "oauth2",
          clientId: "env:NS_ID",
          certificateId: "env:NS_CERT",
          privateKey: "env:NS_KEY",
        },
      },
    },
    flows: { QuoteToOrder: { begin: "beginning" } },
  }
  const folder = folderWith({
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify(config),
  })
  const fmap = async (...words: string[]) => {
    const terminal = fakeTerminal(folder, { environment })
    const code = await runCommandLine(words, terminal)
    return { code, ...terminal.written }
  }
  return { salesforce, netSuite, fmap, folder }
}

type Records = readonly Readonly<Record<string, unknown>>[]

function recordsAt(platform: { dump(): unknown }, object: string): Records {
  const { records } = platform.dump() as { readonly records: Readonly<Record<string, Records>> }
  return records[object] ?? []
}

/** Every order once, with its customer; its number written back; nothing of what was held. */
function checkBooked({
  salesforce,
  netSuite,
}: Pick<Awaited<ReturnType<typeof setUp>>, "salesforce" | "netSuite">): void {
  const orders = recordsAt(netSuite, "salesOrder")
  const booked = opportunities.slice(0, 10)
  expect(orders.map(order => order["externalId"]).toSorted()).toEqual(booked.map(({ Id }) => `SF-${Id}`))
  expect(orders.map(order => order["memo"]).toSorted()).toEqual(
    booked.map(({ Amount }) => `${Amount}.00 EUR`),
  )
  const customers = recordsAt(netSuite, "customer").map(customer => customer["externalId"])
  expect(customers.toSorted()).toEqual(accounts.map(({ Id }) => `SF-${Id}`))
  const numbers = new Map(orders.map(order => [order["externalId"], order["tranId"]]))
  for (const { Id, NetSuiteId__c } of recordsAt(salesforce, "Opportunity"))
    expect(NetSuiteId__c, String(Id)).toBe(numbers.get(`SF-${Id}`))
}

/** What a secret would leave behind. */
function secretsIn(folder: string, told: string): readonly string[] {
  const ledger = readFileSync(join(folder, "fmap.db"), "latin1")
  return [ledger, told].filter(text => text.includes("CANARY-5b1e77"))
}

test("orders are booked at both platforms, and what is held waits for a person", async () => {
  const { salesforce, netSuite, fmap, folder } = await setUp()
  const first = await fmap("flow", "start", "--once")
  expect(first.out).toContain("QuoteToOrder 1.0.0: 10 done, 1 parked")
  expect(first.code).toBe(3)
  checkBooked({ salesforce, netSuite })
  const list = await fmap("flow", "exceptions", "list")
  expect(list.out).toContain("NO_AMOUNT: an order over nothing  [queue order-desk, Master Data]")
  // Numbers that were written back are changes, too; they are none that the flow asks for.
  const second = await fmap("flow", "start", "--once")
  expect(second.out).toBe(first.out)
  expect(secretsIn(folder, first.out + first.comment + list.out)).toEqual([])
}, 60_000)

/** Without those that ask for a minute's rest. */
const faults: readonly FaultKind[] = [
  "reset-before",
  "reset-after",
  "reset-inside",
  "unavailable",
  "internal-before",
  "internal-after",
  "bad-gateway",
  "truncated",
]

test.each([7, 8])(
  "a fifth of all requests go wrong, seed %i",
  async seed => {
    const { salesforce, netSuite, fmap } = await setUp(seededFaults(seed, 0.2, faults))
    const told = await fmap("flow", "start", "--once")
    expect(told.out, told.comment).toContain("QuoteToOrder 1.0.0: 10 done, 1 parked")
    checkBooked({ salesforce, netSuite })
    expect((await fmap("flow", "audit", "verify")).code).toBe(0)
  },
  120_000,
)
