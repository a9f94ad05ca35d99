// What can be asked of a calendar, by the names of the Plan: `calendarRuns.period_of(…)` in emitted code. Flows in: a calendar, canonical
// dates and periods, counts as bigint. Flows out: the same; undefined is no answer. A period that the calendar does not have is a
// bug of the caller: the door lets none in.
import { dateOfDayNumber, dayNumberOfDate } from "../time/date.ts"
import { type Calendar, type CalendarPeriod, periodText } from "./calendar.ts"
import { indexOfDay } from "./index-of-day.ts"
import { formatPeriod } from "./period-pattern.ts"

export {
  add_business_days,
  business_days_between,
  is_business_day,
  next_business_day,
  previous_business_day,
} from "./business-days.ts"

/** The regular period a day lies in; undefined outside of the calendar. */
export function period_of(calendar: Calendar, date: string): string | undefined {
  return calendar.regular[indexOfDay(calendar, dayNumberOfDate(date))]?.text
}

/** The same, where it is open. */
export function open_period_of(calendar: Calendar, date: string): string | undefined {
  const period = calendar.regular[indexOfDay(calendar, dayNumberOfDate(date))]
  return period?.closed === false ? period.text : undefined
}

/** The first open period that is not before the day's own. */
export function next_open_period_of(calendar: Calendar, date: string): string | undefined {
  const from = indexOfDay(calendar, dayNumberOfDate(date))
  if (from < 0) return undefined
  return calendar.regular.slice(from).find(period => period.closed === false)?.text
}

export function start_of(calendar: Calendar, period: string): string {
  return dateText(found(calendar, period).start)
}

export function end_of(calendar: Calendar, period: string): string {
  return dateText(found(calendar, period).end)
}

export function year_of(_calendar: Calendar, period: string): bigint {
  return BigInt(period.slice(0, 4))
}

export function number_of(_calendar: Calendar, period: string): bigint {
  return BigInt(period.slice(5))
}

/** The regular period an adjustment period belongs to; a regular one is its own. */
export function regular(calendar: Calendar, period: string): string {
  return calendar.regular[indexOfPeriod(calendar, period)]?.text ?? period
}

export function is_adjustment(calendar: Calendar, period: string): boolean {
  return found(calendar, period).adjustment
}

export function is_open(calendar: Calendar, period: string): boolean {
  return found(calendar, period).closed === false
}

/** Moves by regular periods; undefined outside of the calendar. */
export function add_periods(calendar: Calendar, period: string, count: bigint): string | undefined {
  const index = BigInt(indexOfPeriod(calendar, period)) + count
  return index < 0n || index >= BigInt(calendar.regular.length)
    ? undefined
    : calendar.regular[Number(index)]?.text
}

/** How many regular periods lead from the first to the second. */
export function periods_between(calendar: Calendar, from: string, to: string): bigint {
  return BigInt(indexOfPeriod(calendar, to) - indexOfPeriod(calendar, from))
}

/** The period of a fiscal year by its number; undefined when there is none. */
export function period_at(calendar: Calendar, year: bigint, number: bigint): string | undefined {
  if (year < 0n || year > 9999n || number < 0n || number > 99n) return undefined
  return calendar.find(periodText(Number(year), Number(number)))?.text
}

/** By a pattern such as `MMM yy`; undefined where the period has no month. */
export function format_period(calendar: Calendar, period: string, pattern: string): string | undefined {
  return formatPeriod(found(calendar, period), pattern)
}

function found(calendar: Calendar, period: string): CalendarPeriod {
  const one = calendar.find(period)
  if (one === undefined) throw new RangeError(`The calendar ${calendar.name} has no period ${period}.`)
  return one
}

function indexOfPeriod(calendar: Calendar, period: string): number {
  return calendar.indexOf(found(calendar, period))
}

function dateText(day: number): string {
  return dateOfDayNumber(day) ?? ""
}
