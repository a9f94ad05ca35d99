// sum count min max average any all first last distinct: over a path (`sum(lines.amount)`) or a generator.
import { type CallExpression, diagnostic, type Expression } from "@fmap/grammar"
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, type ControlGroups, childScope, place, withFacts } from "../context.ts"
import { bothConditions, keysOfRow } from "../control-groups.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { bindRow, factsOfRow } from "../rows.ts"
import { outsideOf } from "../units.ts"
import { boolType, checked, decimalType, erroneous, intType, isError, valueType, widened } from "../values.ts"
import { asPath } from "./as-path.ts"
import { countArguments } from "./call.ts"
import { leaks, openLoop } from "./each.ts"
import { memberOf } from "./member.ts"
import { checkPath } from "./name.ts"

type Operation = (PlanExpression & { kind: "aggregate" })["operation"]

export const aggregates: ReadonlyMap<string, Operation> = new Map(
  (["sum", "count", "min", "max", "average", "any", "all", "first", "last", "distinct"] as const).map(
    name => [name, name],
  ),
)

interface Rows {
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  readonly value: Checked | null
  readonly roots: ReadonlySet<number>
  readonly min: number
  readonly max: number | null
  readonly maybe: boolean
  readonly failure: string | null
  readonly inner: Context
}

export function checkAggregate(node: CallExpression, operation: Operation, ctx: Context): Checked {
  const { groups, ...plain } = ctx
  const inner = { ...plain, inRound: false, noExit: ctx.noExit ?? "inside an aggregate", window: undefined }
  const all =
    node.generator === null ? overPath(node, operation, inner) : overGenerator(node, operation, inner)
  const rows = all === null || groups === undefined ? all : inGroup(all, groups, node)
  if (rows === null) return erroneous(ctx, node.span)
  const result = resultOf(node, operation, rows, ctx)
  if (result === null) return erroneous(ctx, node.span)
  const maybe = rows.maybe
  const failure = rows.failure ?? result.failure
  const plan: PlanExpression = {
    kind: "aggregate",
    operation,
    generators: rows.generators,
    where: rows.where,
    value: operation === "count" ? null : (rows.value?.plan ?? null),
    type: valueType(result.type, ctx.state),
    maybe: maybe || failure !== null,
    at: at(ctx, node.span),
  }
  return checked(plan, result.type, node.span, { maybe, failure })
}

/** Only the rows with the keys of the group; inside it a currency among the keys is the currency of its rows. */
function inGroup(rows: Rows, groups: ControlGroups, node: CallExpression): Rows | null {
  const found = keysOfRow(rows, groups, node.span, rows.inner)
  if (found === null) return null
  const where = [rows.where, found.where].filter(part => part !== null).reduce(bothConditions)
  return { ...rows, where, inner: withFacts(rows.inner, found.facts) }
}

/** `sum(x.a * x.b for x in xs where C)`, `count(x for x in xs where C)`. */
function overGenerator(node: CallExpression, operation: Operation, ctx: Context): Rows | null {
  if (node.generator === null) return null
  if (node.arguments.length !== 1) {
    ctx.state.report(
      diagnostic(
        "FM3112",
        { name: node.callee.text, expected: "1 value before `for`", found: node.arguments.length },
        place(ctx, node.span),
      ),
    )
    return null
  }
  const [argument] = node.arguments
  const loop = openLoop(node.generator.generators, node.generator.where, ctx)
  if (loop === null || loop.failed || argument === undefined) return null
  const value = present(checkExpression(argument, loop.inner, null), ctx, "The value of each row")
  if (isError(value) && operation !== "count") return null
  return { ...loop, value }
}

