// Arguments of a call that is written out where it stands. Flows in: the call and the parameters of what is called. Flows out:
// a context in which the parameters have their values, and what must be computed before. An argument that has a name keeps
// it, so that currencies stay comparable and of a payload only those fields are read that are used.
import type { CallExpression, Place } from "@fmap/grammar"
import type { PlanExpression, VariableId } from "../plan/index.ts"
import { type Type, type Unit, withUnits } from "../types/type.ts"
import { accepts } from "./accepts.ts"
import { bothFacts, type Checked, noFacts, pathKey, type StablePath } from "./checked.ts"
import { at, type Binding, type Context, place } from "./context.ts"
import { equalitiesOfShape } from "./equalities.ts"
import { checkExpression } from "./expression.ts"
import { countArguments } from "./expressions/call.ts"
import { fit } from "./fit.ts"
import { present } from "./present.ts"
import { chainOf } from "./reads.ts"
import { rootOf } from "./rows.ts"
import { namesUnit, normalize, opaque } from "./units.ts"
import { isError, valueType } from "./values.ts"

export interface Parameter {
  readonly name: string
  /** Units that name an earlier parameter are paths whose root is its index. */
  readonly type: Type
  readonly optional: boolean
  readonly place: Place
}

export interface Callee {
  readonly name: string
  readonly file: string
  readonly parameters: readonly Parameter[]
}

export interface Passed {
  /** Of the body of what is called: nothing of the caller's names is in it. */
  readonly inner: Context
  /** A type of the callee's header in the units of this call. */
  readonly typeHere: (type: Type) => Type
  /** Puts what must be computed first around a value of the body, and takes it out of reach of the type. */
  readonly finish: (value: Checked, type: Type) => Checked
}

/** Null where an error was given. */
export function passArguments(node: CallExpression, callee: Callee, ctx: Context): Passed | null {
  const { state } = ctx
  const { parameters } = callee
  if (!countArguments(node, parameters.length, parameters.length, ctx)) return null
  const names = new Map<string, Binding>()
  const roots: StablePath[] = []
  const binds: { readonly variable: VariableId; readonly value: PlanExpression }[] = []
  let facts = { ...noFacts, equal: ctx.facts.equal }
  const typeHere = (type: Type): Type => mapUnits(type, unit => unitHere(unit, roots, ctx))
  let failed = false
  parameters.forEach((parameter, index) => {
    const argument = node.arguments[index]
    if (argument === undefined) return
    const wanted = typeHere(parameter.type)
    const value = checkArgument(argument, parameter, wanted, ctx)
    const plan = value === null ? null : fit(value, sameSystems(wanted, value.type), parameter.name, ctx)
    if (value === null || plan === null) {
      failed = true
      roots.push({ root: -1, rootName: parameter.name, path: [] })
      return
    }
    const type = sameSystems(wanted, value.type)
    const named = value.stable !== null && chainOf(plan) !== null ? value.stable : null
    const variable = named === null ? bind(parameter, type, value, ctx) : -1
    const stable = named ?? { root: variable, rootName: parameter.name, path: [] }
    if (named === null) binds.push({ variable, value: plan })
    roots.push(stable)
    if (type.kind === "record")
      facts = bothFacts(facts, equalitiesOfShape(type.shape, stable.root, stable.path))
    names.set(parameter.name, {
      kind: "value",
      name: parameter.name,
      variable,
      type,
      maybe: parameter.optional,
      place: parameter.place,
      used: true,
      isLet: false,
      ...(named === null ? {} : { instead: { plan, stable: named } }),
    })
  })
  if (failed) return null
  state.calls.made += 1
  const inner: Context = {
    file: callee.file,
    names: state.scopes.get(callee.file) ?? new Map(),
    state: { ...state, deferred: [], left: [] },
    scope: { parent: null, names, lazy: new Map(), block: null },
    facts,
    inRound: false,
    noExit: null,
    inRow: false,
    field: ctx.field,
    because: null,
    ...(ctx.rule !== undefined
      ? { rule: ctx.rule }
      : ctx.members !== undefined
        ? { rule: place(ctx, node.span) }
        : {}),
    call: `${state.owner}.${state.calls.made}`,
  }
  const own = new Set(binds.map(({ variable }) => variable))
  const finish = (value: Checked, type: Type): Checked => ({
    ...value,
    plan: binds.reduceRight<PlanExpression>(
      (plan, bound) => ({
        kind: "conditional",
        bind: bound,
        arms: [],
        otherwise: plan,
        type: plan.type,
        maybe: plan.maybe,
        at: at(ctx, node.span),
      }),
      value.plan,
    ),
    type: mapUnits(type, unit =>
      unit.kind === "path" && own.has(unit.root) ? opaque(state, `${callee.name} computes`) : unit,
    ),
    stable: value.stable !== null && own.has(value.stable.root) ? null : value.stable,
    facts: { whenTrue: noFacts, whenFalse: noFacts },
    span: node.span,
  })
  return { inner, typeHere, finish }
}

