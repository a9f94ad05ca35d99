// `previous line.amount` and `running sum(line.amount)`: what a row knows of the rows before it. Flows in: the words and the row they
// stand in. Flows out: a variable that each row leaves to the next one, and a value made of it.
import { diagnostic, type PreviousExpression, type RunningExpression } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place, type Scope, type Window } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { outsideOf } from "../units.ts"
import { boolType, checked, erroneous, isError, valueType, widened } from "../values.ts"
import { leaks } from "./each.ts"
import { comparableKey } from "./group.ts"
import { checkPath } from "./name.ts"

type Node = PreviousExpression | RunningExpression

/** The value a path had in the row before; missing in the first. */
export function checkPrevious(node: PreviousExpression, ctx: Context): Checked {
  const { window } = ctx
  if (window === undefined) return outsideOfRows(node, "there is no row of `each` or `group` around it", ctx)
  const row = rowContext(window, ctx)
  const { tracker } = ctx.state
  const before = tracker.reads
  // The row before is done: nothing of this row need be known.
  tracker.reads = new Set()
  const value = checkPath(node.path, row)
  tracker.reads = before
  if (isError(value)) return erroneous(ctx, node.span)
  const [first] = node.path.names
  const own =
    value.stable !== null &&
    (window.roots.has(value.stable.root) ||
      value.stable.root === row.scope.block?.root ||
      (first !== undefined && row.scope.names.has(first.text)))
  if (!own)
    return outsideOfRows(
      node,
      "that is the same in every row; name a value of the row, or a field it makes",
      ctx,
    )
  const type = typeOfAll(node, widened(value.type), window, row, ctx)
  if (type === null) return erroneous(ctx, node.span)
  const name = `previous ${node.path.names.at(-1)?.text ?? ""}`
  const variable = ctx.state.variables.push({ name, type: valueType(type, ctx.state), maybe: true }) - 1
  ctx.state.carries.push({ window, variable, start: null, value: value.plan })
  return checked(read(variable, type, true, node, ctx), type, node.span, { maybe: true })
}

/** Of all rows up to this one. */
export function checkRunning(node: RunningExpression, ctx: Context): Checked {
  const { window } = ctx
  if (window === undefined) return outsideOfRows(node, "there is no row of `each` or `group` around it", ctx)
  const row = { ...rowContext(window, ctx), noExit: ctx.noExit ?? "in a running total" }
  const value = present(checkExpression(node.value, row, null), ctx, "The value of each row")
  if (isError(value)) return erroneous(ctx, node.span)
  const type = typeOfAll(node, widened(value.type), window, row, ctx)
  if (type === null) return erroneous(ctx, node.span)
  const ordered = ["number", "date", "datetime", "instant", "text"].includes(type.kind)
  if (node.operation.text === "sum" ? type.kind !== "number" : !ordered) {
    const expected = node.operation.text === "sum" ? "A number" : "A number, a date, an instant or text"
    ctx.state.report(
      diagnostic("FM3101", { expected, found: describe(type, ctx) }, place(ctx, node.value.span), {
        label: `taken by \`running ${node.operation.text}\``,
      }),
    )
    return erroneous(ctx, node.span)
  }
  return type.kind === "number" && node.operation.text === "sum"
    ? runningSum(node, value, type, window, ctx)
    : runningExtreme(node, value, type, window, ctx)
}

function runningSum(
  node: RunningExpression,
  value: Checked,
  of: NumberType,
  window: Window,
  ctx: Context,
): Checked {
  const type: NumberType = { ...of, digits: null, low: null, high: null, literal: null }
  const variable =
    ctx.state.variables.push({ name: "running", type: valueType(type, ctx.state), maybe: false }) - 1
  const start: PlanExpression = {
    kind: "literal",
    value: "0",
    type: valueType({ ...type, digits: 0 }, ctx.state),
    maybe: false,
    at: at(ctx, node.span),
  }
  const plan: PlanExpression = {
    kind: "arithmetic",
    operator: "+",
    left: read(variable, type, false, node, ctx),
    right: value.plan,
    type: valueType(type, ctx.state),
    maybe: false,
    at: at(ctx, node.span),
  }
  ctx.state.carries.push({ window, variable, start, value: plan })
  return checked(plan, type, node.span)
}

function runningExtreme(
  node: RunningExpression,
  value: Checked,
  type: Type,
  window: Window,
  ctx: Context,
): Checked {
  const variable =
    ctx.state.variables.push({ name: "running", type: valueType(type, ctx.state), maybe: true }) - 1
  const here = { maybe: false, at: at(ctx, node.span) }
  const bool = valueType(boolType, ctx.state)
  const best = read(variable, type, false, node, ctx)
  const when: PlanExpression = {
    kind: "logic",
    operator: "or",
    left: { kind: "present", of: read(variable, type, true, node, ctx), negated: true, type: bool, ...here },
    right: {
      kind: "compare",
      operator: node.operation.text === "min" ? "<" : ">",
      left: value.plan,
      right: best,
      type: bool,
      ...here,
    },
    type: bool,
    ...here,
  }
  const plan: PlanExpression = {
    kind: "conditional",
    bind: null,
    arms: [{ when, then: value.plan, at: here.at }],
    otherwise: best,
    type: valueType(type, ctx.state),
    ...here,
  }
  ctx.state.carries.push({ window, variable, start: null, value: plan })
  return checked(plan, type, node.span)
}

/** The row itself: what is known only in an arm of it is not known of every row. */
function rowContext(window: Window, ctx: Context): Context {
  let scope: Scope = ctx.scope
  while (scope !== window.scope && scope.parent !== null && scope.parent !== window.scope)
    scope = scope.parent
  return { ...ctx, scope, facts: window.facts, inRound: false, window: undefined }
}

/** The type that the values of all rows have; null where an error was given. */
function typeOfAll(node: Node, type: Type, window: Window, row: Context, ctx: Context): Type | null {
  if (!comparableKey.has(type.kind)) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A single value", found: describe(type, ctx) },
        place(ctx, node.span),
        { label: `taken by \`${node.kind}\`` },
      ),
    )
    return null
  }
  const own = row.scope.block
  const roots = own === null ? window.roots : new Set([...window.roots, own.root])
  const outside = outsideOf(type, roots, row)
  if (!leaks(outside, roots)) return outside
  ctx.state.report(
    diagnostic("FM5108", { list: "these rows" }, place(ctx, node.span), {
      label: "each row has a currency of its own",
      help: "Look back over the rows of one currency: `group … by x.currency as g`, and `each g as x` inside.",
    }),
  )
  return null
}

function read(variable: number, type: Type, maybe: boolean, node: Node, ctx: Context): PlanExpression {
  return { kind: "variable", variable, type: valueType(type, ctx.state), maybe, at: at(ctx, node.span) }
}

function outsideOfRows(node: Node, reason: string, ctx: Context): Checked {
  ctx.state.report(
    diagnostic("FM3143", { word: node.kind, reason }, place(ctx, node.span), { label: "looks back" }),
  )
  return erroneous(ctx, node.span)
}
