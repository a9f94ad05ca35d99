// What a flow needs of its maps, by the interpreter. Flows in: a Plan; then questions with the binders they read, and calls of maps by the
// names of their sources and givens, all in wire form. Flows out: values in wire form, or why there are none. It does no I/O: the runtime
// walks the flow (@fmap/runtime/flow), and asks here.
import {
  type Crosswalk,
  crosswalkKey,
  type Issue,
  isPayloadObject,
  normaliseKey,
  ownMember,
  type RowOfMany,
} from "@fmap/runtime"
import type { Plan, PlanMap } from "../plan/index.ts"
import { type InterpretReference, interpreter } from "./interpret.ts"
import { setInterpreter } from "./interpret-set.ts"

export type FlowAnswer =
  /** Of a map over rows: a list. `key`: what tells the record apart, where the map says it. */
  | { readonly kind: "done"; readonly value: unknown; readonly key?: string }
  | { readonly kind: "held" | "rejected"; readonly issues: readonly Issue[] }

/** Rows that flows filled, by crosswalk and key (see `linkKey`); values in wire form. */
export interface FilledCrosswalks {
  find(crosswalk: string, key: string): unknown
  /** Equal snapshots give equal answers. */
  readonly snapshot: string
}

export interface FlowMaps {
  /** A map of `Plan.questions`; `scope` holds the binders that the question reads. The answer has the one field `value`, or is without it. */
  ask(
    question: string,
    scope: Readonly<Record<string, unknown>>,
    reference?: InterpretReference,
    filled?: FilledCrosswalks,
  ): FlowAnswer
  /** A map over rows is given all of them under the name of the source it walks. One row that is held or rejected holds or rejects all. */
  call(
    map: string,
    input: Readonly<Record<string, unknown>>,
    reference?: InterpretReference,
    filled?: FilledCrosswalks,
  ): FlowAnswer
  /** The key of a row that a receipt fills, in the form in which the crosswalk is asked. */
  linkKey(crosswalk: string, keys: readonly string[]): string
}

/** Of a key that is shown; a longer one is none that people look for. */
const longestKey = 200

export function flowMaps(plan: Plan): FlowMaps {
  const one = interpreter(plan)
  const many = setInterpreter(plan)
  const walked = new Map(plan.maps.flatMap(map => (map.set === null ? [] : [[map.name, map.set.each]])))
  const keys = new Map(plan.maps.map(map => [map.name, rowKey(plan, map)]))
  const linked = plan.crosswalks.filter(crosswalk => crosswalk.links !== undefined)
  const forms = new Map(linked.map(({ id, keyForm }) => [id, keyForm]))
  // Without rows of flows the caller's own stand, or there is none.
  const withLinks = (
    reference: InterpretReference,
    filled: FilledCrosswalks | undefined,
  ): InterpretReference => {
    const asked = linked.filter(({ id }) => filled !== undefined || reference[id] === undefined)
    return asked.length === 0
      ? reference
      : {
          ...reference,
          ...Object.fromEntries(asked.map(({ id }) => [id, asCrosswalk(id, filled ?? nothingFilled)])),
        }
  }
  return {
    ask: (question, scope, reference = {}, filled) =>
      answerOf(one(question, { scope }, withLinks(reference, filled))),
    call: (map, input, reference = {}, filled) => {
      const each = walked.get(map)
      const data = withLinks(reference, filled)
      if (each === undefined) return answerOf(one(map, input, data))
      const rows = ownMember(input, each)
      return runRows(many(map, input, data), Array.isArray(rows) ? rows : [], keys.get(map))
    },
    linkKey: (crosswalk, keys) =>
      crosswalkKey(keys.map(key => normaliseKey(key, forms.get(crosswalk) ?? "exact"))),
  }
}

const nothingFilled: FilledCrosswalks = { find: () => undefined, snapshot: "" }

function asCrosswalk(id: string, filled: FilledCrosswalks): Crosswalk {
  return { name: id, snapshot: filled.snapshot, find: key => filled.find(id, key) }
}

function answerOf(result: ReturnType<ReturnType<typeof interpreter>>): FlowAnswer {
  if (result.status !== "done") return { kind: result.status, issues: result.issues }
  const { value, key } = result
  return key === undefined ? { kind: "done", value } : { kind: "done", value, key }
}

/** The wire name of what tells rows of a map apart, where all may see it. */
function rowKey(plan: Plan, { set, sources }: PlanMap): string | undefined {
  const walked = sources.find(({ name }) => name === set?.each)
  const keys = plan.shapes.find(({ id }) => id === walked?.binding.shape)?.fields.filter(({ key }) => key)
  const [key] = keys ?? []
  return keys?.length !== 1 || key === undefined || key.pii || key.confidential ? undefined : key.wireName
}

function runRows(
  run: ReturnType<ReturnType<typeof setInterpreter>>,
  rows: readonly unknown[],
  keyField: string | undefined,
): FlowAnswer {
  const out: unknown[] = []
  const stopped: Issue[] = [...run.issues]
  const ofRun = new Set(run.issues)
  for (const [index, row] of rows.entries()) {
    const outcome = run.row(row)
    if (outcome.status === "done") out.push(outcome.value)
    else if (outcome.status === "held" || outcome.status === "rejected")
      for (const issue of outcome.issues)
        stopped.push(ofRun.has(issue) ? issue : { ...issue, row: rowNamed(index + 1, row, keyField) })
  }
  const end = run.end()
  for (const group of [...end.held, ...end.rejected]) if (group.row === null) stopped.push(...group.issues)
  stopped.push(...end.issues)
  const issues = stopped.filter(({ severity }) => severity === "hold" || severity === "reject")
  if (issues.length === 0 && end.status === "done")
    return { kind: "done", value: [...out, ...end.out.map(({ value }) => value)] }
  return {
    kind: issues.some(({ severity }) => severity === "reject") ? "rejected" : "held",
    issues: dedupe(issues),
  }
}

function rowNamed(number: number, row: unknown, keyField: string | undefined): RowOfMany {
  const key = keyField === undefined || !isPayloadObject(row) ? undefined : ownMember(row, keyField)
  return typeof key === "string" && key.length <= longestKey ? { number, key } : { number }
}

/** What stops the whole run is told by every row. */
function dedupe(issues: readonly Issue[]): readonly Issue[] {
  return [...new Set(issues)]
}
