// Constants: exact figures, amounts, percentages, dates, instants, durations, booleans, enum members.

import {
  type BooleanLiteral,
  type DateLiteral,
  type DurationLiteral,
  diagnostic,
  type Edit,
  type EnumMemberExpression,
  type InstantLiteral,
  type MissingLiteral,
  type MoneyLiteral,
  type NumberLiteral,
  type PercentLiteral,
  type Place,
  suggest,
} from "@fmap/grammar"
import { isCurrency, isRefused, readDate, readInstant } from "@fmap/runtime"
import type { EnumType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { enumHere } from "../name-here.ts"
import { boolType, checked, decimalType, erroneous, intType } from "../values.ts"

type Literal =
  | NumberLiteral
  | MoneyLiteral
  | PercentLiteral
  | DateLiteral
  | InstantLiteral
  | DurationLiteral
  | BooleanLiteral
  | MissingLiteral

export function checkLiteral(node: Literal, ctx: Context, expected: Type | null): Checked {
  const here = at(ctx, node.span)
  const literal = (value: string | boolean, type: Type, valueType: Checked["plan"]["type"]): Checked =>
    checked({ kind: "literal", value, type: valueType, maybe: false, at: here }, type, node.span)
  switch (node.kind) {
    case "number": {
      const { digits, scale } = figure(node.text)
      const type =
        scale === 0
          ? { ...intType, digits, literal: node.text }
          : { ...decimalType(digits, scale), literal: node.text }
      return literal(node.text, type, { kind: "number", digits, scale, rational: false })
    }
    case "money": {
      if (!isCurrency(node.currency.text)) {
        ctx.state.report(
          diagnostic("FM5105", { code: node.currency.text }, place(ctx, node.currency.span), {
            label: "no such currency",
          }),
        )
        return erroneous(ctx, node.span)
      }
      const { digits, scale } = figure(node.text)
      const type: Type = {
        ...decimalType(digits, scale),
        role: "money",
        unit: { kind: "constant", code: node.currency.text },
      }
      return literal(node.text, type, { kind: "number", digits, scale, rational: false })
    }
    case "percent": {
      const { digits, scale } = figure(node.text)
      const type: Type = { ...decimalType(digits, scale + 2), role: "percent" }
      return literal(shiftTwo(node.text), type, { kind: "number", digits, scale: scale + 2, rational: false })
    }
    case "date": {
      const read = readDate(node.text, { wire: "iso" })
      if (isRefused(read)) return impossible(node.text, "a day of the calendar")
      return literal(node.text, { kind: "date" }, { kind: "date" })
    }
    case "instant": {
      const read = readInstant(node.text, { wire: "iso" })
      if (isRefused(read)) return impossible(node.text, "a point in time")
      return literal(read, { kind: "instant" }, { kind: "instant" })
    }
    case "duration":
      return literal(node.text, { kind: "duration" }, { kind: "duration" })
    case "boolean":
      return literal(node.value, boolType, { kind: "bool" })
    case "missing":
      return checked(
        { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
        expected ?? { kind: "never" },
        node.span,
        { maybe: true },
      )
  }

  function impossible(text: string, kind: string): Checked {
    ctx.state.report(
      diagnostic("FM3123", { text, kind }, place(ctx, node.span), { label: "no such value exists" }),
    )
    return erroneous(ctx, node.span)
  }
}

/** Digits before the point (0 for `0`) and after it. */
export function figure(text: string): { readonly digits: number; readonly scale: number } {
  const [whole = "", fraction = ""] = text.split(".")
  const significant = whole.replace(/^0+/, "")
  return { digits: significant.length, scale: fraction.length }
}

/** 12.5 as a percentage is 0.125: the point moves two places, exactly. */
function shiftTwo(text: string): string {
  const [whole = "", fraction = ""] = text.split(".")
  const padded = whole.padStart(3, "0")
  return `${padded.slice(0, -2)}.${padded.slice(-2)}${fraction}`.replace(/^0+(?=\d)/, "")
}

export function checkEnumMember(node: EnumMemberExpression, ctx: Context, expected: Type | null): Checked {
  if (expected?.kind === "error") return erroneous(ctx, node.span)
  if (expected?.kind !== "enum") {
    ctx.state.report(
      expected === null
        ? diagnostic("FM3107", { name: node.name.text }, place(ctx, node.span), {
            label: "a member of which enum?",
          })
        : diagnostic(
            "FM3101",
            { expected: describe(expected, ctx), found: `the enum member .${node.name.text}` },
            place(ctx, node.span),
          ),
    )
    return erroneous(ctx, node.span)
  }
  return enumConstant(node.name.text, node.span, expected, ctx)
}

/** A member by its value; an undeclared one is an error, for open enums too (decision 8). */
export function enumConstant(
  value: string,
  span: { start: number; end: number },
  type: EnumType,
  ctx: Context,
): Checked {
  if (!type.members.some(m => m.value === value)) {
    const close = suggest(
      value,
      type.members.map(m => m.value),
    )
    ctx.state.report(
      diagnostic("FM3106", { name: value, type: enumHere(type, ctx) ?? "this enum" }, place(ctx, span), {
        label: "not declared",
        ...(close === undefined
          ? { help: `Its members are ${list(type)}.` }
          : { help: `Did you mean "${close}"?`, edits: respelt(value, close, place(ctx, span)) }),
      }),
    )
    return erroneous(ctx, span)
  }
  return checked(
    { kind: "literal", value, type: { kind: "text" }, maybe: false, at: at(ctx, span) },
    type,
    span,
  )
}

/** In the writing the author chose: bare, after a point, or in quotes. A member that would need escapes is left to him. */
function respelt(value: string, close: string, at: Place): readonly Edit[] {
  if (!/^[\p{L}_][\p{L}\p{N}_ /.-]*$/u.test(close)) return []
  const before = at.span.end - at.span.start - value.length
  const bare = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(close)
  if (before === 0) return [{ place: at, text: bare ? close : `"${close}"` }]
  if (before === 1) return [{ place: at, text: bare ? `.${close}` : `"${close}"` }]
  return [{ place: at, text: `"${close}"` }]
}

function list(type: EnumType): string {
  const shown = type.members
    .slice(0, 8)
    .map(m => `"${m.value}"`)
    .join(", ")
  return type.members.length > 8 ? `${shown} …` : shown
}
