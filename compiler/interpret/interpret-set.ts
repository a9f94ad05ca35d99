// Runs a map over a set of rows. Flows in: what stays the same for the run, read once; then rows, one by one. Flows out: the run the
// emitted code gives too; this is its oracle. Counting and collecting are the runtime's, the same for both.
import {
  createSetRun,
  type Issue,
  isRefused,
  ownMember,
  type RowRead,
  type RowReader,
  readObject,
  type SetRun,
  toScaled,
} from "@fmap/runtime"
import type { Plan, PlanField, PlanMap } from "../plan/index.ts"
import { controlInputs, setSpec } from "../plan/set-spec.ts"
import { calendarsOf, declaredCalendars, splitReference } from "./calendars.ts"
import { decodeRecord } from "./decode-record.ts"
import type { Door } from "./door.ts"
import { encodeRecord, encodeValue, type Writing } from "./encode.ts"
import { evaluate } from "./evaluate.ts"
import { crosswalkFinder } from "./evaluate-lookup.ts"
import { inlineCrosswalks } from "./inline-crosswalks.ts"
import { bindInputs, type InterpretInput, type InterpretReference, keyOf, pinned } from "./interpret.ts"
import { issueCollector, resultOf } from "./issues.ts"
import { planIndex } from "./plan-index.ts"
import { runBlock } from "./run-block.ts"
import type { Run, Scope } from "./scope.ts"
import { asRecord, BrokenPlan, MISSING, type Outcome, POISON, type RecordValue, SKIPPED } from "./value.ts"

/** Runs are begun by the map's name, once it was indexed; throws only for a bug. */
export function setInterpreter(
  plan: Plan,
): (mapName: string, input: InterpretInput, reference?: InterpretReference) => SetRun<unknown> {
  const index = planIndex(plan)
  const inline = inlineCrosswalks(plan)
  const declared = declaredCalendars(plan)
  return (mapName, input, reference = {}) => {
    const data = splitReference(reference)
    const crosswalk = crosswalkFinder(inline, data.crosswalks)
    const calendars = calendarsOf(declared, data.calendars)
    return startSet(index.map(mapName), input, { index, crosswalk, calendars, trace: null })
  }
}

/** A finished record of a set map as values again: what a test compares with. */
export function decodeFinished(value: unknown, map: PlanMap, run: Run): Outcome {
  const shape = run.index.shape(map.target.shape)
  const written = readObject(value)
  if (isRefused(written)) return POISON
  const reads = shape.fields
    .filter(field => (ownMember(written, field.wireName) ?? null) !== null)
    .map(field => ({ field: field.name, members: null, elements: false }))
  const door: Door = {
    run,
    report: () => {},
    root: map.target.name,
    pointer: "",
    at: map.target.at,
    masked: false,
    unit: () => MISSING,
  }
  const record = decodeRecord(value, { shape, reads, rules: [], units: [] }, door)
  const there = new Set(reads.map(read => read.field))
  if (typeof record !== "object" || record.kind !== "record") return record
  return { kind: "record", member: name => (there.has(name) ? record.member(name) : MISSING) }
}

/** A row that was read, and its record before it was written: null where the row was left out. */
export interface SetRow extends RowRead<unknown> {
  readonly record: RecordValue | null
}

/** Reads single rows, outside of any run; the issues are those of what is read once. */
export interface SetRowReader extends RowReader<unknown> {
  readonly read: ((payload: unknown) => SetRow) | null
}

export function startSet(map: PlanMap, input: InterpretInput, run: Run): SetRun<unknown> {
  const spec = setSpec(map, run.index.shape(map.target.shape), run.index.position)
  if (spec === null) throw new BrokenPlan(`${map.name} runs over no set`)
  return createSetRun(spec, undefined, readerOf(map, input, run), pinned(map, run).reference)
}

