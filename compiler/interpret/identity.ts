// A value as a key. Flows in: a value and its type. Flows out: text, equal for equal values only: numbers by value, whatever their
// scale, everything else by its canonical text.
import type { ValueType } from "../plan/index.ts"
import { asBoolean, asNumber, asText, type Outcome } from "./value.ts"

export function identity(value: Outcome, type: ValueType): string {
  switch (type.kind) {
    case "number": {
      const { n, d } = asNumber(value)
      return `${n}/${d}`
    }
    case "bool":
      return String(asBoolean(value))
    default:
      return asText(value)
  }
}
