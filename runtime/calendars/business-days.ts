// Days of business: those that are neither weekend nor holiday. Flows in: a calendar, canonical dates, counts as bigint. Flows out: the same;
// undefined where the list of holidays does not speak about a day that had to be looked at.
import { dateOfDayNumber, dayNumberOfDate } from "../time/date.ts"
import { weekdayOf } from "../time/weekday.ts"
import type { Calendar } from "./calendar.ts"

/** More days are never looked at one by one. */
const mostDays = 100_000

export function is_business_day(calendar: Calendar, date: string): boolean | undefined {
  return isOpen(calendar, dayNumberOfDate(date))
}

/** The day itself, or the first after it. */
export function next_business_day(calendar: Calendar, date: string): string | undefined {
  return walk(calendar, dayNumberOfDate(date) - 1, 1n, 1)
}

/** The day itself, or the last before it. */
export function previous_business_day(calendar: Calendar, date: string): string | undefined {
  return walk(calendar, dayNumberOfDate(date) + 1, 1n, -1)
}

/** The n-th business day after a day, or before it; of 0 the day itself, whatever it is. */
export function add_business_days(calendar: Calendar, date: string, count: bigint): string | undefined {
  if (count === 0n) return date
  return walk(calendar, dayNumberOfDate(date), count < 0n ? -count : count, count < 0n ? -1 : 1)
}

/** The business days after the first day, up to and with the second; negative backwards. */
export function business_days_between(calendar: Calendar, from: string, to: string): bigint | undefined {
  const [start, end] = [dayNumberOfDate(from), dayNumberOfDate(to)]
  if (Math.abs(end - start) > mostDays) return undefined
  // Backwards the day it starts from is not counted either, and the day it leads to is.
  const [first, last] = end < start ? [end, start - 1] : [start + 1, end]
  let count = 0n
  for (let day = first; day <= last; day++) {
    const open = isOpen(calendar, day)
    if (open === undefined) return undefined
    if (open) count++
  }
  return end < start ? -count : count
}

function isOpen({ known, isWeekend, isHoliday }: Calendar, day: number): boolean | undefined {
  if (known !== null && (day < known.first || day > known.last)) return undefined
  return !isWeekend(weekdayOf(day)) && !isHoliday(day)
}

function walk(calendar: Calendar, from: number, count: bigint, step: 1 | -1): string | undefined {
  let left = count
  for (let moved = 1; moved <= mostDays; moved++) {
    const day = from + moved * step
    const open = isOpen(calendar, day)
    const date = dateOfDayNumber(day)
    if (open === undefined || date === undefined) return undefined
    if (open && --left === 0n) return date
  }
  return undefined
}
