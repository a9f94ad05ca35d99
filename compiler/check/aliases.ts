// A target field that names a currency or a unit and is assigned exactly such a term *is* that currency or unit
// (language-decisions 12): found before any money of the block is checked. Flows in: statements. Flows out: aliases in the state.
import type { Expression, Path, Statement } from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import type { BoundShape } from "../resolve/model.ts"
import { type Type, type Unit, unitsOf } from "../types/type.ts"
import { pathKey } from "./checked.ts"
import { type BlockScope, type Context, quiet, type Scope } from "./context.ts"
import { asPath } from "./expressions/as-path.ts"
import { checkPath } from "./expressions/name.ts"
import { constantText } from "./expressions/text.ts"
import { errorUnit, namesUnit } from "./units.ts"

export function aliasUnits(
  statements: readonly Statement[],
  scope: BlockScope,
  ctx: Context,
  prefix: readonly string[] = [],
): void {
  const { shape } = scope
  const assigned = new Set<string>()
  for (const statement of statements) {
    if (statement.kind !== "assign" && statement.kind !== "key") continue
    const name = statement.target.text
    assigned.add(name)
    const field = shape.fields.find(f => f.name === name)
    // Of several targets each is known to the others by its currencies.
    if (shape.targets === true && statement.value.kind === "record" && field?.type.kind === "record")
      aliasUnits(statement.value.statements, { ...scope, shape: field.type.shape, left: new Set() }, ctx, [
        name,
      ])
    if (shape.targets !== true && statement.value.kind === "record" && field?.type.kind === "record")
      aliasInside(statement.value.statements, field.type.shape, scope, ctx, [...prefix, name])
    if (field === undefined || !namesUnit(field.type)) continue
    const isCurrencyField = field.type.kind === "currency"
    const names = isCurrencyField ? (type: Type) => type.kind === "currency" : namesUnit
    const term = unitTerm(statement.value, statements, scope, ctx, [name], names)
    const wrong = isCurrencyField && term?.kind === "constant" && !isCurrency(term.code)
    const unit = wrong ? errorUnit : term
    if (unit !== null) ctx.state.aliases.set(pathKey(scope.root, [...prefix, name]), unit)
  }
  // A currency or unit nobody assigned has its own error: no amount shall complain about it as well.
  const paths = shape.fields.flatMap(field => unitPathsOf(field.type))
  const units = new Set(paths.flatMap(path => (path.length === 1 ? path : [])))
  for (const path of paths) {
    const [outer] = path
    if (path.length > 1 && outer !== undefined && !assigned.has(outer) && !scope.left.has(outer))
      ctx.state.aliases.set(pathKey(scope.root, [...prefix, ...path]), errorUnit)
  }
  for (const field of shape.fields) {
    if (
      (field.type.kind === "currency" || units.has(field.name)) &&
      !assigned.has(field.name) &&
      !scope.left.has(field.name)
    ) {
      ctx.state.aliases.set(pathKey(scope.root, [...prefix, field.name]), errorUnit)
    }
  }
}

/**
 * A record written out beside amounts that are in a field of it, `currency = { code = deal.ccy }`: known is what is copied from
 * outside of it, or constant. Anything else names no unit, and amounts in it are refused where they stand.
 */
function aliasInside(
  statements: readonly Statement[],
  shape: BoundShape,
  scope: BlockScope,
  ctx: Context,
  prefix: readonly string[],
): void {
  const outside: BlockScope = { ...scope, shape: { ...shape, fields: [], derives: [] } }
  const spoken = new Set<string>()
  for (const statement of statements) {
    if (statement.kind === "leave") for (const left of statement.fields) spoken.add(left.text)
    if (statement.kind !== "assign") continue
    const name = statement.target.text
    spoken.add(name)
    const field = shape.fields.find(f => f.name === name)
    if (statement.value.kind === "record" && field?.type.kind === "record")
      aliasInside(statement.value.statements, field.type.shape, scope, ctx, [...prefix, name])
    if (field?.type.kind !== "currency") continue
    const unit = unitTerm(statement.value, [], outside, ctx, [name], type => type.kind === "currency")
    if (unit?.kind === "path" || (unit?.kind === "constant" && isCurrency(unit.code)))
      ctx.state.aliases.set(pathKey(scope.root, [...prefix, name]), unit)
  }
  // What is chosen or taken apart is assigned, too; which of it is not looked at.
  const isPlain = statements.every(({ kind }) => kind !== "choose" && kind !== "parts")
  for (const { name, type } of shape.fields) {
    if (type.kind === "currency" && isPlain && !spoken.has(name))
      ctx.state.aliases.set(pathKey(scope.root, [...prefix, name]), errorUnit)
  }
}

