// Which answers need the files of a calendar. Flows in: a question and where the calendar's parts stand. Flows out: yes (reference data that
// the caller passes) or no (the declaration says it all). Checker, interpreter and emitters ask here, so that they agree.
import type { CalendarOperation } from "./expression.ts"

interface Files {
  readonly periods: object | null
  readonly status: object | null
  readonly holidays: object | null
}

export function needsFile(operation: CalendarOperation, files: Files): boolean {
  switch (operation) {
    case "open_period_of":
    case "next_open_period_of":
    case "is_open":
      return true
    case "period_of":
    case "start_of":
    case "end_of":
    case "year_of":
    case "number_of":
    case "regular":
    case "is_adjustment":
    case "add_periods":
    case "periods_between":
    case "period_at":
    case "format_period":
      return files.periods !== null
    case "is_business_day":
    case "next_business_day":
    case "previous_business_day":
    case "add_business_days":
    case "business_days_between":
      return files.periods !== null || files.holidays !== null
  }
}
