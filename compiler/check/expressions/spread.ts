// `each spread TOTAL over periods of S to E inclusive in Corp by days remainder to last as s { … }`: a row for each period a service lies
// in, whose amounts add up to the total. Flows in: the syntax. Flows out: an `each` over the parts, which may fail.
import { diagnostic, type Name, type SpreadExpression, suggest } from "@fmap/grammar"
import { remainderRules, spreadWays } from "@fmap/runtime"
import type { PlanExpression } from "../../plan/index.ts"
import type { ListType, NumberType, Type } from "../../types/type.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, childScope, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { madeUp } from "../infer.ts"
import { present } from "../present.ts"
import { bindRow } from "../rows.ts"
import { normalize, unitExpression } from "../units.ts"
import { checked, erroneous, intType, isError, valueType, widened } from "../values.ts"
import { rowsOver } from "./each.ts"
import { calendarNamed, canAnswer } from "./period.ts"

const failure = "the service ends before it begins, or a day of it is outside of the calendar"

export function checkSpread(node: SpreadExpression, ctx: Context, expected: Type | null): Checked {
  const outer: Context = { ...ctx, inRound: false, field: null, because: null }
  const total = present(checkExpression(node.total, outer, null), ctx, "The total")
  const from = dateOf(present(checkExpression(node.from, outer, null), ctx, "The first day"), outer)
  const to = dateOf(present(checkExpression(node.to, outer, null), ctx, "The last day"), outer)
  const calendar = calendarNamed(node.calendar, ctx)
  const by = wordOf(node.by, spreadWays, ctx)
  const rule = wordOf(node.remainder, remainderRules, ctx)
  if (isError(total) || from === null || to === null || calendar === null || by === null || rule === null)
    return erroneous(ctx, node.span)
  if (!canAnswer("period_of", calendar, node.calendar.span, ctx)) return erroneous(ctx, node.span)
  if (total.type.kind !== "number" || total.type.rational || total.type.role === "percent") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "An amount or a figure", found: describe(total.type, ctx) },
        place(ctx, node.total.span),
        { label: "cannot be spread" },
      ),
    )
    return erroneous(ctx, node.span)
  }
  const member = (name: string, type: Type) => ({ name, span: node.binder.span, type, optional: false })
  const row = madeUp(
    "spread",
    [
      member("period", { kind: "period", calendar }),
      member("amount", { ...(widened(total.type) as NumberType), low: null, high: null }),
      member("days", { ...intType, digits: 7 }),
      member("start", { kind: "date" }),
      member("end", { kind: "date" }),
    ],
    node.span,
    ctx,
  )
  const type: ListType = { kind: "list", of: row, min: 1, max: null }
  const plan: PlanExpression = {
    kind: "spread",
    calendar: calendar.id,
    total: total.plan,
    from,
    to,
    inclusive: node.inclusive,
    by,
    rule,
    coin: coinOf(total.type, node, ctx),
    type: valueType(type, ctx.state),
    maybe: true,
    at: at(ctx, node.span),
  }
  const inner = childScope(outer)
  const source = checked(plan, type, node.span)
  const generator = bindRow(source, type, node.binder, inner)
  const loop = {
    generators: [generator],
    where: null,
    inner,
    roots: new Set([generator.variable]),
    min: 1,
    max: null,
    maybe: true,
    failure: null,
    failed: false,
  }
  const wanted = expected?.kind === "list" ? expected : null
  const rows = rowsOver(loop, { sort: [], body: node.body, span: node.span }, [node.binder.text], ctx, wanted)
  return isError(rows) ? rows : { ...rows, maybe: false, failure }
}

/** In a currency known only at run time amounts are divided in its coins; a constant one says its digits itself. */
function coinOf(type: NumberType, node: SpreadExpression, ctx: Context): PlanExpression | null {
  if (type.role !== "money" || type.unit === null) return null
  const unit = normalize(type.unit, ctx.state)
  return unit.kind === "constant" && !type.fitsMinor ? null : unitExpression(unit, ctx, node.total.span)
}

function dateOf(value: Checked, ctx: Context): PlanExpression | null {
  return !isError(value) && accepts(value, { kind: "date" }, ctx) ? value.plan : null
}

function wordOf<W extends string>(name: Name, words: readonly W[], ctx: Context): W | null {
  const found = words.find(word => word === name.text)
  if (found !== undefined) return found
  const here = place(ctx, name.span)
  const close = suggest(name.text, words)
  ctx.state.report(
    diagnostic("FM3134", { word: name.text, wanted: words.join(", ") }, here, {
      label: "not known",
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: here, text: close }] }),
    }),
  )
  return null
}
