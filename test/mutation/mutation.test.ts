// The checker against slips: of each project some mutants, drawn by FMAP_SEED; every one must be refused, change an outcome, or be known. `npm run
// mutate` tries all and writes survivors.json.
import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { planOf } from "../conformance/plan-of.ts"
import { mutantsOf } from "./mutants.ts"
import { type Project, projects } from "./projects.ts"
import { readSurvivors } from "./survivors.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260401)
const perProject = Number(process.env.FMAP_MUTANTS ?? 12)
const known = readSurvivors(readFileSync(new URL("./survivors.json", import.meta.url), "utf8"))

let all: readonly Project[]
beforeAll(() => {
  all = projects().filter(project => project.name in known.projects)
}, 120_000)

test("what a slip does is refused, noticed, or known", () => {
  const unknown: string[] = []
  let looked = 0
  for (const [number, project] of all.entries()) {
    for (let i = 0; i < perProject; i++) {
      const mutant = project.mutants[drawn(seed + number, i, project.mutants.length)]!
      const id = `${project.name} | ${mutant.id}`
      looked++
      if (project.verdict(mutant) === "survived" && !(id in known.equivalent) && !(id in known.survivors))
        unknown.push(id)
    }
  }
  expect(unknown).toEqual([])
  expect(looked).toBe(all.length * perProject)
  expect(all.length).toBeGreaterThan(8)
}, 300_000)

test("at least 98 % of all mutants were caught when all were tried last, and every survivor has a reason", () => {
  const { refused = 0, noticed = 0, survived = 0 } = known.counts
  expect(refused + noticed).toBeGreaterThan(1000)
  expect(survived).toBe(Object.keys(known.survivors).length)
  expect((refused + noticed) / (refused + noticed + survived)).toBeGreaterThanOrEqual(0.98)
  for (const reason of [...Object.values(known.equivalent), ...Object.values(known.survivors)])
    expect(reason.length).toBeGreaterThan(10)
})

describe("the mutants of a map", () => {
  const text = `contract In version 1.0.0 { id : text(9), n : decimal(9,2), on? : bool }
contract Out version 1.0.0 { id : text(9), n : decimal(9,2), on : bool }
map M version 1.0.0
  from i: In
  to   o: Out
{
  id = i.id
  n  = i.n + 0.01
  on = i.on else false
  check i.n > 0 else reject TOO_LITTLE "said to people"
}
`
  test("are the slips an author makes, each of another name", () => {
    planOf(text)
    const ids = mutantsOf(text, "m.fmap").map(mutant => mutant.id.split(" | ").slice(1).join(" | "))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(
      expect.arrayContaining([
        "id = i.id | delete assign id",
        "id = i.id | swap the values of id and n",
        "n = i.n + 0.01 | + becomes -",
        "n = i.n + 0.01 | 0.01 becomes 0.02",
        "on = i.on else false | delete else",
        "on = i.on else false | the other truth",
        'check i.n > 0 else reject TOO_LITTLE "said to people" | > becomes >=',
        'check i.n > 0 else reject TOO_LITTLE "said to people" | reject becomes hold',
      ]),
    )
  })
  test("leave messages and reasons alone, and change the text they say they do", () => {
    for (const mutant of mutantsOf(text, "m.fmap")) {
      expect(mutant.text).not.toBe(text)
      if (!mutant.id.includes("delete check")) expect(mutant.text).toContain("said to people")
    }
  })
})

/** The same for the same seed; nothing but the seed decides. */
function drawn(from: number, index: number, count: number): number {
  let state = (from * 2_654_435_761 + index * 40_503) >>> 0
  state ^= state >>> 15
  return (Math.imul(state, 2_246_822_519) >>> 0) % count
}
