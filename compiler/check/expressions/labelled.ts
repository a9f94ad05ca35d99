// `rate: …` and `step: …`: arguments that say what they are. Flows in: a call. Flows out: its arguments with and without a label.
import { type CallExpression, diagnostic, type Expression, type LabelledExpression } from "@fmap/grammar"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { erroneous } from "../values.ts"

/** The one argument with this label, and the others in order. Null after an error: another label, or this one twice. */
export function labelled(
  node: CallExpression,
  label: string,
  ctx: Context,
): { readonly named: LabelledExpression | null; readonly others: readonly Expression[] } | null {
  const all = node.arguments.filter(argument => argument.kind === "labelled")
  const wrong = all.find(argument => argument.label.text !== label) ?? all[1]
  if (wrong !== undefined) {
    refuse(wrong, node.callee.text, ctx)
    return null
  }
  return { named: all[0] ?? null, others: node.arguments.filter(argument => argument.kind !== "labelled") }
}

/** A label where none is taken. */
export function checkLabelled(node: LabelledExpression, ctx: Context): Checked {
  refuse(node, "this call", ctx)
  return erroneous(ctx, node.span)
}

function refuse(node: LabelledExpression, name: string, ctx: Context): void {
  ctx.state.report(
    diagnostic("FM5165", { label: node.label.text, name }, place(ctx, node.label.span), {
      label: "not taken",
      help: "`convert` takes `rate: …` and `round` takes `step: …`.",
    }),
  )
}
