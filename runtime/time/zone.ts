// Time zones by their names in tzdata. Flows in: a name, a point in time or a local time. Flows out: the other one, by the rules the engine's
// tzdata knows; nothing else of the engine is asked, no clock and no locale. Fractions of a second pass through.
import { calendarDate, dayNumber, firstDay, lastDay } from "./calendar.ts"
import { padded } from "./parsed.ts"

export interface Zone {
  readonly name: string
  /** Seconds that local time is ahead of UTC at a count of seconds since 1970-01-01T00:00:00Z. */
  readonly offsetAt: (seconds: number) => number
}

/** What a local time stands for where the clock skips or repeats it: nothing, the earlier or the later point in time. */
export type ZonePolicy = "refuse" | "earlier" | "later"

const nameForm = /^[A-Z][A-Za-z_]*(?:[/+-][A-Za-z0-9_+-]+)*$/

/** `Europe/Berlin`, `UTC`; not `+01:00`, which is no place and knows no summer time. */
export function isZoneName(name: string): boolean {
  if (!nameForm.test(name)) return false
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Throws for a name the engine's tzdata does not know: the compiler has seen it known. */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })
  return {
    name,
    offsetAt: seconds => {
      const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
      let beforeChrist = false
      for (const { type, value } of format.formatToParts(seconds * 1000)) {
        if (type in part) part[type as keyof typeof part] = Number(value)
        else if (type === "era") beforeChrist = value.startsWith("B")
      }
      const year = beforeChrist ? 1 - part.year : part.year
      const days = dayNumber(year, part.month, part.day)
      return days * 86_400 + part.hour * 3600 + part.minute * 60 + part.second - seconds
    },
  }
}

/** The local time of a canonical instant; undefined where it is outside of the years 0001 to 9999. */
export function datetimeOf(instant: string, zone: Zone): string | undefined {
  const seconds = secondsOf(instant)
  const text = localText(seconds + zone.offsetAt(seconds))
  return text === undefined ? undefined : `${text}${instant.slice(19, -1)}`
}

/** The day of a canonical instant in the zone. */
export function dateOf(instant: string, zone: Zone): string | undefined {
  return datetimeOf(instant, zone)?.slice(0, 10)
}

/**
 * The instant of a canonical local time. Undefined where the clock skips or repeats it and the policy refuses, and outside of the years.
 * Of a time that is skipped the earlier instant is read with the offset after the jump, the later one with the offset before.
 */
export function instantOf(datetime: string, zone: Zone, policy: ZonePolicy): string | undefined {
  const local = secondsOf(datetime)
  const before = zone.offsetAt(local - 86_400)
  const after = zone.offsetAt(local + 86_400)
  const found = [...new Set([before, after])]
    .map(offset => ({ offset, seconds: local - offset }))
    .filter(({ offset, seconds }) => zone.offsetAt(seconds) === offset)
    .map(({ seconds }) => seconds)
  const options = found.length > 0 ? found : [local - after, local - before]
  if (found.length !== 1 && policy === "refuse") return undefined
  const seconds = policy === "later" ? Math.max(...options) : Math.min(...options)
  const text = localText(seconds)
  return text === undefined ? undefined : `${text}${datetime.slice(19)}Z`
}

function secondsOf(text: string): number {
  const digits = (from: number, count: number): number => Number(text.slice(from, from + count))
  return (
    dayNumber(digits(0, 4), digits(5, 2), digits(8, 2)) * 86_400 +
    digits(11, 2) * 3600 +
    digits(14, 2) * 60 +
    digits(17, 2)
  )
}

function localText(seconds: number): string | undefined {
  const days = Math.floor(seconds / 86_400)
  if (days < firstDay || days > lastDay) return undefined
  const { year, month, day } = calendarDate(days)
  const rest = seconds - days * 86_400
  const clock = `${padded(Math.floor(rest / 3600), 2)}:${padded(Math.floor(rest / 60) % 60, 2)}:${padded(rest % 60, 2)}`
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clock}`
}
