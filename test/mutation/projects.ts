// What is mutated: the examples, and the conformance cases that say what comes out. Flows in: the folders. Flows out: projects with a
// verdict: is a changed file refused, does a test, a run, or one with a slip in its payload come out differently, or did nobody notice?
import { memoryHost, type Plan, runTests, type WireType } from "@fmap/compiler"
import { readSample } from "../../cli/project/read-sample.ts"
import { calendarsOf } from "../conformance/calendars-of.ts"
import { sampleOutcomes } from "../examples/sample-outcomes.ts"
import { type JudgedProject, judgedProjects } from "../one-slip/judged-projects.ts"
import { sectionsOf } from "../one-slip/outcomes.ts"
import { type Mutant, mutantsOf } from "./mutants.ts"

export type Verdict = "refused" | "noticed" | "same meaning" | "survived"

export interface Project {
  readonly name: string
  readonly mutants: readonly Mutant[]
  readonly verdict: (mutant: Mutant) => Verdict
}

export function projects(): readonly Project[] {
  return judgedProjects()
    .map(judged)
    .filter(project => project.mutants.length > 0)
}

function judged(project: JudgedProject): Project {
  const { name, files } = project
  const original = project.compiled(files)
  if (original === null) throw new Error(`${name} does not compile`)
  const meaning = meaningOf(original)
  // shown when first asked: a project of which no mutant compiles is never run
  let shown: readonly string[] | undefined
  const sources = [...files.keys()]
    .filter(path => path.endsWith(".fmap") && !path.startsWith("node_modules/"))
    .sort()
  return {
    name,
    mutants: sources.flatMap(path => mutantsOf(new TextDecoder().decode(files.get(path)), path)),
    verdict: mutant => {
      const plan = project.compiled(
        new Map<string, Uint8Array | string>([...files, [mutant.file, mutant.text]]),
      )
      if (plan === null) return "refused"
      if (meaningOf(plan) === meaning) return "same meaning"
      shown ??= [...shownBy(original, project, original)]
      const expected = shown
      let at = 0
      for (const line of shownBy(plan, project, original)) if (line !== expected[at++]) return "noticed"
      return at === expected.length ? "survived" : "noticed"
    },
  }
}

/** Its test blocks judge first, then its recorded samples, then every payload with one thing changed; who differs early says so early. */
function* shownBy(plan: Plan, project: JudgedProject, original: Plan): Iterable<string> {
  const { files, runsPerSlip } = project
  const host = memoryHost(files)
  const calendars = calendarsOf(plan, path => files.get(path))
  if ("problems" in calendars) throw new Error(JSON.stringify(calendars.problems))
  const reports = runTests(
    plan,
    path => readSample(host, path),
    undefined,
    new Map(Object.entries(calendars.ok)),
  )
  for (const { title, failures } of reports)
    yield `${title}: ${failures.map(failure => failure.message).join("; ")}`
  if (project.name === "examples/closed-won")
    for (const [title, outcome] of sampleOutcomes(plan, files)) yield `${title}: ${outcome}`
  for (const section of sectionsOf(plan, project.runs(plan), { slipped: original, runsPerSlip }))
    yield* section.lines()
}

/**
 * What a record can notice of a Plan: not where things stand, nor what is only reported. A total map always gives a field that is not
 * optional, so that of what is only written it says nothing; nor do the known members of an enum that is open.
 */
function meaningOf(plan: Plan): string {
  const silent = new Set([
    "at",
    "docs",
    "files",
    "report",
    "tests",
    "origin",
    "because",
    "enums",
    "variables",
    "maybe",
    "narrowed",
  ])
  const read = readShapes(plan)
  const shapes = plan.shapes.map(shape =>
    read.has(shape.id)
      ? shape
      : { ...shape, fields: shape.fields.map(field => ({ ...field, optional: null })) },
  )
  return JSON.stringify({ ...plan, shapes }, (member: string, value: unknown) => {
    if (silent.has(member)) return undefined
    // Shapes without a name are called by where they stand.
    if (typeof value === "string") return value.replace(/(\w@)\d+/u, "$1")
    return isOpenEnum(value) ? { ...value, members: [] } : value
  })
}

function isOpenEnum(value: unknown): value is { readonly members: readonly unknown[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "open" in value &&
    value.open === true &&
    "members" in value
  )
}

/** Shapes of payloads, givens and crosswalk rows, with all they hold. */
function readShapes(plan: Plan): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (id: string): void => {
    if (found.has(id)) return
    found.add(id)
    for (const field of plan.shapes.find(shape => shape.id === id)?.fields ?? []) visitType(field.type)
  }
  const visitType = (type: WireType): void => {
    if (type.kind === "record") visit(type.shape)
    if (type.kind === "list" || type.kind === "dictionary") visitType(type.of)
  }
  for (const map of plan.maps) {
    for (const source of map.sources) visit(source.binding.shape)
    for (const given of map.givens) visitType(given.type)
  }
  for (const crosswalk of plan.crosswalks) visitType(crosswalk.result)
  return found
}
