// `as of day` after a call of a crosswalk. Flows in: the call and the crosswalk. Flows out: the day, null where none is wanted, undefined
// after an error. A dated crosswalk has no answer without a day, an undated one none that depends on it.
import { type CallExpression, diagnostic, type Edit } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { accepts } from "../accepts.ts"
import { type Context, place, type Scope } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { isError } from "../values.ts"

export function checkAsOf(
  node: CallExpression,
  crosswalk: BoundCrosswalk,
  ctx: Context,
): PlanExpression | null | undefined {
  const name = nameHere(crosswalk, ctx)
  const related = [{ place: crosswalk.place, text: "declared here" }]
  const end = place(ctx, { start: node.span.end, end: node.span.end })
  if (node.asOf === null) {
    if (!crosswalk.dated) return null
    const day = onlyDay(ctx)
    const edits: readonly Edit[] = day === null ? [] : [{ place: end, text: ` as of ${day}` }]
    const help = `Say the day: \`${name}(…) as of ${day ?? "DATE"}\`.`
    ctx.state.report(
      diagnostic("FM3150", { name }, place(ctx, node.span), {
        label: "as of which day?",
        related,
        help,
        edits,
      }),
    )
    return undefined
  }
  if (!crosswalk.dated) {
    const { span } = node.asOf
    const edits = [{ place: place(ctx, { start: callEnd(node), end: span.end }), text: "" }]
    ctx.state.report(
      diagnostic("FM3151", { name }, place(ctx, span), {
        label: "no row depends on it",
        related,
        help: "Remove it.",
        edits,
      }),
    )
    return undefined
  }
  const value = present(checkExpression(node.asOf.day, ctx, { kind: "date" }), ctx, "The day")
  return isError(value) || !accepts(value, { kind: "date" }, ctx) ? undefined : value.plan
}

/** Refuses a day after a call that looks nothing up; true when there is none. */
export function withoutDay(node: CallExpression, ctx: Context): boolean {
  if (node.asOf === null) return true
  ctx.state.report(
    diagnostic("FM3152", { name: node.callee.text }, place(ctx, node.asOf.span), {
      label: "not here",
      help: "Remove it.",
      edits: [{ place: place(ctx, { start: callEnd(node), end: node.asOf.span.end }), text: "" }],
    }),
  )
  return false
}

/** What stands between the bracket and `as` goes with it. */
function callEnd(node: CallExpression): number {
  return node.asOf === null ? node.span.end : node.asOf.before
}

/** The one date in scope that is always there: what was probably meant. */
function onlyDay(ctx: Context): string | null {
  const days = new Set<string>()
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
    for (const [name, binding] of scope.names)
      if (binding.kind === "value" && binding.type.kind === "date" && !binding.maybe) days.add(name)
  }
  const [only] = days
  return days.size === 1 && only !== undefined ? only : null
}
