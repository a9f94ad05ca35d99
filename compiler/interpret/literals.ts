// Constants of the Plan as values: literals of expressions, defaults of fields, arms of a switch. Canonical text in,
// value out. Knows types, not wire forms.
import { fromText } from "@fmap/runtime"
import type { ValueType } from "../plan/index.ts"
import { BrokenPlan, numberValue, type Outcome } from "./value.ts"

export function constant(value: string | boolean, type: ValueType): Outcome {
  return type.kind === "number" ? numberConstant(String(value)) : value
}

export function numberConstant(text: string): Outcome {
  const value = fromText(text)
  if (value === undefined) throw new BrokenPlan(`${JSON.stringify(text)} is no decimal text`)
  return numberValue(value)
}
