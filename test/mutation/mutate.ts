// `npm run mutate`: every mutant of every project. Flows in: the projects, and the reasons of survivors known before. Flows out: the rate, and
// test/mutation/survivors.json with every survivor; a new one has no reason yet, and the run fails until somebody wrote one.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { projects, type Verdict } from "./projects.ts"

const file = fileURLToPath(new URL("./survivors.json", import.meta.url))

interface Survivors {
  readonly format: string
  readonly rate: string
  readonly counts: Readonly<Record<Verdict, number>>
  readonly survivors: Readonly<Record<string, string>>
}

const known = (JSON.parse(readFileSync(file, "utf8")) as Survivors).survivors
const counts = { refused: 0, noticed: 0, "same meaning": 0, survived: 0 }
const survivors: Record<string, string> = {}
for (const project of projects()) {
  const own = { ...counts }
  for (const mutant of project.mutants) {
    const verdict = project.verdict(mutant)
    counts[verdict]++
    const id = `${project.name} ${mutant.id}`
    if (verdict === "survived") survivors[id] = known[id] ?? ""
  }
  const tally = Object.entries(counts).map(([name, count]) => `${count - own[name as Verdict]} ${name}`)
  console.log(`${project.name}: ${tally.join(", ")}`)
}
const caught = counts.refused + counts.noticed
const rate = Math.floor((caught * 10_000) / (caught + counts.survived)) / 100
const written: Survivors = { format: "fmap.survivors", rate: `${rate} %`, counts, survivors }
writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
const unexplained = Object.values(survivors).filter(reason => reason === "").length
console.log(
  `${caught} of ${caught + counts.survived} refused or noticed: ${rate} %; ${unexplained} survivors without a reason`,
)
process.exitCode = rate >= 98 && unexplained === 0 ? 0 : 1
