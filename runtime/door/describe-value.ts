// Names what a payload value is, for messages. Flows in: anything; flows out: "a number", "an object" … never the value.
import { isExactNumber } from "../formats/json/exact-number.ts"

export function describeValue(value: unknown): string {
  if (value === null) return "null"
  if (value === undefined) return "nothing"
  if (Array.isArray(value)) return "an array"
  if (isExactNumber(value)) return "a number"
  switch (typeof value) {
    case "string":
      return "text"
    case "boolean":
      return "true or false"
    case "object":
      return "an object"
    default:
      return `a ${typeof value}`
  }
}
