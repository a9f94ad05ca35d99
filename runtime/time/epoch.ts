// Epoch counts. Flows in: an exact number of milliseconds or seconds since 1970-01-01T00:00:00Z; flows out: the reading of a UTC
// clock as a canonical datetime, and back. Exact: fractions of a millisecond survive both ways.
import { powerOfTen } from "../decimal/powers.ts"
import { type Decimal, parseDecimal } from "../decimal/scaled.ts"
import { dateOfDayNumber, dayNumberOfDate } from "./date.ts"
import { type ParsedTime, padded, shortestFraction } from "./parsed.ts"

const fractionDigits = 12
const day = 86_400n

/** Undefined years and more than 12 fraction digits of a second are problems. */
export function datetimeOfEpoch(count: Decimal, unit: "ms" | "s"): ParsedTime {
  const scale = count.scale + (unit === "ms" ? 3 : 0)
  const divisor = powerOfTen(scale)
  const seconds = floorDivide(count.unscaled, divisor)
  const fraction = shortestFraction(
    (count.unscaled - seconds * divisor).toString().padStart(scale, "0").slice(0, scale),
  )
  if (fraction.length > fractionDigits + 1)
    return { problem: "The time has more than 12 fraction digits of a second" }
  const days = floorDivide(seconds, day)
  const date = days > -1_000_000n && days < 3_000_000n ? dateOfDayNumber(Number(days)) : undefined
  if (date === undefined) return { problem: "The time is outside the years 0001 to 9999" }
  const rest = Number(seconds - days * day)
  const clock = `${padded(Math.floor(rest / 3600), 2)}:${padded(Math.floor(rest / 60) % 60, 2)}:${padded(rest % 60, 2)}`
  return { text: `${date}T${clock}${fraction}` }
}

/** The exact count of a canonical datetime read from a UTC clock. */
export function epochOfDatetime(datetime: string, unit: "ms" | "s"): Decimal {
  const seconds =
    BigInt(dayNumberOfDate(datetime)) * day +
    BigInt(
      Number(datetime.slice(11, 13)) * 3600 +
        Number(datetime.slice(14, 16)) * 60 +
        Number(datetime.slice(17, 19)),
    )
  const digits = datetime.slice(20)
  const scale = digits.length
  const unscaled =
    seconds * powerOfTen(scale) + (parseDecimal(digits.replace(/^0+(?=.)/, ""))?.unscaled ?? 0n)
  if (unit === "s") return { unscaled, scale }
  return scale >= 3
    ? { unscaled, scale: scale - 3 }
    : { unscaled: unscaled * powerOfTen(3 - scale), scale: 0 }
}

function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient
}
