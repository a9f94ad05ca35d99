// Runs one map of a Plan on one record. Flows in: the Plan, wire values of sources and givens by name, external crosswalks.
// Flows out: the Result the emitted transformer gives too; this is its oracle. Does no I/O and knows no `.fmap` text.
import {
  type Calendar,
  type Crosswalk,
  isRefused,
  missingField,
  ownMember,
  type Result,
  readObject,
} from "@fmap/runtime"
import type { Plan, PlanMap } from "../plan/index.ts"
import { calendarsOf, declaredCalendars, loadedCalendar, splitReference } from "./calendars.ts"
import { decodeRecord } from "./decode-record.ts"
import { decodeValue } from "./decode-value.ts"
import { admitted, type Door } from "./door.ts"
import { encodeRecord, type Writing } from "./encode.ts"
import { crosswalkFinder } from "./evaluate-lookup.ts"
import { inlineCrosswalks } from "./inline-crosswalks.ts"
import { issueCollector, resultOf } from "./issues.ts"
import { type PlanIndex, planIndex } from "./plan-index.ts"
import { runBlock } from "./run-block.ts"
import type { Run, Scope, Trace } from "./scope.ts"
import { MISSING, type Outcome, type RecordValue, SKIPPED } from "./value.ts"

/** Sources and givens by name, as wire values; an own property each. */
export type InterpretInput = { readonly [sourceOrGiven: string]: unknown }
/** External crosswalks and calendars with files, by id. */
export type InterpretReference = { readonly [id: string]: Crosswalk | Calendar }

/** Throws only for a bug: a Plan that breaks its promises, or a crosswalk the caller did not give. */
export function interpret(
  plan: Plan,
  mapName: string,
  input: InterpretInput,
  reference: InterpretReference = {},
  trace: Trace | null = null,
): Result<unknown> {
  return interpreter(plan)(mapName, input, reference, trace)
}

/** The same, indexed once for many records. */
export function interpreter(
  plan: Plan,
): (
  mapName: string,
  input: InterpretInput,
  reference?: InterpretReference,
  trace?: Trace | null,
) => Result<unknown> {
  const index = planIndex(plan)
  const inline = inlineCrosswalks(plan)
  const declared = declaredCalendars(plan)
  return (mapName, input, reference = {}, trace = null) => {
    const data = splitReference(reference)
    const crosswalk = crosswalkFinder(inline, data.crosswalks)
    const calendars = calendarsOf(declared, data.calendars)
    return runMap(index.map(mapName), input, { index, crosswalk, calendars, trace }).result
  }
}

/** The result, and the record before it was written: what tests compare with. */
export function runMap(
  map: PlanMap,
  input: InterpretInput,
  run: Run,
): { readonly result: Result<unknown>; readonly record: RecordValue } {
  const { report, issues } = issueCollector()
  const variables = new Map<number, Outcome>()
  for (const source of map.sources) {
    const door: Door = {
      run,
      report,
      root: source.name,
      pointer: "",
      at: source.at,
      masked: false,
      unit: () => MISSING,
    }
    const shape = run.index.shape(source.binding.shape)
    const { reads, rules } = source.binding
    variables.set(
      source.variable,
      decodeRecord(ownMember(input, source.name), { shape, reads, rules, units: [] }, door),
    )
  }
  bindInputs(map.givens, input, run, report, variables)
  const place = { root: map.target.name, pointer: "", masked: false, under: null }
  const nameOf = (id: number): string => map.variables[id]?.name ?? ""
  const scope: Scope = { run, variables, nameOf, place, report }
  const record = runBlock(map.body, map.target.shape, scope)
  if (record === SKIPPED) throw new Error("a row was skipped outside of any row")

  const shape = run.index.shape(map.target.shape)
  const stopped = issues().some(issue => issue.severity === "reject" || issue.severity === "hold")
  const writing: Writing = {
    run,
    report,
    root: map.target.name,
    pointer: "",
    at: map.target.at,
    unit: () => MISSING,
  }
  const value = stopped ? undefined : encodeRecord(record, shape, [], writing)
  const result = resultOf(issues(), () => ({ value, key: keyOf(map, run.index, value) }))
  return { record, result: { ...result, ...pinned(map, run) } }
}

/** Which reference data answered: the snapshots of what the caller gave. */
export function pinned(map: PlanMap, run: Run): Pick<Result<unknown>, "reference"> {
  const external = map.crosswalks.filter(id => run.index.crosswalk(id).rows === null)
  const data = [
    ...external.map(id => [id, run.crosswalk(id).snapshot] as const),
    ...map.calendars.map(id => [id, loadedCalendar(run, id).snapshot] as const),
  ]
  return data.length === 0 ? {} : { reference: Object.fromEntries(data) }
}

/** Reads the inputs that are no payload. */
export function bindInputs(
  givens: PlanMap["givens"],
  input: InterpretInput,
  run: Run,
  report: Door["report"],
  variables: Map<number, Outcome>,
): void {
  for (const given of givens) {
    const door: Door = {
      run,
      report,
      root: given.name,
      pointer: "",
      at: given.at,
      masked: false,
      unit: () => MISSING,
    }
    const value = ownMember(input, given.name)
    if (value !== undefined) variables.set(given.variable, decodeValue(value, given.type, door))
    else
      variables.set(
        given.variable,
        given.optional ? MISSING : admitted(missingField(), value, door, () => MISSING),
      )
  }
}

/** The key field as it stands on the wire, as text. */
export function keyOf(map: PlanMap, index: PlanIndex, value: unknown): string | undefined {
  const { key } = map
  const written = readObject(value)
  if (key === null || isRefused(written)) return undefined
  const field = index.shape(map.target.shape).fields.find(candidate => candidate.name === key.field)
  const member = field === undefined ? undefined : ownMember(written, field.wireName)
  return member === undefined ? undefined : String(member)
}
