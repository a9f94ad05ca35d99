// Law 5 on every conformance case: what a record ends with when it runs stood in the map's list of codes before, with the same
// outcome. Crosswalk files that must not be used are no records.
import {
  compile,
  crosswalkSpec,
  type InterpretReference,
  interpreter,
  memoryHost,
  type Plan,
  setInterpreter,
} from "@fmap/compiler"
import { type Calendar, type Crosswalk, loadCrosswalk, readJson, runRows } from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import { describe, expect, test } from "vitest"
import { calendarsOf } from "../../conformance/calendars-of.ts"
import { type ConformanceCase, type ConformanceRun, readCases } from "../../conformance/read-cases.ts"

const cases = readCases().filter(one => one.diagnostics.length === 0 && one.runs.length > 0)
const met = new Set<string>()

describe.each(cases.map(one => [one.name, one] as const))("%s", (_, one) => {
  const { plan } = compile(memoryHost(one.files), [one.entry], { emit: {} })
  if (plan === null) throw new Error(`${one.name} does not compile`)
  const known = plan.maps.find(map => map.name === one.map)?.codes.map(({ code, verb }) => `${verb} ${code}`)
  test.each(one.runs.map((run, i) => [i + 1, run] as const))("run %i", (_, run) => {
    const found = codesOf(plan, one, run)
    for (const code of found) met.add(code)
    expect(found.filter(code => !known?.includes(code))).toEqual([])
  })
})

test("many codes were met", () => expect(met.size).toBeGreaterThan(60))

function codesOf(plan: Plan, one: ConformanceCase, run: ConformanceRun): readonly string[] {
  if (["json", "crosswalk", "calendar"].includes(run.expect.kind)) return []
  const read = run.plainJson ? { ok: JSON.parse(run.text) as unknown } : readJson(run.text)
  if (!("ok" in read)) throw new Error(read.refused.message)
  const input = read.ok as Record<string, unknown>
  const set = plan.maps.find(map => map.name === one.map)?.set ?? null
  if (set !== null) {
    const rows = input[set.each] as readonly unknown[]
    const end = runRows(setInterpreter(plan)(one.map, input, references(plan, one, run)), rows)
    const stopped = [...end.rejected, ...end.held, ...end.dropped].flatMap(({ issues }) => issues)
    return [...end.issues, ...stopped, ...end.out.flatMap(({ notes }) => notes)].map(
      ({ code, severity }) => `${severity} ${code}`,
    )
  }
  const result = interpreter(plan)(one.map, input, references(plan, one, run))
  const issues = result.status === "done" ? result.notes : result.issues
  return issues.map(({ code, severity }) => `${severity} ${code}`)
}

function references(plan: Plan, one: ConformanceCase, run: ConformanceRun): InterpretReference {
  const calendars = calendarsOf(plan, path => one.files.get(path), run.calendars)
  if ("problems" in calendars) throw new Error(JSON.stringify(calendars))
  const loaded: Record<string, Crosswalk | Calendar> = { ...calendars.ok }
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null) continue
    const path = run.crosswalks[crosswalk.id] ?? crosswalk.external.path
    const table = readTable(crosswalk.external.format, new TextDecoder().decode(one.files.get(path)))
    if (!("ok" in table)) throw new Error(`${path} is no table`)
    const result = loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok)
    if (!("ok" in result)) throw new Error(`${path} cannot be used`)
    loaded[crosswalk.id] = result.ok
  }
  return loaded
}
