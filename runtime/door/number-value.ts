// The exact value of a number on the wire. Flows in: a payload value and whether the wire wants a JSON number or text;
// flows out: an exact decimal. No coercion between the two, no rounding, no bounds.
import { decimalOfNumber, type NumberFault } from "../decimal/json-number.ts"
import { powerOfTen } from "../decimal/powers.ts"
import { type Decimal, longestDecimal, parseDecimal } from "../decimal/scaled.ts"
import { isExactNumber } from "../formats/json/exact-number.ts"
import { describeValue } from "./describe-value.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"

/** A decimal in a string: `-?(0|[1-9]digits)(.digits)?`. */
export function readDecimalText(value: unknown): Decimal | Refused {
  if (typeof value !== "string") {
    return refuse("WRONG_TYPE", `Expected a number written as text, found ${describeValue(value)}.`)
  }
  const decimal = parseDecimal(value)
  if (decimal !== undefined) return decimal
  if (value.length > longestDecimal) return refuse("BAD_NUMBER", tooLong)
  return refuse("BAD_NUMBER", "The text is not a plain decimal number such as -12.50.")
}

/** A JSON number. */
export function readDecimalNumber(value: unknown): Decimal | Refused {
  if (typeof value !== "number" && !isExactNumber(value)) {
    return refuse("WRONG_TYPE", `Expected a number, found ${describeValue(value)}.`)
  }
  const decimal = decimalOfNumber(value)
  return typeof decimal === "string" ? numberFault(decimal) : decimal
}

/** The value × 10^scale; digits after it that are not zero are too many. */
export function toScale(decimal: Decimal, scale: number): bigint | Refused {
  const { unscaled } = decimal
  if (decimal.scale <= scale) return unscaled * powerOfTen(scale - decimal.scale)
  const divisor = powerOfTen(decimal.scale - scale)
  const quotient = unscaled / divisor
  return quotient * divisor === unscaled ? quotient : tooManyDecimals(scale)
}

export function tooManyDecimals(scale: number): Refused {
  if (scale === 0) return refuse("TOO_MANY_DECIMALS", "Expected a whole number, found one with a fraction.")
  const digits = scale === 1 ? "digit" : "digits"
  return refuse("TOO_MANY_DECIMALS", `Expected at most ${scale} ${digits} after the point, found more.`)
}

/** The JSON number as a whole number. */
export function readWholeNumber(value: unknown): bigint | Refused {
  const decimal = readDecimalNumber(value)
  return isRefused(decimal) ? decimal : toScale(decimal, 0)
}

const tooLong = `The number has more than ${longestDecimal} characters.`

function numberFault(fault: NumberFault): Refused {
  switch (fault) {
    case "not finite":
      return refuse("BAD_NUMBER", "The number is not finite.")
    case "inexact":
      return refuse(
        "INEXACT_NUMBER",
        "The number has more than 15 digits, so whoever parsed the JSON may have lost some; read it with readJson or send it as text.",
      )
    case "exponent":
      return refuse("BAD_NUMBER", "The number's exponent is beyond 400.")
    case "too long":
      return refuse("BAD_NUMBER", tooLong)
  }
}
