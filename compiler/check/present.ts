// Operators and arguments need a value that is there (language-decisions 7).
import { diagnostic } from "@fmap/grammar"
import type { Checked } from "./checked.ts"
import { type Context, place } from "./context.ts"
import { erroneous } from "./values.ts"

/** Reports an operand that may be missing or fail; the result is present, or an error. `inner`: the help is the bracketed else of an operand; `hole`: it stands in a text, where no brackets can. */
export function present(value: Checked, ctx: Context, what: string, inner = true, hole = false): Checked {
  if (value.type.kind === "error") return value
  if (value.failure !== null) {
    ctx.state.report(
      diagnostic("FM3103", { what, reason: value.failure }, place(ctx, value.span), {
        label: "this can fail",
        help: inner
          ? "Give it a way out of its own in brackets: `(… else 0)`."
          : "End it with `else`: a value, `hold CODE` or `reject CODE`.",
      }),
    )
    return erroneous(ctx, value.span)
  }
  if (value.maybe) {
    ctx.state.report(
      diagnostic("FM3102", { what }, place(ctx, value.span), {
        label: "this may be missing",
        help: hole
          ? 'Name it before with a way out, `let x = … else ""`, and print that, or test it with `is present`.'
          : inner
            ? "Give it a way out of its own in brackets, `(… else 0)`, or test it before with `is present`."
            : "End it with `else`: a value, `hold CODE` or `reject CODE`.",
      }),
    )
    return erroneous(ctx, value.span)
  }
  return value
}
