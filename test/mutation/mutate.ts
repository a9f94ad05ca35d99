// `npm run mutate`: every mutant of every project; `npm run mutate -- stripe` those of projects so named, without writing. Flows in: the projects, and what is known of mutants that nobody noticed. Flows out: the
// rate, and test/mutation/survivors.json. A new survivor has no reason yet, and the run fails until somebody wrote one.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { projects, type Verdict } from "./projects.ts"
import { readSurvivors, type Survivors } from "./survivors.ts"

const file = fileURLToPath(new URL("./survivors.json", import.meta.url))
const known = readSurvivors(readFileSync(file, "utf8"))
const counts = { refused: 0, noticed: 0, "same meaning": 0, survived: 0 }
const tried: Record<string, string> = {}
const equivalent: Record<string, string> = {}
const survivors: Record<string, string> = {}
const [only] = process.argv.slice(2)
for (const project of projects().filter(({ name }) => only === undefined || name.includes(only))) {
  const before = { ...counts }
  for (const mutant of project.mutants) {
    const id = `${project.name} | ${mutant.id}`
    const verdict = project.verdict(mutant)
    const reason = known.equivalent[id]
    if (verdict !== "survived") counts[verdict]++
    else if (reason !== undefined) {
      equivalent[id] = reason
      counts["same meaning"]++
    } else {
      survivors[id] = known.survivors[id] ?? ""
      counts.survived++
    }
  }
  const own = (Object.keys(counts) as Verdict[]).map(name => `${counts[name] - before[name]} ${name}`)
  tried[project.name] = own.join(", ")
  console.log(`${project.name}: ${own.join(", ")}`)
}
const caught = counts.refused + counts.noticed
const all = caught + counts.survived
const rate = Math.floor((caught * 10_000) / all) / 100
const written: Survivors = {
  format: "fmap.survivors",
  rate: `${rate} %`,
  counts,
  projects: tried,
  equivalent,
  survivors,
}
if (only === undefined) writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
const unexplained = Object.values(survivors).filter(reason => reason === "").length
console.log(`${caught} of ${all} refused or noticed: ${rate} %; ${unexplained} survivors without a reason`)
if (only !== undefined)
  for (const [id, reason] of Object.entries(survivors))
    console.log(`${reason === "" ? "no reason" : reason}: ${id}`)
process.exitCode = rate >= 98 && unexplained === 0 ? 0 : 1
