// Scaled safe integer in, canonical decimal text with exactly `scale` fraction digits out.
import { minorUnits } from "../money/currencies.ts"
import { power10 } from "./decimal-fast.ts"
import { formatCents } from "./format-cents.ts"

const ZEROS = "000000000000000"

/** `formatFast(117950, 2)` is "1179.50". `value` is a safe integer, `scale` 0..15. */
export function formatFast(value: number, scale: number): string {
  if (scale === 0) return `${value}`
  if (value < 0) return `-${formatFast(0 - value, scale)}`
  if (scale === 2) return formatCents(value)
  const power = power10(scale)
  const whole = Math.floor(value / power)
  const rest = value - whole * power
  const digits = `${rest}`
  return digits.length === scale
    ? `${whole}.${digits}`
    : `${whole}.${ZEROS.slice(0, scale - digits.length)}${digits}`
}

/**
 * The same for a value that was read from `text` and is written as it stood. A text that has all digits of the scale is
 * canonical already (leading zeros were refused); only `-0.00` is written anew.
 */
export function formatRead(text: unknown, value: number, scale: number): string {
  return typeof text === "string" &&
    text.charCodeAt(text.length - scale - 1) === 46 &&
    (value !== 0 || text.charCodeAt(0) !== 45)
    ? text
    : formatFast(value, scale)
}

/** With exactly the fraction digits of the currency; the value was checked to need no more. */
export function formatMinorFast(value: number, scale: number, currency: string): string {
  const minor = minorUnits(currency)
  if (minor === undefined || minor >= scale) return formatFast(value, scale)
  return formatFast(value / power10(scale - minor), minor)
}
