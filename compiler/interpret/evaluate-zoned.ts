// Points in time and clocks on walls. Flows in: an instant or a local time. Flows out: what the zone makes of it; missing where the clock
// skips or repeats a time; a reject where the result lies outside of the years there are.
import { dateOf, datetimeOf, instantOf, masked as mask, zoneOf } from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asText, isStopped, MISSING, type Outcome, POISON } from "./value.ts"

type Zoned = Extract<PlanExpression, { kind: "zoned" }>

export function evaluateZoned(expression: Zoned, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  if (isStopped(of)) return of
  const text = asText(of)
  const zone = zoneOf(expression.zone)
  switch (expression.gives) {
    case "date":
      return dateOf(text, zone) ?? outside(text, expression, scope)
    case "datetime":
      return datetimeOf(text, zone) ?? outside(text, expression, scope)
    case "instant": {
      const instant = instantOf(text, zone, expression.policy)
      return instant ?? (expression.maybe ? MISSING : outside(text, expression, scope))
    }
  }
}

function outside(text: string, { at }: Zoned, { run, place, report }: Scope): Outcome {
  const { root, pointer, masked } = place
  const message = "The time in the zone is outside of the years 0001 to 9999."
  const value = masked ? mask : text
  report({
    code: "OUT_OF_RANGE",
    severity: "reject",
    root,
    pointer,
    message,
    value,
    at: run.index.position(at),
  })
  return POISON
}
