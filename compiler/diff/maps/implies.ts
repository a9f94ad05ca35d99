// Does one condition follow from another? Flows in: two conditions in their form. Flows out: true only where it is certain. Knows ranges
// of one figure, members of one text, `and` and `or`; of everything else only that it implies itself.
import { compare as compareNumbers } from "@fmap/runtime"
import { type ComparisonOperator, holds } from "../../plan/comparison.ts"
import { operatorOf } from "./conditions.ts"
import type { Form } from "./form.ts"
import { valueOfNumber } from "./linear.ts"

export function implies(a: Form, b: Form): boolean {
  if (a.id === b.id || isBool(b, "true") || isBool(a, "false")) return true
  // a is everything: it implies only that
  if (a.op === "or") return a.parts.every(part => implies(part, b))
  if (b.op === "and") return b.parts.every(part => implies(a, part))
  if (b.op === "or") {
    if (b.parts.some(part => implies(a, part))) return true
  }
  if (a.op === "and") return a.parts.some(part => implies(part, b))
  return a.op === "compare" && b.op === "compare" && comparisonImplies(a, b)
}

function isBool({ op, detail }: Form, value: "true" | "false"): boolean {
  return op === "literal" && detail[0] === "bool" && detail[1] === value
}

function comparisonImplies(a: Form, b: Form): boolean {
  const [left, known] = a.parts
  const [other, wanted] = b.parts
  if (left === undefined || known === undefined || other === undefined || wanted === undefined) return false
  if (left.id !== other.id) return false
  const order = orderOf(known, wanted)
  const from = operatorOf(a)
  const to = operatorOf(b)
  if (order === null)
    return known.id !== wanted.id && from === "==" && to === "!=" && areConstants(known, wanted)
  return ordered(from, to, order)
}

/** `x from a` implies `x to b`, where a stands to b as `order` says. */
function ordered(from: ComparisonOperator, to: ComparisonOperator, order: -1 | 0 | 1): boolean {
  switch (from) {
    case "==":
      return holds(to, order)
    case "!=":
      return to === "!=" && order === 0
    case "<":
      return (to === "<" || to === "<=" || to === "!=") && order <= 0
    case "<=":
      return (to === "<=" && order <= 0) || ((to === "<" || to === "!=") && order < 0)
    case ">":
      return (to === ">" || to === ">=" || to === "!=") && order >= 0
    case ">=":
      return (to === ">=" && order >= 0) || ((to === ">" || to === "!=") && order > 0)
  }
}

/** Null: they cannot be put in order here. Days, times and texts go by their canonical text. */
function orderOf(a: Form, b: Form): -1 | 0 | 1 | null {
  const [left, right] = [valueOfNumber(a), valueOfNumber(b)]
  if (left !== null && right !== null) return compareNumbers(left, right)
  if (a.id === b.id) return 0
  if (!areConstants(a, b) || a.detail[0] !== b.detail[0]) return null
  const [x = "", y = ""] = [a.detail[1], b.detail[1]]
  // instants of different fractions do not sort as text
  if (a.detail[0] === "instant" || a.detail[0] === "datetime") return null
  return x < y ? -1 : 1
}

function areConstants(a: Form, b: Form): boolean {
  return a.op === "literal" && b.op === "literal"
}
