// What a project shows of itself: its test blocks, or the runs of a conformance case. Flows in: the Plan and the files. Flows out: runs with their inputs,
// and a way to run them again with other inputs. Reference data is that of the project's files, where a test assumes nothing else.
import {
  crosswalkSpec,
  interpreter,
  memoryHost,
  type Plan,
  type PlanTest,
  setInterpreter,
  validatePayload,
} from "@fmap/compiler"
import {
  type Calendar,
  type Crosswalk,
  type Issue,
  loadCrosswalk,
  type Result,
  readJson,
  runRows,
  type SetEnd,
} from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import { readSample } from "../../cli/project/read-sample.ts"
import { assumedCrosswalks } from "../../compiler/testing/assumed-crosswalks.ts"
import { sampleRecord } from "../../compiler/testing/sample-record.ts"
import { calendarsOf } from "../conformance/calendars-of.ts"
import type { ConformanceCase } from "../conformance/read-cases.ts"

type Files = ReadonlyMap<string, Uint8Array>
type Inputs = Readonly<Record<string, unknown>>
type Reference = Readonly<Record<string, Crosswalk | Calendar>>

export interface ProjectRun {
  readonly title: string
  readonly map: string
  readonly inputs: Inputs
  readonly reference: Reference
}

export function testRuns(plan: Plan, files: Files): readonly ProjectRun[] {
  const loaded = referenceOf(plan, files, {}, {})
  return plan.tests.flatMap(test => {
    const inputs = inputsOf(test, plan, files)
    return inputs === null
      ? []
      : [{ title: test.title, map: test.map, inputs, reference: assumedIn(plan, test, loaded) }]
  })
}

export function caseRuns(plan: Plan, one: ConformanceCase): readonly ProjectRun[] {
  return one.runs.flatMap((run, i) => {
    const read = run.plainJson ? { ok: JSON.parse(run.text) as unknown } : readJson(run.text)
    if (!("ok" in read) || ["json", "crosswalk", "calendar"].includes(run.expect.kind)) return []
    const reference = referenceOf(plan, one.files, run.crosswalks, run.calendars)
    return [{ title: `run ${i + 1}`, map: one.map, inputs: read.ok as Inputs, reference }]
  })
}

/**
 * What comes out, as data: values, keys, codes with their places, and what the whole payloads break of their contracts, read or not. The Plan is
 * indexed once for all runs.
 */
export function outcomesOf(plan: Plan): (run: ProjectRun, inputs: Inputs) => object {
  const interpret = interpreter(plan)
  const interpretSet = setInterpreter(plan)
  return (run, inputs) => outcomeOf(plan, interpret, interpretSet, run, inputs)
}

function outcomeOf(
  plan: Plan,
  interpret: ReturnType<typeof interpreter>,
  interpretSet: ReturnType<typeof setInterpreter>,
  { map: name, reference }: ProjectRun,
  inputs: Inputs,
): object {
  const map = plan.maps.find(candidate => candidate.name === name)
  const valid = (map?.sources ?? []).flatMap(({ name: source, binding }) => {
    const payload = inputs[source]
    const records = Array.isArray(payload) ? payload : [payload]
    return records.flatMap(record => {
      const result = validatePayload(plan, binding.shape, record)
      return result.status === "done"
        ? []
        : result.issues.map(({ code, pointer }) => `${code} ${source}${pointer}`)
    })
  })
  const broken = valid.length === 0 ? {} : { broken: valid }
  try {
    if (map?.set == null) return { ...shownResult(interpret(name, inputs, reference)), ...broken }
    const rows = inputs[map.set.each]
    if (!Array.isArray(rows)) return { status: "no rows", ...broken }
    return { ...shownSet(runRows(interpretSet(name, inputs, reference), rows)), ...broken }
  } catch (error) {
    return { status: `threw ${String(error)}` }
  }
}

function shownResult(result: Result<unknown>): object {
  return result.status === "done"
    ? { status: "done", value: result.value, key: result.key, ...listed("notes", result.notes) }
    : { status: result.status, ...listed("issues", result.issues) }
}

function shownSet({ out, withheld, rejected, held, dropped, issues, ...rest }: SetEnd<unknown>): object {
  const stopped = (rows: SetEnd<unknown>["held"]) =>
    rows.map(({ row, group, issues: found }) => ({ row, group, issues: found.map(places) }))
  return {
    ...rest,
    reference: undefined,
    ...listed("issues", issues),
    out: out.map(({ value, key, notes }) => ({ value, key, ...listed("notes", notes) })),
    withheld: withheld.map(({ value }) => value),
    rejected: stopped(rejected),
    held: stopped(held),
    dropped: stopped(dropped),
  }
}

function listed(name: string, issues: readonly Issue[]): object {
  return issues.length === 0 ? {} : { [name]: issues.map(places) }
}

function places({ code, severity, root, pointer }: Issue): string {
  return `${severity} ${code} ${root}${pointer}`
}

function inputsOf(test: PlanTest, plan: Plan, files: Files): Inputs | null {
  const map = plan.maps.find(candidate => candidate.name === test.map)
  if (map === undefined) return null
  const inputs: [string, unknown][] = []
  for (const { name, value } of test.givens) {
    if ("json" in value) inputs.push([name, value.json])
    else {
      const sample = sampleRecord(plan, map, name, readSample(memoryHost(files), value.file))
      if ("problem" in sample) return null
      inputs.push([name, sample.value])
    }
  }
  return Object.fromEntries(inputs)
}

/** What a test assumes answers first; the project's own files after it, so that other keys than the test's have answers too. What flows fill has no file. */
function assumedIn(plan: Plan, test: PlanTest, loaded: Reference): Reference {
  const assumed = assumedCrosswalks(plan, test.assumes, new Map())
  const both = plan.crosswalks
    .filter(({ external, links }) => external !== null || links !== undefined)
    .map(({ id }) => {
      const first = assumed.find(id)
      const after = loaded[id] as Crosswalk | undefined
      return [id, answering(first, after)] as const
    })
  return { ...loaded, ...Object.fromEntries(both) }
}

function answering(first: Crosswalk, after: Crosswalk | undefined): Crosswalk {
  return {
    name: first.name,
    snapshot: first.snapshot,
    find: (key, asOf) => first.find(key, asOf) ?? after?.find(key, asOf),
    ...(first.inverse === undefined ? {} : { inverse: answering(first.inverse, after?.inverse) }),
  }
}

function referenceOf(
  plan: Plan,
  files: Files,
  crosswalks: Readonly<Record<string, string>>,
  calendars: Readonly<Record<string, string>>,
): Reference {
  const found = calendarsOf(plan, path => files.get(path), calendars)
  if ("problems" in found) throw new Error(JSON.stringify(found.problems))
  const loaded: Record<string, Crosswalk | Calendar> = { ...found.ok }
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null) continue
    const path = crosswalks[crosswalk.id] ?? crosswalk.external.path
    const bytes = files.get(path)
    const table = bytes && readTable(crosswalk.external.format, new TextDecoder().decode(bytes))
    const result = table && "ok" in table ? loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok) : null
    if (result !== null && "ok" in result) loaded[crosswalk.id] = result.ok
  }
  return loaded
}
