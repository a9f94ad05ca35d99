// A call of a function of one's own: its value, written out with the arguments for the parameters.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { BoundFunction } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import { accepts } from "../accepts.ts"
import { mayEnd, passArguments, sameSystems } from "../arguments.ts"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { fit } from "../fit.ts"
import { present } from "../present.ts"
import { erroneous, isError } from "../values.ts"

export function checkFunctionCall(
  node: CallExpression,
  fn: BoundFunction,
  ctx: Context,
  expected: Type | null,
): Checked {
  const before = ctx.state.codes.length
  const passed = passArguments(node, fn, ctx)
  // What is wrong in the function is told where it is declared.
  if (passed === null || !ctx.state.isCallable(fn)) return erroneous(ctx, node.span)
  const type = passed.typeHere(fn.result)
  const value = functionValue(fn, type, passed.inner, expected)
  if (value === null) return erroneous(ctx, node.span)
  if (!mayStandHere(before, fn, node, ctx)) return erroneous(ctx, node.span)
  return passed.finish(value, value.type)
}

/** The function's value in its declared type; `ctx` has the parameters. Null where an error was given. */
export function functionValue(
  fn: BoundFunction,
  type: Type,
  ctx: Context,
  expected: Type | null,
): Checked | null {
  const { node } = fn
  const inner = { ...ctx, because: node.because }
  const wanted = expected === null ? type : sameSystems(type, expected)
  const raw = checkExpression(node.value, inner, wanted)
  const value = node.resultOptional && raw.failure === null ? raw : present(raw, inner, "This value", false)
  if (isError(value) || type.kind === "error") return null
  const result = sameSystems(type, value.type)
  const related = [{ place: { file: fn.file, span: node.result.span }, text: "promised here" }]
  if (!accepts(value, result, { ...inner, field: null }, related)) return null
  const plan = fit(value, result, fn.name, inner)
  return plan === null ? null : { ...value, plan, type: result, maybe: node.resultOptional }
}

/** Conditions, keys and rules of contracts may not end a record, also not by way of what they call. */
export function mayStandHere(
  before: number,
  callee: { readonly name: string },
  node: CallExpression,
  ctx: Context,
): boolean {
  const where = ctx.noExit ?? (ctx.members === undefined ? null : "by what a rule of a record calls")
  if (where === null || !mayEnd(before, ctx)) return true
  ctx.state.report(
    diagnostic("FM3117", { where }, place(ctx, node.span), {
      label: `${callee.name} may stop the record`,
      help: "Call it in a `let` before.",
    }),
  )
  return false
}
