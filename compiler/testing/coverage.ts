// What tests have reached of a map: every branch of every field, both sides of every filter, every row of its inline crosswalks. Flows in:
// the Plan, and what passing tests reached. Flows out: points, each reached or not. The points are parts of the Plan itself.
import { answeringRow, type Trace } from "../interpret/internals.ts"
import { childrenOf, childrenOfStep } from "../plan/children.ts"
import type { At, Plan, PlanBlock, PlanExpression, PlanMap, PlanStep } from "../plan/index.ts"
import type { TestReport } from "./test-report.ts"

export interface CoveragePoint {
  readonly map: string
  readonly kind: "field" | "branch" | "filter" | "crosswalk row"
  /** The target field it belongs to, `lines[].item`; of a row its crosswalk. */
  readonly of: string
  /** In a reader's words: `an arm of match`, `the fallback of else`, `where is false`. */
  readonly what: string
  readonly at: At
  readonly reached: boolean
}

export interface Reached {
  /** Expressions that were evaluated, steps that gave a value, rows of crosswalks that answered. */
  readonly parts: ReadonlySet<object>
  /** Conditions that held, and that did not. */
  readonly true: ReadonlySet<object>
  readonly false: ReadonlySet<object>
}

/** Notes what a run reaches. */
export function coverageTrace(): { readonly trace: Trace; readonly reached: Reached } {
  const reached = { parts: new Set<object>(), true: new Set<object>(), false: new Set<object>() }
  const trace: Trace = event => {
    switch (event.kind) {
      case "leave":
        reached.parts.add(event.expression)
        if (typeof event.value === "boolean") reached[`${event.value}`].add(event.expression)
        break
      case "step":
        if (typeof event.value !== "symbol") reached.parts.add(event.step)
        break
      case "lookup": {
        const row = answeringRow(event)
        if (row !== undefined) reached.parts.add(row)
        break
      }
      case "enter":
      case "row":
      case "share":
        break
    }
  }
  return { trace, reached }
}

/**
 * Of passing tests only: what a failing one reached is not proved. What is written once counts once a map, however often it is called, and is reached
 * where one call reaches it: rows of crosswalks and branches of functions, whichever map's test it was.
 */
export function branchCoverage(plan: Plan, reports: readonly TestReport[]): readonly CoveragePoint[] {
  const points = copiedPoints(plan, reports)
  const reached = new Set(points.filter(point => point.reached).map(placeOf))
  const once = new Map<string, CoveragePoint>()
  for (const point of points) {
    const name = `${point.map} ${placeOf(point)}`
    if (!once.has(name)) once.set(name, { ...point, reached: reached.has(placeOf(point)) })
  }
  return [...once.values()]
}

function placeOf({ kind, what, at }: CoveragePoint): string {
  return `${kind} ${what} ${at.join(" ")}`
}

/** A point for every copy of a function that is written out where it is called. */
function copiedPoints(plan: Plan, reports: readonly TestReport[]): readonly CoveragePoint[] {
  return plan.maps.flatMap(map => {
    const passed = reports.filter(report => report.map === map.name && report.failures.length === 0)
    const all = (side: keyof Reached) =>
      new Set(passed.flatMap(({ reached }) => [...(reached?.[side] ?? [])]))
    const reached = { parts: all("parts"), true: all("true"), false: all("false") }
    return [...blockPoints(map.body, { map, of: "", reached }), ...rowPoints(plan, map, reached)]
  })
}

interface Here {
  readonly map: PlanMap
  /** The target field. */
  readonly of: string
  readonly reached: Reached
}

function rowPoints(plan: Plan, map: PlanMap, reached: Reached): readonly CoveragePoint[] {
  return plan.crosswalks
    .filter(({ id }) => map.crosswalks.includes(id))
    .flatMap(({ id, rows, hierarchy }) =>
      // A hierarchy is covered where its fields are: nobody tests every member on every level.
      (hierarchy === undefined ? (rows ?? []) : []).map(row => {
        const keys = row.keys.map(key => (key === null ? "_" : JSON.stringify(key))).join(", ")
        return pointOf("crosswalk row", `the row ${keys}`, row.at, reached.parts.has(row), {
          map,
          of: id,
          reached,
        })
      }),
    )
}

function blockPoints(block: PlanBlock, here: Here): readonly CoveragePoint[] {
  return block.steps.flatMap(step => stepPoints(step, here))
}

function stepPoints(step: PlanStep, here: Here): readonly CoveragePoint[] {
  if (step.kind !== "field")
    return childrenOfStep(step).flatMap(({ expression }) => expressionPoints(expression, here))
  const inside = { ...here, of: here.of === "" ? step.field : `${here.of}.${step.field}` }
  const below = expressionPoints(step.value, inside)
  // A field that is never given anything has nothing to reach.
  if (neverGives(step.value)) return below
  return [pointOf("field", "is given a value", step.at, here.reached.parts.has(step), inside), ...below]
}

function neverGives({ kind }: PlanExpression): boolean {
  return kind === "missing" || kind === "clear" || kind === "exit"
}

function expressionPoints(node: PlanExpression, here: Here): readonly CoveragePoint[] {
  if (node.kind === "record") return blockPoints(node.block, here)
  const inside = node.kind === "each" || node.kind === "list" ? { ...here, of: `${here.of}[]` } : here
  const below = childrenOf(node).flatMap(({ expression }) => expressionPoints(expression, inside))
  const branch = (what: string, at: At, then: PlanExpression): CoveragePoint =>
    pointOf("branch", what, at, here.reached.parts.has(then), here)
  switch (node.kind) {
    case "switch":
      return [
        ...node.arms.map(arm => branch("an arm of match", arm.at, arm.then)),
        ...(node.missing === null ? [] : [branch("the arm for missing", node.missing.at, node.missing)]),
        ...(node.otherwise === null ? [] : [branch("otherwise", node.otherwise.at, node.otherwise)]),
        ...below,
      ]
    case "conditional":
      return [
        ...node.arms.map(arm => branch("an arm of match", arm.at, arm.then)),
        branch("otherwise", node.otherwise.at, node.otherwise),
        ...below,
      ]
    case "else":
      return [branch("the fallback of else", node.fallback.at, node.fallback), ...below]
    case "each":
    case "aggregate":
      return [...bothSides(node.where, "where", here), ...below]
    case "list":
      return [...node.elements.flatMap(element => bothSides(element.when, "when", here)), ...below]
    default:
      return below
  }
}

/** A constant has one side only. */
function bothSides(condition: PlanExpression | null, name: string, here: Here): readonly CoveragePoint[] {
  if (condition === null || condition.kind === "literal") return []
  return (["true", "false"] as const).map(side =>
    pointOf("filter", `${name} is ${side}`, condition.at, here.reached[side].has(condition), here),
  )
}

function pointOf(
  kind: CoveragePoint["kind"],
  what: string,
  at: At,
  reached: boolean,
  { map, of }: Here,
): CoveragePoint {
  return { map: map.name, kind, of, what, at, reached }
}
