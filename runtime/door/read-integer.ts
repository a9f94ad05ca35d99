// Whole numbers of any size at the door. Flows in: a payload value and the field's spec; flows out: a bigint in its bounds.
import { describeValue } from "./describe-value.ts"
import { readDecimalText, readWholeNumber, tooManyDecimals } from "./number-value.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"
import type { IntegerSpec } from "./spec.ts"

export function readInteger(value: unknown, spec: IntegerSpec): bigint | Refused {
  const integer = spec.wire === "number" ? readWholeNumber(value) : readWholeText(value)
  return isRefused(integer) ? integer : (checkInteger(integer, spec) ?? integer)
}

/** The bounds alone: what an assignment must check. */
export function checkInteger(value: bigint, spec: Pick<IntegerSpec, "min" | "max">): Refused | undefined {
  if (spec.min !== null && value < BigInt(spec.min))
    return refuse("OUT_OF_RANGE", `Expected at least ${spec.min}.`)
  if (spec.max !== null && value > BigInt(spec.max))
    return refuse("OUT_OF_RANGE", `Expected at most ${spec.max}.`)
  return undefined
}

function readWholeText(value: unknown): bigint | Refused {
  if (typeof value !== "string") {
    return refuse("WRONG_TYPE", `Expected a whole number written as text, found ${describeValue(value)}.`)
  }
  const decimal = readDecimalText(value)
  if (isRefused(decimal)) return decimal
  return decimal.scale === 0 ? decimal.unscaled : tooManyDecimals(0)
}
