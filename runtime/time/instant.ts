// Points in time. Flows in: ISO text with an offset; flows out: canonical UTC `yyyy-MM-ddTHH:mm:ss[.f…]Z`, shortest fraction.
// Canonical instants are compared with `compareInstants`, not as text ("…00Z" is before "…00.5Z").
import { dateOfDayNumber, dayNumberOfDate } from "./date.ts"
import { datetimeProblem } from "./datetime.ts"
import { digitsAt, type ParsedTime, padded, shortestFraction } from "./parsed.ts"

const isoInstant =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,12})?(?:Z|[+-][0-9]{2}:?[0-9]{2})$/

/** `2026-03-31T09:00:00[.f…]` with `Z`, `+01:00` or `+0100`. */
export function parseInstant(text: string): ParsedTime {
  if (!isoInstant.test(text))
    return {
      problem: "The text is not a point in time in ISO form with its offset, such as 2026-03-31T09:00:00Z",
    }
  const problem = datetimeProblem(text)
  if (problem !== undefined) return { problem }
  if (text.length === 20) return { text }
  const zone = text.endsWith("Z") ? text.length - 1 : Math.max(text.lastIndexOf("+"), text.lastIndexOf("-"))
  const fraction = zone > 19 ? shortestFraction(text.slice(20, zone)) : ""
  const offset = zone === text.length - 1 ? 0 : offsetMinutes(text, zone)
  if (offset === undefined) return { problem: "The offset from UTC is beyond 23:59" }
  const local = text.slice(0, 19)
  const utc = offset === 0 ? local : shiftMinutes(local, -offset)
  if (utc === undefined) return { problem: "The point in time is outside the years 0001 to 9999 in UTC" }
  return { text: `${utc}${fraction}Z` }
}

/** The offset that begins at `sign`. */
function offsetMinutes(text: string, sign: number): number | undefined {
  const hours = digitsAt(text, sign + 1, 2)
  const minutes = digitsAt(text, text.length - 2, 2)
  if (hours > 23 || minutes > 59) return undefined
  return (hours * 60 + minutes) * (text.charAt(sign) === "-" ? -1 : 1)
}

/** -1, 0 or 1, by time; for canonical instants. */
export function compareInstants(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  return a.slice(0, -1) < b.slice(0, -1) ? -1 : 1
}

/** A canonical datetime without fraction, moved by less than a day. */
function shiftMinutes(local: string, minutes: number): string | undefined {
  const moved = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)) + minutes
  const date = dateOfDayNumber(dayNumberOfDate(local.slice(0, 10)) + Math.floor(moved / 1440))
  if (date === undefined) return undefined
  const minuteOfDay = ((moved % 1440) + 1440) % 1440
  return `${date}T${padded(Math.floor(minuteOfDay / 60), 2)}:${padded(minuteOfDay % 60, 2)}${local.slice(16)}`
}
