// Exact arithmetic: numbers are rationals until a `round` brings them to a scale. Flows in: arithmetic, negation,
// rounding. Flows out: a number, or missing for a declared failure (division by zero, `exact` that would lose).
import {
  add,
  divide,
  fromScaled,
  multiply,
  negate,
  type Rational,
  roundRational,
  subtract,
} from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import { minorDigits } from "./minor-digits.ts"
import type { Scope } from "./scope.ts"
import { asNumber, asText, isStopped, MISSING, numberValue, type Outcome } from "./value.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function evaluateArithmetic(expression: Of<"arithmetic">, scope: Scope): Outcome {
  // Missing comes only from a failure inside (a division by zero, an average of nothing) and ends everything up to the `round`.
  const left = evaluate(expression.left, scope)
  if (isStopped(left) || left === MISSING) return left
  const right = evaluate(expression.right, scope)
  if (isStopped(right) || right === MISSING) return right
  const result = compute(expression.operator, asNumber(left), asNumber(right))
  return result === undefined ? MISSING : numberValue(result)
}

function compute(
  operator: Of<"arithmetic">["operator"],
  left: Rational,
  right: Rational,
): Rational | undefined {
  switch (operator) {
    case "+":
      return add(left, right)
    case "-":
      return subtract(left, right)
    case "*":
      return multiply(left, right)
    case "/":
      return divide(left, right)
  }
}

export function evaluateNegate(expression: Of<"negate">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  return isStopped(of) || of === MISSING ? of : numberValue(negate(asNumber(of)))
}

export function evaluateRound(expression: Of<"round">, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  if (isStopped(of) || of === MISSING) return of
  const digits = scaleOf(expression, scope)
  if (typeof digits !== "number") return digits
  const rounded = roundRational(asNumber(of), digits, expression.mode)
  return rounded === undefined ? MISSING : numberValue(fromScaled(rounded, digits))
}

function scaleOf(expression: Of<"round">, scope: Scope): number | Outcome {
  if (expression.scale.kind === "digits") return expression.scale.digits
  const currency = evaluate(expression.scale.currency, scope)
  return isStopped(currency) ? currency : minorDigits(asText(currency))
}
