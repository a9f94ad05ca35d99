// Reads a whole number written as text: digits, with a minus in front where it is negative; no blanks, signs or zeros in front. Pure; see spec.ts for the promise.
import { parseDecimal } from "../../decimal/scaled.ts"

export function parse_int(text: string): bigint | undefined {
  const decimal = parseDecimal(text)
  return decimal?.scale === 0 ? decimal.unscaled : undefined
}
