// `tree xs as x by x.parent to x.id as n`: rows that name the row above them, parents before their children. Inside, `x` is the row
// and `n` knows where it stands: `n.parent`, `n.children`, `n.descendants`, `n.depth`.
import { diagnostic, type TreeExpression } from "@fmap/grammar"
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import type { ListType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import {
  at,
  type Context,
  childScope,
  type GroupedRows,
  place,
  type TreePart,
  withFacts,
} from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { ofRow, withoutRows } from "../group-facts.ts"
import { present } from "../present.ts"
import { declare, rootOf } from "../rows.ts"
import { erroneous, intType, isError, valueType } from "../values.ts"
import { comparable } from "./comparison.ts"
import { type Loop, openLoop, rowsOver } from "./each.ts"
import { comparableKey } from "./group.ts"

const failure = "two rows have one key, a parent is no row, or rows stand above themselves"

export function checkTree(node: TreeExpression, ctx: Context, expected: Type | null): Checked {
  const wanted = expected?.kind === "list" ? expected : null
  const noExit = ctx.noExit ?? "while rows are put into a tree"
  const loop = openLoop([node.rows], node.where, { ...ctx, inRound: false, noExit, inRow: false })
  if (loop === null) return erroneous(ctx, node.span)
  const ends = checkEnds(node, loop)
  const free = declare(node.binder, loop.inner)
  if (ends === null || loop.failed || !free) return erroneous(ctx, node.span)
  return rowsOver(
    openTree(node, loop, ends, ctx),
    { ...node, sort: [] },
    [node.rows.binder.text],
    ctx,
    wanted,
  )
}

interface Ends {
  readonly parent: Checked
  readonly key: Checked
}

/** The value that names the row above, and the one by which a row is named. */
function checkEnds(node: TreeExpression, { inner: ctx }: Loop): Ends | null {
  const row = { ...ctx, noExit: "in a key of a tree" }
  const parent = checkExpression(node.parent, row, null)
  const key = present(checkExpression(node.key, row, null), row, "This key")
  if (isError(parent, key)) return null
  if (parent.failure !== null) {
    present(parent, row, "This parent")
    return null
  }
  if (!parent.maybe) {
    ctx.state.report(
      diagnostic("FM3144", {}, place(ctx, node.parent.span), {
        label: "is always there",
        help: 'Say when a row is at the top: `(match x.parent { "0" -> missing, otherwise -> x.parent })`.',
      }),
    )
    return null
  }
  if (!comparableKey.has(key.type.kind)) {
    ctx.state.report(
      diagnostic("FM3140", { what: describe(key.type, ctx) }, place(ctx, node.key.span), {
        label: "cannot be a key",
      }),
    )
    return null
  }
  const between = { start: node.parent.span.end, end: node.key.span.start }
  const sides = { left: node.parent, right: node.key, operatorSpan: between }
  return comparable("==", { ...parent, maybe: false }, key, sides, ctx) ? { parent, key } : null
}

function openTree(node: TreeExpression, loop: Loop, { parent, key }: Ends, ctx: Context): Loop {
  const { state } = ctx
  const { binder } = node.rows
  const read = loop.generators[0]?.variable ?? -1
  const rowType = rowTypeOf(loop, binder.text)
  const grouped: GroupedRows = { origin: { whole: read, members: new Map() }, facts: loop.inner.facts }
  const hidden: ReadonlySet<number> = new Set([read])
  const made = (name: string, type: Type, maybe = false): number =>
    state.variables.push({ name, type: valueType(type, state), maybe }) - 1
  let inner = childScope({ ...ctx, inRound: false, facts: withoutRows(loop.inner.facts, hidden) })
  const rowVariable = (name: string, maybe = false): number => {
    const variable = made(name, rowType, maybe)
    state.origins.set(variable, grouped.origin)
    rootOf(variable, rowType, ctx)
    inner = withFacts(inner, ofRow(grouped, variable))
    return variable
  }
  const variable = rowVariable(binder.text)
  const list: ListType = { kind: "list", of: rowType, min: 0, max: loop.max }
  const listVariable = (name: string): number => {
    const rows = made(name, list)
    state.groups.set(rows, grouped)
    return rows
  }
  const above = rowVariable(`${node.binder.text} parent`, true)
  const children = listVariable(`${node.binder.text} children`)
  const descendants = listVariable(`${node.binder.text} descendants`)
  const depth = made(`${node.binder.text} depth`, { ...intType, digits: 10 })
  const parts = new Map<string, TreePart>([
    ["parent", { variable: above, type: rowType, maybe: true }],
    ["children", { variable: children, type: list, maybe: false }],
    ["descendants", { variable: descendants, type: list, maybe: false }],
    ["depth", { variable: depth, type: { ...intType, digits: 10 }, maybe: false }],
  ])
  const bind = (name: typeof binder, of: number, more: { readonly parts?: typeof parts }): void => {
    inner.scope.names.set(name.text, {
      kind: "value",
      name: name.text,
      variable: of,
      type: rowType,
      maybe: false,
      place: place(ctx, name.span),
      used: true,
      isLet: false,
      ...more,
    })
  }
  bind(binder, variable, {})
  bind(node.binder, variable, { parts })
  const source: PlanExpression = {
    kind: "nesting",
    generators: loop.generators,
    where: loop.where,
    parent: parent.plan,
    key: key.plan,
    type: { kind: "list", of: valueType(rowType, state) },
    maybe: true,
    at: at(ctx, node.span),
  }
  const generator: PlanGenerator = {
    variable,
    source,
    element: null,
    tree: { parent: above, children, descendants, depth },
  }
  return {
    ...loop,
    generators: [generator],
    where: null,
    inner,
    roots: new Set([variable, above, read]),
    min: Math.min(loop.min, 1),
    failure: loop.failure ?? failure,
  }
}

function rowTypeOf(loop: Loop, name: string): Type {
  for (let scope: Context["scope"] | null = loop.inner.scope; scope !== null; scope = scope.parent) {
    const binding = scope.names.get(name)
    if (binding?.kind === "value") return binding.type
  }
  return { kind: "error" }
}
