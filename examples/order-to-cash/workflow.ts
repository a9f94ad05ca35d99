// Quote to order, from end to end on this machine: a Salesforce and a NetSuite are simulated, fmap runs the flow between them, and what stands where is counted and
// added up. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { seededFaults, serve, simulatedNetSuite, simulatedSalesforce } from "@fmap/runtime/simulators"

const at = process.argv.indexOf("--chaos")
const seed = at === -1 ? undefined : Number(process.argv[at + 1] ?? 1)
const here = import.meta.dirname
for (const ending of ["", "-wal", "-shm", ".lock"])
  rmSync(`${here}/order-to-cash.db${ending}`, { force: true })

const crm = simulatedSalesforce()
const erp = simulatedNetSuite()
crm.load(JSON.parse(readFileSync(`${here}/platforms/salesforce.json`, "utf8")))
erp.load(JSON.parse(readFileSync(`${here}/platforms/netsuite.json`, "utf8")))
const calls = { done: 0, failed: 0 }
const options = (offset: number) => ({
  now: () => Date.now(),
  ...(seed === undefined ? {} : { faults: seededFaults(seed + offset, 0.2) }),
  saw: ({ fault }: { readonly fault: string | undefined }) => {
    if (fault === undefined) calls.done++
    else calls.failed++
  },
})
const servers = [
  await serve(crm, { port: 8411, ...options(0) }),
  await serve(erp, { port: 8412, ...options(1) }),
]

// Simulators take any credentials; the configuration names them and holds none.
const names = ["SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET", "NETSUITE_CONSUMER_KEY"]
const secrets = ["NETSUITE_CONSUMER_SECRET", "NETSUITE_TOKEN_ID", "NETSUITE_TOKEN_SECRET"]
const env = { ...process.env, ...Object.fromEntries([...names, ...secrets].map(name => [name, `a-${name}`])) }
const fmap = (...words: readonly string[]) => ["fmap", ...words, "--project", here]

// each process is killed in the middle of its work: when so many more calls were made
const deaths = seed === undefined ? [] : [4, 9, 6, 12, 8]
for (const more of deaths) await killAfter(fmap("flow", "start"), more)
const run = spawn("npx", fmap("flow", "start", "--once"), { env, stdio: ["ignore", "inherit", "inherit"] })
const code = await new Promise(resolve => run.once("exit", resolve))
console.log(
  `\nflow start --once: exit code ${code}${seed === undefined ? "" : `, after ${deaths.length} kills; ${calls.failed} of ${calls.done + calls.failed} calls failed`}`,
)

spawnSync("npx", fmap("flow", "exceptions", "list"), { env, stdio: ["ignore", "inherit", "inherit"] })
spawnSync("npx", fmap("flow", "audit", "verify"), { env, stdio: ["ignore", "inherit", "inherit"] })
compare()
await Promise.all(servers.map(server => server.stop()))

async function killAfter(words: readonly string[], more: number): Promise<void> {
  const running: ChildProcess = spawn("npx", words, { env, stdio: "ignore", detached: true })
  const enough = calls.done + calls.failed + more
  while (running.exitCode === null && calls.done + calls.failed < enough) await sleep(5)
  try {
    if (running.pid !== undefined) process.kill(-running.pid, "SIGKILL")
  } catch {
    // it has ended by itself
  }
}

interface Row {
  readonly [name: string]: unknown
}

/** What was won against what stands in the ERP, by currency, in cents. */
function compare(): void {
  const { records: sold } = crm.dump() as { readonly records: { readonly Opportunity: readonly Row[] } }
  const { records: booked } = erp.dump() as { readonly records: { readonly salesOrder?: readonly Row[] } }
  const won = sold.Opportunity.filter(deal => deal["StageName"] === "Closed Won")
  const orders = booked.salesOrder ?? []
  const ids = new Set(orders.map(order => order["externalId"]))
  const deals = won.filter(deal => ids.has(`SF-${String(deal["Id"])}`))
  console.log(
    `\nwon: ${won.length} deals; in the ERP: ${orders.length} orders of ${ids.size} deals; numbers written back: ${deals.filter(deal => typeof deal["NetSuiteId__c"] === "string").length}`,
  )
  const of = sums(deals.map(deal => [String(deal["CurrencyIsoCode"]), deal["Amount"]]))
  const symbols: Readonly<Record<string, string>> = { "1": "USD", "2": "GBP", "4": "EUR" }
  const to = sums(
    orders.flatMap(order =>
      (order["item"] as { readonly items: readonly Row[] }).items.map(
        line => [symbols[String((order["currency"] as Row)["id"])] ?? "?", line["amount"]] as const,
      ),
    ),
  )
  for (const [currency, cents] of [...of].toSorted())
    console.log(`${currency}: ${text(cents)} sold, ${text(to.get(currency) ?? 0n)} ordered`)
  const isSame = of.size === to.size && [...of].every(([currency, cents]) => to.get(currency) === cents)
  if (orders.length !== ids.size || !isSame) {
    console.log("The two do not agree.")
    process.exitCode = 1
  }
}

function sums(
  amounts: readonly (readonly [currency: string, amount: unknown])[],
): ReadonlyMap<string, bigint> {
  const all = new Map<string, bigint>()
  for (const [currency, amount] of amounts) {
    const [whole = "0", rest = ""] = String(amount).split(".")
    all.set(currency, (all.get(currency) ?? 0n) + BigInt(whole + rest.padEnd(2, "0")))
  }
  return all
}

function text(cents: bigint): string {
  const digits = String(cents).padStart(3, "0")
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
