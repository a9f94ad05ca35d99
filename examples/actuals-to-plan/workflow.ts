// Actuals to plan, from end to end on this machine: a NetSuite and an Anaplan are simulated, fmap runs the night's flow between them, and ledger and plan are added up. `--chaos SEED` lets a fifth of all calls
// fail in one of ten ways and kills fmap again and again while it works; the sums have to be the same.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { seededFaults, serve, simulatedAnaplan, simulatedNetSuite } from "@fmap/runtime/simulators"

const at = process.argv.indexOf("--chaos")
const seed = at === -1 ? undefined : Number(process.argv[at + 1] ?? 1)
const here = import.meta.dirname
for (const ending of ["", "-wal", "-shm", ".lock"])
  rmSync(`${here}/actuals-to-plan.db${ending}`, { force: true })

const read = (name: string): unknown => JSON.parse(readFileSync(`${here}/platforms/${name}.json`, "utf8"))
const erp = simulatedNetSuite()
const plan = simulatedAnaplan()
erp.load(read("netsuite"))
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
  await serve(erp, { port: 8422, ...options(0) }),
  await serve(plan, { port: 8423, ...options(1) }),
]

// Simulators take any credentials; the configuration names them and holds none.
const names = ["NETSUITE_CONSUMER_KEY", "NETSUITE_CONSUMER_SECRET", "NETSUITE_TOKEN_ID"]
const secrets = ["NETSUITE_TOKEN_SECRET", "ANAPLAN_USER", "ANAPLAN_PASSWORD"]
const env = {
  ...process.env,
  ...Object.fromEntries([...names, ...secrets].map(name => [name, `a-${name}`])),
}
const fmap = (...words: readonly string[]) => ["fmap", ...words, "--project", here]
const night = fmap("flow", "run", "NightlyActuals", "--at", "2026-03-31T00:00:00Z")

// each process is killed in the middle of its work: when so many more calls were made
const deaths = seed === undefined ? [] : [2, 3, 5]
for (const more of deaths) await killAfter(night, more)
const words = seed === undefined ? night : fmap("flow", "start", "--once")
const run = spawn("npx", words, { env, stdio: ["ignore", "inherit", "inherit"] })
const code = await new Promise(resolve => run.once("exit", resolve))
const told =
  seed === undefined
    ? ""
    : `, after ${deaths.length} kills; ${calls.failed} of ${calls.done + calls.failed} calls failed`
console.log(`\nexit code ${code}${told}`)
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

interface Line {
  readonly period: string
  readonly account: string
  readonly currency: string
  readonly amount: number
}

/** Lines of March against cells of the plan, in cents. */
function compare(): void {
  const { tables } = erp.dump() as { readonly tables: { readonly glline: readonly Line[] } }
  const march = tables.glline.filter(({ period }) => period === "2026-03")
  const of = new Map<string, bigint>()
  for (const { period, account, currency, amount } of march) {
    const cell = ["Actual", period, currency, account].toSorted().join(" ")
    of.set(cell, (of.get(cell) ?? 0n) + cents(String(amount)))
  }
  const { modules } = plan.dump() as {
    readonly modules: { readonly Actuals?: Readonly<Record<string, string>> }
  }
  const cells = Object.entries(modules.Actuals ?? {})
  const to = new Map(cells.map(([cell, figure]) => [cell.split(" | ").toSorted().join(" "), cents(figure)]))
  const isSame = of.size === to.size && [...of].every(([cell, sum]) => to.get(cell) === sum)
  console.log(
    `${march.length} lines of March are ${of.size} figures; the plan has ${to.size} cells${isSame ? ", the same ones to the cent" : ""}`,
  )
  if (!isSame) process.exitCode = 1
}

function cents(figure: string): bigint {
  const [whole = "0", rest = ""] = figure.split(".")
  return BigInt(whole + rest.padEnd(2, "0"))
}