/** Where what says the unit of a figure stands: a field beside it, or a field of a record beside it. */
function unitPathsOf(type: Type): readonly (readonly string[])[] {
  if (type.kind === "list") return unitPathsOf(type.of)
  return type.kind === "number"
    ? unitsOf(type).flatMap(unit => (unit.kind === "field" ? [unit.path] : []))
    : []
}

/** The unit an expression names: a constant code or a stable path; null when it computes. */
export function unitTerm(
  node: Expression,
  statements: readonly Statement[],
  scope: BlockScope,
  ctx: Context,
  seen: readonly string[],
  names: (type: Type) => boolean = namesUnit,
): Unit | null {
  const path = asPath(node)
  return path === null ? constantTerm(node) : pathTerm(path, statements, scope, ctx, seen, names)
}

function constantTerm(node: Expression): Unit | null {
  switch (node.kind) {
    case "parenthesized":
      return constantTerm(node.inner)
    case "text": {
      const code = constantText(node)
      if (code === null) return null
      return { kind: "constant", code }
    }
    case "error":
    case "number":
    case "money":
    case "percent":
    case "boolean":
    case "missing":
      return errorUnit
    default:
      return null
  }
}

function pathTerm(
  path: Path,
  statements: readonly Statement[],
  scope: BlockScope,
  ctx: Context,
  seen: readonly string[],
  names: (type: Type) => boolean = namesUnit,
): Unit | null {
  const [first, ...rest] = path.names
  if (first === undefined) return null
  const members = rest.map(n => n.text)
  const sibling = (name: string): Unit | null => {
    const statement = statements.find(
      s => (s.kind === "assign" || s.kind === "key") && s.target.text === name,
    )
    if (statement === undefined || (statement.kind !== "assign" && statement.kind !== "key")) return null
    // A cycle of values is one of the order of statements, and is told there.
    if (seen.includes(name)) return errorUnit
    return (
      unitTerm(statement.value, statements, scope, ctx, [...seen, name], names) ?? {
        kind: "path",
        root: scope.root,
        rootName: scope.rootName,
        path: [name],
      }
    )
  }
  const inBlock = statements.find(s => s.kind === "let" && s.name.text === first.text)
  if (inBlock?.kind === "let") {
    if (seen.includes(first.text)) return errorUnit
    const plain = asPath(inBlock.value)
    if (plain !== null) {
      const whole: Path = { names: [...plain.names, ...rest], span: plain.span }
      return pathTerm(whole, statements, scope, ctx, [...seen, first.text], names)
    }
    const named = members.length === 0 ? constantTerm(inBlock.value) : null
    const variable = ctx.scope.lazy.get(first.text)?.variable
    if (named !== null || variable === undefined) return named
    return { kind: "path", root: variable, rootName: first.text, path: members }
  }
  for (let s: Scope | null = ctx.scope; s !== null; s = s.parent) {
    s.lazy.get(first.text)?.bind()
    const binding = s.names.get(first.text)
    if (binding === undefined) continue
    if (binding.kind === "value") {
      // What is no currency at all has its own error where it stands.
      const { type, stable: named, plan } = checkPath(path, quiet(ctx))
      if (!names(type)) return errorUnit
      // `amount.currency` is whatever names the currency of the amount.
      if (plan.kind === "literal") return { kind: "constant", code: String(plan.value) }
      if (members.at(-1) === "currency" && named !== null) return { kind: "path", ...named }
      if (binding.instead !== undefined) {
        const { stable } = binding.instead
        return { ...stable, kind: "path", path: [...stable.path, ...members] }
      }
      return { kind: "path", root: binding.variable, rootName: binding.name, path: members }
    }
    const [field] = members
    return binding.block === scope && field !== undefined && members.length === 1
      ? sibling(field)
      : { kind: "path", root: binding.block.root, rootName: binding.name, path: members }
  }
  if (members.length > 0) {
    // A record that is made beside this one: `order.currency` where `order` is another target.
    for (let s: Scope | null = ctx.scope; s !== null; s = s.parent) {
      if (s.block?.shape.targets !== true || !s.block.shape.fields.some(f => f.name === first.text)) continue
      const { type } = checkPath(path, quiet(ctx))
      if (!names(type)) return errorUnit
      return { kind: "path", root: s.block.root, rootName: first.text, path: [first.text, ...members] }
    }
    return null
  }
  if (scope.shape.derives.some(d => d.name === first.text))
    return { kind: "path", root: scope.root, rootName: scope.rootName, path: [first.text] }
  return scope.shape.fields.some(f => f.name === first.text) ? sibling(first.text) : null
}