function checkArgument(
  argument: CallExpression["arguments"][number],
  parameter: Parameter,
  wanted: Type,
  ctx: Context,
): Checked | null {
  const raw = checkExpression(argument, { ...ctx, inRound: false }, wanted)
  const what = `"${parameter.name}"`
  const value = !parameter.optional || raw.failure !== null ? present(raw, ctx, what) : raw
  if (isError(value) || wanted.kind === "error") return null
  const related = [{ place: parameter.place, text: "wanted here" }]
  return accepts(value, sameSystems(wanted, value.type), { ...ctx, field: null }, related) ? value : null
}

/** A variable of its own for an argument that is computed. */
function bind(parameter: Parameter, type: Type, value: Checked, ctx: Context): VariableId {
  const { state } = ctx
  const variable =
    state.variables.push({
      name: parameter.name,
      type: valueType(type, state),
      maybe: parameter.optional,
    }) - 1
  rootOf(variable, type, ctx)
  const { stable } = value
  if (stable !== null) state.aliases.set(pathKey(variable, []), normalize({ kind: "path", ...stable }, state))
  else if (namesUnit(type) && value.plan.kind === "literal")
    state.aliases.set(pathKey(variable, []), { kind: "constant", code: String(value.plan.value) })
  return variable
}

function unitHere(unit: Unit, roots: readonly StablePath[], ctx: Context): Unit {
  const stable = unit.kind === "path" ? roots[unit.root] : undefined
  if (unit.kind !== "path" || stable === undefined) return unit
  return normalize({ ...stable, kind: "path", path: [...stable.path, ...unit.path] }, ctx.state)
}

function mapUnits(type: Type, change: (unit: Unit) => Unit): Type {
  switch (type.kind) {
    case "number":
      return withUnits(type, change)
    case "record":
      return { ...type, arguments: type.arguments.map(change) }
    case "list":
    case "dictionary":
      return { ...type, of: mapUnits(type.of, change) }
    default:
      return type
  }
}

/** Records have the wire forms of where they come from; what is called does not care. */
export function sameSystems(type: Type, from: Type): Type {
  if (type.kind === "record" && from.kind === "record" && type.shape === from.shape)
    return { ...type, system: from.system }
  if (type.kind === "record" && from.kind === "record" && hasKind(from, type)) {
    return type.shape.isContract ? type : { ...type, system: from.system }
  }
  if (
    (type.kind === "list" && from.kind === "list") ||
    (type.kind === "dictionary" && from.kind === "dictionary")
  )
    return { ...type, of: sameSystems(type.of, from.of) }
  return type
}

/** Ways out that the call has written into the map: where no record may end they are refused at the call. */
export function mayEnd(before: number, ctx: Context): boolean {
  return ctx.state.codes.slice(before).some(({ verb }) => verb === "reject" || verb === "hold")
}

function hasKind(
  union: Type & { readonly kind: "record" },
  record: Type & { readonly kind: "record" },
): boolean {
  return (
    union.shape.union !== undefined &&
    union.shape.fields.some(field => field.type.kind === "record" && field.type.shape === record.shape)
  )
}
