// Symbolic units (language-decisions 12 to 15). Flows in: units as shapes declare them. Flows out: absolute terms and the
// one question that matters: are these two provably the same?
import type { PlanExpression } from "../plan/index.ts"
import type { BoundShape, BoundSystem } from "../resolve/model.ts"
import { type NumberType, type RatePair, type Type, type Unit, withUnits } from "../types/type.ts"
import { pathKey, type StablePath } from "./checked.ts"
import type { Context, State } from "./context.ts"

/** Fits everything: an error about it was already given. */
export const errorUnit: Unit = { kind: "opaque", id: -1, why: "an unknown currency" }

/** Are both plain amounts, or both prices of one of the same unit? */
export function samePer(a: Pick<NumberType, "per">, b: Pick<NumberType, "per">, ctx: Context): boolean {
  if (a.per === undefined || b.per === undefined) return a.per === b.per
  return sameUnit(a.per, b.per, ctx)
}

/** What may name the currency of amounts or the unit of quantities. */
export function namesUnit(type: Type): boolean {
  return (
    type.kind === "currency" || type.kind === "enum" || (type.kind === "text" && type.padded === undefined)
  )
}

/** An error about it was already given: say nothing more. */
export function isErrorUnit(unit: Unit | null): boolean {
  return unit?.kind === "opaque" && unit.id === -1
}

export interface UnitEnvironment {
  /** Where the record that holds the amount stands; null when nothing stable leads to it. */
  readonly path: StablePath | null
  readonly shape: BoundShape
  readonly arguments: readonly Unit[]
  readonly system: BoundSystem | null
}

/** A field's type as seen from outside its record: units become absolute, plain records take on the system. */
export function absolute(type: Type, environment: UnitEnvironment, state: State): Type {
  switch (type.kind) {
    case "number":
      return withUnits(type, unit => absoluteUnit(unit, environment, state))
    case "record":
      return {
        ...type,
        arguments: type.arguments.map(unit => absoluteUnit(unit, environment, state)),
        system: type.shape.isContract ? type.shape.system : environment.system,
      }
    case "list":
      return { ...type, of: absolute(type.of, environment, state) }
    case "dictionary":
      return { ...type, of: absolute(type.of, environment, state) }
    default:
      return type
  }
}

function absoluteUnit(unit: Unit, environment: UnitEnvironment, state: State): Unit {
  switch (unit.kind) {
    case "field":
      if (environment.path === null) return opaque(state, `a ${environment.shape.name} without a name`)
      return normalize(
        { ...environment.path, kind: "path", path: [...environment.path.path, ...unit.path] },
        state,
      )
    case "parameter": {
      const index = environment.shape.parameters.findIndex(p => p.name === unit.name)
      return environment.arguments[index] ?? errorUnit
    }
    default:
      return unit
  }
}

export function opaque(state: State, why: string): Unit {
  state.counters.opaque += 1
  return { kind: "opaque", id: state.counters.opaque, why }
}

/** Follows target fields that were assigned exactly a unit term. Cycles were cut when the aliases were made. */
export function normalize(unit: Unit, state: State): Unit {
  if (unit.kind !== "path") return unit
  for (let length = unit.path.length; length >= 0; length--) {
    const alias = state.aliases.get(pathKey(unit.root, unit.path.slice(0, length)))
    if (alias === undefined) continue
    const rest = unit.path.slice(length)
    if (alias.kind !== "path") return rest.length === 0 ? alias : unit
    return normalize({ ...alias, path: [...alias.path, ...rest] }, state)
  }
  return unit
}

/** Identity of a unit for comparison. */
export function unitKey(unit: Unit): string {
  switch (unit.kind) {
    case "constant":
      return `=${unit.code}`
    case "path":
      return pathKey(unit.root, unit.path)
    case "opaque":
      return `?${unit.id}`
    case "field":
      return `field ${unit.path.join(".")}`
    case "parameter":
      return `parameter ${unit.name}`
  }
}

