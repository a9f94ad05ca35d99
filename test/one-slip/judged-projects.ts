// The examples, and the conformance cases of the mapping problems, as projects that can be compiled again with a file changed. Flows in: the folders.
// Flows out: their files, how they compile, and what they run.
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { analyse, memoryHost, type Plan } from "@fmap/compiler"
import { installed } from "../compiler/check/projects.ts"
import { type ConformanceCase, readCases } from "../conformance/read-cases.ts"
import { caseRuns, type ProjectRun, testRuns } from "./project-runs.ts"

type Files = ReadonlyMap<string, Uint8Array>

export interface JudgedProject {
  readonly name: string
  readonly files: Files
  /** Null: it does not compile. */
  readonly compiled: (files: ReadonlyMap<string, Uint8Array | string>) => Plan | null
  readonly runs: (plan: Plan) => readonly ProjectRun[]
  /** In how many runs one place is slipped: of examples, which are large, in the first. */
  readonly runsPerSlip: number
}

const root = fileURLToPath(new URL("../../", import.meta.url))

export function judgedProjects(): readonly JudgedProject[] {
  const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => exampleProject(`examples/${entry.name}`))
  const problems = readCases()
    .filter(one => one.name.startsWith("problems/") && one.diagnostics.length === 0)
    .filter(one => one.runs.length > 0 || one.tests !== null)
    .map(caseProject)
  return [...examples, ...problems]
}

function exampleProject(name: string): JudgedProject {
  const folder = join(root, name)
  const own = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(?:fmap|json|ndjson|csv)$/u.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !/\/(?:emitted|node_modules)\//u.test(path))
      .map(
        path => [relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path))] as const,
      ),
  )
  const entries = [...own.keys()].filter(path => path.endsWith(".fmap")).sort()
  const files = new Map([...installed(), ...own])
  return {
    name,
    files,
    compiled: changed => planOf(changed, entries),
    runs: plan => testRuns(plan, files),
    runsPerSlip: 1,
  }
}

function caseProject(one: ConformanceCase): JudgedProject {
  return {
    name: `specs/conformance/${one.name}`,
    files: one.files,
    compiled: changed => planOf(changed, [one.entry]),
    runs: plan => [...testRuns(plan, one.files), ...caseRuns(plan, one)],
    runsPerSlip: 4,
  }
}

function planOf(files: ReadonlyMap<string, Uint8Array | string>, entries: readonly string[]): Plan | null {
  return analyse(memoryHost(files), entries).plan
}