/** `sum(order.lines.amount)`: every list on the way is walked; a scalar list stands for itself. */
function overPath(node: CallExpression, operation: Operation, ctx: Context): Rows | null {
  if (!countArguments(node, 1, 1, ctx)) return null
  const [argument] = node.arguments
  if (argument === undefined) return null
  const path = asPath(argument)
  const generators: PlanGenerator[] = []
  const roots = new Set<number>()
  let min = 1
  let max: number | null = 1
  let maybe = false
  let inner = childScope(ctx)
  const step = (list: Checked, span: Expression["span"]): Checked | null => {
    if (list.type.kind !== "list") return null
    if (list.failure !== null || (list.maybe && generators.length > 0))
      return isError(present(list, ctx, "This list")) ? null : list
    maybe ||= list.maybe
    min *= list.type.min
    max = max === null || list.type.max === null ? null : max * list.type.max
    inner = childScope(inner)
    const row = bindRow(
      list,
      list.type,
      { text: `row ${inner.state.variables.length}`, span, quoted: true },
      inner,
    )
    generators.push(row)
    roots.add(row.variable)
    inner = withFacts(inner, factsOfRow(list, row.variable, inner))
    const type = list.type.of
    return checked(
      {
        kind: "variable",
        variable: row.variable,
        type: valueType(type, ctx.state),
        maybe: false,
        at: at(ctx, span),
      },
      type,
      span,
      {
        stable: { root: row.variable, rootName: "a row", path: [] },
      },
    )
  }
  let current: Checked
  if (path === null) {
    current = checkExpression(argument, ctx, null)
  } else {
    let taken = path.names.length
    // The longest beginning that is a value by itself; lists after it are walked member by member.
    const firstList = listPrefix(path.names.length, n =>
      silently(ctx, () =>
        checkPath(
          {
            names: path.names.slice(0, n),
            span: { start: path.span.start, end: path.names[n - 1]?.span.end ?? path.span.end },
          },
          muted(ctx),
        ),
      ),
    )
    if (firstList !== null) taken = firstList
    current = checkPath(
      {
        names: path.names.slice(0, taken),
        span: { start: path.span.start, end: path.names[taken - 1]?.span.end ?? path.span.end },
      },
      ctx,
    )
    for (const name of path.names.slice(taken)) {
      if (isError(current)) return null
      if (current.type.kind === "list") {
        const row = step(current, current.span)
        if (row === null) return null
        current = row
      }
      current = memberOf(current, name, { start: path.span.start, end: name.span.end }, ctx)
    }
  }
  if (isError(current)) return null
  if (current.type.kind === "list") {
    const row = step(current, current.span)
    if (row === null) return null
    current = row
  } else if (generators.length === 0) {
    ctx.state.report(
      diagnostic("FM3116", { what: describe(current.type, ctx) }, place(ctx, argument.span), {
        label: "has no rows",
      }),
    )
    return null
  }
  if (operation !== "count") {
    current = present(current, ctx, "The value of some row")
    if (isError(current)) return null
  }
  return { generators, where: null, value: current, roots, min, max, maybe, failure: null, inner }
}

/** How many names lead to the first list; null when none does. */
function listPrefix(count: number, checkFirst: (n: number) => Checked): number | null {
  for (let n = 1; n <= count; n++) {
    const value = checkFirst(n)
    if (value.type.kind === "list") return n
  }
  return null
}

function silently(ctx: Context, run: () => Checked): Checked {
  const before = new Set(ctx.state.tracker.reads)
  const value = run()
  ctx.state.tracker.reads.clear()
  for (const v of before) ctx.state.tracker.reads.add(v)
  return value
}

function muted(ctx: Context): Context {
  return { ...ctx, state: { ...ctx.state, report: () => undefined } }
}

function resultOf(
  node: CallExpression,
  operation: Operation,
  rows: Rows,
  ctx: Context,
): { readonly type: Type; readonly failure: string | null } | null {
  const type = outsideOf(rows.value?.type ?? { kind: "error" as const }, rows.roots, rows.inner)
  const wrong = (expected: string): null => {
    ctx.state.report(
      diagnostic("FM3101", { expected, found: describe(type, ctx) }, place(ctx, node.span), {
        label: `taken by \`${operation}\``,
      }),
    )
    return null
  }
  const empty = rows.min > 0 && rows.where === null ? null : "there is no row"
  if (operation === "count")
    return { type: { ...intType, digits: rows.max === null ? null : String(rows.max).length }, failure: null }
  if (leaks(type, rows.roots)) {
    ctx.state.report(
      diagnostic("FM5108", { list: "these rows" }, place(ctx, node.span), {
        label: "each row has a currency of its own",
        help: "Sum the rows of one currency with `where`, or those of each: `group … by x.currency as g`.",
      }),
    )
    return null
  }
  switch (operation) {
    case "sum": {
      if (type.kind !== "number") return wrong("A number")
      const digits = type.digits === null || rows.max === null ? null : type.digits + String(rows.max).length
      return { type: { ...type, digits, low: null, high: null, literal: null }, failure: null }
    }
    case "average": {
      if (type.kind !== "number") return wrong("A number")
      if (!ctx.inRound) {
        ctx.state.report(
          diagnostic("FM3115", {}, place(ctx, node.span), {
            label: "an average divides",
            help: "Say to how many digits: `round(average(…), 2, half_even)`.",
          }),
        )
        return null
      }
      const average: NumberType = {
        ...(type.role === "int" ? decimalType(type.digits, 0) : type),
        rational: true,
        low: null,
        high: null,
        literal: null,
      }
      return { type: average, failure: empty }
    }
    case "any":
    case "all":
      return type.kind === "bool" ? { type: boolType, failure: null } : wrong("A condition")
    case "min":
    case "max":
      if (!["number", "date", "datetime", "instant", "text", "period"].includes(type.kind))
        return wrong("A number, a date, an instant, a period or text")
      return { type: widened(type), failure: empty }
    case "first":
    case "last":
      return { type: widened(type), failure: empty }
    case "distinct":
      if (["record", "list", "dictionary", "json"].includes(type.kind)) return wrong("A single value")
      return {
        type: { kind: "list", of: widened(type), min: Math.min(rows.min, 1), max: rows.max },
        failure: null,
      }
  }
}
