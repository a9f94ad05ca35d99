// Pipeline snapshots, from end to end on this machine: a Salesforce and an Anaplan are simulated. fmap takes the snapshot of 30 March, takes it a second time, and takes that of the 31st when sales has worked for a day;
// CRM and plan are added up after each. `--chaos SEED` lets a fifth of all calls fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { seededFaults, serve, simulatedAnaplan, simulatedSalesforce } from "@fmap/runtime/simulators"

const at = process.argv.indexOf("--chaos")
const seed = at === -1 ? undefined : Number(process.argv[at + 1] ?? 1)
const here = import.meta.dirname
for (const ending of ["", "-wal", "-shm", ".lock"])
  rmSync(`${here}/pipeline-snapshots.db${ending}`, { force: true })
rmSync(`${here}/archive`, { recursive: true, force: true })
mkdirSync(`${here}/archive`)

interface Row {
  readonly [name: string]: unknown
}
type Tables = Readonly<Record<string, readonly Row[]>>
type Cells = Readonly<Record<string, string>>

const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const crm = simulatedSalesforce()
const plan = simulatedAnaplan()
crm.load(read("salesforce"))
plan.load(read("anaplan"))
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
  await serve(crm, { port: 8431, ...options(0) }),
  await serve(plan, { port: 8432, ...options(1) }),
]

// Simulators take any credentials; the configuration names them and holds none.
const names = ["SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET", "ANAPLAN_USER", "ANAPLAN_PASSWORD"]
const env = { ...process.env, ...Object.fromEntries(names.map(name => [name, `a-${name}`])) }
const fmap = (...words: readonly string[]) => ["fmap", ...words, "--project", here]

await snapshot("2026-03-30", "first", [3, 5])
compare("2026-03-30")
const first = cellsOf("2026-03-30")
await snapshot("2026-03-30", "again", [6])
expectSame("taken again", first)
workForADay()
await snapshot("2026-03-31", "next", [4, 7])
compare("2026-03-31")
expectSame("after the next", first)
const told =
  seed === undefined ? "" : `, after 5 kills; ${calls.failed} of ${calls.done + calls.failed} calls failed`
const code = await run(fmap("flow", "start", "--once"), "inherit")
console.log(`\nflow start --once: exit code ${code}${told}`)
for (const words of [fmap("flow", "exceptions", "list"), fmap("flow", "audit", "verify")])
  spawnSync("npx", words, { env, stdio: ["ignore", "inherit", "inherit"] })
await Promise.all(servers.map(server => server.stop()))

/** The night's flow by hand. In chaos each process is killed in the middle of its work, when so many more calls were made; the last one ends what they began. */
async function snapshot(day: string, id: string, deaths: readonly number[]): Promise<void> {
  const night = fmap("flow", "run", "PipelineSnapshot", "--at", `${day}T03:00:00Z`, "--id", id)
  if (seed === undefined) {
    await run(night, "ignore")
    return
  }
  for (const more of deaths) await killAfter(night, more)
  await run(fmap("flow", "start", "--once"), "ignore")
}

async function run(words: readonly string[], output: "ignore" | "inherit"): Promise<unknown> {
  const running = spawn("npx", words, { env, stdio: ["ignore", output, "inherit"] })
  return await new Promise(resolve => running.once("exit", resolve))
}

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

/** Open deals of the CRM against the plan's cells of that day, by currency; and from the day before to this one. */
function compare(day: string): void {
  const { records } = crm.dump() as { readonly records: Tables }
  const open = (records["Opportunity"] ?? []).filter(
    deal => deal["IsClosed"] === false && deal["IsDeleted"] !== true,
  )
  const isOutside = (deal: Row) =>
    deal["StageName"] === "Verbal Commit" ||
    (deal["CurrencyIsoCode"] === "JPY" && String(deal["CloseDate"]) >= "2027-01-01")
  const count = (what: string) => moduleOf("Snapshot figures")[`${day} | ${what}`]
  console.log(
    `\n${day}: ${count("Open deals")} open deals, ${count("Without amount")} without an amount, ${count("Outside the plan")} outside of the plan`,
  )
  const sold = sums(open.map(deal => [String(deal["CurrencyIsoCode"]), deal["Amount"]]))
  const likely = sums(
    open
      .filter(deal => !isOutside(deal))
      .map(deal => [String(deal["CurrencyIsoCode"]), deal["ExpectedRevenue"]]),
  )
  const outside = sums(open.filter(isOutside).map(deal => [String(deal["CurrencyIsoCode"]), deal["Amount"]]))
  const cells = Object.entries(moduleOf("Pipeline")).filter(([cell]) => cell.startsWith(day))
  const figures = (item: string, by: number) =>
    sums(
      cells.flatMap(([cell, figure]) => {
        const words = cell.split(" | ")
        return words.at(-1) === item ? [[words[by] ?? "", figure] as const] : []
      }),
    )
  const [amount, weighted] = [figures("Amount", 6), figures("Weighted", 6)]
  const moves = Object.entries(moduleOf("Pipeline movement")).flatMap(([cell, figure]) => {
    const [snapshot, movement = "", currency] = cell.split(" | ")
    return snapshot === day ? [{ movement, currency, figure: cents(figure) }] : []
  })
  for (const [currency, all] of [...sold].toSorted()) {
    const [planned, left] = [amount.get(currency) ?? 0n, outside.get(currency) ?? 0n]
    const isSame = planned + left === all && weighted.get(currency) === likely.get(currency)
    console.log(
      `${currency}: ${text(all)} in the CRM, ${text(planned)} in the plan and ${text(left)} outside; weighted ${text(likely.get(currency) ?? 0n)} and ${text(weighted.get(currency) ?? 0n)}${isSame ? "" : ": NOT THE SAME"}`,
    )
    if (!isSame) process.exitCode = 1
    const own = moves.filter(move => move.currency === currency && move.figure !== 0n)
    const told = own
      .map(({ movement, figure }) => `${movement} ${text(figure)}`)
      .toSorted()
      .join(", ")
    if (told !== "") console.log(`     ${told}`)
  }
  const euros = sums([...figures("Amount EUR", 0)].map(([snapshot, figure]) => [snapshot, text(figure)]))
  console.log(`at plan rates: ${text(euros.get(day) ?? 0n)} EUR in ${cells.length / 4} cells`)
}

function sums(
  amounts: readonly (readonly [currency: string, amount: unknown])[],
): ReadonlyMap<string, bigint> {
  const all = new Map<string, bigint>()
  for (const [currency, amount] of amounts)
    all.set(currency, (all.get(currency) ?? 0n) + cents(String(amount ?? 0)))
  return all
}

function cents(figure: string): bigint {
  const [whole = "0", rest = ""] = figure.split(".")
  return BigInt(whole + rest.padEnd(2, "0"))
}

function text(figure: bigint): string {
  const digits = String(figure < 0n ? -figure : figure).padStart(3, "0")
  return `${figure < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
