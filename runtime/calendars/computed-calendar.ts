// A calendar whose periods follow from its declaration alone. Flows in: its spec. Flows out: the calendar; a file of closed periods or
// holidays is not part of it (see load-calendar.ts).
import { sha256 } from "../crosswalks/sha256.ts"
import { type Calendar, calendarOf } from "./calendar.ts"
import { monthPeriods, type YearPeriods } from "./month-periods.ts"
import type { CalendarSpec, PeriodRules } from "./spec.ts"
import { weekPeriods } from "./week-periods.ts"

const none: YearPeriods = { regular: [], adjustments: [] }

export function computedCalendar(spec: CalendarSpec): Calendar {
  return calendarOf({
    name: spec.name,
    snapshot: sha256(JSON.stringify(spec)),
    ...(spec.rules === null ? none : rulePeriods(spec.rules)),
    weekend: spec.weekend ?? [],
    holidays: [],
    known: null,
  })
}

/** None for the rules of a file: its periods stand there. */
export function rulePeriods(rules: PeriodRules): YearPeriods {
  switch (rules.kind) {
    case "months":
      return monthPeriods(rules)
    case "weeks":
      return weekPeriods(rules)
    case "file":
      return none
  }
}
