// Which call is it: `round`, an aggregate, a claim about a currency, a crosswalk, a built-in function.
import { type CallExpression, diagnostic, suggest } from "@fmap/grammar"
import { functionSpecs } from "@fmap/runtime/functions"
import type { Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { erroneous } from "../values.ts"
import { aggregates, checkAggregate } from "./aggregate.ts"
import { withoutDay } from "./as-of.ts"
import { checkAmountIn, checkMoney } from "./claim.ts"
import { checkFunction } from "./function.ts"
import { checkKeyCall } from "./key-call.ts"
import { checkLookup } from "./lookup.ts"
import { checkPart, checkParts } from "./parts.ts"
import { checkRound } from "./round.ts"

export function checkCall(node: CallExpression, ctx: Context, expected: Type | null): Checked {
  const name = node.callee.text
  const declared = ctx.names.get(name)
  if (declared?.kind === "crosswalk") return checkLookup(node, declared, ctx)
  if (!withoutDay(node, ctx)) return erroneous(ctx, node.span)
  if (name === "round") return checkRound(node, ctx, expected)
  if (name === "key") return checkKeyCall(node, ctx)
  if (name === "money") return checkMoney(node, ctx)
  if (name === "amount_in") return checkAmountIn(node, ctx)
  if (name === "parts") return checkParts(node, ctx)
  if (name === "part") return checkPart(node, ctx)
  const aggregate = aggregates.get(name)
  if (aggregate !== undefined) return checkAggregate(node, aggregate, ctx)
  const spec = functionSpecs.get(name)
  if (spec !== undefined) return checkFunction(node, spec, ctx)
  const names = [
    "round",
    "key",
    "money",
    "amount_in",
    ...aggregates.keys(),
    ...functionSpecs.keys(),
    ...[...ctx.names].filter(([, d]) => d.kind === "crosswalk").map(([n]) => n),
  ]
  const close = suggest(name, names)
  const known = declared === undefined ? null : declared.kind
  ctx.state.report(
    known === "map"
      ? diagnostic(
          "FM2505",
          { name, kind: "a map; maps are run, not called, in this version" },
          place(ctx, node.callee.span),
        )
      : diagnostic("FM3111", { name }, place(ctx, node.callee.span), {
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
