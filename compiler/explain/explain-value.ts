// Explains one value of one result back to its sources (Law 8). Flows in: the Plan, the inputs of the record, a pointer into its result.
// Flows out: the value, the expression that gave it with the value of each part, source values, crosswalk rows, roundings. The record is
// run again with the interpreter, which writes down what it does.
import { type Issue, masked } from "@fmap/runtime"
import { crosswalkFinder } from "../interpret/evaluate-lookup.ts"
import type { InterpretInput, InterpretReference } from "../interpret/index.ts"
import { calendarsOf, interpreterParts, runMap, splitReference } from "../interpret/internals.ts"
import type { Plan } from "../plan/index.ts"
import { navigate } from "../testing/navigate.ts"
import { shownOutcome } from "../testing/shown.ts"
import type { Explanation } from "./explanation.ts"
import { hiddenValues } from "./hidden.ts"
import { placeInResult } from "./place-in-result.ts"
import { type Recording, recordTrace, type Traced } from "./record-trace.ts"
import { type Telling, tell, tellResult } from "./tell.ts"

export interface ExplainQuestion {
  readonly plan: Plan
  readonly map: string
  readonly input: InterpretInput
  readonly reference: InterpretReference
  /** RFC 6901, in the result. */
  readonly pointer: string
  /** The text of a file of the Plan; undefined: positions only. */
  readonly textOf: (path: string) => string | undefined
}

/** Null: the target has no such place. */
export function explainValue(question: ExplainQuestion): Explanation | null {
  const { plan, pointer } = question
  const { index, inline, declared } = interpreterParts(plan)
  const map = index.map(question.map)
  const target = index.shape(map.target.shape)
  const path = placeInResult(pointer, target, index)
  if (path === null) return null
  const recording = recordTrace()
  const data = splitReference(question.reference)
  const crosswalk = crosswalkFinder(inline, data.crosswalks)
  const calendars = calendarsOf(declared, data.calendars)
  const run = { index, crosswalk, calendars, trace: recording.trace }
  const { result, record } = runMap(map, question.input, run)

  const found = pointer === "" ? null : nearest(recording, map.target.name, pointer)
  const place = navigate(record, target, path, index)
  const telling: Telling = {
    index,
    map,
    recording,
    textOf: question.textOf,
    isHidden: hiddenValues(index),
    sources: [],
    crosswalks: [],
    roundings: [],
    allocations: [],
  }
  const tree = found === null ? (pointer === "" ? tellResult(telling) : null) : tell(found, telling)
  const issues: readonly Issue[] = result.status === "done" ? result.notes : result.issues
  return {
    format: "fmap.explanation",
    formatVersion: 1,
    map: map.name,
    version: map.version,
    status: result.status,
    pointer,
    value: tree?.value === masked ? masked : shownOutcome(place.value, place.type, currencyOf(place)),
    at: index.position(found === null ? map.at : found.expression.at),
    issues: issues
      .filter(
        ({ root, pointer: at }) => result.status !== "done" || (root === map.target.name && at === pointer),
      )
      .map(({ severity, code, message, root, pointer: at }) => ({
        severity,
        code,
        message,
        place: `${root} ${at}`.trim(),
      })),
    tree,
    sources: telling.sources,
    crosswalks: telling.crosswalks,
    roundings: telling.roundings,
    allocations: telling.allocations,
  }
}

function currencyOf({ type, unit }: ReturnType<typeof navigate>): string | null {
  return type !== null && "unit" in type && type.unit !== null ? unit(type.unit) : null
}

/** What was made for the place, or else for the nearest place around it. A row that took the place of a dropped one comes later. */
function nearest(
  { roots, members }: Pick<Recording, "roots" | "members">,
  root: string,
  pointer: string,
): Traced | null {
  const fields = [...members.values()].map(step => step.traced)
  const find = (traced: Traced): Traced | null =>
    (fields.includes(traced) && isAt(traced, root, pointer) ? traced : null) ??
    madeBelow(traced, root, pointer)
  const found = roots.map(find).findLast(one => one !== null)
  if (found !== undefined && found !== null) return found
  return pointer === "" ? null : nearest({ roots, members }, root, pointer.slice(0, pointer.lastIndexOf("/")))
}

/** The fields of a record and the rows of a list; not the messages and conditions that stand at the same place. */
function madeBelow(traced: Traced, root: string, pointer: string): Traced | null {
  const { expression, members, children } = traced
  const fields = [...members.values()].map(step => step.traced)
  const isMade = (child: Traced): boolean =>
    fields.includes(child) ||
    (expression.kind === "each" && expression.body === child.expression) ||
    (expression.kind === "list" && expression.elements.some(({ value }) => value === child.expression))
  return (
    children
      .map(child => (isMade(child) && isAt(child, root, pointer) ? child : madeBelow(child, root, pointer)))
      .findLast(one => one !== null) ?? null
  )
}

function isAt({ place }: Traced, root: string, pointer: string): boolean {
  return place.root === root && place.pointer === pointer
}
