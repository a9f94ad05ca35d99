// Order to invoice, from end to end on this machine: a NetSuite that bills and a Salesforce are simulated, fmap runs the flow between them over two days, and what was billed is added up at both ends. `--chaos SEED`
// lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { readFileSync } from "node:fs"
import {
  cannotRehearse,
  compareSums,
  seedOf,
  simulatedNetSuite,
  simulatedSalesforce,
  startRehearsal,
} from "@fmap/runtime/simulators"

interface Row {
  readonly [name: string]: unknown
}
interface Tables {
  readonly [name: string]: readonly Row[]
}

const here = import.meta.dirname
const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const crm = simulatedSalesforce()
const erp = simulatedNetSuite()
crm.load(read("salesforce"))
erp.load(read("netsuite"))

const rehearsal = await startRehearsal({
  project: here,
  ledger: "order-to-invoice.db",
  platforms: [
    { platform: crm, port: 8461 },
    { platform: erp, port: 8462 },
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

await day("end of March", [12, 17, 14])
billForADay()
await day("a day later", [9, 13])
console.log("")
await rehearsal.fmap(["flow", "exceptions", "list"])
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

async function day(name: string, deaths: readonly number[]): Promise<void> {
  await rehearsal.killed(["flow", "start"], deaths)
  const code = await rehearsal.fmap(["flow", "start", "--once"], "errors")
  console.log(`\n${name}: exit code ${code}${rehearsal.told()}`)
  await compare()
}

/** Three payments come in, one of them a part, and robots are sent back. */
function billForADay(): void {
  const { tables, ...rest } = erp.dump() as { readonly tables: Tables }
  const { tables: changed } = read("next-day") as { readonly tables: Tables }
  const ids = new Set(changed["transaction"]?.map(row => row["id"]))
  const transaction = [
    ...(tables["transaction"] ?? []).filter(row => !ids.has(row["id"])),
    ...(changed["transaction"] ?? []),
  ]
  const transactionline = [...(tables["transactionline"] ?? []), ...(changed["transactionline"] ?? [])]
  erp.load({ ...rest, tables: { ...tables, transaction, transactionline } })
}

/** Documents of NetSuite against records of Salesforce and what waits in the ledger of fmap, document by document and by currency, and those against what stands at the deals. */
async function compare(): Promise<void> {
  const { tables } = erp.dump() as { readonly tables: Tables }
  const { records } = crm.dump() as { readonly records: Tables }
  const documents = (tables["transaction"] ?? []).filter(row => row["type"] !== "SalesOrd")
  const shown = records["Invoice__c"] ?? []
  const deals = (records["Opportunity"] ?? []).filter(deal => deal["Invoiced__c"] !== undefined)
  const ids = new Set(shown.map(row => row["NetSuiteId__c"]))
  const seen = documents.filter(row => ids.has(row["id"]))
  const waiting = documents.filter(row => !ids.has(row["id"]))
  // each event is named by its document and when that was changed
  const held = JSON.parse(await rehearsal.asked(["flow", "exceptions", "list", "--format", "json"])) as {
    readonly exceptions: readonly { readonly sourceId: string }[]
  }
  const withSomebody = new Set(held.exceptions.map(({ sourceId }) => sourceId.split("@")[0]))
  const lost = waiting.filter(row => !withSomebody.has(String(row["id"])))
  const totalOf = (row: Row) => [currencyOf(row), row["foreigntotal"]] as const
  console.log(
    `${documents.length} documents in the ERP; ${shown.length} of ${ids.size} in the CRM, ${waiting.length} wait, each with somebody; ${deals.length} deals with figures`,
  )
  const inCrm = shown.map(row => [String(row["CurrencyIsoCode"]), row["Total__c"]] as const)
  const comparisons = [
    compareSums(
      ["billed", documents.map(totalOf)],
      ["in the CRM or waiting", [...inCrm, ...waiting.map(totalOf)]],
    ),
    compareSums(["not waiting", seen.map(totalOf)], ["in the CRM", inCrm]),
    compareSums(
      ["unpaid", seen.map(row => [currencyOf(row), row["foreignamountunpaid"]])],
      ["receivable at deals", deals.map(deal => [String(deal["CurrencyIsoCode"]), deal["Receivable__c"]])],
    ),
    compareSums(
      ["net and tax", partsOf(shown, ["Net__c", "Tax__c"], 1)],
      ["invoiced less credited at deals", netOf(deals)],
    ),
  ]
  for (const line of comparisons.flatMap(({ lines }) => lines)) console.log(line)
  for (const row of lost) console.log(`Nobody knows of ${String(row["tranid"])}.`)
  if (lost.length === 0 && shown.length === ids.size && comparisons.every(({ areSame }) => areSame)) return
  console.log("The two do not agree.")
  process.exitCode = 1
}

function partsOf(
  rows: readonly Row[],
  names: readonly string[],
  sign: 1 | -1,
): readonly (readonly [string, string])[] {
  return rows.flatMap(row =>
    names.map(name => [String(row["CurrencyIsoCode"]), signed(row[name], sign)] as const),
  )
}

function netOf(deals: readonly Row[]): readonly (readonly [string, string])[] {
  return [...partsOf(deals, ["Invoiced__c"], 1), ...partsOf(deals, ["Credited__c"], -1)]
}

/** As text, so that nothing is rounded. */
function signed(amount: unknown, sign: 1 | -1): string {
  const text = String(amount)
  if (sign === 1) return text
  return text.startsWith("-") ? text.slice(1) : `-${text}`
}

function currencyOf(row: Row): string {
  const symbols: Readonly<Record<string, string>> = { "1": "USD", "2": "GBP", "4": "EUR", "5": "JPY" }
  return symbols[String(row["currency"])] ?? `currency ${String(row["currency"])}`
}
