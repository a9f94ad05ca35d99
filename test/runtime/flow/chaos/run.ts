// `npm run test:chaos`: the long forms, with their figures. Words choose some: `npm run test:chaos -- kills`, `power`, `disk`, `postgres`, `seeds`. Ends with 1 when a promise
// was broken.
import { argv, exit } from "node:process"
import { postgresRun } from "../postgres/kill-run.ts"
import { ownCluster } from "../postgres/own-cluster.ts"
import { simulate } from "../simulation/scenario.ts"
import { faultyDisk, fullDisk } from "./disk-run.ts"
import { killRun } from "./kill-run.ts"
import { powerRun } from "./power-cut.ts"

const parts = ["kills", "power", "disk", "postgres", "seeds"]
const chosen = argv.slice(2)
const unknown = chosen.filter(name => !parts.includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are ${parts.join(", ")}.`)
  exit(2)
}
const wanted = (name: string) => chosen.length === 0 || chosen.includes(name)
const faults = { failed: 0.1, throttled: 0.1, lost: 0.05 }
let failed = false

function tell(name: string, figures: object, broken: readonly string[]): void {
  console.log(`${name}: ${JSON.stringify(figures)}${broken.length === 0 ? "; 0 promises broken" : ""}`)
  for (const one of broken.slice(0, 20)) console.log(`  BROKEN ${one}`)
  failed ||= broken.length > 0
}

if (wanted("kills")) {
  const events = 60_000
  const { broken, ...figures } = await killRun({
    events,
    kills: 50,
    lanes: 2_000,
    seed: 1,
    faults,
    lifeMs: 1_000,
  })
  tell(`R1, ${events} events, 50 × kill -9, faulty target`, figures, broken)
}

if (wanted("power")) {
  const result = await powerRun({ cuts: 20, events: 1_000_000, seed: 1, lifeMs: 2_000 })
  if (typeof result === "string") console.log(`R2, power cuts: ${result}`)
  else {
    const { broken, ...figures } = result
    tell("R2, power cuts on a loop image", figures, broken)
  }
}

if (wanted("disk")) {
  for (const [name, result] of [
    ["a disk without space until some is freed", await fullDisk(20_000)],
    ["EIO at 5 % of syncs, EIO and ENOSPC at 1 % of writes, until they end", await faultyDisk(20_000, 1)],
  ] as const) {
    if (typeof result === "string") console.log(`R3, ${name}: ${result}`)
    else {
      const { broken, ...figures } = result
      tell(`R3, ${name}`, figures, broken)
    }
  }
}

if (wanted("postgres")) {
  const cluster = await ownCluster()
  if (cluster === undefined)
    console.log("R4, database crashes: not run, there are no programs of PostgreSQL here")
  const events = 8_000
  const run = { events, workers: 2, kills: 30, zombies: 3, lanes: 400, seed: 1, faults, betweenMs: 3_000 }
  const own = cluster === undefined ? {} : { own: { cluster, crashes: 5 } }
  try {
    const result = await postgresRun({ ...run, ...own, schema: "fmap_chaos", longestSeconds: 900 })
    const { broken, ...figures } = result
    const crashes = `${figures.crashes} × pg_ctl -m immediate`
    tell(
      `R4, PostgreSQL, ${events} events, 2 workers, 30 × kill -9, ${crashes}, 3 zombies, faulty target`,
      figures,
      broken,
    )
  } finally {
    cluster?.stop()
  }
}

if (wanted("seeds")) {
  const seeds = 10_000
  const totals = { seeds, events: 0, effects: 0, kills: 0, storeFaults: 0 }
  const broken: string[] = []
  for (let seed = 1; seed <= seeds && broken.length === 0; seed++) {
    const { broken: found, figures } = await simulate(seed)
    broken.push(...found.map(one => `seed ${seed}: ${one}`))
    for (const name of ["events", "effects", "kills", "storeFaults"] as const) totals[name] += figures[name]
    if (seed % 1_000 === 0) console.log(`  ${seed} seeds`)
  }
  tell("R8, deterministic simulation", totals, broken)
}

exit(failed ? 1 : 0)
