// A call of a map by a flow, or the bare name of what a step made. Flows in: the expression. Flows out: what the runtime calls, and the type
// of what comes out. Arguments are the map's sources, then its givens, in order.
import { type CallExpression, diagnostic, type Expression } from "@fmap/grammar"
import type { MapCall } from "@fmap/runtime/flow"
import { sourceType } from "../../resolve/bind-map.ts"
import { closest } from "../../resolve/closest.ts"
import type { BoundMap, BoundShape } from "../../resolve/model.ts"
import { aType } from "../../types/describe.ts"
import { type Type, withUnits } from "../../types/type.ts"
import { ask } from "./ask.ts"
import { type Binder, type FlowEnvironment, looksUp, placeOf, type Visible } from "./environment.ts"
import { contractOf, misfit } from "./fits.ts"

export type What = { readonly call: MapCall } | { readonly binder: string }
export interface Made {
  readonly what: What
  readonly type: Type
  /** Null: no map made it. */
  readonly map: BoundMap | null
}

export function madeBy(node: Expression, step: string, visible: Visible, env: FlowEnvironment): Made | null {
  if (node.kind === "call") {
    const map = mapOf(node, env)
    if (map === null) return null
    const call = callOf(node, map, step, visible, env)
    return call === null ? null : { what: { call }, type: resultOf(map), map }
  }
  if (node.kind === "name") {
    const binder = binderNamed(node.name.text, node, visible, env)
    if (binder === null) return null
    if (binder.maybe) {
      mayBeMissing(binder, `"${step}"`, node, env)
      return null
    }
    return { what: { binder: binder.name }, type: binder.type, map: null }
  }
  if (node.kind !== "error")
    env.report(
      diagnostic("FM7117", {}, placeOf(env, node.span), {
        label: "neither a call of a map nor a step",
        help: "Compute it in a map, and call that.",
      }),
    )
  return null
}

/** What a step of it gives: a record, or of a map over rows a list. */
export function resultOf(map: BoundMap): Type {
  if (map.target === null) return { kind: "error" }
  const shape = asMade(map.target.shape)
  const record: Type = { kind: "record", shape, arguments: [], system: shape.system }
  return runsOverRows(map) ? { kind: "list", of: record, min: 0, max: null } : record
}

/** What the target computes later is not in what a map made. */
function asMade(shape: BoundShape): BoundShape {
  const fields = shape.fields.filter(field => !field.computed)
  return fields.length === shape.fields.length ? shape : { ...shape, fields, partOf: contractOf(shape) }
}

export const runsOverRows = (map: BoundMap): boolean => map.sources.some(source => source.role === "each")

export function mapOf(node: CallExpression, env: FlowEnvironment): BoundMap | null {
  const found = env.names.get(node.callee.text)
  if (found?.kind === "map") return found
  const place = placeOf(env, node.callee.span)
  if (found === undefined)
    env.report(diagnostic("FM2014", { name: node.callee.text }, place, { label: "not declared or imported" }))
  else
    env.report(
      diagnostic("FM7117", {}, place, {
        label: "no map",
        related: [{ place: found.place, text: "declared here" }],
      }),
    )
  return null
}

export function binderNamed(
  name: string,
  node: Expression,
  { binders }: Visible,
  env: FlowEnvironment,
): Binder | null {
  const binder = binders.get(name)
  const place = placeOf(env, node.span)
  if (binder === undefined) {
    const near = closest(name, binders.keys())
    env.report(
      diagnostic("FM2501", { name }, place, {
        label: "no name of this flow",
        ...(near === null ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }),
      }),
    )
    return null
  }
  binder.use.seen = true
  if (binder.valueless === null) return binder
  env.report(
    diagnostic("FM7114", { name, why: binder.valueless }, place, {
      related: [{ place: binder.place, text: "named here" }],
    }),
  )
  return null
}

