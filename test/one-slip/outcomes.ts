// A project with one slip after another in its payloads, and what each makes different. Flows in: the Plan and its runs. Flows out: text for people, one
// section a run: what came out, then what comes out otherwise. Slips that change nothing are named, and no more.
import type { Plan } from "@fmap/compiler"
import { sha256, writeJson } from "@fmap/runtime"
import { columnsOf } from "./columns.ts"
import { outcomesOf, type ProjectRun } from "./project-runs.ts"
import { type Slip, slipsOf } from "./slips.ts"

export interface Section {
  readonly title: string
  readonly lines: () => Iterable<string>
}

/**
 * `slipped`: the Plan that says which texts stand for each other. `runsPerSlip`: one place of a map's payloads is slipped in so many runs at most.
 * Lazily, section by section: who only wants to know whether something changed stops at the first line.
 */
export function* sectionsOf(
  plan: Plan,
  runs: readonly ProjectRun[],
  { slipped = plan, runsPerSlip }: { readonly slipped?: Plan; readonly runsPerSlip: number },
): Iterable<Section> {
  const columns = columnsOf(slipped)
  const outcomeOf = outcomesOf(plan)
  const tried = new Map<string, number>()
  for (const run of runs) {
    const base = outcomeOf(run, run.inputs)
    const slips = slipsOf(run.inputs, columns).filter(({ pointer, what }) => {
      const place = JSON.stringify([run.map, pointer.replace(/\/\d+(?=\/|$)/gu, "/[]"), what])
      const times = tried.get(place) ?? 0
      tried.set(place, times + 1)
      return times < runsPerSlip
    })
    yield {
      title: `${run.title} (${run.map})`,
      *lines() {
        yield `  ${writeJson(base)}`
        const before = leavesOf(base)
        const idle: string[] = []
        for (const slip of slips) {
          const changes = changesOf(before, leavesOf(outcomeOf(run, slip.payload as ProjectRun["inputs"])))
          if (changes.length === 0) idle.push(shown(slip))
          else yield `  ${shown(slip)} => ${changes.join(", ")}`
        }
        if (idle.length > 0) yield `  no difference: ${idle.join("; ")}`
      },
    }
  }
}

function shown({ pointer, what }: Slip): string {
  return `${pointer.slice(1)} ${what}`
}

/** Every leaf by its pointer; lists and records that hold nothing are leaves. */
function leavesOf(value: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>()
  const visit = (of: unknown, pointer: string): void => {
    const inner = typeof of === "object" && of !== null && !isNumber(of) ? Object.entries(of as object) : []
    if (inner.length === 0) leaves.set(pointer, of === undefined ? "-" : writeJson(of))
    for (const [name, member] of inner) if (member !== undefined) visit(member, `${pointer}/${name}`)
  }
  visit(value, "")
  return leaves
}

function isNumber(value: object): boolean {
  return "text" in value && Object.getPrototypeOf(value) !== Object.prototype
}

/** Long enough for what a person wants to see; the rest is counted, and its digest tells when it changes. */
const shownChanges = 5

function changesOf(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const changed = [...after].filter(([pointer, leaf]) => before.get(pointer) !== leaf)
  // a record that stopped has lost all its values, which says no more than its status
  const lost =
    after.get("/status") === before.get("/status")
      ? [...before.keys()].filter(pointer => !after.has(pointer))
      : []
  const all = new Set([
    ...changed.map(([pointer, leaf]) =>
      /^\/(?:status|issues\/|broken\/)/u.test(pointer)
        ? String(JSON.parse(leaf))
        : `${pointer.replace(/^\/value\//u, "/")} ${leaf}`,
    ),
    ...lost.map(pointer => `no ${pointer.replace(/^\/value\//u, "/")}`),
  ])
  const rest = [...all].slice(shownChanges)
  return rest.length <= 1
    ? [...all]
    : [...[...all].slice(0, shownChanges), `and ${rest.length} more (${sha256(rest.join()).slice(0, 8)})`]
}
