// The body of a flow as nested regions: its steps, and the groups `when C { … }` and `for each x in xs { … }`. Flows in: statements. Flows
// out: each step with what may be named there. What a group names is known inside it only: outside, it may not have happened.
import {
  type ControlStatement,
  diagnostic,
  type Expression,
  type FlowGroup,
  type FlowStatement,
  type FlowStep,
  type Name,
} from "@fmap/grammar"
import type { Type } from "../../types/type.ts"
import { asPath } from "../expressions/as-path.ts"
import { type Binder, type FlowEnvironment, type FlowLet, placeOf, type Visible } from "./environment.ts"
import { follow } from "./paths.ts"
import { givenBy } from "./step-value.ts"

export interface Region {
  readonly binders: Map<string, Binder>
  readonly lets: Map<string, FlowLet>
  /** Conditions of the groups around it, outermost first. */
  readonly conditions: readonly { readonly node: Expression; readonly visible: Visible }[]
  readonly each: { readonly binder: string; readonly of: string; readonly path: readonly string[] } | null
}

export interface PlacedStep {
  readonly name: string
  readonly node: FlowStep | ControlStatement
  readonly region: Region
}

export function regionsOf(
  statements: readonly FlowStatement[],
  outer: Region,
  env: FlowEnvironment,
): readonly PlacedStep[] {
  const counts = new Map<string, number>()
  return walk(statements, outer, counts, env)
}

function walk(
  statements: readonly FlowStatement[],
  region: Region,
  counts: Map<string, number>,
  env: FlowEnvironment,
): readonly PlacedStep[] {
  const own = statements.flatMap((statement): PlacedStep[] => {
    if (statement.kind === "let") {
      if (isFree(statement.name, region, env))
        region.lets.set(statement.name.text, { node: statement, used: false })
      return []
    }
    if (statement.kind === "control") return [{ name: numbered("control", counts), node: statement, region }]
    if (statement.kind !== "step") return []
    const name = statement.name?.text ?? numbered(statement.work.kind, counts)
    if (statement.name !== null && isFree(statement.name, region, env)) {
      const { type, maybe, valueless } = givenBy(statement, env)
      const place = placeOf(env, statement.name.span)
      region.binders.set(name, { name, type, maybe, valueless, step: name, place, use: { seen: false } })
    }
    return [{ name, node: statement, region }]
  })
  const inner = statements.flatMap(statement =>
    statement.kind === "group" ? group(statement, region, counts, env) : [],
  )
  return inTextOrder([...own, ...inner])
}

function group(
  node: FlowGroup,
  outer: Region,
  counts: Map<string, number>,
  env: FlowEnvironment,
): readonly PlacedStep[] {
  const binders = new Map(outer.binders)
  const lets = new Map(outer.lets)
  if (node.when !== null) {
    const visible = { binders: outer.binders, lets: outer.lets }
    for (const name of presentIn(node.when)) {
      const binder = binders.get(name)
      if (binder !== undefined) binders.set(name, { ...binder, maybe: false })
    }
    const conditions = [...outer.conditions, { node: node.when, visible }]
    return walk(node.statements, { ...outer, binders, lets, conditions }, counts, env)
  }
  if (node.each === null) return []
  const { name, of } = node.each
  const found = outer.binders.get(of.names[0]?.text ?? "")
  const led = found === undefined ? null : follow(found.type, of)
  const problem =
    outer.each !== null
      ? "stands inside another one, and a step runs for the elements of one list"
      : led?.type.kind !== "list"
        ? `walks a list that a step gives or that its record holds, and ${of.names.map(each => each.text).join(".")} is none`
        : null
  if (problem !== null || found === undefined || led?.type.kind !== "list") {
    env.report(diagnostic("FM7118", { problem: problem ?? "" }, placeOf(env, of.span)))
    return []
  }
  found.use.seen = true
  const place = placeOf(env, name.span)
  if (isFree(name, outer, env)) {
    const element: Type = led.type.of
    const about = { maybe: false, valueless: null, step: found.step, place, use: { seen: true } }
    binders.set(name.text, { name: name.text, type: element, ...about })
  }
  const each = { binder: name.text, of: found.name, path: led.wire }
  return walk(node.statements, { ...outer, binders, lets, each }, counts, env)
}

/** `x is present and …`: what is there wherever the condition is true. */
function presentIn(node: Expression): readonly string[] {
  if (node.kind === "parenthesized") return presentIn(node.inner)
  if (node.kind === "binary" && node.operator === "and")
    return [...presentIn(node.left), ...presentIn(node.right)]
  if (node.kind !== "presence" || !node.present) return []
  const path = asPath(node.operand)
  return path?.names.length === 1 ? path.names.map(name => name.text) : []
}

function isFree(name: Name, { binders, lets }: Region, env: FlowEnvironment): boolean {
  const before = binders.get(name.text)?.place ?? lets.get(name.text)?.node.name
  if (before === undefined) return true
  const place = "file" in before ? before : placeOf(env, before.span)
  env.report(
    diagnostic("FM7112", { name: name.text }, placeOf(env, name.span), {
      label: "again here",
      related: [{ place, text: "already a name here" }],
    }),
  )
  return false
}

function numbered(kind: string, counts: Map<string, number>): string {
  const count = (counts.get(kind) ?? 0) + 1
  counts.set(kind, count)
  return `${kind}${count}`
}

function inTextOrder(steps: readonly PlacedStep[]): readonly PlacedStep[] {
  return steps.toSorted((a, b) => a.node.span.start - b.node.span.start)
}
