// Both versions of a map on one recorded input. Flows in: two Plans with their reference data, an input. Flows out: what each did, and where the results differ.
// Runs the interpreter, which is the oracle of the emitted code.
import { type Calendar, type Crosswalk, type Result, runRows, type SetEnd } from "@fmap/runtime"
import { inlineCrosswalks } from "../../interpret/inline-crosswalks.ts"
import { calendarsOf, interpreterParts, type Run, runMap, startSet } from "../../interpret/internals.ts"
import type { Plan, PlanMap, PlanShape, ShapeId } from "../../plan/index.ts"
import { renamedMaps } from "../maps/renamed-maps.ts"
import { type BothShapes, type Difference, differences, type KnownShape } from "./differences.ts"

export interface RecordedInput {
  readonly map: string
  /** For readers: the file, and the number of the record in it. */
  readonly name: string
  /** Sources and givens by name; of a set map the rows are a list. */
  readonly input: Readonly<Record<string, unknown>>
  /** Reference data that belongs to it, instead of that of the release. */
  readonly assumed?: (plan: Plan) => (id: string) => Crosswalk
}

export interface Runnable {
  readonly plan: Plan
  readonly crosswalk: (id: string) => Crosswalk
  readonly calendars: ReadonlyMap<string, Calendar>
}

/** `reference`: crosswalks that stand in files, where they were read. Those in the Plan answer for themselves. */
export function runnable(
  plan: Plan,
  reference: ReadonlyMap<string, Crosswalk>,
  calendars: ReadonlyMap<string, Calendar>,
): Runnable {
  const inline = inlineCrosswalks(plan)
  return {
    plan,
    calendars,
    crosswalk: id => {
      const found = inline.get(id) ?? reference.get(id)
      if (found === undefined) throw new NotAtHand(`the rows of ${id} are not at hand`)
      return found
    },
  }
}

/** Reference data that nobody gave: no fault of the Plan. */
class NotAtHand extends Error {
  override readonly name = "NotAtHand"
}

export type Ended =
  | {
      readonly kind: "done"
      readonly value: unknown
      /** Of a set map: rows and groups that did not come out, by how they ended; empty: none. */
      readonly stoppedRows: string
    }
  | { readonly kind: "stopped"; readonly status: string; readonly codes: readonly string[] }
  /** It could not be run at all: reference data is not at hand. */
  | { readonly kind: "impossible"; readonly reason: string }

export interface Both {
  readonly old: Ended
  readonly new: Ended
  /** Of two results. */
  readonly differences: readonly Difference[]
}

export type RunBoth = (recorded: RecordedInput) => Both | null

/** Null: one of them has no such map, nor one that was only renamed. */
export function runnerOfBoth(old: Runnable, now: Runnable): RunBoth {
  const [before, after] = [runnerOf(old), runnerOf(now)]
  const renamed = renamedMaps(old.plan, now.plan)
  return recorded => {
    const { map } = recorded
    const [was, is] = [before({ ...recorded, map: renamed.get(map) ?? map }), after(recorded)]
    if (was === null || is === null) return null
    return {
      old: was.ended,
      new: is.ended,
      differences:
        was.ended.kind === "done" && is.ended.kind === "done"
          ? differencesOf(was.ended, is.ended, { old: was.shape, new: is.shape })
          : [],
    }
  }
}

type Done = Extract<Ended, { readonly kind: "done" }>

/** Of a set map each record that comes out, in order, and what did not come out. */
function differencesOf(old: Done, now: Done, shapes: BothShapes): readonly Difference[] {
  const [were, are] = [old.value, now.value]
  if (!Array.isArray(were) || !Array.isArray(are)) return differences(were, are, shapes)
  const whole = (was: unknown, is: unknown): readonly Difference[] =>
    was === is ? [] : [{ path: "", old: was, new: is, delta: null, currency: null }]
  const pairs = Array.from(
    { length: Math.max(were.length, are.length) },
    (_, i) => [were[i], are[i]] as const,
  )
  return [
    ...whole(were.length, are.length),
    ...whole(old.stoppedRows, now.stoppedRows),
    ...pairs.flatMap(([was, is]) => differences(was, is, shapes)),
  ]
}

export function runnerOf({ plan, crosswalk, calendars }: Runnable): (recorded: RecordedInput) => {
  readonly ended: Ended
  readonly shape: KnownShape
} | null {
  const { index, declared } = interpreterParts(plan)
  const maps = new Map(plan.maps.map(map => [map.name, map]))
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const shapeOf = (id: ShapeId): PlanShape | undefined => shapes.get(id)
  const run: Run = { index, crosswalk, calendars: calendarsOf(declared, calendars), trace: null }
  return ({ map: name, input, assumed }) => {
    const map = maps.get(name)
    if (map === undefined) return null
    const own = assumed === undefined ? run : { ...run, crosswalk: assumed(plan) }
    return { ended: endOf(map, input, own), shape: { shape: index.shape(map.target.shape), shapeOf } }
  }
}

function endOf(map: PlanMap, input: RecordedInput["input"], run: Run): Ended {
  const absent = map.calendars.find(id => run.calendars.loaded(id) === undefined)
  if (absent !== undefined) return { kind: "impossible", reason: `the files of ${absent} are not at hand` }
  try {
    if (map.set === null) return ended(runMap(map, input, run).result)
    const rows = input[map.set.each]
    const end = runRows(startSet(map, input, run), Array.isArray(rows) ? rows : [])
    if (end.status !== "done")
      return { kind: "stopped", status: end.status, codes: end.issues.map(({ code }) => code) }
    return { kind: "done", value: end.out.map(one => one.value), stoppedRows: stoppedText(end) }
  } catch (error) {
    if (error instanceof NotAtHand) return { kind: "impossible", reason: error.message }
    throw error
  }
}

/** `held NO_RATE: 2 rows, dropped STATISTICAL: 1 row` */
function stoppedText({ rejected, held, dropped }: SetEnd<unknown>): string {
  const counts = new Map<string, number>()
  for (const [status, all] of Object.entries({ rejected, held, dropped }))
    for (const { rows, issues } of all) {
      const name = `${status} ${[...new Set(issues.map(({ code }) => code))].toSorted().join(" and ")}`
      counts.set(name, (counts.get(name) ?? 0) + rows)
    }
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => `${name}: ${rows} ${rows === 1 ? "row" : "rows"}`)
    .join(", ")
}

function ended(result: Result<unknown>): Ended {
  return result.status === "done"
    ? { kind: "done", value: result.value, stoppedRows: "" }
    : { kind: "stopped", status: result.status, codes: result.issues.map(issue => issue.code) }
}
