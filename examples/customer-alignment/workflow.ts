// Customer alignment, from end to end on this machine: a Salesforce and a NetSuite are simulated, fmap makes one customer of what each of them has, and again when both sides have changed some, and what stands where is
// compared. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the customers have to be the same.
import { readFileSync, rmSync } from "node:fs"
import {
  cannotRehearse,
  compareSums,
  type Platform,
  seedOf,
  simulatedNetSuite,
  simulatedSalesforce,
  startRehearsal,
} from "@fmap/runtime/simulators"

interface Row {
  [name: string]: unknown
}
type Tables = Readonly<Record<string, Row[]>>

const here = import.meta.dirname
rmSync(`${here}/hub`, { recursive: true, force: true })
const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const crm = simulatedSalesforce()
const erp = simulatedNetSuite()
crm.load(read("salesforce"))
erp.load(read("netsuite"))
let writes = 0

const seed = seedOf(process.argv)
const rehearsal = await startRehearsal({
  project: here,
  ledger: "customer-alignment.db",
  platforms: [
    { platform: counted(crm), port: 8441 },
    { platform: counted(erp), port: 8442 },
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
  seed,
}).catch(cannotRehearse)

await align("the first time", [4, 9, 6])
await compare()
await align("again, when nothing has changed", [])
bothSidesChange()
await align("when both sides have changed some", [5])
await compare()
await align("again", [])
for (const request of ["new", "wrong"])
  await rehearsal.fmap([
    "flow",
    "run",
    "NewCustomer",
    "--payload",
    `${here}/platforms/request-${request}.json`,
  ])
await align("what the requests have left", [])
await compare()
await rehearsal.fmap(["flow", "exceptions", "list"])
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

/** In chaos processes are killed in the middle of their work; the last one ends what they began. */
async function align(when: string, deaths: readonly number[]): Promise<void> {
  const before = writes
  await rehearsal.killed(["flow", "start"], deaths)
  const code = await rehearsal.fmap(["flow", "start", "--once"], "errors")
  console.log(`\n${when}: ${writes - before} writes (exit code ${code}${rehearsal.told()})`)
}

/** The platform, with its writes counted. */
function counted(platform: Platform): Platform {
  return {
    ...platform,
    handle(request) {
      if (request.method === "PATCH" || request.method === "PUT") writes += 1
      return platform.handle(request)
    },
  }
}

type Records = { readonly records: Tables }

function accountsOf({ records }: Records): Row[] {
  return records["Account"] ?? []
}

function customersOf({ records }: Records): Row[] {
  return records["customer"] ?? []
}

/** Finance sets limits and terms, and renames a customer; sales renames an account, and writes over a limit. */
function bothSidesChange(): void {
  const now = new Date().toISOString()
  const [sales, ledger] = [crm.dump() as Records, erp.dump() as Records]
  const change = (rows: readonly Row[], key: string, value: string, values: Row) => {
    const row = rows.find(one => one[key] === value)
    if (row === undefined) throw new Error(`There is no ${value}`)
    Object.assign(row, values)
  }
  const inErp = (externalId: string, values: Row) =>
    change(customersOf(ledger), "externalId", externalId, {
      ...values,
      lastModifiedDate: `${now.slice(0, 19)}Z`,
    })
  const inCrm = (id: string, values: Row) =>
    change(accountsOf(sales), "Id", id, {
      ...values,
      LastModifiedById: "005000000000001AAA",
      SystemModstamp: now.replace("Z", "+0000"),
    })
  inErp("LEG-1001", { creditLimit: 300000, terms: { id: "3" } })
  inErp("SF-001000000000011AAA", { creditLimit: 40000.4, terms: { id: "2" } })
  inErp("SF-001000000000002AAA", { companyName: "Alpenstahl Group", creditLimit: 120000 })
  inCrm("001000000000001AAA", { Credit_Limit__c: 999999 })
  inCrm("001000000000009AAA", { Name: "Bergmann Maschinenbau KG", BillingCity: "Bonn" })
  crm.load(sales)
  erp.load(ledger)
}

/** Each customer has the CRM's name and the ERP's limit everywhere, once; limits are added up by currency. */
async function compare(): Promise<void> {
  const accounts = accountsOf(crm.dump() as Records)
  const customers = customersOf(erp.dump() as Records)
  const golden = readFileSync(`${here}/hub/GoldenCustomer.ndjson`, "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as Row)
  const aligned = accounts.filter(account => typeof account["ERP_Id__c"] === "string")
  const ids = new Set(aligned.map(account => account["ERP_Id__c"]))
  const customerOf = (account: Row) => customers.find(one => one["id"] === account["ERP_Id__c"])
  const wrong = aligned.filter(account => {
    const customer = customerOf(account)
    const [one, ...more] = golden.filter(record => record["crmAccount"] === account["Id"])
    const isOne = one !== undefined && more.length === 0 && one["erpCustomer"] === customer?.["id"]
    return !isOne || customer?.["companyName"] !== account["Name"] || one["name"] !== account["Name"]
  })
  const { exceptions } = JSON.parse(
    await rehearsal.asked(["flow", "exceptions", "list", "--format", "json"]),
  ) as { readonly exceptions: readonly { readonly sourceId: string }[] }
  const withSomebody = new Set(exceptions.map(({ sourceId }) => sourceId.split("@")[0]))
  const lost = accounts.filter(
    account => !aligned.includes(account) && !withSomebody.has(String(account["Id"])),
  )
  for (const account of lost) console.log(`Nobody knows of ${String(account["Id"])}.`)
  const partners = new Set(aligned.map(account => customerOf(account)?.["id"]))
  const alone = customers.filter(({ id }) => !partners.has(id)).length
  console.log(
    `${accounts.length} accounts, ${customers.length} customers: ${ids.size} are one and the same, ${accounts.length - aligned.length} accounts wait, each with somebody; ${alone} customers have no account yet`,
  )
  const currencyOf = (account: Row) => String(account["CurrencyIsoCode"])
  const inErp = aligned.map(account => [currencyOf(account), customerOf(account)?.["creditLimit"]] as const)
  const inCrm = aligned.map(account => [currencyOf(account), account["Credit_Limit__c"]] as const)
  const inHub = golden.map(record => [String(record["currency"]), record["creditLimit"]] as const)
  const sums = compareSums(["of credit in the ERP", inErp], ["in the CRM", inCrm])
  for (const line of sums.lines) console.log(line)
  const areSame = sums.areSame && compareSums(["", inErp], ["", inHub]).areSame
  if (
    lost.length === 0 &&
    wrong.length === 0 &&
    areSame &&
    ids.size === aligned.length &&
    golden.length === aligned.length
  )
    return
  console.log("They do not agree:", wrong.map(account => account["Id"]).join(", "))
  process.exitCode = 1
}
