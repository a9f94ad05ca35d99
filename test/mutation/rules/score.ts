// How well the comparison of maps names what was changed: every operator at every place of every example, one at a time. Flows in: the examples. Flows out: the table of recall and
// precision by rule, printed and written to score.md: npm run mutate:rules
import { writeFileSync } from "node:fs"
import { compareMaps, type Plan, type Release } from "@fmap/compiler"
import { judgedProjects } from "../../one-slip/judged-projects.ts"
import { type RuleMutant, ruleMutants } from "./operators.ts"

export interface Judged {
  readonly mutant: RuleMutant
  /** Rules of the findings, each once; empty: nothing was found. */
  readonly found: readonly string[]
}

/** Those that compile. */
export function judgedMutants(wanted: (project: string) => boolean): readonly Judged[] {
  return judgedProjects()
    .filter(({ name }) => wanted(name))
    .flatMap(({ files, compiled }) => {
      const original = compiled(files)
      if (original === null) throw new Error("an example does not compile")
      const sources = [...files.keys()]
        .filter(path => path.endsWith(".fmap") && !path.startsWith("node_modules/"))
        .sort()
      return sources
        .flatMap(path => ruleMutants(new TextDecoder().decode(files.get(path)), path))
        .flatMap(mutant => {
          const plan = compiled(new Map<string, Uint8Array | string>([...files, [mutant.file, mutant.text]]))
          if (plan === null) return []
          const found = compareMaps(releaseOf(original), releaseOf(plan), "strict").map(({ rule }) => rule)
          return [{ mutant, found: [...new Set(found)] }]
        })
    })
}

function releaseOf(plan: Plan): Release {
  return { plan, textOf: () => undefined, rows: new Map() }
}

/** Where the place decides the rule: what gives a key, a currency or a unit is told as that. */
const standsFor: Readonly<Record<string, readonly string[]>> = {
  M008: ["M008", "M029"],
  // an arm that gave what holds otherwise was none of its own
  M015: ["M015", "M017"],
  M020: ["M020", "M010", "M009", "M029"],
  M021: ["M021", "M029"],
  M001: ["M001"],
}

export function isNamed({ mutant: { rule }, found }: Judged): boolean {
  if (rule === "nothing") return found.length === 0
  if (rule === "M001") return found.every(one => one === "M001")
  return found.some(one => (standsFor[rule] ?? [rule]).includes(one))
}

export interface Score {
  readonly rule: string
  readonly injected: number
  readonly named: number
  /** Of all mutants in which the rule was found, those it was injected in. */
  readonly told: number
  readonly right: number
}

export function scores(judged: readonly Judged[]): readonly Score[] {
  const rules = [...new Set(judged.map(({ mutant }) => mutant.rule))].sort()
  return rules.map(rule => {
    const injected = judged.filter(({ mutant }) => mutant.rule === rule)
    const told = judged.filter(({ found, mutant }) =>
      rule === "nothing" ? mutant.rule === "nothing" && found.length === 0 : found.includes(rule),
    )
    const right = told.filter(
      one => one.mutant.rule === rule || (rule !== "M001" && isNamed(one) && one.mutant.rule in standsFor),
    )
    return {
      rule,
      injected: injected.length,
      named: injected.filter(isNamed).length,
      told: told.length,
      right: right.length,
    }
  })
}

export function scoreTable(all: readonly Score[]): string {
  const share = (part: number, of: number): string => (of === 0 ? "–" : `${((100 * part) / of).toFixed(1)} %`)
  const rows = all.map(
    ({ rule, injected, named, told, right }) =>
      `| ${rule === "nothing" ? "rows of a crosswalk in another order" : rule} | ${injected} | ${named} | ${share(named, injected)} | ${share(right, told)} |`,
  )
  const total = all.reduce(
    (sum, one) => ({ injected: sum.injected + one.injected, named: sum.named + one.named }),
    { injected: 0, named: 0 },
  )
  return [
    "| rule | injected | named | recall | precision |",
    "|---|---|---|---|---|",
    ...rows,
    `| all | ${total.injected} | ${total.named} | ${share(total.named, total.injected)} | |`,
    "",
  ].join("\n")
}

if (import.meta.main) {
  const judged = judgedMutants(name => name.startsWith("examples/"))
  const table = scoreTable(scores(judged))
  process.stdout.write(table)
  for (const one of judged.filter(each => !isNamed(each)))
    process.stdout.write(
      `${one.mutant.rule} not named: ${one.mutant.id} (${one.found.join(", ") || "nothing"})\n`,
    )
  const intro =
    "# Mutation score of the rules about maps\n\nMade by `npm run mutate:rules`: each operator at each place of the maps and crosswalks of `examples/`, one at a time; those that compile. Named: the rule that was injected is\namong the findings; what decides a key, a currency or a unit is told as that (M029, M010, M009), and counts as named. Precision: of the mutants in which a rule was found, those it was injected in.\n\n"
  writeFileSync(new URL("score.md", import.meta.url), `${intro}${table}`)
}
