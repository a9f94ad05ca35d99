// In a patch a value is missing because it was cleared. Flows in: the value of a field. Flows out: the value, with null where the field may
// be cleared; an error where neither the field nor its author says what becomes of it.
import { type AssignStatement, diagnostic, type Expression, type KeyStatement } from "@fmap/grammar"
import type { PlanExpression } from "../plan/index.ts"
import type { BoundField } from "../resolve/model.ts"
import type { Checked } from "./checked.ts"
import { at, type Context, place } from "./context.ts"
import { asPath } from "./expressions/as-path.ts"
import { erroneous, isError } from "./values.ts"

export function cleared(
  value: Checked,
  statement: AssignStatement | KeyStatement,
  field: BoundField,
  ctx: Context,
): Checked {
  if (isError(value) || !value.maybe || field.key || leavesAlone(statement.value)) return value
  const { span } = statement.value
  if (asPath(statement.value) === null || !field.clearable) {
    const text = field.clearable ? "fills this field" : "fills this field, which is not `clearable`"
    ctx.state.report(
      diagnostic("FM4186", { field: field.name }, place(ctx, span), {
        label: "may be missing",
        related: [{ place: field.place, text }],
        help: "End it with `else`: `omit` leaves the field alone; or `clear` where it is clearable, a value, `hold CODE`, `reject CODE`.",
        edits: [{ place: place(ctx, { start: span.end, end: span.end }), text: " else omit" }],
      }),
    )
    return erroneous(ctx, span)
  }
  const here = at(ctx, span)
  const fallback: PlanExpression = { kind: "clear", type: { kind: "never" }, maybe: false, at: here }
  const { plan } = value
  return {
    ...value,
    plan: { kind: "else", value: plan, fallback, type: plan.type, maybe: false, at: here },
    maybe: false,
  }
}

/** `… else omit`. */
function leavesAlone(node: Expression): boolean {
  if (node.kind === "parenthesized") return leavesAlone(node.inner)
  if (node.kind !== "else") return false
  return node.handler.kind === "missing" || (node.handler.kind === "exit" && node.handler.verb === "omit")
}
