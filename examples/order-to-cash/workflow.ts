// Quote to order, from end to end on this machine: a Salesforce and a NetSuite are simulated, fmap runs the flow between them, and what stands where is counted and
// added up. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { readFileSync } from "node:fs"
import {
  cannotRehearse,
  compareSums,
  seedOf,
  simulatedNetSuite,
  simulatedSalesforce,
  startRehearsal,
} from "@fmap/runtime/simulators"

const here = import.meta.dirname
const crm = simulatedSalesforce()
const erp = simulatedNetSuite()
crm.load(JSON.parse(readFileSync(`${here}/platforms/salesforce.json`, "utf8")))
erp.load(JSON.parse(readFileSync(`${here}/platforms/netsuite.json`, "utf8")))

const rehearsal = await startRehearsal({
  project: here,
  ledger: "order-to-cash.db",
  platforms: [
    { platform: crm, port: 8411 },
    { platform: erp, port: 8412 },
  ],
  credentials: [
    "SALESFORCE_CLIENT_ID",
    "SALESFORCE_CLIENT_SECRET",
    "NETSUITE_CONSUMER_KEY",
    "NETSUITE_CONSUMER_SECRET",
    "NETSUITE_TOKEN_ID",
    "NETSUITE_TOKEN_SECRET",
  ],
  environment: process.env,
  seed: seedOf(process.argv),
}).catch(cannotRehearse)
await rehearsal.killed(["flow", "start"], [4, 9, 6, 12, 8])
const code = await rehearsal.fmap(["flow", "start", "--once"])
console.log(`\nflow start --once: exit code ${code}${rehearsal.told()}`)
await rehearsal.fmap(["flow", "exceptions", "list"])
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

interface Row {
  readonly [name: string]: unknown
}

// What was won against what stands in the ERP.
const { records: sold } = crm.dump() as { readonly records: { readonly Opportunity: readonly Row[] } }
const { records: booked } = erp.dump() as { readonly records: { readonly salesOrder?: readonly Row[] } }
const won = sold.Opportunity.filter(deal => deal["StageName"] === "Closed Won")
const orders = booked.salesOrder ?? []
const ids = new Set(orders.map(order => order["externalId"]))
const deals = won.filter(deal => ids.has(`SF-${String(deal["Id"])}`))
console.log(
  `\nwon: ${won.length} deals; in the ERP: ${orders.length} orders of ${ids.size} deals; numbers written back: ${deals.filter(deal => typeof deal["NetSuiteId__c"] === "string").length}`,
)
const symbols: Readonly<Record<string, string>> = { "1": "USD", "2": "GBP", "4": "EUR" }
const { areSame, lines } = compareSums(
  ["sold", deals.map(deal => [String(deal["CurrencyIsoCode"]), deal["Amount"]])],
  ["ordered", orders.flatMap(order => itemsOf(order).map(line => [currencyOf(order), line["amount"]]))],
)
for (const line of lines) console.log(line)
if (orders.length !== ids.size || !areSame) {
  console.log("The two do not agree.")
  process.exitCode = 1
}

function itemsOf(order: Row): readonly Row[] {
  return (order["item"] as { readonly items: readonly Row[] }).items
}

function currencyOf(order: Row): string {
  return symbols[String((order["currency"] as Row)["id"])] ?? "?"
}
