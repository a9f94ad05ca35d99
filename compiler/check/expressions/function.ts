// Built-in functions by their specs: kinds of arguments, whether it can fail, how long a text may get.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { FunctionSpec, FunctionType } from "@fmap/runtime/functions"
import type { TextType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { present } from "../present.ts"
import { checked, erroneous, isError, textType, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { functionResult } from "./function-result.ts"
import { patternArgument } from "./pattern.ts"

export function checkFunction(node: CallExpression, spec: FunctionSpec, ctx: Context): Checked {
  if (!countArguments(node, spec.params.length, spec.params.length, ctx)) return erroneous(ctx, node.span)
  const values: Checked[] = []
  let failed = false
  spec.params.forEach((parameter, index) => {
    const argument = node.arguments[index]
    if (argument === undefined) return
    if (parameter.type === "pattern") {
      const pattern = patternArgument(argument, ctx)
      if (isError(pattern)) failed = true
      else values.push(pattern)
      return
    }
    const value = present(
      checkExpression(argument, { ...ctx, inRound: false }, null),
      ctx,
      `"${parameter.name}" of ${spec.name}`,
    )
    if (isError(value)) failed = true
    else if (!fits(value.type, parameter.type) && !(spec.name === "text_of" && isCode(value.type))) {
      failed = true
      ctx.state.report(
        diagnostic(
          "FM3101",
          { expected: sentence(wanted(parameter.type)), found: describe(value.type, ctx) },
          place(ctx, argument.span),
          { label: describe(value.type, ctx) },
        ),
      )
    } else values.push(value)
  })
  const [first] = values
  if (failed || first === undefined) return erroneous(ctx, node.span)
  // A code is text already; saying so aloud only changes its type.
  if (spec.name === "text_of" && isCode(first.type))
    return checked({ ...first.plan, type: { kind: "text" } }, codeText(first.type), node.span)
  const type = functionResult(spec, node, values, ctx)
  if (type === null) return erroneous(ctx, node.span)
  if (spec.name === "truncate")
    ctx.state.truncated.push({ field: ctx.field?.name ?? "", at: at(ctx, node.span) })
  return checked(
    {
      kind: "call",
      function: spec.name,
      arguments: values.map(v => v.plan),
      type: valueType(type, ctx.state),
      maybe: spec.fallible !== null,
      at: at(ctx, node.span),
    },
    type,
    node.span,
    { failure: spec.fallible },
  )
}

function fits(type: Type, wantedType: FunctionType): boolean {
  switch (wantedType) {
    case "text":
      return type.kind === "text"
    case "int":
      return type.kind === "number" && type.role === "int"
    case "number":
    case "same":
      return type.kind === "number"
    case "bool":
      return type.kind === "bool"
    case "date":
      return type.kind === "date"
    case "list of text":
      return type.kind === "list" && type.of.kind === "text"
    case "pattern":
      return false
  }
}

function wanted(type: FunctionType): string {
  switch (type) {
    case "int":
      return "a whole number"
    case "number":
    case "same":
      return "a number"
    case "bool":
      return "true or false"
    case "date":
      return "a date"
    case "list of text":
      return "a list of texts"
    case "pattern":
      return "a pattern"
    case "text":
      return "text"
  }
}

function isCode(type: Type): boolean {
  return ["enum", "currency", "country", "language"].includes(type.kind)
}

function codeText(type: Type): TextType {
  if (type.kind === "enum")
    return textType(type.open ? null : Math.max(0, ...type.members.map(m => [...m.value].length)))
  return textType(type.kind === "currency" ? 3 : 2)
}
