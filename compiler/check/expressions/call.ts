// Which call is it: `round`, an aggregate, a claim about a currency, a crosswalk, a built-in function.
import { type CallExpression, diagnostic, suggest } from "@fmap/grammar"
import { functionSpecs } from "@fmap/runtime/functions"
import { specialCalls } from "../../resolve/builtin-names.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { erroneous } from "../values.ts"
import { aggregates, checkAggregate } from "./aggregate.ts"
import { withoutDay } from "./as-of.ts"
import { checkClaim, checkFigureIn } from "./claim.ts"
import { checkConvert } from "./convert.ts"
import { checkFunction } from "./function.ts"
import { checkFunctionCall } from "./function-call.ts"
import { checkInverse } from "./inverse.ts"
import { checkInvert } from "./invert.ts"
import { checkKeyCall } from "./key-call.ts"
import { checkLookup } from "./lookup.ts"
import { checkMapCall } from "./map-call.ts"
import { checkPart, checkParts } from "./parts.ts"
import { calendarCalls, checkCalendarCall, isPeriodCall } from "./period.ts"
import { checkRollup } from "./rollup.ts"
import { checkRound } from "./round.ts"

export function checkCall(node: CallExpression, ctx: Context, expected: Type | null): Checked {
  const name = node.callee.text
  const declared = ctx.names.get(name)
  if (declared?.kind === "crosswalk" && declared.hierarchy !== null)
    return refuseHierarchy(node, declared, ctx)
  if (declared?.kind === "crosswalk") return checkLookup(node, declared, ctx)
  if (name === "inverse" && declared === undefined) return checkInverse(node, ctx)
  if (name === "rollup" && declared === undefined) return checkRollup(node, ctx)
  if (!withoutDay(node, ctx)) return erroneous(ctx, node.span)
  if (declared?.kind === "fn") return checkFunctionCall(node, declared, ctx, expected)
  if (declared?.kind === "map") return checkMapCall(node, declared, ctx, expected)
  if (name === "convert") return checkConvert(node, ctx, expected)
  if (name === "invert") return checkInvert(node, ctx)
  if (name === "round") return checkRound(node, ctx, expected)
  if (name === "key") return checkKeyCall(node, ctx)
  if (name === "money" || name === "quantity") return checkClaim(node, name, ctx)
  if (name === "amount_in") return checkFigureIn(node, "money", ctx)
  if (name === "quantity_in") return checkFigureIn(node, "quantity", ctx)
  if (name === "parts") return checkParts(node, ctx)
  if (name === "part") return checkPart(node, ctx)
  const aggregate = aggregates.get(name)
  if (aggregate !== undefined) return checkAggregate(node, aggregate, ctx)
  if (isPeriodCall(node, ctx)) return checkCalendarCall(node, ctx)
  const spec = functionSpecs.get(name)
  if (spec !== undefined) return checkFunction(node, spec, ctx)
  const names = [
    ...specialCalls,
    ...functionSpecs.keys(),
    ...calendarCalls.keys(),
    ...[...ctx.names]
      .filter(([, d]) => d.kind === "crosswalk" || d.kind === "fn" || d.kind === "map")
      .map(([n]) => n),
  ]
  const close = suggest(name, names)
  ctx.state.report(
    diagnostic("FM3111", { name }, place(ctx, node.callee.span), {
      label: "not known here",
      ...(close === undefined
        ? name === "each"
          ? { help: "`each` walks a list that has a name: put the list into a `let` first." }
          : {}
        : {
            help: `Did you mean "${close}"?`,
            edits: [{ place: place(ctx, node.callee.span), text: close }],
          }),
    }),
  )
  return erroneous(ctx, node.span)
}

function refuseHierarchy(
  node: CallExpression,
  { name, place: declared }: BoundCrosswalk,
  ctx: Context,
): Checked {
  ctx.state.report(
    diagnostic("FM5172", { name }, place(ctx, node.callee.span), {
      related: [{ place: declared, text: "declared here" }],
      help: `Write rollup(${node.callee.text}, member, Level).`,
    }),
  )
  return erroneous(ctx, node.span)
}

/** Reports a wrong count; true when it is right. */
export function countArguments(node: CallExpression, least: number, most: number, ctx: Context): boolean {
  const found = node.arguments.length
  if (found >= least && found <= most && node.generator === null) return true
  const expected =
    least === most ? `${least} ${least === 1 ? "value" : "values"}` : `${least} to ${most} values`
  ctx.state.report(
    diagnostic("FM3112", { name: node.callee.text, expected, found }, place(ctx, node.callee.span), {
      label: `takes ${expected}`,
    }),
  )
  return false
}
