// A call of a crosswalk: keys exactly of its parameters' types; a row, or missing, or what `unmapped` says.

import { type CallExpression, diagnostic, type ExitExpression, type Place } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { absolute } from "../units.ts"
import { unpadded } from "../unpadded.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { checkAsOf } from "./as-of.ts"
import { countArguments } from "./call.ts"

export function checkLookup(node: CallExpression, crosswalk: BoundCrosswalk, ctx: Context): Checked {
  if (!countArguments(node, crosswalk.parameters.length, crosswalk.parameters.length, ctx))
    return erroneous(ctx, node.span)
  if (ctx.members !== undefined && crosswalk.external) {
    ctx.state.report(
      diagnostic("FM6255", { name: nameHere(crosswalk, ctx) }, place(ctx, node.span), {
        label: "nobody hands it in here",
        related: [{ place: crosswalk.place, text: "its rows come from a file" }],
        help: "Look it up in the map, or write its rows in place.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const keys: PlanExpression[] = []
  let failed = false
  crosswalk.parameters.forEach((parameter, index) => {
    const argument = node.arguments[index]
    if (argument === undefined) return
    const value = present(
      checkExpression(argument, ctx, parameter.type),
      ctx,
      `The key of ${nameHere(crosswalk, ctx)}`,
    )
    // A key may be longer than the table's: then it simply has no row. Only its kind must be right.
    const wanted =
      parameter.type.kind === "text"
        ? { ...parameter.type, min: 0, max: null, pattern: null }
        : parameter.type
    if (isError(value) || !accepts(value, wanted, ctx, [{ place: parameter.place, text: "wanted here" }]))
      failed = true
    else keys.push(unpadded(value, parameter.type, ctx).plan)
  })
  const asOf = checkAsOf(node, crosswalk, ctx)
  if (asOf === undefined) failed = true
  if (failed || asOf === undefined || crosswalk.result.kind === "error") return erroneous(ctx, node.span)
  ctx.state.crosswalks.add(crosswalk.id)
  const type =
    crosswalk.result.kind === "record"
      ? absolute(
          crosswalk.result,
          { path: null, shape: crosswalk.result.shape, arguments: [], system: null },
          ctx.state,
        )
      : crosswalk.result
  const lookup: PlanExpression = {
    kind: "lookup",
    crosswalk: crosswalk.id,
    keys,
    asOf,
    type: valueType(type, ctx.state),
    maybe: !crosswalk.total,
    at: at(ctx, node.span),
  }
  const { unmapped } = crosswalk.node
  if (unmapped === null) return checked(lookup, type, node.span, { maybe: !crosswalk.total })
  // The clause belongs to the crosswalk and runs with it; the map only has to know that it may stop the record.
  if (unmapped.kind === "exit" && !noteUnmapped(unmapped, crosswalk, place(ctx, node.span), ctx))
    return erroneous(ctx, node.span)
  return checked({ ...lookup, maybe: false }, type, node.span)
}

/** Notes the code of `unmapped hold CODE` for Law 5; false where no record may be held. */
function noteUnmapped(exit: ExitExpression, crosswalk: BoundCrosswalk, call: Place, ctx: Context): boolean {
  const clause = { file: crosswalk.file, span: exit.span }
  if (ctx.noExit !== null) {
    ctx.state.report(
      diagnostic("FM3117", { where: ctx.noExit }, call, {
        label: `${nameHere(crosswalk, ctx)} may stop the record`,
        related: [{ place: clause, text: "says what happens to keys without a row" }],
        help: "Look it up in a `let` before.",
      }),
    )
    return false
  }
  if (exit.code !== null && (exit.verb === "hold" || exit.verb === "reject")) {
    ctx.state.codes.push({
      code: exit.code.text,
      verb: exit.verb,
      origin: "crosswalk",
      at: ctx.state.at(clause),
      place: clause,
    })
  }
  return true
}