function callOf(
  node: CallExpression,
  map: BoundMap,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): MapCall | null {
  const wanted = [
    ...map.sources.map(source => ({ name: source.name, type: walkedType(source), place: source.place })),
    ...map.givens,
  ]
  if (node.arguments.length !== wanted.length) {
    // A source nobody knows is not counted, and was reported with the map.
    if (map.broken) return null
    env.report(
      diagnostic(
        "FM7115",
        {
          map: map.name,
          parameter: wanted.map(each => each.name).join(", "),
          problem: `${node.arguments.length} of ${wanted.length} are given`,
        },
        placeOf(env, node.span),
        { related: [{ place: map.place, text: "declared here" }] },
      ),
    )
    return null
  }
  const given: MapCall["arguments"][number][] = []
  for (const [i, parameter] of wanted.entries()) {
    const value = node.arguments[i]
    if (value === undefined) continue
    const argument = argumentOf(value, parameter, { node, map, step, visible, wanted }, env)
    if (argument !== null) given.push(argument)
  }
  const plan = env.planOf(map)
  if (plan === null) env.made.shaky = true
  else {
    looksUp(step, plan.crosswalks, env)
    const place = placeOf(env, node.callee.span)
    for (const { code, verb, origin } of plan.codes)
      if (verb === "hold" || verb === "reject")
        env.made.codes.push({ code, verb, origin, from: `the map ${map.name}`, place })
  }
  if (given.length < wanted.length) return null
  return {
    map: map.name,
    version: map.node.version?.text ?? "",
    arguments: given,
    set: runsOverRows(map),
  }
}

/** A source that is walked takes all of its rows. */
function walkedType(source: BoundMap["sources"][number]): Type {
  return sourceType({ ...source, role: source.role === null ? null : "set" })
}

interface Calling {
  readonly node: CallExpression
  readonly map: BoundMap
  readonly step: string
  readonly visible: Visible
  readonly wanted: readonly { readonly name: string; readonly type: Type }[]
}

function argumentOf(
  value: Expression,
  parameter: BoundMap["givens"][number],
  calling: Calling,
  env: FlowEnvironment,
): MapCall["arguments"][number] | null {
  const { map, step, visible } = calling
  const { name, type } = parameter
  const bare = value.kind === "name" ? visible.binders.get(value.name.text) : undefined
  if (bare !== undefined && (bare.type.kind === "record" || bare.type.kind === "list")) {
    const binder = binderNamed(bare.name, value, visible, env)
    if (binder === null) return null
    if (binder.maybe) {
      mayBeMissing(binder, `${map.name}`, value, env)
      return null
    }
    const problem = misfit(binder.type, type)
    if (problem === null) return { name, binder: binder.name }
    env.report(
      diagnostic("FM7115", { map: map.name, parameter: name, problem }, placeOf(env, value.span), {
        label: aType(binder.type),
        related: [{ place: parameter.place, text: "wanted here" }],
      }),
    )
    return null
  }
  const asked = ask(
    {
      part: `${step}.${name}`,
      value,
      wanted: { type: inUnitsOf(type, calling, env), optional: false },
      visible,
      noExit: null,
    },
    env,
  )
  return asked === null ? null : { name, value: asked }
}

/** The currency of another argument, where that is a step's record: the same as if it stood in the map. */
function inUnitsOf(type: Type, { node }: Calling, env: FlowEnvironment): Type {
  if (type.kind !== "number") return type
  return withUnits(type, unit => {
    if (unit.kind !== "path") return unit
    const argument = node.arguments[unit.root]
    const root = argument?.kind === "name" ? argument.name.text : null
    return root === null
      ? unit
      : { kind: "path", root: 0, rootName: env.flow.name, path: [root, ...unit.path] }
  })
}

function mayBeMissing(binder: Binder, taker: string, node: Expression, env: FlowEnvironment): void {
  env.report(
    diagnostic("FM7116", { name: binder.name, taker }, placeOf(env, node.span), {
      label: "may be missing",
      related: [{ place: binder.place, text: "comes from here" }],
      help: `End the step with \`else hold CODE\`, or put what needs it into \`when ${binder.name} is present { … }\`.`,
    }),
  )
}
