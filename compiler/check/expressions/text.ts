// Text constants and text with holes. A hole needs a value that is there; personal data in a message is masked.
import { diagnostic, type TextLiteral } from "@fmap/grammar"
import { functions, isCountry, isCurrency, isLanguage } from "@fmap/runtime"
import type { PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { present } from "../present.ts"
import { isAlpha } from "../unpadded.ts"
import { checked, erroneous, isError, textType } from "../values.ts"
import { enumConstant } from "./literal.ts"
import { checkPath, isPersonal } from "./name.ts"
import { periodConstant } from "./period.ts"

export function checkText(node: TextLiteral, ctx: Context, expected: Type | null): Checked {
  const constant = constantText(node)
  if (constant !== null) return checkConstant(constant, node, ctx, expected)
  return interpolation(node, ctx, ctx.message === true)
}

/** The text of a literal without holes; null when it has one. */
export function constantText(node: TextLiteral): string | null {
  let text = ""
  for (const part of node.parts) {
    if (part.kind === "hole") return null
    text += part.text
  }
  return text
}

function checkConstant(value: string, node: TextLiteral, ctx: Context, expected: Type | null): Checked {
  if (expected?.kind === "enum") return enumConstant(value, node.span, expected, ctx)
  const plan = {
    kind: "literal",
    value,
    type: { kind: "text" },
    maybe: false,
    at: at(ctx, node.span),
  } as const
  if (expected?.kind === "currency" || expected?.kind === "country" || expected?.kind === "language") {
    const known =
      expected.kind === "currency"
        ? isCurrency(value)
        : expected.kind === "country"
          ? isCountry(value)
          : isLanguage(value)
    if (known) return checked(plan, expected, node.span)
    ctx.state.report(
      expected.kind === "currency"
        ? diagnostic("FM5105", { code: value }, place(ctx, node.span), { label: "no such currency" })
        : diagnostic("FM3123", { text: value, kind: describe(expected, ctx) }, place(ctx, node.span), {
            label: "no such code",
          }),
    )
    return erroneous(ctx, node.span)
  }
  if (expected !== null && isAlpha(expected)) {
    const bare = functions.strip_zeros(value)
    const type = { ...textType([...bare].length, bare), min: 0, padded: expected.padded }
    return checked({ ...plan, value: bare }, type, node.span)
  }
  if (expected?.kind === "period") return periodConstant(value, node, expected, ctx)
  const length = [...value].length
  return checked(plan, { ...textType(length, value), min: length }, node.span)
}

/** `masked`: personal data prints as •••, as it must in messages. */
export function interpolation(node: TextLiteral, ctx: Context, masked: boolean): Checked {
  const parts: (string | { value: Checked["plan"]; format: string | null; masked: boolean })[] = []
  let max: number | null = 0
  let failed = false
  for (const part of node.parts) {
    if (part.kind === "chars") {
      parts.push(part.text)
      if (max !== null) max += [...part.text].length
      continue
    }
    const value = present(checkPath(part.path, ctx), ctx, "This part of the text", true, true)
    if (isError(value)) {
      failed = true
      continue
    }
    const length = printedLength(value.type, part.format?.text ?? null)
    if (length === undefined) {
      ctx.state.report(
        diagnostic(
          "FM3101",
          { expected: "Text, a number, a date or a code", found: describe(value.type, ctx) },
          place(ctx, part.span),
          { label: "cannot be printed" },
        ),
      )
      failed = true
      continue
    }
    if (part.format !== null && !formatFits(part.format.text, value.type)) {
      ctx.state.report(
        diagnostic(
          "FM3129",
          { format: part.format.text, type: describe(value.type, ctx) },
          place(ctx, part.format.span),
          {
            label: "does not fit",
            help: "Dates and instants take a pattern of yyyy, MM, dd, HH, mm, ss.",
          },
        ),
      )
      failed = true
      continue
    }
    max = max === null || length === null ? null : max + length
    const percent = value.type.kind === "number" && value.type.role === "percent"
    parts.push({
      value: percent ? percentFigure(value) : value.plan,
      format: part.format?.text ?? null,
      masked: masked && isPersonal(part.path, ctx),
    })
    // A percentage reads as it is written: 12.50%.
    if (percent) parts.push("%")
  }
  if (failed) return erroneous(ctx, node.span)
  return checked(
    { kind: "interpolation", parts, type: { kind: "text" }, maybe: false, at: at(ctx, node.span) },
    textType(max),
    node.span,
  )
}

/** 0.1250 as the figure 12.50; the digits cut are zeros. */
function percentFigure({ plan, type }: Checked): PlanExpression {
  if (type.kind !== "number") return plan
  const { at } = plan
  const scale = Math.max(type.scale - 2, 0)
  const digits = type.digits === null ? null : type.digits + 2
  const figure = { kind: "number", digits, rational: false } as const
  const hundred = { kind: "number", digits: 3, scale: 0, rational: false } as const
  const right: PlanExpression = { kind: "literal", value: "100", type: hundred, maybe: false, at }
  const shifted = { ...figure, scale: type.scale }
  return {
    kind: "round",
    of: { kind: "arithmetic", operator: "*", left: plan, right, type: shifted, maybe: false, at },
    scale: { kind: "digits", digits: scale },
    mode: "down",
    type: { ...figure, scale },
    maybe: false,
    at,
  }
}

/** The most characters a value prints as; null: unbounded; undefined: it does not print. */
export function printedLength(type: Type, format: string | null): number | null | undefined {
  switch (type.kind) {
    case "text":
      return type.max
    case "number":
      return type.digits === null
        ? null
        : Math.max(type.digits, 1) +
            (type.scale > 0 ? type.scale + 1 : 0) +
            1 +
            (type.role === "percent" ? 1 : 0)
    case "enum":
      return type.open ? null : Math.max(...type.members.map(m => [...m.value].length))
    case "currency":
      return 3
    case "country":
    case "language":
      return 2
    case "date":
      return format === null ? 10 : format.length
    case "datetime":
      return format === null ? 29 : format.length
    case "instant":
      return format === null ? 30 : format.length
    case "bool":
      return 5
    case "period":
      return 7
    default:
      return undefined
  }
}

function formatFits(format: string, type: Type): boolean {
  if (type.kind !== "date" && type.kind !== "datetime" && type.kind !== "instant") return false
  const words = format.match(/[A-Za-z]+/g) ?? []
  const allowed = type.kind === "date" ? ["yyyy", "MM", "dd"] : ["yyyy", "MM", "dd", "HH", "mm", "ss"]
  return (
    words.length > 0 &&
    words
      .join("")
      .match(/yyyy|MM|dd|HH|mm|ss|[A-Za-z]/g)
      ?.every(w => allowed.includes(w)) === true
  )
}
