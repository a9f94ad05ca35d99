// `group`: rows with equal keys become one row. Inside, the group's name offers the keys as members and, by itself, its rows.
// A currency among the keys is the currency of all amounts inside (language-decisions 13).
import { diagnostic, type GroupExpression, type GroupKey, type Name } from "@fmap/grammar"
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import { type ListType, type RecordType, type Type, type Unit, withUnits } from "../../types/type.ts"
import { bothFacts, type Checked, pathKey } from "../checked.ts"
import { at, type Context, childScope, type GroupedRows, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { withoutRows } from "../group-facts.ts"
import { madeUp } from "../infer.ts"
import { present } from "../present.ts"
import { declare, rootOf } from "../rows.ts"
import { namesUnit, normalize, outsideOf, unitKey } from "../units.ts"
import { erroneous, isError, valueType, widened } from "../values.ts"
import { asPath } from "./as-path.ts"
import { type Loop, leaks, openLoop, rowsOver } from "./each.ts"

export function checkGroup(node: GroupExpression, ctx: Context, expected: Type | null): Checked {
  const wanted = expected?.kind === "list" ? expected : null
  const noExit = ctx.noExit ?? "while rows are put into groups"
  const loop = openLoop(node.generators, node.where, { ...ctx, inRound: false, noExit, inRow: false })
  if (loop === null) return erroneous(ctx, node.span)
  const keys = checkKeys(node.keys, loop)
  const binder = declare(node.binder, ctx)
  if (keys === null || loop.failed || !binder) return erroneous(ctx, node.span)
  const groups = openGroups(node, loop, keys, ctx)
  return rowsOver(groups, node, [node.binder.text], ctx, wanted)
}

interface Key {
  readonly name: Name
  readonly value: Checked
  readonly type: Type
}

/** What can be equal to another, and so be a key. */
export const comparableKey: ReadonlySet<Type["kind"]> = new Set([
  "text",
  "number",
  "bool",
  "enum",
  "currency",
  "country",
  "language",
  "date",
  "datetime",
  "instant",
])

function checkKeys(nodes: readonly GroupKey[], loop: Loop): readonly Key[] | null {
  const { inner: ctx } = loop
  const keys: Key[] = []
  let failed = false
  for (const node of nodes) {
    const name = node.name ?? asPath(node.value)?.names.at(-1) ?? null
    if (name === null) {
      failed = true
      ctx.state.report(
        diagnostic("FM2540", {}, place(ctx, node.span), {
          label: "has no name",
          help: "Name it: `by name = …`.",
        }),
      )
      continue
    }
    const before = keys.find(key => key.name.text === name.text)
    if (before !== undefined) {
      failed = true
      ctx.state.report(
        diagnostic("FM2541", { name: name.text }, place(ctx, node.span), {
          label: "the same name again",
          related: [{ place: place(ctx, before.name.span), text: "already a key here" }],
          help: "Name one of them: `by other = …`.",
        }),
      )
      continue
    }
    const value = present(
      checkExpression(node.value, { ...ctx, noExit: "in a key of a group" }, null),
      ctx,
      "This key",
    )
    const type = keyType(value, loop)
    if (type === null) failed = true
    else keys.push({ name, value, type })
  }
  return failed ? null : keys
}

/** The type of the key outside of its row; null where an error was given. */
function keyType(value: Checked, { inner: ctx, roots }: Loop): Type | null {
  if (isError(value)) return null
  if (!comparableKey.has(value.type.kind)) {
    ctx.state.report(
      diagnostic("FM3140", { what: describe(value.type, ctx) }, place(ctx, value.span), {
        label: "cannot be a key",
        help: "Group by its single values.",
      }),
    )
    return null
  }
  const type = outsideOf(widened(value.type), roots, ctx)
  if (!leaks(type, roots)) return type
  ctx.state.report(
    diagnostic("FM5108", { list: "these rows" }, place(ctx, value.span), {
      label: "each row has a currency of its own",
      help: "Group by something else than an amount.",
    }),
  )
  return null
}

/** The groups as the rows of a loop of their own: one for each record of keys. */
function openGroups(node: GroupExpression, loop: Loop, keys: readonly Key[], ctx: Context): Loop {
  const { state } = ctx
  const type = madeUp(
    "group",
    keys.map(key => ({ name: key.name.text, span: key.name.span, type: key.type, optional: false })),
    node.span,
    ctx,
  )
  const variable =
    state.variables.push({ name: node.binder.text, type: valueType(type, state), maybe: false }) - 1
  const { rowType, grouped } = groupedRows(node, loop, ctx)
  const rows: ListType = { kind: "list", of: rowType, min: 1, max: loop.max }
  const rowsVariable =
    state.variables.push({ name: node.binder.text, type: valueType(rows, state), maybe: false }) - 1
  const isKey = keyFacts(keys, variable, loop.inner)
  const facts = bothFacts(loop.inner.facts, isKey)
  state.groups.set(rowsVariable, { ...grouped, facts })
  rootOf(variable, type, ctx)
  const inner = childScope({ ...ctx, inRound: false, facts: withoutRows(facts, loop.roots) })
  inner.scope.names.set(node.binder.text, {
    kind: "value",
    name: node.binder.text,
    variable,
    type,
    maybe: false,
    place: place(ctx, node.binder.span),
    used: true,
    isLet: false,
    rows: { variable: rowsVariable, type: rows },
  })
  const source: PlanExpression = {
    kind: "grouping",
    generators: loop.generators,
    where: loop.where,
    keys: keys.map(key => ({ field: key.name.text, value: key.value.plan })),
    members: grouped.origin.whole === null ? [...grouped.origin.members.keys()] : null,
    type: { kind: "list", of: valueType(type, state) },
    maybe: loop.maybe || loop.failure !== null,
    at: at(ctx, node.span),
  }
  const generator: PlanGenerator = { variable, source, element: null, rows: rowsVariable }
  return {
    generators: [generator],
    where: null,
    inner,
    roots: new Set([variable, ...loop.roots]),
    min: Math.min(loop.min, 1),
    max: loop.max,
    maybe: loop.maybe,
    failure: loop.failure,
    failed: false,
  }
}

/** The currency or unit of a key is what the rows' own was: `x.currency == g.currency` holds for each of them. */
function keyFacts(keys: readonly Key[], group: number, ctx: Context): Context["facts"] {
  const equal = keys.flatMap(({ name, value, type }): (readonly [string, string])[] => {
    if (!namesUnit(type)) return []
    const key = pathKey(group, [name.text])
    if (value.stable !== null)
      return [[unitKey(normalize({ kind: "path", ...value.stable }, ctx.state)), key]]
    return value.plan.kind === "literal" ? [[`=${String(value.plan.value)}`, key]] : []
  })
  return { present: new Set(), equal }
}

function groupedRows(
  node: GroupExpression,
  loop: Loop,
  ctx: Context,
): { readonly rowType: Type; readonly grouped: Pick<GroupedRows, "origin"> } {
  const rows = node.generators.map(({ binder }, i) => ({
    name: binder.text,
    span: binder.span,
    variable: loop.generators[i]?.variable ?? -1,
    optional: loop.generators[i]?.join?.matches === "optional",
    type: rowOf(loop, binder.text),
  }))
  const [only, ...others] = rows
  if (only !== undefined && others.length === 0)
    return { rowType: only.type, grouped: { origin: { whole: only.variable, members: new Map() } } }
  const names = new Map(rows.map(row => [row.variable, row.name]))
  const members = rows.map(row => ({ ...row, type: ofMember(row.type, names) }))
  return {
    rowType: madeUp("row", members, node.span, ctx),
    grouped: { origin: { whole: null, members: new Map(rows.map(row => [row.name, row.variable])) } },
  }
}

function rowOf(loop: Loop, name: string): Type {
  for (let scope: Context["scope"] | null = loop.inner.scope; scope !== null; scope = scope.parent) {
    const binding = scope.names.get(name)
    if (binding?.kind === "value") return binding.type
  }
  return { kind: "error" }
}

/** Units that hang on the row of one generator hang on that member of the record of all. */
function ofMember(type: Type, names: ReadonlyMap<number, string>): Type {
  const moved = (unit: Unit): Unit => {
    const name = unit.kind === "path" ? names.get(unit.root) : undefined
    return unit.kind === "path" && name !== undefined ? { kind: "field", path: [name, ...unit.path] } : unit
  }
  switch (type.kind) {
    case "number":
      return withUnits(type, moved)
    case "record":
      return { ...type, arguments: type.arguments.map(moved) } satisfies RecordType
    case "list":
    case "dictionary":
      return { ...type, of: ofMember(type.of, names) }
    default:
      return type
  }
}
