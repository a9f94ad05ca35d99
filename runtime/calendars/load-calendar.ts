// A calendar with its files. Flows in: the spec (plain JSON from the Plan) and a table for each file it names. Flows out: the calendar, or
// every problem with file, row and column. All or nothing: a file with one bad row is not used.
import { sha256 } from "../crosswalks/sha256.ts"
import { type Calendar, type CalendarPeriod, calendarOf } from "./calendar.ts"
import { type CalendarTable, type FileProblem, fileRows } from "./calendar-file.ts"
import { rulePeriods } from "./computed-calendar.ts"
import { filePeriods } from "./file-periods.ts"
import { type HolidayList, readHolidays } from "./read-holidays.ts"
import { readStatus } from "./read-status.ts"
import type { CalendarSpec } from "./spec.ts"

export interface CalendarTables {
  readonly periods?: CalendarTable
  readonly status?: CalendarTable
  readonly holidays?: CalendarTable
}

export interface CalendarProblem extends FileProblem {
  readonly file: keyof CalendarTables
}

export type LoadedCalendar = { readonly ok: Calendar } | { readonly problems: readonly CalendarProblem[] }

/** Throws where a file that the spec names was not given: a bug of the caller. */
export function loadCalendar(spec: CalendarSpec, tables: CalendarTables): LoadedCalendar {
  const problems: CalendarProblem[] = []
  const rowsOf = (file: keyof CalendarTables, optional: readonly string[], required: readonly string[]) => {
    const columns = spec[file]
    if (columns === null) return null
    const table = tables[file]
    if (table === undefined)
      throw new TypeError(`The calendar ${spec.name} reads a file of ${file}, which was not given.`)
    const report = (problem: FileProblem): void => void problems.push({ ...problem, file })
    return { rows: fileRows(table, columns, required, optional, report), report }
  }
  const periods = rowsOf("periods", ["adjust", "closed", "year", "number"], ["id", "start", "end"])
  const status = rowsOf("status", [], ["period", "closed"])
  const holidays = rowsOf("holidays", [], ["date"])

  const { rules } = spec
  const found =
    rules?.kind === "file" && periods !== null
      ? filePeriods(periods.rows, rules, periods.report)
      : rules === null
        ? { regular: [], adjustments: [] }
        : rulePeriods(rules)
  const closed = status === null ? null : readStatus(status.rows, found, status.report)
  const marked = (period: CalendarPeriod): CalendarPeriod =>
    closed === null ? period : { ...period, closed: closed.get(period.text) ?? null }
  const list: HolidayList =
    holidays === null ? { days: [], known: null } : readHolidays(holidays.rows, holidays.report)
  if (problems.length > 0) return { problems }

  const regular = found.regular.map(marked)
  const adjustments = found.adjustments.map(marked)
  return {
    ok: calendarOf({
      name: spec.name,
      snapshot: sha256(JSON.stringify([spec, regular, adjustments, list.days])),
      regular,
      adjustments,
      weekend: spec.weekend ?? [],
      holidays: list.days,
      known: list.known,
    }),
  }
}
