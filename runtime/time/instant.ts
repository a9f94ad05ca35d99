// Points in time. Flows in: ISO text with an offset; flows out: canonical UTC `yyyy-MM-ddTHH:mm:ss[.f…]Z`, shortest fraction.
// Canonical instants are compared with `compareInstants`, not as text ("…00Z" is before "…00.5Z").
import { dateOfDayNumber, dayNumberOfDate } from "./date.ts"
import { datetimeProblem } from "./datetime.ts"
import { type ParsedTime, padded, shortestFraction } from "./parsed.ts"

const isoInstant =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,12}))?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))$/

/** `2026-03-31T09:00:00[.f…]` with `Z`, `+01:00` or `+0100`. */
export function parseInstant(text: string): ParsedTime {
  const match = isoInstant.exec(text)
  if (match === null) return { problem: "The text is not a point in time in ISO form with its offset" }
  const [, local = "", fraction = "", sign = "", hours = "0", minutes = "0"] = match
  const problem = datetimeProblem(local)
  if (problem !== undefined) return { problem }
  if (Number(hours) > 23 || Number(minutes) > 59) return { problem: "The offset from UTC is beyond 23:59" }
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1)
  const utc = offset === 0 ? local : shiftMinutes(local, -offset)
  if (utc === undefined) return { problem: "The point in time is outside the years 0001 to 9999 in UTC" }
  return { text: `${utc}${shortestFraction(fraction)}Z` }
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
