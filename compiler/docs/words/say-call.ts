// Calls of built-in functions in words. Flows in: a call. Flows out: a noun phrase; a function that nobody put into words is named with its
// arguments, as it is written.

import type { Naming } from "./naming.ts"
import type { ExpressionOf } from "./parts.ts"
import { sayPart } from "./say-expression.ts"
import { code, say, separated, type Words } from "./words.ts"

export function sayCall(call: ExpressionOf<"call">, naming: Naming): Words {
  const all = call.arguments.map(one => sayPart(one, naming))
  const [a = [], b = [], c = []] = all
  switch (call.function) {
    case "abs":
      return say`${a} without its sign`
    case "add_days":
      return say`${a} moved by ${b} days`
    case "add_months":
      return say`${a} moved by ${b} months`
    case "days_between":
      return say`the days from ${a} to ${b}`
    case "day":
    case "month":
    case "year":
      return say`the ${call.function} of ${a}`
    case "length":
      return say`the number of characters of ${a}`
    case "lower":
      return say`${a} in lower case`
    case "upper":
      return say`${a} in upper case`
    case "trim":
      return say`${a} without blanks at its ends`
    case "masked":
      return say`${a}, hidden but for its last ${b} characters`
    case "fingerprint":
      return say`the fingerprint of ${a}`
    case "truncate":
      return say`${a}, cut after ${b} characters`
    case "pad_start":
      return say`${a}, filled in front to ${b} characters with ${c}`
    case "pad_end":
      return say`${a}, filled at the end to ${b} characters with ${c}`
    case "replace":
      return say`${a} with each ${b} replaced by ${c}`
    case "slice":
      return say`the characters ${b} to ${c} of ${a}`
    case "strip_prefix":
      return say`${a} without ${b} in front`
    case "strip_suffix":
      return say`${a} without ${b} at its end`
    case "strip_zeros":
      return say`${a} without zeros in front`
    case "text_of":
      return say`${a} as text`
    case "contains":
      return say`whether ${a} holds ${b}`
    case "starts_with":
      return say`whether ${a} begins with ${b}`
    case "ends_with":
      return say`whether ${a} ends with ${b}`
    case "matches":
      return say`whether ${a} has the form ${b}`
    case "join":
      return say`the texts of ${a} joined by ${b}`
    case "split":
      return say`${a} taken apart at each ${b}`
    case "wrap":
      return say`${a} broken into lines of ${b} characters`
    // Escapes, so that the parts of a key can be told apart again; what it is made of is the part itself.
    case "key_part":
      return a
    case "part":
      return say`part ${b} of ${a}`
    default:
      return say`${code(call.function)}(${separated(all, ", ")})`
  }
}
