// Both versions of a map on one recorded input. Flows in: two Plans with their reference data, an input. Flows out: what each did, and where the results differ.
// Runs the interpreter, which is the oracle of the emitted code.
import { type Calendar, type Crosswalk, type Result, runRows } from "@fmap/runtime"
import { inlineCrosswalks } from "../../interpret/inline-crosswalks.ts"
import { calendarsOf, interpreterParts, type Run, runMap, startSet } from "../../interpret/internals.ts"
import type { Plan, PlanMap } from "../../plan/index.ts"
import { type Difference, differences } from "./differences.ts"

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
  | { readonly kind: "done"; readonly value: unknown }
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

/** Null: one of them has no such map. */
export function runnerOfBoth(old: Runnable, now: Runnable): RunBoth {
  const [before, after] = [runnerOf(old), runnerOf(now)]
  return recorded => {
    const [was, is] = [before(recorded), after(recorded)]
    if (was === null || is === null) return null
    const { shape, shapeOf } = is
    return {
      old: was.ended,
      new: is.ended,
      differences:
        was.ended.kind === "done" && is.ended.kind === "done"
          ? differencesOf(was.ended.value, is.ended.value, shape, shapeOf)
          : [],
    }
  }
}

type Shape = Parameters<typeof differences>[2]
type ShapeOf = Parameters<typeof differences>[3]

/** Of a set map each record that comes out, in order. */
function differencesOf(old: unknown, now: unknown, shape: Shape, shapeOf: ShapeOf): readonly Difference[] {
  if (!Array.isArray(old) || !Array.isArray(now)) return differences(old, now, shape, shapeOf)
  const pairs = Array.from({ length: Math.max(old.length, now.length) }, (_, i) => [old[i], now[i]] as const)
  const count =
    old.length === now.length
      ? []
      : [{ path: "", old: old.length, new: now.length, delta: null, currency: null }]
  return [...count, ...pairs.flatMap(([was, is]) => differences(was, is, shape, shapeOf))]
}

export function runnerOf({ plan, crosswalk, calendars }: Runnable): (recorded: RecordedInput) => {
  readonly ended: Ended
  readonly shape: Shape
  readonly shapeOf: ShapeOf
} | null {
  const { index, declared } = interpreterParts(plan)
  const maps = new Map(plan.maps.map(map => [map.name, map]))
  const run: Run = { index, crosswalk, calendars: calendarsOf(declared, calendars), trace: null }
  return ({ map: name, input, assumed }) => {
    const map = maps.get(name)
    if (map === undefined) return null
    const own = assumed === undefined ? run : { ...run, crosswalk: assumed(plan) }
    return { ended: endOf(map, input, own), shape: index.shape(map.target.shape), shapeOf: index.shape }
  }
}

function endOf(map: PlanMap, input: RecordedInput["input"], run: Run): Ended {
  const absent = map.calendars.find(id => run.calendars.loaded(id) === undefined)
  if (absent !== undefined) return { kind: "impossible", reason: `the files of ${absent} are not at hand` }
  try {
    if (map.set === null) return ended(runMap(map, input, run).result)
    const rows = input[map.set.each]
    const end = runRows(startSet(map, input, run), Array.isArray(rows) ? rows : [])
    return { kind: "done", value: end.out.map(one => one.value) }
  } catch (error) {
    if (error instanceof NotAtHand) return { kind: "impossible", reason: error.message }
    throw error
  }
}

function ended(result: Result<unknown>): Ended {
  return result.status === "done"
    ? { kind: "done", value: result.value }
    : { kind: "stopped", status: result.status, codes: result.issues.map(issue => issue.code) }
}
