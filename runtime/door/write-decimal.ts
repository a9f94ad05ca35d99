// Numbers on their way out: the inverse of read-decimal and read-integer. Flows in: an exact value that was already checked;
// flows out: a string, or a JSON number without a lost digit.
import { jsonNumber } from "../decimal/json-number.ts"
import { formatScaled, rescale } from "../decimal/scaled.ts"
import type { JsonNumber } from "../formats/json/exact-number.ts"
import { valueScale } from "./read-decimal.ts"
import type { DecimalSpec, IntegerSpec } from "./spec.ts"

/**
 * `scaled` is at valueScale(spec). Wire text has exactly `scale` fraction digits; where the spec says `fitsMinor` and `minor`
 * is given, exactly the currency's. Throws a RangeError if digits were lost: the value was not checked (a bug of ours).
 */
export function writeDecimal(scaled: bigint, spec: DecimalSpec, minor?: number): string | JsonNumber {
  const wireScale = spec.fraction ? valueScale(spec) : spec.scale
  if (spec.wire === "number") return jsonNumber(scaled, wireScale)
  if (spec.wire === "text") {
    if (!spec.fitsMinor || minor === undefined) return formatScaled(scaled, wireScale)
    return formatScaled(exactly(scaled, wireScale, minor), minor)
  }
  const digits = spec.wire === "minor" ? minor : spec.wire.scaled
  if (digits === undefined) throw new RangeError("An amount in minor units needs its currency's minor units.")
  return jsonNumber(exactly(scaled, wireScale, digits), 0)
}

export function writeInteger(value: bigint, spec: IntegerSpec): string | JsonNumber {
  return spec.wire === "text" ? value.toString() : jsonNumber(value, 0)
}

function exactly(scaled: bigint, from: number, to: number): bigint {
  const result = rescale(scaled, from, to)
  if (result === undefined)
    throw new RangeError(`An amount with more than ${to} fraction digits reached the writer unchecked.`)
  return result
}
