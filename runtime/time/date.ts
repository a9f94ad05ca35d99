// Calendar dates. Flows in: text or a day number; flows out: canonical `yyyy-MM-dd`, which sorts as text. Knows no zone.
import { calendarDate, dayNumber, daysInMonth, firstDay, isCalendarDate, lastDay } from "./calendar.ts"
import { digitsAt, type ParsedTime, padded } from "./parsed.ts"

const isoDate = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

/** `2026-03-31`, a real day of the years 0001 to 9999. */
export function parseDate(text: string): ParsedTime {
  if (!isoDate.test(text)) return { problem: "The text is not a date in ISO form, such as 2026-03-31" }
  const problem = dateProblem(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2))
  return problem === undefined ? { text } : { problem }
}

/** Why year, month and day are no date, or undefined. */
export function dateProblem(year: number, month: number, day: number): string | undefined {
  if (year < 1 || year > 9999) return "The year is not within 0001 to 9999"
  if (month < 1 || month > 12) return "The month is not within 1 to 12"
  if (!isCalendarDate(year, month, day))
    return `The month has ${daysInMonth(year, month)} days, the day is not one of them`
  return undefined
}

/** Canonical text of a day number; undefined outside the years 0001 to 9999. */
export function dateOfDayNumber(days: number): string | undefined {
  if (days < firstDay || days > lastDay) return undefined
  const { year, month, day } = calendarDate(days)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

/** Days since 1970-01-01 of canonical text. */
export function dayNumberOfDate(date: string): number {
  return dayNumber(digitsAt(date, 0, 4), digitsAt(date, 5, 2), digitsAt(date, 8, 2))
}

/** The date of a canonical datetime at midnight; undefined for another time of day. */
export function dateOfDatetime(datetime: string): string | undefined {
  return datetime.slice(10) === "T00:00:00" ? datetime.slice(0, 10) : undefined
}
