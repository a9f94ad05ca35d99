// Conditions in one form: negations at the leaves, comparisons with the constant on the right, conjuncts in one order and each once. What
// stands in a condition is present and cannot end a record, so that order says nothing. Flows in and out: forms.
import { compare as compareNumbers } from "@fmap/runtime"
import { type ComparisonOperator, holds } from "../../plan/comparison.ts"
import type { At } from "../../plan/index.ts"
import type { Form, Forms } from "./form.ts"
import { balanced, valueOfNumber } from "./linear.ts"

const opposite: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
}
/** The same question with its sides changed. */
export const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
}

export function boolForm(value: boolean, forms: Forms, at: At | null = null): Form {
  return forms.make("literal", ["bool", String(value)], [], at)
}

export function comparison(
  operator: ComparisonOperator,
  left: Form,
  right: Form,
  isNumber: boolean,
  forms: Forms,
  at: At | null,
): Form {
  if (isNumber) {
    const sides = balanced(left, right, forms, at)
    if (sides !== null)
      return forms.make(
        "compare",
        [sides.flipped ? mirrored[operator] : operator],
        [sides.of, sides.constant],
        at,
      )
    const [a, b] = [valueOfNumber(left), valueOfNumber(right)]
    if (a !== null && b !== null) return boolForm(holds(operator, compareNumbers(a, b)), forms, at)
  }
  const isConstant = (form: Form): boolean => form.op === "literal"
  if (isConstant(left) && isConstant(right) && (operator === "==" || operator === "!="))
    return boolForm((left.id === right.id) === (operator === "=="), forms, at)
  // a truth value compared with one is itself or its opposite
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (other.op === "literal" && other.detail[0] === "bool" && (operator === "==" || operator === "!="))
      return (other.detail[1] === "true") === (operator === "==") ? side : opposed(side, forms)
  }
  const turn = isConstant(left) || (!isConstant(right) && left.id > right.id)
  const sides = turn ? [right, left] : [left, right]
  return forms.make("compare", [turn ? mirrored[operator] : operator], sides, at)
}

export function opposed(form: Form, forms: Forms): Form {
  const { op, detail, parts, at } = form
  switch (op) {
    case "not":
      return parts[0] ?? form
    case "and":
    case "or":
      return joined(
        op === "and" ? "or" : "and",
        parts.map(part => opposed(part, forms)),
        forms,
        at,
      )
    case "compare":
      return forms.make("compare", [opposite[operatorOf(form)]], parts, at)
    case "literal":
      return detail[0] === "bool" ? boolForm(detail[1] !== "true", forms, at) : form
    default:
      return forms.make("not", [], [form], at)
  }
}

export function operatorOf({ detail: [operator] }: Form): ComparisonOperator {
  switch (operator) {
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return operator
    default:
      return "=="
  }
}

export function joined(op: "and" | "or", conditions: readonly Form[], forms: Forms, at: At | null): Form {
  const flat = new Map<number, Form>()
  const ends = boolForm(op === "or", forms, at)
  const says = boolForm(op === "and", forms, at)
  for (const condition of conditions)
    for (const part of condition.op === op ? condition.parts : [condition])
      if (part.id !== says.id) flat.set(part.id, part)
  if (flat.has(ends.id)) return ends
  // what is one of its parts already says nothing more: a or (a and b) is a
  const inner = op === "and" ? "or" : "and"
  const kept = [...flat.values()].filter(
    one => !(one.op === inner && one.parts.some(part => flat.has(part.id))),
  )
  const [first] = kept
  if (first === undefined) return says
  if (kept.some(one => flat.has(opposed(one, forms).id))) return ends
  if (kept.length === 1) return first
  return forms.make(
    op,
    [],
    kept.toSorted((a, b) => a.id - b.id),
    at,
  )
}

export function conjuncts(form: Form): readonly Form[] {
  return form.op === "and" ? form.parts : form.op === "none" ? [] : [form]
}
