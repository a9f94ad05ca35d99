// The interpreter's dispatch: one expression of the Plan in, its outcome out. Each family of expressions has a file;
// here is only which one speaks. This is the oracle of the emitters: written to be read, not to be fast.
import type { PlanExpression } from "../plan/index.ts"
import { evaluateConditional, evaluateElse, evaluateExit, evaluateSwitch } from "./evaluate-branches.ts"
import { evaluateCalendar } from "./evaluate-calendar.ts"
import {
  evaluateAnyOf,
  evaluateBetween,
  evaluateCompare,
  evaluateLogic,
  evaluateNot,
  evaluatePresent,
} from "./evaluate-conditions.ts"
import { evaluateFit } from "./evaluate-fit.ts"
import { evaluateGrouping } from "./evaluate-grouping.ts"
import { evaluateAggregate, evaluateEach, evaluateList } from "./evaluate-lists.ts"
import { evaluateLookup } from "./evaluate-lookup.ts"
import { evaluateNesting } from "./evaluate-nesting.ts"
import { evaluateArithmetic, evaluateNegate, evaluateRound } from "./evaluate-numbers.ts"
import { evaluateSpread } from "./evaluate-spread.ts"
import { evaluateCall, evaluateText } from "./evaluate-text.ts"
import { evaluateZoned } from "./evaluate-zoned.ts"
import { constant } from "./literals.ts"
import { runBlock } from "./run-block.ts"
import { type Scope, variable } from "./scope.ts"
import { asDictionary, asRecord, asText, CLEAR, isStopped, MISSING, type Outcome } from "./value.ts"

export function evaluate(expression: PlanExpression, scope: Scope): Outcome {
  return scope.run.trace === null
    ? valueOf(expression, scope)
    : traced(expression, scope, () => valueOf(expression, scope))
}

/** Told to whoever traces the run, also where an expression is evaluated in a way of its own. */
export function traced(expression: PlanExpression, scope: Scope, run: () => Outcome): Outcome {
  const { trace } = scope.run
  trace?.({ kind: "enter", expression, scope })
  const value = run()
  trace?.({ kind: "leave", expression, value })
  return value
}

/** Left to right; the first poison operand ends an expression with poison. Recursion is as deep as the author's nesting, which the parser bounds. */
function valueOf(expression: PlanExpression, scope: Scope): Outcome {
  switch (expression.kind) {
    case "literal":
      return constant(expression.value, expression.type)
    case "missing":
      return MISSING
    case "clear":
      return CLEAR
    case "exit":
      return evaluateExit(expression, scope)
    case "variable":
      return unlessCleared(variable(scope, expression.variable))
    case "field": {
      const of = evaluate(expression.of, scope)
      return isStopped(of) || of === MISSING ? of : unlessCleared(asRecord(of).member(expression.field))
    }
    case "entry": {
      const of = evaluate(expression.of, scope)
      if (isStopped(of) || of === MISSING) return of
      const key = evaluate(expression.key, scope)
      return isStopped(key) || key === MISSING ? key : (asDictionary(of).entries.get(asText(key)) ?? MISSING)
    }
    case "arithmetic":
      return evaluateArithmetic(expression, scope)
    case "negate":
      return evaluateNegate(expression, scope)
    case "round":
      return evaluateRound(expression, scope)
    case "compare":
      return evaluateCompare(expression, scope)
    case "between":
      return evaluateBetween(expression, scope)
    case "anyOf":
      return evaluateAnyOf(expression, scope)
    case "logic":
      return evaluateLogic(expression, scope)
    case "not":
      return evaluateNot(expression, scope)
    case "present":
      return evaluatePresent(expression, scope)
    case "switch":
      return evaluateSwitch(expression, scope)
    case "conditional":
      return evaluateConditional(expression, scope)
    case "else":
      return evaluateElse(expression, scope)
    case "call":
      return evaluateCall(expression, scope)
    case "lookup":
      return evaluateLookup(expression, scope)
    case "interpolation":
      return evaluateText(expression, scope)
    case "record":
      return runBlock(expression.block, expression.shape, scope)
    case "list":
      return evaluateList(expression, scope)
    case "each":
      return evaluateEach(expression, scope)
    case "aggregate":
      return evaluateAggregate(expression, scope)
    case "fit":
      return evaluateFit(expression, scope)
    case "grouping":
      return evaluateGrouping(expression, scope)
    case "spread":
      return evaluateSpread(expression, scope)
    case "zoned":
      return evaluateZoned(expression, scope)
    case "calendar":
      return evaluateCalendar(expression, scope)
    case "nesting":
      return evaluateNesting(expression, scope)
  }
}

/** A field that is to be cleared has no value to read. */
function unlessCleared(value: Outcome): Outcome {
  return value === CLEAR ? MISSING : value
}
