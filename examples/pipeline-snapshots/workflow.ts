// Pipeline snapshots, from end to end on this machine: a Salesforce and an Anaplan are simulated. fmap takes the snapshot of 30 March, takes it a second time, and takes that of the 31st when sales has worked for a day;
// CRM and plan are added up after each. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { amountText } from "@fmap/runtime"
import {
  cannotRehearse,
  compareSums,
  seedOf,
  simulatedAnaplan,
  simulatedSalesforce,
  startRehearsal,
} from "@fmap/runtime/simulators"

interface Row {
  readonly [name: string]: unknown
}
type Tables = Readonly<Record<string, readonly Row[]>>
type Cells = Readonly<Record<string, string>>

const here = import.meta.dirname
rmSync(`${here}/archive`, { recursive: true, force: true })
mkdirSync(`${here}/archive`)
const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const crm = simulatedSalesforce()
const plan = simulatedAnaplan()
crm.load(read("salesforce"))
plan.load(read("anaplan"))

const seed = seedOf(process.argv)
const rehearsal = await startRehearsal({
  project: here,
  ledger: "pipeline-snapshots.db",
  platforms: [
    { platform: crm, port: 8431 },
    { platform: plan, port: 8432 },
  ],
  credentials: ["SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET", "ANAPLAN_USER", "ANAPLAN_PASSWORD"],
  environment: process.env,
  seed,
}).catch(cannotRehearse)

await snapshot("2026-03-30", "first", [3, 5])
compare("2026-03-30")
const first = cellsOf("2026-03-30")
await snapshot("2026-03-30", "again", [6])
expectSame("taken again", first)
workForADay()
await snapshot("2026-03-31", "next", [4, 7])
compare("2026-03-31")
expectSame("after the next", first)
const code = await rehearsal.fmap(["flow", "start", "--once"])
console.log(`\nflow start --once: exit code ${code}${rehearsal.told()}`)
await rehearsal.fmap(["flow", "exceptions", "list"])
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

/** The night's flow by hand. In chaos it is killed in the middle of its work; what it began is in the ledger, and is gone on with. */
async function snapshot(day: string, id: string, deaths: readonly number[]): Promise<void> {
  const night = ["flow", "run", "PipelineSnapshot", "--at", `${day}T03:00:00Z`, "--id", id]
  await rehearsal.killed(night, deaths)
  // shown would be every step of a night
  await rehearsal.fmap(
    seed === undefined ? [...night, "--format", "json"] : ["flow", "start", "--once"],
    "errors",
  )
}

/** A deal is won and one is lost, one is deleted and one is new; two grow, one shrinks, and one moves into a year that has a plan rate. */
function workForADay(): void {
  const state = crm.dump() as { readonly records: Readonly<Record<string, Row[]>> }
  for (const [object, changed] of Object.entries(read("next-day") as Tables))
    for (const row of changed) {
      const known = state.records[object]?.find(one => one["Id"] === row["Id"])
      if (known === undefined) state.records[object]?.push(row)
      else Object.assign(known, row)
    }
  crm.load(state)
}

function moduleOf(name: string): Cells {
  const { modules } = plan.dump() as { readonly modules: Readonly<Record<string, Cells>> }
  return modules[name] ?? {}
}

/** All cells of a snapshot, in all modules. */
function cellsOf(day: string): readonly string[] {
  return ["Pipeline", "Pipeline movement", "Snapshot figures"]
    .flatMap(name => Object.entries(moduleOf(name)).map(([cell, figure]) => `${cell} = ${figure}`))
    .filter(cell => cell.startsWith(day))
    .toSorted()
}

function expectSame(when: string, before: readonly string[]): void {
  const now = cellsOf("2026-03-30")
  const isSame = now.join("\n") === before.join("\n")
  console.log(`\n30 March, ${when}: ${now.length} cells, ${isSame ? "the same ones" : "OTHERS THAN BEFORE"}`)
  if (!isSame) process.exitCode = 1
}

/** Open deals of the CRM against the plan's cells of that day, by currency; and what happened since the day before. */
function compare(day: string): void {
  const { records } = crm.dump() as { readonly records: Tables }
  const open = (records["Opportunity"] ?? []).filter(
    deal => deal["IsClosed"] === false && deal["IsDeleted"] !== true,
  )
  const count = (what: string) => moduleOf("Snapshot figures")[`${day} | ${what}`]
  console.log(
    `\n${day}: ${count("Open deals")} open deals, ${count("Without amount")} without an amount, ${count("Outside the plan")} outside of the plan`,
  )
  const placed = open.filter(deal => !isOutside(deal))
  const cells = Object.entries(moduleOf("Pipeline")).flatMap(([cell, figure]) => {
    const [snapshot, , , , , , currency = "", item] = cell.split(" | ")
    return snapshot === day ? [{ currency, item, figure }] : []
  })
  const inPlan = (wanted: string) =>
    cells.filter(({ item }) => item === wanted).map(({ currency, figure }) => [currency, figure] as const)
  const inCrm = (deals: readonly Row[], field: string) =>
    deals.map(deal => [String(deal["CurrencyIsoCode"]), deal[field]] as const)
  const moves = Object.entries(moduleOf("Pipeline movement")).flatMap(([cell, figure]) => {
    const [snapshot, movement = "", currency] = cell.split(" | ")
    return snapshot === day ? [{ movement, currency, figure }] : []
  })
  const outside = compareSums(
    ["in the CRM", inCrm(open, "Amount")],
    ["in the plan and outside of it", [...inPlan("Amount"), ...inCrm(open.filter(isOutside), "Amount")]],
  )
  const weighted = compareSums(
    ["expected", inCrm(placed, "ExpectedRevenue")],
    ["weighted", inPlan("Weighted")],
  )
  for (const [i, line] of outside.lines.entries()) {
    const currency = line.slice(0, 3)
    const told = moves.filter(move => move.currency === currency && /[1-9]/u.test(move.figure))
    const tellings = told
      .map(({ movement, figure }) => `${movement} ${amountText(figure, currency)}`)
      .toSorted()
    console.log(`${line}; ${weighted.lines[i]?.slice(5)}`)
    if (tellings.length > 0) console.log(`     ${tellings.join(", ")}`)
  }
  if (outside.areSame && weighted.areSame) return
  console.log("The two do not agree.")
  process.exitCode = 1
}

/** In a stage nobody has mapped, or without a plan rate for its year. */
function isOutside(deal: Row): boolean {
  const isUnrated = deal["CurrencyIsoCode"] === "JPY" && String(deal["CloseDate"]) >= "2027-01-01"
  return deal["StageName"] === "Verbal Commit" || isUnrated
}
