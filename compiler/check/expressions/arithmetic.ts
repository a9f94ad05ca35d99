// + - * / and the sign: exact, with the algebra of units (language-decisions 9 and 13).
import { type BinaryExpression, diagnostic, type UnaryExpression } from "@fmap/grammar"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe, describeUnit } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { measureOf, measuresMeet, twoMeasures } from "../measures.ts"
import { present } from "../present.ts"
import { samePair, samePer, sameUnit } from "../units.ts"
import { checked, decimalType, erroneous, isError, valueType } from "../values.ts"

type Operator = "+" | "-" | "*" | "/"

export function checkArithmetic(node: BinaryExpression, ctx: Context, expected: Type | null): Checked {
  const operator = node.operator as Operator
  const hint = expected?.kind === "number" ? expected : null
  const left = present(checkExpression(node.left, ctx, hint), ctx, "The left side")
  const right = present(checkExpression(node.right, ctx, hint), ctx, "The right side")
  if (isError(left, right)) return erroneous(ctx, node.span)
  if (left.type.kind !== "number" || right.type.kind !== "number") {
    const bothText = operator === "+" && left.type.kind === "text"
    ctx.state.report(
      diagnostic(
        "FM3105",
        { left: describe(left.type, ctx), right: describe(right.type, ctx), operator },
        place(ctx, node.operatorSpan),
        {
          related: [
            { place: place(ctx, node.left.span), text: describe(left.type, ctx) },
            { place: place(ctx, node.right.span), text: describe(right.type, ctx) },
          ],
          ...(bothText ? { help: 'Join texts with holes: `"{a} {b}"`.' } : {}),
        },
      ),
    )
    return erroneous(ctx, node.span)
  }
  if (operator === "/" && !ctx.inRound) {
    ctx.state.report(
      diagnostic("FM3115", {}, place(ctx, node.operatorSpan), {
        label: "divides here",
        help: "Say to how many digits: `round(a / b, 2, half_even)`.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const type = combine(operator, left.type, right.type, node, ctx)
  if (type === null) return erroneous(ctx, node.span)
  const failure = operator === "/" && !isNonZero(right) ? "the divisor is zero" : null
  return checked(
    {
      kind: "arithmetic",
      operator,
      left: left.plan,
      right: right.plan,
      type: valueType(type, ctx.state),
      maybe: failure !== null,
      at: at(ctx, node.span),
    },
    type,
    node.span,
    // A divisor of zero makes the whole `round` fail, so it is handled outside of it.
    { failure: null },
  )
}

/** Can this operand of a division be zero? Only a constant proves that it cannot. */
export function isNonZero(value: Checked): boolean {
  return (
    value.plan.kind === "literal" && typeof value.plan.value === "string" && /[1-9]/.test(value.plan.value)
  )
}

const plain: NumberType = decimalType(null, 0)

function combine(
  operator: Operator,
  a: NumberType,
  b: NumberType,
  node: BinaryExpression,
  ctx: Context,
): NumberType | null {
  if (a.role === "rate" || b.role === "rate") {
    ctx.state.report(
      diagnostic("FM5163", { operator }, place(ctx, node.operatorSpan), {
        label: `${describe(a, ctx)} and ${describe(b, ctx)}`,
        help: "Convert the amount: `convert(amount, rate: …, minor, half_even).amount`.",
      }),
    )
    return null
  }
  const rational = a.rational || b.rational || operator === "/"
  if (operator === "+" || operator === "-") {
    const unit = joinUnits(operator, a, b, node, ctx)
    if (unit === null) return null
    return {
      ...plain,
      ...unit,
      rational,
      digits: a.digits === null || b.digits === null ? null : Math.max(a.digits, b.digits) + 1,
      scale: Math.max(a.scale, b.scale),
      fitsMinor: false,
      minor: minorOf(a, b),
    }
  }
  const measured = (t: NumberType): boolean => t.role === "money" || t.role === "quantity"
  if (operator === "*") {
    if (a.role === "money" && b.role === "money") {
      ctx.state.report(
        diagnostic("FM5104", {}, place(ctx, node.operatorSpan), { label: "an amount times an amount" }),
      )
      return null
    }
    const [price, counted] = a.per === undefined ? [b, a] : [a, b]
    if (price.per !== undefined && counted.role === "quantity" && !sameUnit(price.per, counted.unit, ctx)) {
      ctx.state.report(
        diagnostic(
          "FM5101",
          { left: describeUnit(price.per), right: describeUnit(counted.unit), operator },
          place(ctx, node.operatorSpan),
          { label: `${describe(price, ctx)}, and ${describe(counted, ctx)}` },
        ),
      )
      return null
    }
    const carrier =
      a.role === "money"
        ? a
        : b.role === "money"
          ? b
          : measured(a) && !measured(b)
            ? a
            : measured(b) && !measured(a)
              ? b
              : null
    const role =
      carrier?.role ??
      (a.role === "int" && b.role === "int"
        ? "int"
        : a.role === "percent" && b.role === "percent"
          ? "percent"
          : "decimal")
    return {
      ...plain,
      role,
      unit: carrier?.unit ?? null,
      ...measureOf(carrier),
      ...(counted.role === "quantity" ? {} : perOf(price)),
      rational,
      digits: a.digits === null || b.digits === null ? null : a.digits + b.digits,
      scale: a.scale + b.scale,
    }
  }
  // So much for so many is a price of one.
  if (a.role === "money" && a.per === undefined && b.role === "quantity" && b.unit !== null)
    return {
      ...plain,
      role: "money",
      unit: a.unit,
      ...measureOf(a),
      per: b.unit,
      rational: true,
      digits: null,
    }
  const alike = a.role === b.role && sameUnit(a.unit, b.unit, ctx) && samePer(a, b, ctx)
  if (measured(b) && !(measured(a) && alike)) {
    ctx.state.report(
      measured(a)
        ? diagnostic(
            "FM5101",
            { left: describeUnit(a.unit), right: describeUnit(b.unit), operator },
            place(ctx, node.operatorSpan),
          )
        : diagnostic(
            "FM3105",
            { left: describe(a, ctx), right: describe(b, ctx), operator },
            place(ctx, node.operatorSpan),
          ),
    )
    return null
  }
  const carrier = measured(a) && !measured(b) ? a : null
  return {
    ...plain,
    role: carrier?.role ?? "decimal",
    unit: carrier?.unit ?? null,
    ...measureOf(carrier),
    ...perOf(carrier),
    rational: true,
    digits: null,
    scale: 0,
  }
}

function perOf(type: NumberType | null): Pick<NumberType, "per"> {
  return type?.per === undefined ? {} : { per: type.per }
}

/** The scale of what was not rounded to minor units; null when nothing was. */
export function minorOf(a: NumberType, b: NumberType): number | null {
  if (a.minor === null && b.minor === null) return null
  const fixed = (t: NumberType): number => t.minor ?? (isZero(t) ? 0 : t.scale)
  return Math.max(fixed(a), fixed(b))
}

const isZero = (t: NumberType): boolean => t.literal !== null && /^0(\.0+)?$/.test(t.literal)

/** The common role and unit of two figures that are added or compared; null where an error was given. */
export function joinUnits(
  operator: string,
  a: NumberType,
  b: NumberType,
  node: {
    readonly operatorSpan: { start: number; end: number }
    readonly left: { span: { start: number; end: number } }
    readonly right: { span: { start: number; end: number } }
  },
  ctx: Context,
): Pick<NumberType, "role" | "unit" | "measure" | "per"> | null {
  const measured = (t: NumberType): boolean => t.role === "money" || t.role === "quantity"
  if (a.role === "rate" && b.role === "rate" && !samePair(a.rate, b.rate, ctx)) {
    ctx.state.report(
      diagnostic(
        "FM5162",
        { wanted: describe(a, ctx), found: describe(b, ctx) },
        place(ctx, node.operatorSpan),
        { label: "compares two pairs" },
      ),
    )
    return null
  }
  if (!measured(a) && !measured(b)) {
    if (a.role === b.role) return { role: a.role, unit: null }
    if (a.role !== "percent" && b.role !== "percent") return { role: "decimal", unit: null }
    if (isZero(a) || isZero(b)) return { role: "percent", unit: null }
  } else if (measured(a) && measured(b) && samePer(a, b, ctx)) {
    if (a.role === b.role && sameUnit(a.unit, b.unit, ctx)) {
      if (!measuresMeet(a, b)) {
        twoMeasures(operator, a, b, place(ctx, node.operatorSpan), ctx, [
          { place: place(ctx, node.left.span), text: describe(a, ctx) },
          { place: place(ctx, node.right.span), text: describe(b, ctx) },
        ])
        return null
      }
      return { role: a.role, unit: a.unit, ...measureOf(a, b), ...perOf(a) }
    }
    if (a.role === b.role) {
      ctx.state.report(
        diagnostic(
          "FM5101",
          { left: describeUnit(a.unit), right: describeUnit(b.unit), operator },
          place(ctx, node.operatorSpan),
          {
            label: "joins two currencies",
            related: [
              { place: place(ctx, node.left.span), text: `in ${describeUnit(a.unit)}` },
              { place: place(ctx, node.right.span), text: `in ${describeUnit(b.unit)}` },
            ],
            help: "Let a `check` before it say that the two currencies are equal, or take both amounts from one currency.",
          },
        ),
      )
      return null
    }
  } else if (!measured(a) || !measured(b)) {
    const [amount, figure] = measured(a) ? [a, b] : [b, a]
    const constantAside =
      operator !== "+" && operator !== "-" && amount.unit?.kind === "constant" && figure.literal !== null
    if (isZero(figure) || constantAside)
      return { role: amount.role, unit: amount.unit, ...measureOf(amount), ...perOf(amount) }
    ctx.state.report(
      diagnostic(
        "FM5103",
        {
          what: figure.literal === null ? "One side" : `The number ${figure.literal}`,
          lacks: amount.role === "quantity" ? "unit" : "currency",
        },
        place(ctx, node.operatorSpan),
        {
          related: [
            { place: place(ctx, node.left.span), text: describe(a, ctx) },
            { place: place(ctx, node.right.span), text: describe(b, ctx) },
          ],
          help:
            amount.role === "quantity"
              ? "Say what the number counts: `quantity(…, KG)`."
              : "Write the amount with its currency, such as `0.01 EUR`.",
        },
      ),
    )
    return null
  }
  ctx.state.report(
    diagnostic(
      "FM3105",
      { left: describe(a, ctx), right: describe(b, ctx), operator },
      place(ctx, node.operatorSpan),
    ),
  )
  return null
}

export function checkNegation(node: UnaryExpression, ctx: Context, expected: Type | null): Checked {
  const operand = present(checkExpression(node.operand, ctx, expected), ctx, "This value")
  if (isError(operand)) return operand
  if (operand.type.kind !== "number") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A number", found: describe(operand.type, ctx) },
        place(ctx, operand.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  const type: NumberType = {
    ...operand.type,
    low: null,
    high: null,
    literal: operand.type.literal === null ? null : `-${operand.type.literal}`,
  }
  const here = at(ctx, node.span)
  if (operand.plan.kind === "literal") {
    return checked({ ...operand.plan, value: `-${String(operand.plan.value)}`, at: here }, type, node.span)
  }
  return checked(
    { kind: "negate", of: operand.plan, type: valueType(type, ctx.state), maybe: false, at: here },
    type,
    node.span,
  )
}
