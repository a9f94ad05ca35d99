// The periods of a calendar by whole weeks: 4-4-5 and its kin, or thirteen times four. Flows in: its rules. Flows out: regular and
// adjustment periods of every fiscal year, by time; a year of 53 weeks gives its last week to one period.
import { dayNumber, daysInMonth } from "../time/calendar.ts"
import { weekdayOf } from "../time/weekday.ts"
import type { CalendarPeriod } from "./calendar.ts"
import { adjustmentPeriods, computedPeriod, type YearPeriods } from "./month-periods.ts"
import type { WeekRules } from "./spec.ts"

export function weekPeriods(rules: WeekRules): YearPeriods {
  const regular: CalendarPeriod[] = []
  const adjustments: CalendarPeriod[] = []
  // A year that ends in or around December lies in one calendar year, however it is named.
  const before = rules.namedBy === "start" && rules.month !== 12 ? 1 : 0
  for (let year = rules.from; year <= rules.until; year++) {
    const anchor = year + before
    const end = yearEnd(rules, anchor)
    let start = yearEnd(rules, anchor - 1) + 1
    const isLong = (end - start + 1) / 7 === 53
    rules.lengths.forEach((weeks, index) => {
      const days = 7 * (weeks + (isLong && index + 1 === rules.longPeriod ? 1 : 0))
      regular.push(computedPeriod(year, index + 1, start, start + days - 1))
      start += days
    })
    adjustments.push(...adjustmentPeriods(year, rules.lengths.length, rules.adjustments, end))
  }
  return { regular, adjustments }
}

/** The last day of the fiscal year that ends in, or around, the month of this calendar year. */
function yearEnd({ ends, weekday, month }: WeekRules, year: number): number {
  const last = dayNumber(year, month, daysInMonth(year, month))
  const back = (weekdayOf(last) - weekday + 7) % 7
  return ends === "nearest" && back > 3 ? last + 7 - back : last - back
}
