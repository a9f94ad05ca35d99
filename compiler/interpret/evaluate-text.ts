// Texts with holes and built-in functions. Flows in: their parts or arguments, which are present values. Flows out: a text,
// or what the function gives (missing where it fails).
import { formatDate, masked } from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import { callFunction } from "./call-function.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asText, isStopped, type Outcome } from "./value.ts"
import { valueText } from "./value-text.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function evaluateText(expression: Of<"interpolation">, scope: Scope): Outcome {
  let text = ""
  for (const part of expression.parts) {
    if (typeof part === "string") {
      text += part
      continue
    }
    const value = evaluate(part.value, scope)
    if (isStopped(value)) return value
    if (part.masked) text += masked
    else
      text +=
        part.format === null ? valueText(value, part.value.type) : formatDate(asText(value), part.format)
  }
  return text
}

export function evaluateCall(expression: Of<"call">, scope: Scope): Outcome {
  const values: Outcome[] = []
  for (const argument of expression.arguments) {
    const value = evaluate(argument, scope)
    if (isStopped(value)) return value
    values.push(value)
  }
  return callFunction(expression, values)
}
