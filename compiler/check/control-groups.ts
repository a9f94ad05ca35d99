// Controls `for each` key: which rows an aggregate keeps for one combination of keys, and where the keys are looked for. Flows in: the
// rows of an aggregate inside the control. Flows out: a condition on its rows and what holds in the group.
import { type ControlStatement, diagnostic, type Span } from "@fmap/grammar"
import type { PlanControlGroups, PlanExpression, PlanGenerator } from "../plan/index.ts"
import type { Type } from "../types/type.ts"
import { type Checked, type Facts, noFacts, pathKey } from "./checked.ts"
import { at, type Context, type ControlGroups, place, type Scope } from "./context.ts"
import { describe } from "./describe.ts"
import { memberOf } from "./expressions/member.ts"
import { present } from "./present.ts"
import { rootOf } from "./rows.ts"
import { namesUnit, normalize, unitKey } from "./units.ts"
import { checked, isError, valueType, widened } from "./values.ts"

/** Null: the control has no groups. */
export function openGroups(statement: ControlStatement, ctx: Context): ControlGroups | null {
  if (statement.groups.length === 0) return null
  const keys = statement.groups.map(name => ({
    name,
    variable: ctx.state.variables.push({ name: name.text, type: { kind: "never" }, maybe: false }) - 1,
  }))
  return { keys, types: keys.map(() => null), masked: keys.map(() => false), rows: [] }
}

/** The Plan's form, once both sides are checked; null where no aggregate has rows with the keys. */
export function closeGroups(groups: ControlGroups, condition: Span, ctx: Context): PlanControlGroups | null {
  if (groups.rows.length === 0) {
    ctx.state.report(
      diagnostic("FM4185", { problem: "it compares no sum or count of rows" }, place(ctx, condition), {
        label: "no rows to group",
        help: "Compare aggregates: `sum(lines.debit) == sum(lines.credit)`.",
      }),
    )
    return null
  }
  return {
    keys: groups.keys.map(({ name, variable }, i) => ({
      name: name.text,
      variable,
      type: valueType(groups.types[i] ?? { kind: "error" }, ctx.state),
      masked: groups.masked[i] ?? false,
    })),
    rows: groups.rows,
  }
}

interface RowsHere {
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
}

export function keysOfRow(
  rows: RowsHere,
  groups: ControlGroups,
  span: Span,
  ctx: Context,
): { readonly where: PlanExpression; readonly facts: Facts } | null {
  const row = rowWith(rows.generators, groups, span, ctx)
  if (row === null) return null
  const values: PlanExpression[] = []
  const conditions: PlanExpression[] = []
  const equal: (readonly [string, string])[] = []
  for (const [i, { name, variable }] of groups.keys.entries()) {
    const personal = { seen: false }
    const value = present(memberOf(row, name, name.span, { ...ctx, personal }), ctx, "The key of some row")
    if (isError(value)) return null
    const type = widened(value.type)
    if (!typed(groups, i, type, name.span, ctx)) return null
    if (personal.seen) groups.masked[i] = true
    values.push(value.plan)
    conditions.push({
      kind: "compare",
      operator: "==",
      left: value.plan,
      right: {
        kind: "variable",
        variable,
        type: valueType(type, ctx.state),
        maybe: false,
        at: at(ctx, name.span),
      },
      type: { kind: "bool" },
      maybe: false,
      at: at(ctx, name.span),
    })
    if (namesUnit(type) && value.stable !== null)
      equal.push([unitKey(normalize({ kind: "path", ...value.stable }, ctx.state)), pathKey(variable, [])])
  }
  groups.rows.push({ generators: rows.generators, where: rows.where, keys: values })
  return {
    where: conditions.reduce(bothConditions),
    facts: equal.length === 0 ? noFacts : { present: new Set(), equal },
  }
}

export function bothConditions(left: PlanExpression, right: PlanExpression): PlanExpression {
  return { kind: "logic", operator: "and", left, right, type: { kind: "bool" }, maybe: false, at: right.at }
}

const keyKinds: readonly Type["kind"][] = ["text", "enum", "bool", "currency", "country", "language", "date"]

/** The first rows say what a key is, the others must have the same. */
function typed(groups: ControlGroups, i: number, type: Type, span: Span, ctx: Context): boolean {
  const before = groups.types[i] ?? null
  const isWhole = type.kind === "number" && type.role === "int"
  if (!keyKinds.includes(type.kind) && !isWhole) {
    ctx.state.report(
      diagnostic("FM4185", { problem: `${describe(type, ctx)} is no key` }, place(ctx, span), {
        label: "wanted: a word, a date or a whole number",
      }),
    )
    return false
  }
  if (before !== null && before.kind !== type.kind) {
    ctx.state.report(
      diagnostic(
        "FM3105",
        { left: describe(before, ctx), right: describe(type, ctx), operator: "==" },
        place(ctx, span),
        { label: "one in some rows, the other in others" },
      ),
    )
    return false
  }
  if (before === null) {
    groups.types[i] = type
    const key = groups.keys[i]
    if (key === undefined) return false
    ctx.state.variables[key.variable] = {
      name: key.name.text,
      type: valueType(type, ctx.state),
      maybe: false,
    }
    rootOf(key.variable, type, ctx)
  }
  return true
}

/** The innermost rows that have all the keys. */
function rowWith(
  generators: readonly PlanGenerator[],
  groups: ControlGroups,
  span: Span,
  ctx: Context,
): Checked | null {
  for (const { variable } of generators.toReversed()) {
    const type = typeOfRow(variable, ctx)
    if (type?.kind !== "record") continue
    const { shape } = type
    const named = (name: string): boolean =>
      shape.fields.some(field => field.name === name) || shape.derives.some(derive => derive.name === name)
    if (!groups.keys.every(({ name }) => named(name.text))) continue
    return checked(
      { kind: "variable", variable, type: valueType(type, ctx.state), maybe: false, at: at(ctx, span) },
      type,
      span,
      { stable: { root: variable, rootName: "a row", path: [] } },
    )
  }
  const names = groups.keys.map(({ name }) => `"${name.text}"`).join(" and ")
  const [first] = groups.keys
  ctx.state.report(
    diagnostic(
      "FM4185",
      { problem: `not all of its rows have ${names}` },
      place(ctx, first?.name.span ?? span),
      {
        label: "no field of these rows",
        related: [{ place: place(ctx, span), text: "these rows" }],
      },
    ),
  )
  return null
}

function typeOfRow(variable: number, ctx: Context): Type | null {
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent)
    for (const binding of scope.names.values())
      if (binding.kind === "value" && binding.variable === variable) return binding.type
  return null
}
