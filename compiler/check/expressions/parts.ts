// `parts(texts, least, most)` and `part(texts, number)`: how many texts a list has, and one of them. Flows in: a call, written or meant by
// `(a, b?) = …`. Flows out: a value that fails only where the type of the list does not say enough.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { ListType, TextType } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { present } from "../present.ts"
import { checked, erroneous, isError, textType, valueType } from "../values.ts"
import { countArguments } from "./call.ts"

type Texts = Checked & { readonly type: ListType }

export function checkParts(node: CallExpression, ctx: Context): Checked {
  if (!countArguments(node, 3, 3, ctx)) return erroneous(ctx, node.span)
  const found = textsOf(node, ctx)
  const least = sizeOf(node, 1, ctx)
  const most = sizeOf(node, 2, ctx)
  if (found === null || least === null || most === null) return erroneous(ctx, node.span)
  const { min, max } = found.type
  if (min >= least && max !== null && max <= most) return { ...found, span: node.span }
  if (max !== null && (found.failure !== null || max > most || max < least)) {
    ctx.state.report(
      diagnostic(
        "FM4210",
        { problem: `the list has ${counts(min, max)}, and ${counts(least, most)} are taken` },
        place(ctx, node.span),
        { label: `${counts(min, max)} of them`, help: "Let both have the same numbers of texts." },
      ),
    )
    return erroneous(ctx, node.span)
  }
  const list = present(found, ctx, "This list")
  if (isError(list)) return list
  const type: ListType = { ...found.type, min: least, max: most }
  return call(
    "parts",
    node,
    [list.plan, least, most],
    type,
    true,
    ctx,
    "there are fewer or more parts than names",
  )
}

export function checkPart(node: CallExpression, ctx: Context): Checked {
  if (!countArguments(node, 2, 2, ctx)) return erroneous(ctx, node.span)
  const found = textsOf(node, ctx)
  const number = sizeOf(node, 1, ctx)
  const list = found === null ? null : present(found, ctx, "This list")
  if (list === null || isError(list) || number === null || found === null) return erroneous(ctx, node.span)
  const fails = number < 1 || number > found.type.min
  const of: TextType = found.type.of.kind === "text" ? found.type.of : textType(null)
  return call("part", node, [list.plan, number], of, fails, ctx, "the list has no part of that number")
}

function counts(min: number, max: number): string {
  return min === max ? `${min}` : `${min} to ${max}`
}

/** Failures and missing lists are the caller's to judge. Null where an error was given. */
function textsOf(node: CallExpression, ctx: Context): Texts | null {
  const [argument] = node.arguments
  if (argument === undefined) return null
  const value = checkExpression(argument, { ...ctx, inRound: false, field: null }, null)
  if (isError(value)) return null
  const { type } = value
  if (type.kind === "list" && type.of.kind === "text") return { ...value, type }
  ctx.state.report(
    diagnostic(
      "FM3101",
      { expected: "A list of texts", found: sentence(describe(type, ctx)).toLowerCase() },
      place(ctx, argument.span),
      { label: "cannot be taken apart" },
    ),
  )
  return null
}

function sizeOf(node: CallExpression, index: number, ctx: Context): number | null {
  const argument = node.arguments[index]
  if (argument?.kind === "number" && /^[0-9]{1,4}$/.test(argument.text))
    return Number.parseInt(argument.text, 10)
  ctx.state.report(
    diagnostic(
      "FM3101",
      { expected: "A constant whole number of 0 to 9999", found: "another value" },
      place(ctx, argument?.span ?? node.span),
      { label: "must be known here" },
    ),
  )
  return null
}

function call(
  name: string,
  node: CallExpression,
  values: readonly (PlanExpression | number)[],
  type: ListType | TextType,
  fails: boolean,
  ctx: Context,
  failure: string,
): Checked {
  const here = at(ctx, node.span)
  const figure = (value: number): PlanExpression => ({
    kind: "literal",
    value: String(value),
    type: { kind: "number", digits: 4, scale: 0, rational: false },
    maybe: false,
    at: here,
  })
  return checked(
    {
      kind: "call",
      function: name,
      arguments: values.map(value => (typeof value === "number" ? figure(value) : value)),
      type: valueType(type, ctx.state),
      maybe: fails,
      at: here,
    },
    type,
    node.span,
    { failure: fails ? failure : null },
  )
}
