// `node test/runtime/flow/simulation/run.ts FROM TO`: seeds one after the other; ends with 1 at the first broken promise, and prints its seed.
import { argv, exit } from "node:process"
import { simulate } from "./scenario.ts"

const [from = 1, to = 100] = argv.slice(2).map(Number)
const totals = { events: 0, effects: 0, kills: 0, storeFaults: 0, decided: 0, steps: 0 }
for (let seed = from; seed <= to; seed++) {
  const { broken, figures } = await simulate(seed)
  if (broken.length > 0) {
    console.log(`seed ${seed}: ${broken.slice(0, 10).join("\n  ")}`)
    exit(1)
  }
  for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += figures[name]
}
console.log(
  `${to - from + 1} seeds: ${totals.events} events, ${totals.effects} effects, ${totals.kills} kills, ${totals.storeFaults} store faults, ${totals.decided} decisions; 0 promises broken`,
)
