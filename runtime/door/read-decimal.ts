// Amounts, quantities, percents and plain decimals at the door. Flows in: a payload value, the field's spec and, for amounts
// whose currency is known, its minor units; flows out: the value as a scaled bigint. Nothing is rounded.

import { powerOfTen } from "../decimal/powers.ts"
import { fitsDigits, fitsMinorUnits, formatScaled, parseDecimal } from "../decimal/scaled.ts"
import {
  readDecimalNumber,
  readDecimalText,
  readWholeNumber,
  tooManyDecimals,
  toScale,
} from "./number-value.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"
import type { DecimalBound, DecimalSpec } from "./spec.ts"

/** Fraction digits of the value a field holds: a percent's value has two more than its figure. */
export function valueScale(spec: Pick<DecimalSpec, "kind" | "scale">): number {
  return spec.kind === "percent" ? spec.scale + 2 : spec.scale
}

/**
 * The value × 10^valueScale(spec). `minor`: minor units of the amount's currency; needed by wire `minor`, checked where
 * the spec says `fitsMinor`, not judged when undefined.
 */
export function readDecimal(value: unknown, spec: DecimalSpec, minor?: number): bigint | Refused {
  const scaled = fromWire(value, spec, minor)
  return isRefused(scaled) ? scaled : (checkDecimal(scaled, spec, minor) ?? scaled)
}

/** Digits, bounds and minor units of a value at valueScale(spec): what an assignment must check. */
export function checkDecimal(
  scaled: bigint,
  spec: Pick<DecimalSpec, "kind" | "precision" | "scale" | "low" | "high" | "fitsMinor">,
  minor?: number,
): Refused | undefined {
  if (spec.precision !== null && !fitsDigits(scaled, spec.precision)) {
    const whole = spec.precision - spec.scale
    return refuse(
      "OUT_OF_RANGE",
      `Expected at most ${whole} ${whole === 1 ? "digit" : "digits"} before the point.`,
    )
  }
  const scale = valueScale(spec)
  if (spec.low !== null) {
    const side = compareBound(scaled, scale, spec.low)
    if (side < 0 || (side === 0 && !spec.low.inclusive)) {
      return refuse(
        "OUT_OF_RANGE",
        `Expected ${spec.low.inclusive ? "at least" : "more than"} ${spec.low.value}.`,
      )
    }
  }
  if (spec.high !== null) {
    const side = compareBound(scaled, scale, spec.high)
    if (side > 0 || (side === 0 && !spec.high.inclusive)) {
      return refuse(
        "OUT_OF_RANGE",
        `Expected ${spec.high.inclusive ? "at most" : "less than"} ${spec.high.value}.`,
      )
    }
  }
  if (spec.fitsMinor && minor !== undefined && !fitsMinorUnits(scaled, scale, minor)) {
    return refuse(
      "BAD_MINOR_UNITS",
      `The amount has more than the ${minor} digits after the point its currency has.`,
    )
  }
  return undefined
}

function fromWire(value: unknown, spec: DecimalSpec, minor: number | undefined): bigint | Refused {
  // the integer is the same for figure and fraction: 12.50 at scale 2 and 0.1250 at scale 4 are both 1250
  const wireScale = spec.fraction ? valueScale(spec) : spec.scale
  if (spec.wire === "number") {
    const decimal = readDecimalNumber(value)
    return isRefused(decimal) ? decimal : toScale(decimal, wireScale)
  }
  if (spec.wire === "text") {
    const decimal = readDecimalText(value)
    if (isRefused(decimal)) return decimal
    // zeros count too: a text says how precise its writer meant to be
    return decimal.scale > wireScale ? tooManyDecimals(wireScale) : toScale(decimal, wireScale)
  }
  const digits = spec.wire === "minor" ? minor : spec.wire.scaled
  if (digits === undefined) {
    return refuse(
      "UNKNOWN_CURRENCY",
      "The amount is in minor units, and its currency has none or is not known.",
    )
  }
  const whole = readWholeNumber(value)
  return isRefused(whole) ? whole : toScale({ unscaled: whole, scale: digits }, wireScale)
}

function compareBound(scaled: bigint, scale: number, bound: DecimalBound): number {
  const decimal = parseDecimal(bound.value)
  if (decimal === undefined) throw new RangeError(`A bound of the Plan is no decimal: ${bound.value}`)
  const left = scaled * powerOfTen(decimal.scale)
  const right = decimal.unscaled * powerOfTen(scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** The text a hole, a key or a message shows: the value with all its fraction digits. */
export function decimalText(scaled: bigint, spec: Pick<DecimalSpec, "kind" | "scale">): string {
  return formatScaled(scaled, valueScale(spec))
}
