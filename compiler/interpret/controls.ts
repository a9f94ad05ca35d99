// What a control compares. Flows in: a control step. Flows out: does it hold? One that is not wanted (`when`) or that
// reads poison holds: its cause has been reported where it arose.
import { compare, fromScaled, multiply, negate, type Rational, subtract } from "@fmap/runtime"
import type { PlanStep } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate } from "./evaluate.ts"
import { holds } from "./evaluate-conditions.ts"
import { minorDigits } from "./minor-digits.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, asNumber, asText, isStopped, type Outcome, type Stopped } from "./value.ts"

type Control = Extract<PlanStep, { kind: "control" }>

export function controlHolds(control: Control, scope: Scope): boolean {
  if (control.when !== null) {
    const wanted = evaluate(control.when, scope)
    if (isStopped(wanted) || !asBoolean(wanted)) return true
  }
  const left = evaluate(control.left, scope)
  if (isStopped(left)) return true
  const right = evaluate(control.right, scope)
  if (isStopped(right)) return true
  if (control.within === null) return holds(control.operator, compareValues(left, right, control.left.type))
  const tolerance = toleranceOf(control.within, asNumber(right), scope)
  if (isSymbol(tolerance)) return true
  const near = compare(absolute(subtract(asNumber(left), asNumber(right))), tolerance) <= 0
  return near === (control.operator === "==")
}

/** In the unit of the amounts: as given, a fraction of the right side, or a number of minor units of a currency. */
function toleranceOf(
  within: NonNullable<Control["within"]>,
  right: Rational,
  scope: Scope,
): Rational | Stopped {
  const amount = evaluate(within.amount, scope)
  if (isStopped(amount)) return amount
  if (within.relative) return multiply(asNumber(amount), absolute(right))
  if (within.minorOf === null) return asNumber(amount)
  const currency: Outcome = evaluate(within.minorOf, scope)
  if (isStopped(currency)) return currency
  return multiply(asNumber(amount), fromScaled(1n, minorDigits(asText(currency))))
}

function isSymbol(value: Rational | Stopped): value is Stopped {
  return typeof value === "symbol"
}

function absolute(value: Rational): Rational {
  return value.n < 0n ? negate(value) : value
}
