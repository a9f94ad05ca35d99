// Conditions: comparison, ranges, membership, logic, presence. They give true or false, or poison when they read
// poison; they never see missing (`is present` aside).
import { holds } from "../plan/comparison.ts"
import type { PlanExpression, ValueType } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, isStopped, MISSING, type Outcome } from "./value.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function evaluateCompare(expression: Of<"compare">, scope: Scope): Outcome {
  const left = evaluate(expression.left, scope)
  if (isStopped(left)) return left
  const right = evaluate(expression.right, scope)
  if (isStopped(right)) return right
  return holds(expression.operator, compareValues(left, right, expression.left.type))
}

export function evaluateBetween(expression: Of<"between">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  if (isStopped(of)) return of
  const low = evaluate(expression.low, scope)
  if (isStopped(low)) return low
  const high = evaluate(expression.high, scope)
  if (isStopped(high)) return high
  const inside = atMost(low, of, expression.of.type) && atMost(of, high, expression.of.type)
  return inside !== expression.negated
}

function atMost(low: Outcome, high: Outcome, type: ValueType): boolean {
  return compareValues(low, high, type) <= 0
}

export function evaluateAnyOf(expression: Of<"anyOf">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  if (isStopped(of)) return of
  for (const option of expression.options) {
    const value = evaluate(option, scope)
    if (isStopped(value)) return value
    if (compareValues(of, value, expression.of.type) === 0) return !expression.negated
  }
  return expression.negated
}

export function evaluateLogic(expression: Of<"logic">, scope: Scope): Outcome {
  const left = evaluate(expression.left, scope)
  if (isStopped(left)) return left
  const decided = expression.operator === "or"
  if (asBoolean(left) === decided) return decided
  const right = evaluate(expression.right, scope)
  return isStopped(right) ? right : asBoolean(right)
}

export function evaluateNot(expression: Of<"not">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  return isStopped(of) ? of : !asBoolean(of)
}

export function evaluatePresent(expression: Of<"present">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  return isStopped(of) ? of : (of !== MISSING) !== expression.negated
}
