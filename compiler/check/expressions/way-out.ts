// `else` and the ways out of a record: reject, hold, skip row, omit, clear (language-decisions 7, 8, 10, 11).
import { diagnostic, type ElseExpression, type ExitExpression } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { reservedCodes } from "../codes.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { joinTypes } from "../join.ts"
import { lengthProblem, shortened } from "../lengths.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { interpolation } from "./text.ts"

export function checkElse(node: ElseExpression, ctx: Context, expected: Type | null): Checked {
  const value = checkExpression(node.value, ctx, expected)
  const { handler: way } = node
  if (isError(value) && way.kind === "exit" && way.verb === "equally") return erroneous(ctx, node.span)
  const problem = isError(value) ? null : lengthProblem(value.type, expected)
  const handler = checkExpression(
    node.handler,
    { ...ctx, inRound: false },
    expected ?? (isError(value) ? { kind: "error" } : value.type),
  )
  if (isError(value)) return erroneous(ctx, node.span)
  if (!value.maybe && value.failure === null && problem === null) {
    ctx.state.deferred.push(
      diagnostic("FM3104", { what: "The value before it" }, place(ctx, node.elseSpan), {
        label: "never acts",
        related: [{ place: place(ctx, node.value.span), text: "this is always there" }],
        help: "Remove the `else`.",
        edits: [{ place: place(ctx, { start: node.value.span.end, end: node.span.end }), text: "" }],
      }),
    )
  }
  if (isError(handler)) return erroneous(ctx, node.span)
  const fitted = problem === null || expected === null ? value : shortened(value, expected, ctx)
  const type = joinTypes(fitted.type, handler.type, node, ctx)
  if (type === null) return erroneous(ctx, node.span)
  const here = at(ctx, node.span)
  return checked(
    {
      kind: "else",
      value: fitted.plan,
      fallback: handler.plan,
      type: valueType(type, ctx.state),
      maybe: handler.maybe,
      at: here,
    },
    type,
    node.span,
    { maybe: handler.maybe, failure: handler.failure },
  )
}

export function checkExit(node: ExitExpression, ctx: Context): Checked {
  const here = at(ctx, node.span)
  const never = { kind: "never" } as const
  if (node.verb === "omit") {
    if (ctx.field !== null && !ctx.field.optional) {
      ctx.state.report(
        diagnostic("FM3120", { field: ctx.field.name }, place(ctx, node.span), {
          label: "leaves it out",
          related: [{ place: ctx.field.place, text: "declared here without `?`" }],
          help: "Give a value, or end with `hold CODE` or `reject CODE`.",
        }),
      )
      return erroneous(ctx, node.span)
    }
    return checked({ kind: "missing", type: never, maybe: true, at: here }, never, node.span, { maybe: true })
  }
  if (node.verb === "clear") {
    if (ctx.field === null || !ctx.field.clearable) {
      ctx.state.report(
        diagnostic("FM3119", { field: ctx.field?.name ?? "this value" }, place(ctx, node.span), {
          label: "writes null",
          help: "Use `omit` to leave it out, or mark the field `clearable`.",
          ...(ctx.field === null
            ? {}
            : { related: [{ place: ctx.field.place, text: "declared here without `clearable`" }] }),
        }),
      )
      return erroneous(ctx, node.span)
    }
    return checked({ kind: "clear", type: never, maybe: false, at: here }, never, node.span)
  }
  if (node.verb === "equally") {
    ctx.state.report(
      diagnostic("FM4165", {}, place(ctx, node.span), {
        label: "equal parts of what?",
        help: "Give a value.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  if (node.verb === "warn") {
    ctx.state.report(
      diagnostic(
        "FM4120",
        { verb: "warn", where: "in a value; only a control can go on after a warning" },
        place(ctx, node.span),
        { label: "not here", help: "End with a value, `hold CODE` or `reject CODE`." },
      ),
    )
    return erroneous(ctx, node.span)
  }
  if (ctx.noExit !== null) {
    ctx.state.report(
      diagnostic("FM3117", { where: ctx.noExit }, place(ctx, node.span), {
        label: "ends the whole record",
        help: "Give it a value with `else`, or move the way out to a `let` before.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  if (node.verb === "skip row" && !ctx.inRow) {
    ctx.state.report(
      diagnostic("FM3118", {}, place(ctx, node.span), {
        label: "no row is made here",
        help: "Use `reject CODE` or `hold CODE` for the whole record.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const exit = recordExit(node, ctx, "map")
  if (exit === null) return erroneous(ctx, node.span)
  const plan: PlanExpression = {
    kind: "exit",
    verb: node.verb === "skip row" ? "skip" : node.verb,
    code: exit.code,
    message: exit.message,
    type: never,
    maybe: false,
    at: here,
  }
  return checked(plan, never, node.span)
}

/** Notes the code for Law 5 and makes the message; null where an error was given. */
export function recordExit(
  node: ExitExpression,
  ctx: Context,
  origin: "map" | "contract" | "crosswalk",
): { readonly code: string; readonly message: PlanExpression | null } | null {
  if (node.code === null) return null
  const code = node.code.text
  if (reservedCodes.has(code)) {
    ctx.state.report(diagnostic("FM4125", { code }, place(ctx, node.code.span), { label: "taken" }))
    return null
  }
  const message = node.message === null ? null : interpolation(node.message, ctx, true)
  if (message !== null && isError(message)) return null
  const here = at(ctx, node.span)
  const verb = node.verb === "skip row" ? "skip" : node.verb
  if (verb !== "reject" && verb !== "hold" && verb !== "warn" && verb !== "skip") return null
  ctx.state.codes.push({ code, verb, origin, at: here, place: place(ctx, node.code.span) })
  if (verb === "skip") ctx.state.skips.push({ code, at: here, ofList: inList(ctx) })
  return { code, message: message?.plan ?? null }
}

/** Inside the body of a loop; else the row is that of the set a map runs over. */
function inList(ctx: Context): boolean {
  for (let scope: Context["scope"] | null = ctx.scope; scope !== null; scope = scope.parent)
    if (scope.loop !== undefined) return true
  return false
}
