// Runs every case of specs/conformance three ways: the compiler gives exactly the errors the case expects; the interpreter and the
// emitted code give exactly the result it expects, to the last digit, issue and order.
import {
  compile,
  crosswalkSpec,
  interpreter,
  memoryHost,
  type Plan,
  runTests,
  setInterpreter,
  validatePayload,
} from "@fmap/compiler"
import type { Diagnostic } from "@fmap/grammar"
import {
  type Calendar,
  type Crosswalk,
  loadCrosswalk,
  type Result,
  readJson,
  runRows,
  type SetEnd,
  writeJson,
} from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { calendarsOf } from "./calendars-of.ts"
import { type EmittedModules, emittedModules } from "./emitted-modules.ts"
import { type ConformanceCase, type ConformanceRun, type ExpectedRun, readCases } from "./read-cases.ts"

const cases = readCases()
let modules: EmittedModules

beforeAll(async () => {
  modules = await emittedModules()
})
afterAll(() => modules.remove())

test("there are cases of every area, and the twenty refusals", () => {
  const areas = new Map<string, ConformanceCase[]>()
  for (const one of cases) {
    const area = one.name.split("/")[0] ?? ""
    areas.set(area, [...(areas.get(area) ?? []), one])
  }
  for (const area of [
    "calendars",
    "controls",
    "crosswalks",
    "dates",
    "keys",
    "language",
    "lists",
    "match",
    "money",
    "optionality",
    "payloads",
    "periods",
  ]) {
    expect(areas.get(area)?.length, area).toBeGreaterThan(3)
  }
  const refusals = new Set(
    areas.get("refusals")?.map(one => one.name.slice("refusals/".length, "refusals/".length + 2)),
  )
  expect([...refusals].sort()).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(2, "0")))
})

describe.each(cases.map(one => [one.name, one] as const))("%s", (_, one) => {
  const compiled = compile(memoryHost(one.files), [one.entry], { emit: { typescript: true } })

  test(one.description, () => {
    expect(errorsOf(compiled.diagnostics, one)).toEqual(expectedErrors(one))
  })
  if (one.diagnostics.length > 0 || compiled.plan === null) return

  const { plan, files } = compiled
  if (one.tests !== null) {
    test("its test blocks", () => {
      const reports = runTests(plan, path => jsonFile(one, path))
      const failed = reports.filter(report => report.failures.length > 0)
      expect({ passed: reports.length - failed.length, failed: failed.length }).toEqual(one.tests)
    })
  }
  const interpret = interpreter(plan)
  test.each(one.runs.map((run, i) => [i + 1, run] as const))("run %i", async (_, run) => {
    const input = payload(run)
    const reference = references(plan, one, run)
    if (input === undefined || reference === undefined) return
    const entry = one.entry.replace(/\.fmap$/, ".js")
    const emitted = await modules.load(one.name, files, entry)
    const map = plan.maps.find(candidate => candidate.name === one.map)
    const set = map?.set ?? null
    if (set === null) {
      compare(interpret(one.map, input, reference), run.expect)
      compare(transformer(plan, one.map, emitted)(input, reference), run.expect)
    } else {
      const rows = input[set.each] as readonly unknown[]
      compareSet(runRows(setInterpreter(plan)(one.map, input, reference), rows), run.expect)
      compareSet(transformer(plan, one.map, emitted)(input, reference) as unknown, run.expect)
    }
    for (const source of map?.sources ?? []) {
      if (source.name === set?.each) continue
      const shape = plan.shapes.find(found => found.id === source.binding.shape)
      const module = plan.files[shape?.file ?? 0]?.path.replace(/\.fmap$/, ".js") ?? entry
      const validate = (await modules.load(one.name, [], module))[`validate${shape?.name}`]
      const payload = Object.hasOwn(input, source.name) ? input[source.name] : undefined
      if (typeof validate !== "function")
        throw new Error(`no validator of ${shape?.name} among ${Object.keys(emitted)}`)
      if (payload !== undefined) {
        expect(validate(payload)).toEqual(validatePayload(plan, shape?.id ?? "", payload))
      }
    }
  })
})

function jsonFile(one: ConformanceCase, path: string): unknown {
  const read = readJson(new TextDecoder().decode(one.files.get(path)))
  if ("refused" in read) throw new Error(read.refused.message)
  return read.ok
}

/** Undefined: it was refused, as expected. */
function payload(run: ConformanceRun): Record<string, unknown> | undefined {
  if (run.plainJson) return JSON.parse(run.text)
  const read = readJson(run.text)
  if (run.expect.kind === "json") {
    expect(read).toHaveProperty("refused")
    return undefined
  }
  if (!("ok" in read)) throw new Error(read.refused.message)
  return read.ok as Record<string, unknown>
}

