// `re"…"` as an argument of a built-in function, and anywhere else. Flows in: the literal. Flows out: its source as a constant the
// emitter compiles once, when it is of the linear-time subset.
import { diagnostic, type Expression, type PatternLiteral } from "@fmap/grammar"
import { checkPattern } from "../../types/pattern/index.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checked, erroneous, textType } from "../values.ts"

/** The argument of a function that wants a pattern. */
export function patternArgument(node: Expression, ctx: Context): Checked {
  if (node.kind === "error") return erroneous(ctx, node.span)
  if (node.kind !== "pattern") {
    ctx.state.report(
      diagnostic("FM3101", { expected: "A pattern", found: "a value" }, place(ctx, node.span), {
        label: "no pattern",
        help: 'Write it out: `re"[0-9]+"`.',
      }),
    )
    return erroneous(ctx, node.span)
  }
  const pattern = checkPattern(node.source)
  if ("problem" in pattern) {
    ctx.state.report(
      diagnostic("FM6007", { problem: pattern.problem }, place(ctx, node.span), {
        label: `at its character ${pattern.offset + 1}`,
      }),
    )
    return erroneous(ctx, node.span)
  }
  return checked(
    { kind: "literal", value: pattern.source, type: { kind: "text" }, maybe: false, at: at(ctx, node.span) },
    textType(null),
    node.span,
  )
}

export function strayPattern(node: PatternLiteral, ctx: Context): Checked {
  ctx.state.report(
    diagnostic("FM3101", { expected: "A value", found: "a pattern" }, place(ctx, node.span), {
      label: "a pattern",
      help: 'A pattern asks something of a text: `matches(text, re"…")`.',
    }),
  )
  return erroneous(ctx, node.span)
}
