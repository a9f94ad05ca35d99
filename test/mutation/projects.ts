// What is mutated: the examples, and the conformance cases that say what comes out. Flows in: the folders. Flows out: projects with a
// verdict: is a changed file refused, does a test or run come out differently, or did nobody notice?
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import {
  analyse,
  crosswalkSpec,
  interpreter,
  memoryHost,
  type Plan,
  runTests,
  validatePayload,
  type WireType,
} from "@fmap/compiler"
import { type Calendar, type Crosswalk, loadCrosswalk, readJson, writeJson } from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import { readSample } from "../../cli/project/read-sample.ts"
import { loadCalendars } from "../../cli/run/load-calendars.ts"
import { installed } from "../compiler/check/projects.ts"
import { type ConformanceCase, type ConformanceRun, readCases } from "../conformance/read-cases.ts"
import { sampleOutcomes } from "../examples/sample-outcomes.ts"
import { type Mutant, mutantsOf } from "./mutants.ts"

export type Verdict = "refused" | "noticed" | "same meaning" | "survived"

export interface Project {
  readonly name: string
  readonly mutants: readonly Mutant[]
  readonly verdict: (mutant: Mutant) => Verdict
}

const root = fileURLToPath(new URL("../../", import.meta.url))

export function projects(): readonly Project[] {
  const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => exampleProject(`examples/${entry.name}`))
  const problems = readCases()
    .filter(one => one.name.startsWith("problems/") && one.diagnostics.length === 0)
    .filter(one => one.runs.length > 0 || one.tests !== null)
    .map(caseProject)
  return [...examples, ...problems].filter(project => project.mutants.length > 0)
}

/** Its test blocks judge. */
function exampleProject(name: string): Project {
  const folder = join(root, name)
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(?:fmap|json|ndjson|csv)$/u.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !/\/(?:emitted|node_modules)\//u.test(path))
      .map(
        path => [relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path))] as const,
      ),
  )
  const entries = [...files.keys()].filter(path => path.endsWith(".fmap")).sort()
  return judged(name, new Map([...installed(), ...files]), entries, [])
}

function caseProject(one: ConformanceCase): Project {
  return judged(`specs/conformance/${one.name}`, one.files, [one.entry], one.runs, one)
}

function judged(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  entries: readonly string[],
  runs: readonly ConformanceRun[],
  one: ConformanceCase | null = null,
): Project {
  const outcome = (changed: ReadonlyMap<string, Uint8Array | string>): Outcome | null => {
    const { plan } = analyse(memoryHost(changed), entries)
    if (plan === null) return null
    return {
      meaning: meaningOf(plan),
      results: () => [
        ...runTests(
          plan,
          path => jsonFile(files, path),
          () => true,
          calendarsOf(plan, files),
        ).map(({ title, failures }) => `${title}: ${failures.map(failure => failure.message).join("; ")}`),
        ...(one === null ? [] : runs.map(run => ranAs(plan, one, run))),
        ...(one === null
          ? plan.maps.some(map => map.name === "BookOrder")
            ? sampleOutcomes(plan, files).map(([title, outcome]) => `${title}: ${outcome}`)
            : []
          : []),
      ],
    }
  }
  const before = outcome(files)
  if (before === null) throw new Error(`${name} does not compile`)
  const expected = before.results()
  const sources = [...files.keys()]
    .filter(path => path.endsWith(".fmap") && !path.startsWith("node_modules/"))
    .sort()
  return {
    name,
    mutants: sources.flatMap(path => mutantsOf(new TextDecoder().decode(files.get(path)), path)),
    verdict: mutant => {
      const after = outcome(new Map<string, Uint8Array | string>([...files, [mutant.file, mutant.text]]))
      if (after === null) return "refused"
      if (after.meaning === before.meaning) return "same meaning"
      return after.results().every((result, i) => result === expected[i]) ? "survived" : "noticed"
    },
  }
}

interface Outcome {
  readonly meaning: string
  readonly results: () => readonly string[]
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

function ranAs(plan: Plan, one: ConformanceCase, run: ConformanceRun): string {
  const read = run.plainJson ? { ok: JSON.parse(run.text) as unknown } : readJson(run.text)
  if (!("ok" in read)) return "no JSON"
  const reference = references(plan, one, run)
  if (reference === null) return "no reference data"
  try {
    const input = read.ok as Record<string, unknown>
    const sources = plan.maps.find(({ name }) => name === one.map)?.sources ?? []
    const valid = sources.map(({ name, binding }) => {
      const found = validatePayload(plan, binding.shape, input[name])
      return found.status === "done" ? [] : found.issues.map(places)
    })
    const result = interpreter(plan)(one.map, input, reference)
    return result.status === "done"
      ? writeJson([result.value, result.key ?? null, result.notes.map(places), valid])
      : writeJson([result.status, result.issues.map(places), valid])
  } catch (error) {
    return `threw ${String(error)}`
  }
}

function references(
  plan: Plan,
  one: ConformanceCase,
  run: ConformanceRun,
): Readonly<Record<string, Crosswalk>> | null {
  const loaded: Record<string, Crosswalk> = {}
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null) continue
    const path = run.crosswalks[crosswalk.id] ?? crosswalk.external.path
    const table = readTable(crosswalk.external.format, new TextDecoder().decode(one.files.get(path)))
    const result = "ok" in table ? loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok) : null
    if (result === null || "problems" in result) return null
    loaded[crosswalk.id] = result.ok
  }
  return loaded
}

function places(issue: {
  readonly code: string
  readonly severity: string
  readonly pointer: string
}): object {
  return { code: issue.code, severity: issue.severity, pointer: issue.pointer }
}

/** Calendars as the project's own files have them. */
function calendarsOf(plan: Plan, files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Calendar> {
  const ids = plan.calendars.map(calendar => calendar.id)
  const loaded = loadCalendars(plan, ids, new Map(), memoryHost(files), ".")
  if (loaded.kind === "problems") throw new Error(loaded.problems.join("\n"))
  return loaded.calendars
}

function jsonFile(files: ReadonlyMap<string, Uint8Array>, path: string): unknown {
  return readSample(memoryHost(files), path)
}