function references(
  plan: Plan,
  one: ConformanceCase,
  run: ConformanceRun,
): Record<string, Crosswalk | Calendar> | undefined {
  const calendars = calendarsOf(plan, path => one.files.get(path), run.calendars)
  if (run.expect.kind === "calendar") {
    const problems = "ok" in calendars ? [] : calendars.problems
    expect(problems.map(({ row, column, code }) => ({ row, column, code }))).toEqual(run.expect.problems)
    return undefined
  }
  if ("problems" in calendars) throw new Error(JSON.stringify(calendars))
  const loaded: Record<string, Crosswalk | Calendar> = { ...calendars.ok }
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null) continue
    const path = run.crosswalks[crosswalk.id] ?? crosswalk.external.path
    const table = readTable(crosswalk.external.format, new TextDecoder().decode(one.files.get(path)))
    const result = "ok" in table ? loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok) : null
    if (run.expect.kind === "crosswalk") {
      const problems =
        result === null || "ok" in result
          ? "problems" in table
            ? table.problems.map(problem => ({ row: problem.line, code: problem.code }))
            : []
          : result.problems.map(({ row, code }) => ({ row, code }))
      expect(problems).toEqual(run.expect.problems)
      return undefined
    }
    if (result === null || "problems" in result) throw new Error(JSON.stringify(result ?? table))
    loaded[crosswalk.id] = result.ok
  }
  return loaded
}

type Transformer = (input: unknown, reference?: unknown) => Result<unknown>

/** The emitted function of a map: its name begins in lower case, or is the only function that is no validator. */
function transformer(plan: Plan, map: string, emitted: Readonly<Record<string, unknown>>): Transformer {
  const name = map.slice(0, 1).toLowerCase() + map.slice(1)
  const found = Object.hasOwn(emitted, name)
    ? emitted[name]
    : Object.entries(emitted).find(
        ([key, value]) => typeof value === "function" && !key.startsWith("validate"),
      )?.[1]
  if (typeof found !== "function")
    throw new Error(`${map} is not among ${Object.keys(emitted)} of ${plan.maps.length} maps`)
  return found as Transformer
}

function compare(result: Result<unknown>, expected: ExpectedRun): void {
  if (expected.kind === "json" || expected.kind === "crosswalk")
    throw new Error("It was expected to be refused.")
  if (expected.kind === "calendar" || expected.kind === "set")
    throw new Error("It was expected to be refused.")
  if (expected.kind === "done") {
    const shown = result.status === "done" ? writeJson(result.value) : outcome(result)
    expect(shown).toBe(writeJson(expected.value))
    if (result.status !== "done") return
    expect(result.key).toBe(expected.key)
    expect(result.notes.map(places)).toEqual(expected.notes)
    return
  }
  expect(outcome(result)).toEqual({ status: expected.kind, issues: expected.issues })
  if (result.status === "done") return
  if (expected.messages !== null) expect(result.issues.map(issue => issue.message)).toEqual(expected.messages)
  if (expected.values !== null) expect(result.issues.map(issue => issue.value)).toEqual(expected.values)
}

/** Only what the case names is compared, to the last digit; what came out and what did not is always named. */
function compareSet(end: unknown, expected: ExpectedRun): void {
  if (expected.kind !== "set") throw new Error("A map over a set of rows ends with counts.")
  const shown = setOutcome(end as SetEnd<unknown>)
  const named = { out: [], rejected: [], held: [], dropped: [], issues: [], ...expected.members }
  expect(JSON.parse(writeJson(pick(shown, Object.keys(named))))).toEqual(JSON.parse(writeJson(named)))
}

function setOutcome({ out, withheld, rejected, held, dropped, issues, ...rest }: SetEnd<unknown>): object {
  const stopped = (rows: SetEnd<unknown>["held"]) =>
    rows.map(({ row, rows: count, group, issues: found }) => ({
      ...(row === null ? { group, rows: count } : { row }),
      issues: found.map(places),
    }))
  return {
    ...rest,
    issues: issues.map(places),
    out: out.map(({ value }) => value),
    withheld: withheld.map(({ value }) => value),
    keys: out.map(({ key }) => key),
    notes: out.map(({ notes }) => notes.map(places)),
    rejected: stopped(rejected),
    held: stopped(held),
    dropped: stopped(dropped),
  }
}

function pick(of: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)))
}

function outcome(result: Result<unknown>): unknown {
  return result.status === "done"
    ? writeJson(result.value)
    : { status: result.status, issues: result.issues.map(places) }
}

function places({
  code,
  severity,
  root,
  pointer,
}: {
  code: string
  severity: string
  root: string
  pointer: string
}): object {
  return { code, severity, root, pointer }
}

function expectedErrors(one: ConformanceCase): readonly object[] {
  return one.diagnostics.map(({ code, file, line }) => ({
    code,
    file: file ?? one.entry,
    ...(line === undefined ? {} : { line }),
  }))
}

/** Errors as the case writes them: the line only where it says one. */
function errorsOf(diagnostics: readonly Diagnostic[], one: ConformanceCase): readonly object[] {
  return diagnostics
    .filter(found => found.severity === "error")
    .map((found, i) => {
      const { file, span } = found.labels[0].place
      const text = new TextDecoder().decode(one.files.get(file))
      const line = text.slice(0, span.start).split("\n").length
      return {
        code: found.code,
        file,
        ...(one.diagnostics[i]?.line === undefined && one.diagnostics.length > 0 ? {} : { line }),
      }
    })
}
