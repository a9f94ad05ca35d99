// and, or, not, `is present`, `is missing`; and what each lets the compiler know where it is true or false.
import {
  type BinaryExpression,
  diagnostic,
  type Expression,
  type PresenceExpression,
  type UnaryExpression,
} from "@fmap/grammar"
import { bothFacts, type Checked, type Facts, noFacts, pathKey } from "../checked.ts"
import { at, type Context, place, withFacts } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { boolType, checked, erroneous, isError } from "../values.ts"

/** A condition: true or false, always there, and never a way out of the record. */
export function checkCondition(node: Expression, ctx: Context, noExit: string): Checked {
  const value = present(
    checkExpression(node, { ...ctx, noExit: ctx.noExit ?? noExit, inRound: false }, boolType),
    ctx,
    "This condition",
  )
  if (isError(value)) return value
  if (value.type.kind !== "bool") {
    ctx.state.report(
      diagnostic("FM3110", { what: describe(value.type, ctx) }, place(ctx, node.span), {
        help: "Compare it with something: `x > 0`, `x is present`.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  return value
}

export function checkLogic(node: BinaryExpression, ctx: Context): Checked {
  const operator = node.operator as "and" | "or"
  const noExit = "in a condition"
  const left = checkCondition(node.left, ctx, noExit)
  const known = operator === "and" ? left.facts.whenTrue : left.facts.whenFalse
  const right = checkCondition(node.right, withFacts(ctx, known), noExit)
  if (isError(left, right)) return erroneous(ctx, node.span)
  const facts =
    operator === "and"
      ? { whenTrue: bothFacts(left.facts.whenTrue, right.facts.whenTrue), whenFalse: noFacts }
      : { whenTrue: noFacts, whenFalse: bothFacts(left.facts.whenFalse, right.facts.whenFalse) }
  return checked(
    {
      kind: "logic",
      operator,
      left: left.plan,
      right: right.plan,
      type: { kind: "bool" },
      maybe: false,
      at: at(ctx, node.span),
    },
    boolType,
    node.span,
    { facts },
  )
}

export function checkNot(node: UnaryExpression, ctx: Context): Checked {
  const operand = checkCondition(node.operand, ctx, "in a condition")
  if (isError(operand)) return operand
  return checked(
    { kind: "not", of: operand.plan, type: { kind: "bool" }, maybe: false, at: at(ctx, node.span) },
    boolType,
    node.span,
    {
      facts: { whenTrue: operand.facts.whenFalse, whenFalse: operand.facts.whenTrue },
    },
  )
}

export function checkPresence(node: PresenceExpression, ctx: Context): Checked {
  const operand = checkExpression(node.operand, ctx, null)
  if (isError(operand)) return operand
  if (!operand.maybe && operand.failure === null) {
    ctx.state.deferred.push(
      diagnostic("FM3127", {}, place(ctx, node.span), {
        label: node.present ? "always true" : "always false",
      }),
    )
  }
  const facts = presentFacts(operand)
  return checked(
    {
      kind: "present",
      of: operand.plan,
      negated: !node.present,
      type: { kind: "bool" },
      maybe: false,
      at: at(ctx, node.span),
    },
    boolType,
    node.span,
    {
      facts: node.present ? { whenTrue: facts, whenFalse: noFacts } : { whenTrue: noFacts, whenFalse: facts },
    },
  )
}

/** A path that is present has every one of its beginnings present. */
export function presentFacts(operand: Checked): Facts {
  if (operand.stable === null) return noFacts
  const { root, path } = operand.stable
  const keys = [pathKey(root, [])]
  for (let length = 1; length <= path.length; length++) keys.push(pathKey(root, path.slice(0, length)))
  return { present: new Set(keys), equal: [] }
}
