// `where value > 0 and value <= 100` behind a type. Flows in: the condition and the type it refines. Flows out: the type
// with its bounds, or null after a diagnostic. Only constants are compared: bounds belong to JSON Schema and the door.
import { diagnostic, type Expression, type Place } from "@fmap/grammar"
import { compare, formatScaled, fromText, parseDecimal } from "@fmap/runtime"
import type { TypeContext } from "./from-node.ts"
import { intDigits } from "./number-from-node.ts"
import type { Bound, NumberType } from "./type.ts"

export function boundsFromWhere(
  where: Expression,
  type: NumberType,
  context: TypeContext,
): NumberType | null {
  const place = (expression: Expression): Place => ({ file: context.file, span: expression.span })
  const refuse = (expression: Expression, problem: string): null => {
    context.report(
      diagnostic("FM6008", { problem }, place(expression), {
        help: "Put other conditions into a check of the contract.",
      }),
    )
    return null
  }
  let { low, high } = type
  for (const part of conjuncts(where)) {
    if (part.kind === "error") return null
    if (part.kind !== "binary") return refuse(part, "this is no comparison")
    const flipped = isValue(part.right)
    const subject = flipped ? part.right : part.left
    const constant = flipped ? part.left : part.right
    if (!isValue(subject)) return refuse(part, 'one side is not "value"')
    const operator = flipped ? flip(part.operator) : part.operator
    if (operator !== "<" && operator !== "<=" && operator !== ">" && operator !== ">=") {
      return refuse(part, `"${part.operator}" gives no bound`)
    }
    const figure = constantOf(constant, type)
    if (figure === null) return refuse(constant, "the other side is not a number")
    const bound: Bound = { value: figure, inclusive: operator === "<=" || operator === ">=" }
    if (operator === ">" || operator === ">=") low = tighter(low, bound, 1)
    else high = tighter(high, bound, -1)
  }
  if (low !== null && high !== null && isEmpty(low, high)) {
    const texts = {
      low: `${low.inclusive ? "at least" : "above"} ${low.value}`,
      high: `${high.inclusive ? "at most" : "below"} ${high.value}`,
    }
    context.report(diagnostic("FM6009", texts, place(where)))
    return null
  }
  if (type.role !== "int") return { ...type, low, high }
  const ends = [low, high].map(end => (end === null || !/^-?\d+$/.test(end.value) ? null : BigInt(end.value)))
  return { ...type, low, high, digits: intDigits(ends[0] ?? null, ends[1] ?? null) }
}

/** Operands of a chain of `and`, left to right; iterative because chains may be long. */
function conjuncts(where: Expression): readonly Expression[] {
  const parts: Expression[] = []
  const waiting = [where]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "parenthesized") waiting.push(next.inner)
    else if (next.kind === "binary" && next.operator === "and") waiting.push(next.right, next.left)
    else parts.push(next)
  }
  return parts
}

function isValue(expression: Expression): boolean {
  return expression.kind === "name" && expression.name.text === "value"
}

function flip(operator: string): string {
  return ({ "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as Record<string, string>)[operator] ?? operator
}

/** The constant as exact text of the value: `5%` is 0.05. */
function constantOf(expression: Expression, type: NumberType): string | null {
  if (expression.kind === "unary" && expression.operator === "-") {
    const inner = constantOf(expression.operand, type)
    return inner === null || inner.startsWith("-") ? null : `-${inner}`
  }
  if (expression.kind === "parenthesized") return constantOf(expression.inner, type)
  if (expression.kind === "number")
    return parseDecimal(expression.text) === undefined ? null : expression.text
  if (expression.kind === "percent" && type.role === "percent") return hundredth(expression.text)
  if (
    expression.kind === "money" &&
    type.unit?.kind === "constant" &&
    type.unit.code === expression.currency.text
  )
    return expression.text
  return null
}

/** The bound that leaves less: `direction` 1 for lower ends, -1 for upper ones. */
function tighter(old: Bound | null, bound: Bound, direction: 1 | -1): Bound {
  if (old === null) return bound
  const side = compareTexts(bound.value, old.value) * direction
  if (side !== 0) return side > 0 ? bound : old
  return old.inclusive ? bound : old
}

function isEmpty(low: Bound, high: Bound): boolean {
  const side = compareTexts(low.value, high.value)
  return side > 0 || (side === 0 && !(low.inclusive && high.inclusive))
}

function compareTexts(a: string, b: string): number {
  const [left, right] = [fromText(a), fromText(b)]
  return left === undefined || right === undefined ? 0 : compare(left, right)
}

/** The value of a percent figure: 12.5 is 0.125. */
export function hundredth(figure: string): string | null {
  const decimal = parseDecimal(figure)
  return decimal === undefined ? null : formatScaled(decimal.unscaled, decimal.scale + 2)
}
