// `inverse(Account, x)`: a crosswalk asked back. Flows in: the call. Flows out: the key whose value it is, or missing.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { unpadded } from "../unpadded.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { checkAsOf } from "./as-of.ts"
import { countArguments } from "./call.ts"
import { isHanded, loose } from "./lookup.ts"

export function checkInverse(node: CallExpression, ctx: Context): Checked {
  if (!countArguments(node, 2, 2, ctx)) return erroneous(ctx, node.span)
  const [named, argument] = node.arguments
  const crosswalk = named === undefined ? null : crosswalkNamed(named, ctx)
  if (argument === undefined || crosswalk === null || !isHanded(node, crosswalk, ctx))
    return erroneous(ctx, node.span)
  const [parameter] = crosswalk.parameters
  const { inverse, result } = crosswalk
  const value = present(
    checkExpression(argument, ctx, result),
    ctx,
    `The value of ${nameHere(crosswalk, ctx)}`,
  )
  const wanted = { place: crosswalk.place, text: "its values" }
  const fits = !isError(value) && accepts(value, loose(result), ctx, [wanted])
  const asOf = checkAsOf(node, crosswalk, ctx)
  if (!fits || asOf === undefined || inverse === null || parameter === undefined || result.kind === "error")
    return erroneous(ctx, node.span)
  ctx.state.crosswalks.add(crosswalk.id)
  const plan: PlanExpression = {
    kind: "lookup",
    crosswalk: crosswalk.id,
    keys: [unpadded(value, result, ctx).plan],
    asOf,
    inverse: true,
    type: valueType(parameter.type, ctx.state),
    maybe: !inverse.total,
    at: at(ctx, node.span),
  }
  return checked(plan, parameter.type, node.span, { maybe: !inverse.total })
}

/** One that can be asked back; null after a diagnostic. */
function crosswalkNamed(named: CallExpression["arguments"][number], ctx: Context): BoundCrosswalk | null {
  const declared = named.kind === "name" ? ctx.names.get(named.name.text) : undefined
  if (declared?.kind === "crosswalk" && declared.inverse !== null) return declared
  const problem =
    declared?.kind === "crosswalk" ? `${nameHere(declared, ctx)} goes one way only` : "this is no crosswalk"
  ctx.state.report(
    diagnostic("FM3153", { problem }, place(ctx, named.span), {
      label: "asked back",
      ...(declared?.kind === "crosswalk"
        ? {
            related: [{ place: declared.place, text: "declared here" }],
            help: "Declare it with `<->` instead of `->`.",
          }
        : {}),
    }),
  )
  return null
}
