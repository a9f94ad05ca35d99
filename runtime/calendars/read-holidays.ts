// The days of a list of holidays. Flows in: the rows of its file. Flows out: the days, and the whole calendar years the list speaks about:
// outside of them nobody knows whether a day is one of business.
import { calendarDate, dayNumber } from "../time/calendar.ts"
import type { Calendar } from "./calendar.ts"
import type { FileRow, ReportProblem } from "./calendar-file.ts"

export interface HolidayList {
  readonly days: readonly number[]
  readonly known: Calendar["known"]
}

export function readHolidays(rows: readonly FileRow[], report: ReportProblem): HolidayList {
  const lines = new Map<number, number>()
  for (const row of rows) {
    const day = row.day("date")
    if (day === undefined) continue
    const first = lines.get(day)
    if (first === undefined) lines.set(day, row.line)
    else
      report({
        row: row.line,
        column: row.header("date"),
        code: "DUPLICATE_KEY",
        message: `The day stands already in line ${first}.`,
      })
  }
  const days = [...lines.keys()].sort((a, b) => a - b)
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return { days, known: null }
  return {
    days,
    known: {
      first: dayNumber(calendarDate(first).year, 1, 1),
      last: dayNumber(calendarDate(last).year, 12, 31),
    },
  }
}
