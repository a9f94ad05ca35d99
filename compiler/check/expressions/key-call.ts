// `key(a, b)`: several identifying values as one text that no other values give (language-decisions 20). Lowered to a text with
// holes whose parts are escaped and stand apart.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { checked, erroneous, isError, textType } from "../values.ts"
import { countArguments } from "./call.ts"
import { printedLength } from "./text.ts"

export function checkKeyCall(node: CallExpression, ctx: Context): Checked {
  if (!countArguments(node, 2, 8, ctx)) return erroneous(ctx, node.span)
  const parts: (string | { value: PlanExpression; format: null; masked: boolean })[] = []
  let max: number | null = node.arguments.length - 1
  let failed = false
  for (const argument of node.arguments) {
    const value = present(
      checkExpression(argument, { ...ctx, inRound: false }, null),
      ctx,
      "This part of the key",
    )
    const length = isError(value) ? 0 : printedLength(value.type, null)
    if (isError(value) || length === undefined) {
      failed = true
      if (!isError(value)) {
        const found = { expected: "Text, a number, a date or a code", found: describe(value.type, ctx) }
        ctx.state.report(
          diagnostic("FM3101", found, place(ctx, argument.span), { label: "cannot be part of a key" }),
        )
      }
      continue
    }
    // Every character of a free text may need an escape before it.
    const most = length === null ? null : isFree(value) ? length * 2 : length
    max = max === null || most === null ? null : max + most
    if (parts.length > 0) parts.push("|")
    parts.push({ value: isFree(value) ? escaped(value.plan) : value.plan, format: null, masked: false })
  }
  if (failed) return erroneous(ctx, node.span)
  return checked(
    { kind: "interpolation", parts, type: { kind: "text" }, maybe: false, at: at(ctx, node.span) },
    textType(max),
    node.span,
  )
}

/** Numbers, dates and codes never hold the separator. */
function isFree(value: Checked): boolean {
  return value.type.kind === "text" || value.type.kind === "enum"
}

function escaped(value: PlanExpression): PlanExpression {
  return {
    kind: "call",
    function: "key_part",
    arguments: [value],
    type: { kind: "text" },
    maybe: false,
    at: value.at,
  }
}