/** Provably the same here, by identity or by an equality that stands before. */
export function sameUnit(a: Unit | null, b: Unit | null, ctx: Context): boolean {
  if (a === null || b === null) return a === b
  if (isErrorUnit(a) || isErrorUnit(b)) return true
  const from = unitKey(normalize(a, ctx.state))
  const to = unitKey(normalize(b, ctx.state))
  return from === to || equalKeys(from, ctx).has(to)
}

/** Provably the same two currencies, quoted the same way. */
export function samePair(a: RatePair | undefined, b: RatePair | undefined, ctx: Context): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.amount === b.amount && sameUnit(a.of, b.of, ctx) && sameUnit(a.per, b.per, ctx)
}

/** Everything that equalities in force make the same as this one. */
function equalKeys(from: string, ctx: Context): ReadonlySet<string> {
  const reached = new Set([from])
  let grew = true
  while (grew) {
    grew = false
    for (const [left, right] of ctx.facts.equal) {
      if (reached.has(left) !== reached.has(right)) {
        reached.add(left)
        reached.add(right)
        grew = true
      }
    }
  }
  return reached
}

/** The type in the units of `wanted`, where the two are provably the same here: what is proved in an arm is not known after it. */
export function inUnitsOf(type: Type, wanted: Type, ctx: Context): Type {
  if (type.kind === "number" && wanted.kind === "number") {
    if (samePair(type.rate, wanted.rate, ctx) && wanted.rate !== undefined)
      return { ...type, rate: wanted.rate }
    const known = type.unit !== null && wanted.unit !== null && type.role === wanted.role
    return known && sameUnit(type.unit, wanted.unit, ctx) ? { ...type, unit: wanted.unit } : type
  }
  if (type.kind === "list" && wanted.kind === "list")
    return { ...type, of: inUnitsOf(type.of, wanted.of, ctx) }
  if (type.kind !== "record" || wanted.kind !== "record" || type.shape !== wanted.shape) return type
  const units = type.arguments.map((unit, i) => {
    const other = wanted.arguments[i]
    return other !== undefined && sameUnit(unit, other, ctx) ? other : unit
  })
  return { ...type, arguments: units }
}

/** The type with units that hang on one row replaced by an equal one that does not, where an equality in force gives one. */
export function outsideOf(type: Type, roots: ReadonlySet<number>, ctx: Context): Type {
  const free = (unit: Unit): Unit => {
    if (unit.kind !== "path" || !roots.has(unit.root)) return unit
    for (const key of equalKeys(unitKey(unit), ctx)) {
      if (key.startsWith("=")) return { kind: "constant", code: key.slice(1) }
      if (!key.startsWith("[")) continue
      const [root, ...path] = JSON.parse(key) as [number, ...string[]]
      if (!roots.has(root))
        return { kind: "path", root, rootName: ctx.state.variables[root]?.name ?? "the target", path }
    }
    return unit
  }
  switch (type.kind) {
    case "number":
      return withUnits(type, free)
    case "record":
      return { ...type, arguments: type.arguments.map(free) }
    case "list":
      return { ...type, of: outsideOf(type.of, roots, ctx) }
    case "dictionary":
      return { ...type, of: outsideOf(type.of, roots, ctx) }
    default:
      return type
  }
}

/** The Plan expression that gives a unit's code at run time; null where no name leads to it. */
export function unitExpression(
  unit: Unit,
  ctx: Context,
  span: { start: number; end: number },
): PlanExpression | null {
  const normal = normalize(unit, ctx.state)
  const at = ctx.state.at({ file: ctx.file, span })
  if (normal.kind === "constant") {
    return { kind: "literal", value: normal.code, type: { kind: "text" }, maybe: false, at }
  }
  if (normal.kind !== "path") return null
  return ctx.state.roots.get(normal.root)?.(normal.path, at) ?? null
}
