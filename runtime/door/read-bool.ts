// True and false at the door. Flows in: a payload value and its wire form; flows out: a boolean. "true" is not true.
import { describeValue } from "./describe-value.ts"
import { type Refused, refuse } from "./refused.ts"
import type { BoolSpec } from "./spec.ts"

export function readBool(value: unknown, spec: BoolSpec): boolean | Refused {
  if (spec.wire === "json") {
    if (typeof value === "boolean") return value
    return refuse("WRONG_TYPE", `Expected true or false, found ${describeValue(value)}.`)
  }
  if (value === spec.wire.true) return true
  if (value === spec.wire.false) return false
  const wanted = `Expected "${spec.wire.true}" or "${spec.wire.false}", found`
  if (typeof value !== "string") return refuse("WRONG_TYPE", `${wanted} ${describeValue(value)}.`)
  return refuse("UNKNOWN_MEMBER", `${wanted} another text.`)
}
