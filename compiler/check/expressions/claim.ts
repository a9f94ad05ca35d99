// Crossing the line between figures and what they are of, spoken: `money(figure, currency)` and `quantity(figure, unit)` claim one
// (listed in the build report), `amount_in` and `quantity_in` take the figure out where the currency or unit is provably that one.
import { type CallExpression, diagnostic, type Expression } from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import { constantUnit } from "../../resolve/shape-units.ts"
import { type NumberType, type Unit, withoutMeasure, withoutPer } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe, describeUnit } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { namesUnit, normalize, samePer, sameUnit } from "../units.ts"
import { checked, erroneous, isError } from "../values.ts"
import { countArguments } from "./call.ts"

type Measure = "money" | "quantity"

/** `money(figure, CURRENCY)`, `money(figure, CURRENCY, UNIT)` for a price, `quantity(figure, UNIT)`. */
export function checkClaim(node: CallExpression, role: Measure, ctx: Context): Checked {
  const parts = figureAndUnit(node, role, ctx)
  if (parts === null) return erroneous(ctx, node.span)
  const { value, type, unit, per } = parts
  if (type.role !== "decimal" && type.role !== "int") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A plain number", found: describe(type, ctx) },
        place(ctx, value.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  ctx.state.claims.push({
    field: ctx.field?.name ?? "",
    currency: describeUnit(unit),
    at: at(ctx, node.span),
  })
  return checked(value.plan, { ...type, role, unit, ...per, literal: null }, node.span)
}

/** `amount_in(amount, CURRENCY)`, `quantity_in(quantity, UNIT)`. */
export function checkFigureIn(node: CallExpression, role: Measure, ctx: Context): Checked {
  const parts = figureAndUnit(node, role, ctx)
  if (parts === null) return erroneous(ctx, node.span)
  const { value, type, unit, per } = parts
  if (type.role !== role) {
    const expected = role === "money" ? "An amount" : "A quantity"
    ctx.state.report(diagnostic("FM3101", { expected, found: describe(type, ctx) }, place(ctx, value.span)))
    return erroneous(ctx, node.span)
  }
  if (!samePer(type, per, ctx)) {
    const expected = per.per === undefined ? "A plain amount" : `A price per ${describeUnit(per.per)}`
    ctx.state.report(diagnostic("FM3101", { expected, found: describe(type, ctx) }, place(ctx, value.span)))
    return erroneous(ctx, node.span)
  }
  if (!sameUnit(type.unit, unit, ctx)) {
    ctx.state.report(
      diagnostic(
        "FM5101",
        { left: describeUnit(type.unit), right: describeUnit(unit), operator: node.callee.text },
        place(ctx, node.span),
        {
          label: `not provably in ${describeUnit(unit)}`,
        },
      ),
    )
    return erroneous(ctx, node.span)
  }
  return checked(
    value.plan,
    { ...withoutPer(withoutMeasure(type)), role: "decimal", unit: null, fitsMinor: false },
    node.span,
  )
}

function figureAndUnit(
  node: CallExpression,
  role: Measure,
  ctx: Context,
): { value: Checked; type: NumberType; unit: Unit; per: Pick<NumberType, "per"> } | null {
  if (!countArguments(node, 2, role === "money" ? 3 : 2, ctx)) return null
  const [valueNode, unitNode, perNode] = node.arguments
  if (valueNode === undefined || unitNode === undefined) return null
  const value = present(checkExpression(valueNode, ctx, null), ctx, "This figure")
  const unit = role === "money" ? readCurrency(unitNode, ctx) : readUnit(unitNode, ctx)
  const per = perNode === undefined ? undefined : readUnit(perNode, ctx)
  if (isError(value) || unit === null || per === null) return null
  if (value.type.kind !== "number") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A number", found: describe(value.type, ctx) },
        place(ctx, valueNode.span),
      ),
    )
    return null
  }
  return { value, type: value.type, unit, per: per === undefined ? {} : { per } }
}

/** An ISO code or a path to a currency. */
function readCurrency(node: Expression, ctx: Context): Unit | null {
  if (node.kind === "name" && isCurrency(node.name.text) && !isNameInScope(node.name.text, ctx))
    return { kind: "constant", code: node.name.text }
  const value = present(checkExpression(node, ctx, null), ctx, "This currency")
  if (isError(value)) return null
  return pathTo(value, value.type.kind === "currency", "A currency: an ISO code or a path to one", node, ctx)
}

/** A unit in capitals, a text, or a path to a text or enum that names one. */
function readUnit(node: Expression, ctx: Context): Unit | null {
  if (node.kind === "name" && constantUnit(node.name, "unit") !== null && !isNameInScope(node.name.text, ctx))
    return { kind: "constant", code: node.name.text }
  const value = present(checkExpression(node, ctx, null), ctx, "This unit")
  if (isError(value)) return null
  if (value.plan.kind === "literal" && value.type.kind === "text")
    return { kind: "constant", code: String(value.plan.value) }
  const fits = namesUnit(value.type) && value.type.kind !== "currency"
  return pathTo(value, fits, "A unit, such as KG, or a path to one", node, ctx)
}

/** The unit that a path names; null after an error. */
function pathTo(
  value: Checked,
  fits: boolean,
  expected: string,
  node: Expression,
  ctx: Context,
): Unit | null {
  if (fits && value.stable !== null) return normalize({ kind: "path", ...value.stable }, ctx.state)
  ctx.state.report(
    diagnostic("FM3101", { expected, found: describe(value.type, ctx) }, place(ctx, node.span)),
  )
  return null
}

function isNameInScope(name: string, ctx: Context): boolean {
  for (let scope: Context["scope"] | null = ctx.scope; scope !== null; scope = scope.parent) {
    if (scope.names.has(name) || scope.block?.fields.has(name) === true) return true
  }
  return false
}
