// Actuals to plan, from end to end on this machine: a NetSuite and an Anaplan are simulated, fmap carries the ledger into the plan: the night of March, lines that are posted a day later, and the night of April, of which
// Anaplan does not take all. Ledger and plan are compared figure by figure. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the figures have to be the same.
import { readFileSync } from "node:fs"
import {
  cannotRehearse,
  compareSums,
  seedOf,
  simulatedAnaplan,
  simulatedNetSuite,
  startRehearsal,
} from "@fmap/runtime/simulators"

interface Line {
  readonly id: string
  readonly period: string
  readonly account: string
  readonly currency: string
  readonly amount: number
}
interface Ledger {
  readonly tables: { readonly glline: readonly Line[] }
}
interface Member {
  readonly name: string
  readonly code: string
}
interface Plan {
  readonly lists: Readonly<Record<string, { readonly name: string; readonly items: readonly Member[] }>>
  readonly modules: { readonly Actuals?: Readonly<Record<string, string>> }
}

const here = import.meta.dirname
const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const erp = simulatedNetSuite()
const plan = simulatedAnaplan()
erp.load(read("netsuite"))
plan.load(read("anaplan"))

const rehearsal = await startRehearsal({
  project: here,
  ledger: "actuals-to-plan.db",
  platforms: [
    { platform: erp, port: 8422 },
    { platform: plan, port: 8423 },
  ],
  credentials: [
    "NETSUITE_CONSUMER_KEY",
    "NETSUITE_CONSUMER_SECRET",
    "NETSUITE_TOKEN_ID",
    "NETSUITE_TOKEN_SECRET",
    "ANAPLAN_USER",
    "ANAPLAN_PASSWORD",
  ],
  environment: process.env,
  seed: seedOf(process.argv),
}).catch(cannotRehearse)
let before: readonly string[] = []

console.log("— the night of 31 March")
await night("march", "2026-03-31T00:00:00Z", [2, 3, 5])
compare("2026-03")

console.log("\n— 31 March: an expense goes to another account, an invoice is posted, then corrected")
await post("late", [6])
await post("corrected", [5])
compare("2026-03")

console.log("\n— the night of 30 April: lines in CHF, which the model does not know")
add("april")
await night("april", "2026-04-30T00:00:00Z", [4])
compare("2026-04", ["CHF"])
await rehearsal.fmap(["flow", "exceptions", "list"])
for (const number of await openOf("NightlyActuals"))
  await rehearsal.fmap(["flow", "exceptions", "show", number, "--values"])

console.log(
  "\n— a model builder adds CHF; two people let the night be loaded again, which has the figures of single lines, too",
)
addCurrency("CHF")
for (const number of await openOf("NightlyActuals")) {
  await decide("reissue", number, "operations", "Ines, Integration", "the model knows CHF now")
  await decide("reissue", number, "controller", "Carla, Controlling", "seen, the model knows CHF")
}
await start([3])
for (const number of await openOf("LateActuals"))
  await decide("skip", number, "operations", "Ines, Integration", "the night of April has it")
await start([])
await told("april")
compare("2026-04")

console.log("")
await rehearsal.fmap(["flow", "exceptions", "list"])
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

/** One night by hand. Where it was killed it is in the ledger, and is gone on with; the same id is the same night. */
async function night(id: string, at: string, deaths: readonly number[]): Promise<void> {
  const words = ["flow", "run", "NightlyActuals", "--id", id, "--at", at]
  await rehearsal.killed(words, deaths)
  await rehearsal.fmap(words, "errors")
  await start([])
  await told(id)
}

/** Lines are posted while `fmap flow start` is there; the first time it takes what is there as known. */
async function post(name: string, deaths: readonly number[]): Promise<void> {
  add(name)
  await start(deaths)
}

async function start(deaths: readonly number[]): Promise<void> {
  await rehearsal.killed(["flow", "start"], deaths)
  const code = await rehearsal.fmap(["flow", "start", "--once"], "errors")
  console.log(`flow start --once: exit code ${code}${rehearsal.told()}`)
}

async function decide(what: string, number: string, role: string, by: string, reason: string): Promise<void> {
  await rehearsal.fmap(["flow", "exceptions", what, number, "--role", role, "--by", by, "--reason", reason])
}

/** Numbers of the open exceptions of a flow. */
async function openOf(flow: string): Promise<readonly string[]> {
  const found = await rehearsal.asked(["flow", "exceptions", "list", "--flow", flow, "--format", "json"])
  const { exceptions } = JSON.parse(found) as { readonly exceptions: readonly { readonly number: number }[] }
  return exceptions.map(({ number }) => String(number))
}

async function told(id: string): Promise<void> {
  await rehearsal.fmap(["flow", "trace", id])
}

/** A line that is there already takes the place of itself. */
function add(name: string): void {
  const { tables, ...rest } = erp.dump() as Ledger
  const lines = (read(name) as Ledger).tables.glline
  const ids = new Set(lines.map(({ id }) => id))
  const glline = [...tables.glline.filter(({ id }) => !ids.has(id)), ...lines]
  erp.load({ ...rest, tables: { ...tables, glline } })
}

function addCurrency(code: string): void {
  const { lists, ...rest } = plan.dump() as Plan
  const [id, list] = Object.entries(lists).find(([, { name }]) => name === "Currencies") ?? []
  if (id === undefined || list === undefined) throw new Error("The model has no list of currencies")
  plan.load({ ...rest, lists: { ...lists, [id]: { ...list, items: [...list.items, { name: code, code }] } } })
}

/** Lines of the period against cells of the plan, figure by figure; those that are new or have changed are shown. `waiting`: currencies the plan cannot have yet. */
function compare(period: string, waiting: readonly string[] = []): void {
  const { tables } = erp.dump() as Ledger
  const { modules } = plan.dump() as Plan
  const lines = tables.glline.filter(line => line.period === period)
  const cells = Object.entries(modules.Actuals ?? {})
    .map(([cell, figure]) => [cell.split(" | "), figure] as const)
    .filter(([members]) => members.includes(period))
  const nameOf = (currency = "", account = "") => `${currency} ${account}`
  const compared = compareSums(
    ["in the ledger", lines.map(line => [nameOf(line.currency, line.account), line.amount])],
    // cells of the simulator are named account, currency, version, period
    ["in the plan", cells.map(([[account, currency], figure]) => [nameOf(currency, account), figure])],
  )
  const isMissing = (line: string) => waiting.some(currency => line.startsWith(currency))
  const balances = compareSums(["", lines.map(line => [line.currency, line.amount])], ["", []])
  for (const line of compared.lines.filter(line => !before.includes(line)))
    console.log(`${line}${isMissing(line) ? ", waits" : ""}`)
  before = [...before, ...compared.lines]
  const missing = compared.lines.filter(isMissing).length
  console.log(
    `${period}: ${lines.length} lines are ${compared.lines.length} figures; the plan has ${cells.length}, ${missing} wait`,
  )
  const others = lines.filter(({ currency }) => !waiting.includes(currency))
  const { areSame } = compareSums(
    ["", others.map(line => [nameOf(line.currency, line.account), line.amount])],
    ["", cells.map(([[account, currency], figure]) => [nameOf(currency, account), figure])],
  )
  if (areSame && balances.areSame && cells.length + missing === compared.lines.length) return
  console.log("Ledger and plan do not agree.")
  process.exitCode = 1
}
