// Text at the door. Flows in: a payload value and the field's spec; flows out: the same text or why it may not come in.
// Nothing is trimmed, folded or cut.
import { strip_zeros } from "../functions/strip_zeros/run.ts"
import { describeValue } from "./describe-value.ts"
import { type Refused, refuse } from "./refused.ts"
import type { TextSpec } from "./spec.ts"
import { measureName, textLength } from "./text-length.ts"
import { isWellFormed } from "./well-formed.ts"

/**
 * A pattern as the door matches it: the whole text, by code point. `source` must be one the compiler has proved linear; build
 * it once and keep it (emitted modules hold it as a constant).
 */
export function compilePattern(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, "u")
}

/** Text, unchanged but for the zeros in front of a padded identifier. Pass the compiled pattern where the spec has one and many values are read. */
export function readText(value: unknown, spec: TextSpec, pattern?: RegExp): string | Refused {
  if (typeof value !== "string") return refuse("WRONG_TYPE", `Expected text, found ${describeValue(value)}.`)
  if (!isWellFormed(value)) return brokenText()
  return checkText(value, spec, pattern) ?? (typeof spec.wire === "object" ? strip_zeros(value) : value)
}

/** Length and pattern alone: what an assignment must check of a text. */
export function checkText(text: string, spec: TextSpec, pattern?: RegExp): Refused | undefined {
  if (spec.min > 0 || spec.max !== null) {
    const length = textLength(text, spec.measure)
    if (length < spec.min) {
      return refuse(
        "TOO_SHORT",
        `Expected at least ${spec.min} ${measureName(spec.measure)}, found ${length}.`,
      )
    }
    if (spec.max !== null && length > spec.max) {
      return refuse("TOO_LONG", `Expected at most ${spec.max} ${measureName(spec.measure)}, found ${length}.`)
    }
  }
  if (spec.pattern === null) return undefined
  const matcher = pattern ?? compilePattern(spec.pattern)
  return matcher.test(text)
    ? undefined
    : refuse("BAD_PATTERN", `The text does not match the pattern ${spec.pattern}.`)
}

export function brokenText(): Refused {
  return refuse("BAD_TEXT", "The text has half of a surrogate pair, which is no character.")
}
