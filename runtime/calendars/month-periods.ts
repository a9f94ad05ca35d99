// The periods of a calendar by months. Flows in: its rules. Flows out: regular and adjustment periods of every fiscal year, by time.
import { dayNumber } from "../time/calendar.ts"
import { type CalendarPeriod, periodText } from "./calendar.ts"
import type { MonthRules } from "./spec.ts"

export interface YearPeriods {
  readonly regular: readonly CalendarPeriod[]
  readonly adjustments: readonly CalendarPeriod[]
}

export function monthPeriods(rules: MonthRules): YearPeriods {
  const regular: CalendarPeriod[] = []
  const adjustments: CalendarPeriod[] = []
  const spansTwo = rules.month !== 1 || rules.day !== 1
  for (let year = rules.from; year <= rules.until; year++) {
    const first = spansTwo && rules.namedBy === "end" ? year - 1 : year
    const startOf = (index: number): number => {
      const month = rules.month - 1 + index
      return dayNumber(first + Math.floor(month / 12), (month % 12) + 1, rules.day)
    }
    for (let index = 0; index < 12; index++)
      regular.push(computedPeriod(year, index + 1, startOf(index), startOf(index + 1) - 1))
    adjustments.push(...adjustmentPeriods(year, 12, rules.adjustments, startOf(12) - 1))
  }
  return { regular, adjustments }
}

export function computedPeriod(year: number, number: number, start: number, end: number): CalendarPeriod {
  return {
    text: periodText(year, number),
    year,
    number,
    start,
    end,
    adjustment: false,
    id: null,
    closed: null,
  }
}

/** They lie on the last day of their year and follow its regular periods. */
export function adjustmentPeriods(
  year: number,
  regular: number,
  count: number,
  lastDay: number,
): readonly CalendarPeriod[] {
  return Array.from({ length: count }, (_, index) => ({
    ...computedPeriod(year, regular + index + 1, lastDay, lastDay),
    adjustment: true,
  }))
}
