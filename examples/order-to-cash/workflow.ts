// Quote to order, from end to end on this machine: a Salesforce and a NetSuite are simulated, fmap runs the flow between them, and what stands where is counted and
// added up: each won deal is ordered, or waits for somebody. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same. `--desk` goes on
// with what people decide about the deals that wait.
import { readFileSync, writeFileSync } from "node:fs"
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
const skipped = new Set<unknown>()
await rehearsal.killed(["flow", "start"], [4, 9, 6, 12, 8])
const code = await rehearsal.fmap(["flow", "start", "--once"])
console.log(`\nflow start --once: exit code ${code}${rehearsal.told()}`)
await rehearsal.fmap(["flow", "exceptions", "list"])
await compare()
if (process.argv.includes("--desk")) await desk()
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

interface Row {
  [name: string]: unknown
}
interface Waiting {
  readonly number: number
  readonly code: string
  readonly amount?: string
  readonly currency?: string
}

/** What was won against what stands in the ERP and what waits in the ledger of fmap: deal by deal, and by currency. */
async function compare(): Promise<void> {
  const { records: sold } = crm.dump() as { readonly records: { readonly Opportunity: readonly Row[] } }
  const { records: booked } = erp.dump() as { readonly records: { readonly salesOrder?: readonly Row[] } }
  const won = sold.Opportunity.filter(deal => deal["StageName"] === "Closed Won")
  const orders = booked.salesOrder ?? []
  const ids = new Set(orders.map(order => order["externalId"]))
  const deals = won.filter(deal => ids.has(`SF-${String(deal["Id"])}`))
  const waiting = await open()
  const written = deals.filter(deal => typeof deal["NetSuiteId__c"] === "string").length
  console.log(
    `\nwon: ${won.length} deals; in the ERP: ${orders.length} orders of ${ids.size} deals; numbers written back: ${written}; ${waiting.length} wait`,
  )
  const amountOf = (deal: Row) => [String(deal["CurrencyIsoCode"]), deal["Amount"]] as const
  const ordered = orders.flatMap(order =>
    itemsOf(order).map(line => [currencyOf(order), line["amount"]] as const),
  )
  const held = waiting.map(({ currency = "?", amount }) => [currency, amount] as const)
  const dropped = won.filter(({ Id }) => skipped.has(Id)).map(amountOf)
  const comparisons = [
    compareSums(["sold", deals.map(amountOf)], ["ordered", ordered]),
    compareSums(
      ["won", won.map(amountOf)],
      [
        dropped.length === 0 ? "ordered or waiting" : "ordered, waiting or given up",
        [...ordered, ...held, ...dropped],
      ],
    ),
  ]
  for (const line of comparisons.flatMap(({ lines }) => lines)) console.log(line)
  const isEach = orders.length === ids.size && deals.length + waiting.length + dropped.length === won.length
  if (isEach && comparisons.every(({ areSame }) => areSame)) return
  console.log("They do not agree.")
  process.exitCode = 1
}

/** Four deals, four ways: what is put right where a flow reads it, what came with the event, what nobody wants, and what goes on waiting. */
async function desk(): Promise<void> {
  console.log("\n— sales enters the country; the desk lets the deal go on: the account is read again")
  change("Account", "001000000000005AAA", { BillingCountry: "United States" })
  await decide("retry", "NO_COUNTRY", "the account has its country now")

  console.log("\n— the seller puts the header right; the event has it as it was, and is edited, too")
  change("Opportunity", "006000000000009AAA", { Amount: 78 })
  const payload = await rehearsal.asked([
    "flow",
    "exceptions",
    "show",
    await numberOf("AMOUNT_MISMATCH"),
    "--payload",
  ])
  writeFileSync(`${here}/event.json`, payload.replace('"Amount": 78.01', '"Amount": 78.00'))
  await decide("edit", "AMOUNT_MISMATCH", "the header is its line", "--payload", `${here}/event.json`)

  console.log("\n— nobody will sell to Japan; the product goes on waiting for its row")
  await decide("skip", "NO_COMPANY", "the deal is taken back")
  skipped.add("006000000000006AAA")

  const later = await rehearsal.fmap(["flow", "start", "--once"])
  console.log(`\nflow start --once: exit code ${later}`)
  await rehearsal.fmap(["flow", "exceptions", "list"])
  await compare()
}

async function open(): Promise<readonly Waiting[]> {
  const found = await rehearsal.asked(["flow", "exceptions", "list", "--format", "json"])
  return (JSON.parse(found) as { readonly exceptions: readonly Waiting[] }).exceptions
}

async function numberOf(code: string): Promise<string> {
  const found = (await open()).find(one => one.code === code)
  if (found === undefined) throw new Error(`No exception is ${code}`)
  return String(found.number)
}

async function decide(what: string, code: string, reason: string, ...more: readonly string[]): Promise<void> {
  const number = await numberOf(code)
  await rehearsal.fmap(["flow", "exceptions", what, number, "--by", "mara", "--reason", reason, ...more])
}

/** What somebody does in Salesforce. */
function change(object: "Account" | "Opportunity", id: string, values: Row): void {
  const { records, ...rest } = crm.dump() as { readonly records: Readonly<Record<string, Row[]>> }
  const SystemModstamp = new Date().toISOString().replace("Z", "+0000")
  const rows =
    records[object]?.map(row => (row["Id"] === id ? { ...row, ...values, SystemModstamp } : row)) ?? []
  crm.load({ ...rest, records: { ...records, [object]: rows } })
}

function itemsOf(order: Row): readonly Row[] {
  return (order["item"] as { readonly items: readonly Row[] }).items
}

function currencyOf(order: Row): string {
  const symbols: Readonly<Record<string, string>> = { "1": "USD", "2": "GBP", "4": "EUR" }
  return symbols[String((order["currency"] as Row)["id"])] ?? "?"
}