export function readerOf(map: PlanMap, input: InterpretInput, run: Run): SetRowReader {
  const { report, issues } = issueCollector()
  const fixed = new Map<number, Outcome>()
  const door = (root: string, at: PlanMap["at"], to = report): Door => ({
    run,
    report: to,
    root,
    pointer: "",
    at,
    masked: false,
    unit: () => MISSING,
  })
  const { set } = map
  for (const { name, variable, binding, at } of map.sources) {
    if (name === set?.each) continue
    const { shape, reads, rules } = binding
    const source = { shape: run.index.shape(shape), reads, rules, units: [] }
    fixed.set(variable, decodeRecord(ownMember(input, name), source, door(name, at)))
  }
  const lists = (set?.sets ?? []).map(one => ({ ...one, optional: false }))
  bindInputs([...lists, ...map.givens], input, run, report, fixed)
  const walked = map.sources.find(({ name }) => name === set?.each)
  if (walked === undefined) throw new BrokenPlan("no source is walked")
  if (stops(issues())) return { issues: issues(), inputs: [], read: null }
  return {
    issues: issues(),
    inputs: inputsOf(map, fixed, run),
    read: payload => {
      const found = issueCollector()
      const variables = new Map(fixed)
      const { shape, reads, rules } = walked.binding
      const source = { shape: run.index.shape(shape), reads, rules, units: [] }
      variables.set(
        walked.variable,
        decodeRecord(payload ?? undefined, source, door(walked.name, walked.at, found.report)),
      )
      return readRow(map, variables, run, found)
    },
  }
}

/** What controls compare with: nothing of it can fail, once the inputs are there. */
function inputsOf(map: PlanMap, variables: Map<number, Outcome>, run: Run): RowReader<unknown>["inputs"] {
  const place = { root: map.target.name, pointer: "", masked: false, under: null }
  const nameOf = (id: number): string => map.variables[id]?.name ?? ""
  const scope: Scope = { run, variables, nameOf, place, report: () => {} }
  return (map.set === null ? [] : controlInputs(map.set)).map(value => {
    const figure = figureOf(evaluate(value, scope), value.type)
    if (typeof figure === "bigint") return figure
    throw new BrokenPlan("what a control compares with is no number")
  })
}

function readRow(
  map: PlanMap,
  variables: Map<number, Outcome>,
  run: Run,
  { report, issues }: ReturnType<typeof issueCollector>,
): SetRow {
  const place = { root: map.target.name, pointer: "", masked: false, under: null }
  const nameOf = (id: number): string => map.variables[id]?.name ?? ""
  const scope: Scope = { run, variables, nameOf, place, report }
  const figures = (map.set?.figures ?? []).map(({ value }) => figureOf(evaluate(value, scope), value.type))
  const record = runBlock(map.body, map.target.shape, scope)
  if (record === SKIPPED) {
    const result = stops(issues())
      ? resultOf<unknown>(issues(), () => ({ value: undefined, key: undefined }))
      : ({ status: "dropped", issues: issues() } as const)
    return { result, figures, keys: [], record: null }
  }
  const writing: Writing = {
    run,
    report,
    root: map.target.name,
    pointer: "",
    at: map.target.at,
    unit: () => MISSING,
  }
  const shape = run.index.shape(map.target.shape)
  const value = stops(issues()) ? undefined : encodeRecord(record, shape, [], writing)
  const result = resultOf(issues(), () => ({ value, key: keyOf(map, run.index, value) }))
  if (result.status === "done") return { result, figures, keys: [], record }
  const keys = (map.set?.collect?.keys ?? []).map(name => {
    const field = shape.fields.find(candidate => candidate.name === name)
    return field === undefined ? undefined : keyWire(record, field, writing)
  })
  return { result, figures, keys, record }
}

/** The value of a key of a row that was stopped, as it would stand in the record; undefined where it cannot be known. */
function keyWire(record: RecordValue, field: PlanField, writing: Writing): unknown {
  const value = record.member(field.name)
  if (typeof value === "symbol") return undefined
  const unit: Writing["unit"] = source => {
    if (source.kind === "constant") return source.code
    if (source.kind === "parameter") return MISSING
    return source.path.reduce<Outcome>(
      (of, name) => (typeof of === "symbol" ? of : asRecord(of).member(name)),
      record,
    )
  }
  return encodeValue(value, field.type, { ...writing, report: () => {}, unit })
}

function figureOf(
  value: Outcome,
  type: PlanMap["variables"][number]["type"],
): RowRead<unknown>["figures"][number] {
  if (value === MISSING) return undefined
  if (typeof value === "string") return value
  if (value === POISON || typeof value !== "object" || value.kind !== "number" || type.kind !== "number")
    return null
  return toScaled(value.value, type.scale) ?? null
}

function stops(issues: readonly Issue[]): boolean {
  return issues.some(issue => issue.severity === "reject" || issue.severity === "hold")
}
