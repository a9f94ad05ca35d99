// `invert(rate, 9, half_even)`: the rate of the pair turned round. Digits are lost, so it is spoken and rounded; `convert` never needs it.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { NumberType } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { checked, decimalType, erroneous, isError, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { readMode, readScale } from "./round.ts"

export function checkInvert(node: CallExpression, ctx: Context): Checked {
  if (!countArguments(node, 3, 3, ctx)) return erroneous(ctx, node.span)
  const [rateNode, scaleNode, modeNode] = node.arguments
  if (rateNode === undefined || scaleNode === undefined || modeNode === undefined)
    return erroneous(ctx, node.span)
  const rate = present(
    checkExpression(rateNode, { ...ctx, inRound: false }, null),
    ctx,
    "The rate to turn round",
  )
  const mode = readMode(modeNode, ctx)
  if (isError(rate) || mode === null) return erroneous(ctx, node.span)
  if (rate.type.kind !== "number" || rate.type.rate === undefined) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A rate", found: describe(rate.type, ctx) },
        place(ctx, rateNode.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  const scale = readScale(scaleNode, decimalType(null, 0), ctx)
  if (scale === null || scale.kind !== "digits") return erroneous(ctx, node.span)
  const { of, per, amount } = rate.type.rate
  const type: NumberType = {
    ...rate.type,
    rate: { of: per, per: of, amount: 1 },
    digits: null,
    scale: scale.digits,
    low: null,
    high: null,
    literal: null,
  }
  const here = at(ctx, node.span)
  const quoted: PlanExpression = {
    kind: "literal",
    value: String(amount),
    type: { kind: "number", digits: String(amount).length, scale: 0, rational: false },
    maybe: false,
    at: here,
  }
  ctx.state.rounded.push({ field: ctx.field?.name ?? "", mode: `${scale.digits} ${mode}`, at: here })
  return checked(
    {
      kind: "round",
      of: {
        kind: "arithmetic",
        operator: "/",
        left: quoted,
        right: rate.plan,
        type: { kind: "number", digits: null, scale: 0, rational: true },
        maybe: true,
        at: here,
      },
      scale,
      mode,
      type: valueType(type, ctx.state),
      maybe: true,
      at: here,
    },
    type,
    node.span,
    { failure: "the rate is zero" },
  )
}
