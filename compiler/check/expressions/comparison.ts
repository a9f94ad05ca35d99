// == != < <= > >= and `in`: two sides of one kind, never text against a number, never a missing value.
import { type BinaryExpression, diagnostic, type Expression, type MembershipExpression } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import { twoCalendars } from "../accepts.ts"
import { type Checked, noFacts } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { namesUnit, normalize, unitKey } from "../units.ts"
import { bothUnpadded, unpadded } from "../unpadded.ts"
import { boolType, checked, erroneous, isError } from "../values.ts"
import { joinUnits } from "./arithmetic.ts"

type Operator = "==" | "!=" | "<" | "<=" | ">" | ">="

export function checkComparison(node: BinaryExpression, ctx: Context): Checked {
  const sides = checkSides(node.left, node.right, ctx)
  if (sides === null) return erroneous(ctx, node.span)
  const [left, right] = sides
  const operator = node.operator as Operator
  if (!comparable(operator, left, right, node, ctx)) return erroneous(ctx, node.span)
  const equal = currencyEquality(left, right, ctx)
  const facts = { present: new Set<string>(), equal }
  return checked(
    {
      kind: "compare",
      operator,
      left: left.plan,
      right: right.plan,
      type: { kind: "bool" },
      maybe: false,
      at: at(ctx, node.span),
    },
    boolType,
    node.span,
    {
      facts: {
        whenTrue: operator === "==" ? facts : noFacts,
        whenFalse: operator === "!=" ? facts : noFacts,
      },
    },
  )
}

/** Both sides, each one helping to read the other: `.Booked` and "USD" take the type of their neighbour. */
export function checkSides(
  leftNode: Expression,
  rightNode: Expression,
  ctx: Context,
): readonly [Checked, Checked] | null {
  const leftFirst = !needsNeighbour(leftNode)
  const first = present(
    checkExpression(leftFirst ? leftNode : rightNode, ctx, null),
    ctx,
    leftFirst ? "The left side" : "The right side",
  )
  const hint = first.type.kind === "error" ? { kind: "error" as const } : first.type
  const second = present(
    checkExpression(leftFirst ? rightNode : leftNode, ctx, hint),
    ctx,
    leftFirst ? "The right side" : "The left side",
  )
  if (isError(first, second)) return null
  return leftFirst ? bothUnpadded(first, second, ctx) : bothUnpadded(second, first, ctx)
}

function needsNeighbour(node: Expression): boolean {
  if (node.kind === "parenthesized") return needsNeighbour(node.inner)
  return node.kind === "enumMember" || node.kind === "text"
}

export function comparable(
  operator: string,
  left: Checked,
  right: Checked,
  node: Pick<BinaryExpression, "left" | "right" | "operatorSpan">,
  ctx: Context,
): boolean {
  const [a, b] = [left.type, right.type]
  if (a.kind === "number" && b.kind === "number") return joinUnits(operator, a, b, node, ctx) !== null
  const ordered = operator !== "==" && operator !== "!="
  const orderable = ["text", "date", "datetime", "instant"].includes(a.kind)
  const same =
    a.kind === b.kind &&
    ["text", "bool", "currency", "country", "language", "date", "datetime", "instant"].includes(a.kind)
  if (same && (!ordered || orderable)) return true
  if (a.kind === "enum" && b.kind === "enum" && !ordered && overlaps(a, b)) return true
  if (a.kind === "period" && b.kind === "period") {
    if (a.calendar === b.calendar) return true
    twoCalendars(a, b, place(ctx, node.operatorSpan), ctx)
    return false
  }
  ctx.state.report(
    diagnostic(
      "FM3105",
      { left: describe(a, ctx), right: describe(b, ctx), operator },
      place(ctx, node.operatorSpan),
      {
        label: "cannot be compared",
        related: [
          { place: place(ctx, node.left.span), text: describe(a, ctx) },
          { place: place(ctx, node.right.span), text: describe(b, ctx) },
        ],
      },
    ),
  )
  return false
}

/** Two enums can only be equal where they share a member. */
function overlaps(a: Type & { kind: "enum" }, b: Type & { kind: "enum" }): boolean {
  if (a.open || b.open || (a.members === b.members && a.members.length > 0)) return true
  const values = new Set(a.members.map(m => m.value))
  return b.members.some(m => values.has(m.value))
}

/** `opp.CurrencyIsoCode == acc.Currency` lets amounts of the two be added where it holds. */
function currencyEquality(
  left: Checked,
  right: Checked,
  ctx: Context,
): readonly (readonly [string, string])[] {
  if (!namesUnit(left.type) || !namesUnit(right.type)) return []
  const a = unitOf(left, ctx)
  const b = unitOf(right, ctx)
  return a === null || b === null ? [] : [[a, b]]
}

function unitOf(value: Checked, ctx: Context): string | null {
  if (value.stable !== null) return unitKey(normalize({ kind: "path", ...value.stable }, ctx.state))
  if (value.plan.kind === "literal") return unitKey({ kind: "constant", code: String(value.plan.value) })
  return null
}

export function checkMembership(node: MembershipExpression, ctx: Context): Checked {
  const operand = present(checkExpression(node.operand, ctx, null), ctx, "This value")
  if (isError(operand)) return erroneous(ctx, node.span)
  const here = at(ctx, node.span)
  const side = (expression: Expression): Checked | null => {
    const value = present(checkExpression(expression, ctx, operand.type), ctx, "This value")
    const operatorSpan = { start: operand.span.end, end: expression.span.start }
    if (isError(value)) return null
    const operator = node.set.kind === "range" ? "<=" : "=="
    return comparable(operator, operand, value, { left: node.operand, right: expression, operatorSpan }, ctx)
      ? unpadded(value, operand.type, ctx)
      : null
  }
  if (node.set.kind === "range") {
    const low = side(node.set.low)
    const high = side(node.set.high)
    if (low === null || high === null) return erroneous(ctx, node.span)
    return checked(
      {
        kind: "between",
        of: operand.plan,
        low: low.plan,
        high: high.plan,
        negated: node.negated,
        type: { kind: "bool" },
        maybe: false,
        at: here,
      },
      boolType,
      node.span,
    )
  }
  const list = node.set.list
  if (list.kind !== "list" || list.elements.some(e => e.when !== null)) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A list of values or a range", found: "something else" },
        place(ctx, list.span),
        { help: "Write `x in [a, b]` or `x in a..b`." },
      ),
    )
    return erroneous(ctx, node.span)
  }
  const options: PlanExpression[] = []
  let failed = false
  for (const element of list.elements) {
    const value = side(element.value)
    if (value === null) failed = true
    else options.push(value.plan)
  }
  if (failed) return erroneous(ctx, node.span)
  return checked(
    {
      kind: "anyOf",
      of: operand.plan,
      options,
      negated: node.negated,
      type: { kind: "bool" },
      maybe: false,
      at: here,
    },
    boolType,
    node.span,
  )
}
