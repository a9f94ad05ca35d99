// Actuals to plan, from end to end on this machine: a NetSuite and an Anaplan are simulated, fmap runs the night's flow between them, and ledger and plan are added up. `--chaos SEED` lets a fifth of all calls
// fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { readFileSync } from "node:fs"
import {
  cannotRehearse,
  compareSums,
  seedOf,
  simulatedAnaplan,
  simulatedNetSuite,
  startRehearsal,
} from "@fmap/runtime/simulators"

const here = import.meta.dirname
const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const erp = simulatedNetSuite()
const plan = simulatedAnaplan()
erp.load(read("netsuite"))
plan.load(read("anaplan"))

const seed = seedOf(process.argv)
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
  seed,
}).catch(cannotRehearse)
const night = ["flow", "run", "NightlyActuals", "--at", "2026-03-31T00:00:00Z"]
await rehearsal.killed(night, [2, 3, 5])
// what was killed is in the ledger, and is gone on with
const code = await rehearsal.fmap(seed === undefined ? night : ["flow", "start", "--once"])
console.log(`\nexit code ${code}${rehearsal.told()}`)
await rehearsal.fmap(["flow", "audit", "verify"])
await rehearsal.stop()

interface Line {
  readonly period: string
  readonly account: string
  readonly currency: string
  readonly amount: number
}

// Lines of March against cells of the plan, figure by figure.
const { tables } = erp.dump() as { readonly tables: { readonly glline: readonly Line[] } }
const { modules } = plan.dump() as {
  readonly modules: { readonly Actuals?: Readonly<Record<string, string>> }
}
const march = tables.glline.filter(({ period }) => period === "2026-03")
const cells = Object.entries(modules.Actuals ?? {})
const figures = new Set(march.map(cellOf))
const { areSame, lines } = compareSums(
  ["in the ledger", march.map(line => [cellOf(line), line.amount])],
  ["in the plan", cells.map(([cell, figure]) => [cell.split(" | ").toSorted().join(" "), figure])],
)
console.log(
  `${march.length} lines of March are ${figures.size} figures; the plan has ${cells.length} cells${areSame ? ", the same ones to the cent" : ""}`,
)
if (!areSame || figures.size !== cells.length) {
  for (const line of lines) console.log(line)
  process.exitCode = 1
}

function cellOf({ period, account, currency }: Line): string {
  return ["Actual", period, currency, account].toSorted().join(" ")
}
