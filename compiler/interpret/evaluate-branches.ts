// What chooses a value: match over literals, match over conditions, `else`, and the ways out.

import { type ControlResult, controlMessage, exitMessage, type Issue } from "@fmap/runtime"
import type { At, PlanExpression } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate } from "./evaluate.ts"
import { constant } from "./literals.ts"
import { missedRow } from "./missed-row.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, asText, BrokenPlan, isStopped, MISSING, type Outcome, POISON, SKIPPED } from "./value.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function evaluateSwitch(expression: Of<"switch">, scope: Scope): Outcome {
  const subject = evaluate(expression.subject, scope)
  if (isStopped(subject)) return subject
  if (subject === MISSING) return chosen(expression.missing, scope)
  const type = expression.subject.type
  const arm = expression.arms.find(candidate =>
    candidate.values.some(value => compareValues(subject, constant(value, type), type) === 0),
  )
  return chosen(arm?.then ?? expression.otherwise, scope)
}

function chosen(arm: PlanExpression | null, scope: Scope): Outcome {
  if (arm === null) throw new BrokenPlan("no arm of an exhaustive match fits")
  return evaluate(arm, scope)
}

export function evaluateConditional(expression: Of<"conditional">, scope: Scope): Outcome {
  if (expression.bind !== null) {
    const bound = evaluate(expression.bind.value, scope)
    if (isStopped(bound)) return bound
    scope.variables.set(expression.bind.variable, bound)
  }
  for (const arm of expression.arms) {
    const when = evaluate(arm.when, scope)
    if (isStopped(when)) return when
    if (asBoolean(when)) return evaluate(arm.then, scope)
  }
  return evaluate(expression.otherwise, scope)
}

export function evaluateElse(expression: Of<"else">, scope: Scope): Outcome {
  const value = evaluate(expression.value, scope)
  if (value !== MISSING) return value
  const { value: asked, fallback } = expression
  return evaluate(
    fallback,
    asked.kind === "lookup" && fallback.kind === "exit"
      ? { ...scope, missed: missedRow(asked, scope) }
      : scope,
  )
}

export function evaluateExit(expression: Of<"exit">, scope: Scope): Outcome {
  leave(expression.verb, expression, expression.at, scope)
  return expression.verb === "skip" ? SKIPPED : POISON
}

/** Reports a way out at the scope's place. A message that reads poison falls silent: its cause has been reported. */
export function leave(
  severity: Issue["severity"],
  exit: { readonly code: string; readonly message: PlanExpression | null },
  at: At,
  scope: Scope,
  control: ControlResult | null = null,
): void {
  const { root, pointer } = scope.place
  const written = exit.message === null ? null : evaluate(exit.message, scope)
  const figures = exit.message === null && control !== null ? controlMessage(control) : undefined
  const message = exitMessage(
    exit.code,
    pointer,
    written === null || isStopped(written) ? figures : asText(written),
  )
  const issue = { code: exit.code, severity, root, pointer, message, at: scope.run.index.position(at) }
  scope.report({
    ...issue,
    ...(control === null ? {} : { control }),
    ...(scope.missed === undefined ? {} : { lookup: scope.missed }),
  })
}
