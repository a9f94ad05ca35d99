// Periods that stand in a file. Flows in: its rows and where fiscal years begin. Flows out: regular periods by time without gap or
// overlap, and adjustment periods; a file that does not tell one period of every day is refused.
import { calendarDate, dayNumber } from "../time/calendar.ts"
import { dateOfDayNumber } from "../time/date.ts"
import { type CalendarPeriod, periodText } from "./calendar.ts"
import type { FileProblem, FileRow, ReportProblem } from "./calendar-file.ts"
import type { YearPeriods } from "./month-periods.ts"
import type { FileRules } from "./spec.ts"

interface Read {
  readonly row: FileRow
  readonly id: string
  readonly start: number
  readonly end: number
  readonly adjustment: boolean
  readonly closed: boolean | null
  readonly given: { readonly year: number; readonly number: number } | null
}

export function filePeriods(rows: readonly FileRow[], rules: FileRules, report: ReportProblem): YearPeriods {
  const read = rows.flatMap(row => readRow(row, report))
  if (read.length < rows.length) return { regular: [], adjustments: [] }
  const problem = (row: FileRow, name: string, code: FileProblem["code"], message: string): void =>
    report({ row: row.line, column: row.header(name), code, message })
  const ids = new Map<string, FileRow>()
  for (const { row, id } of read) {
    const first = ids.get(id)
    if (first === undefined) ids.set(id, row)
    else
      problem(
        row,
        "id",
        "DUPLICATE_KEY",
        `The period ${JSON.stringify(id.slice(0, 80))} stands already in line ${first.line}.`,
      )
  }
  const unique = read.filter(({ row, id }) => ids.get(id) === row)
  const regular = unique.filter(one => !one.adjustment).sort((a, b) => a.start - b.start)
  regular.forEach((one, index) => {
    const before = regular[index - 1]
    if (before === undefined) return
    if (one.start <= before.end)
      problem(
        one.row,
        "start",
        "OVERLAP",
        `The period begins before ${shown(before.end)}, when the period of line ${before.row.line} ends.`,
      )
    else if (one.start > before.end + 1)
      problem(
        one.row,
        "start",
        "GAP",
        `No period holds the days from ${shown(before.end + 1)} to ${shown(one.start - 1)}.`,
      )
  })
  const [first] = regular
  const last = regular.at(-1)
  for (const { row, end } of unique.filter(one => one.adjustment))
    if (first === undefined || last === undefined || end < first.start || end > last.end)
      problem(row, "end", "GAP", "No regular period holds the last day of this adjustment period.")
  if (first !== undefined && first.given === null && yearStart(first.start, rules) !== first.start)
    problem(
      first.row,
      "start",
      "GAP",
      "The first period begins in the middle of a fiscal year; begin with its first period, or name the columns year and number.",
    )
  return numbered(
    regular,
    unique.filter(one => one.adjustment),
    rules,
    report,
  )
}

function readRow(row: FileRow, report: ReportProblem): readonly Read[] {
  const id = row.text("id")
  const start = row.day("start")
  const end = row.day("end")
  const adjustment = row.has("adjust") ? row.flag("adjust") : false
  const closed = row.has("closed") ? row.flag("closed") : null
  const year = row.count("year")
  const number = row.count("number")
  if (
    id === undefined ||
    start === undefined ||
    end === undefined ||
    adjustment === undefined ||
    closed === undefined
  )
    return []
  if (start > end) {
    report({
      row: row.line,
      column: row.header("end"),
      code: "BAD_CELL",
      message: "The period ends before it begins.",
    })
    return []
  }
  if (!row.has("year")) return [{ row, id, start, end, adjustment, closed, given: null }]
  if (year === undefined || number === undefined) return []
  if (number < 1 || number > 99) {
    report({
      row: row.line,
      column: row.header("number"),
      code: "BAD_CELL",
      message: "A period has a number of 1 to 99.",
    })
    return []
  }
  return [{ row, id, start, end, adjustment, closed, given: { year, number } }]
}

/** Regular periods are counted in each year, adjustment periods after them in the order of the file. */
function numbered(
  regular: readonly Read[],
  adjustments: readonly Read[],
  rules: FileRules,
  report: ReportProblem,
): YearPeriods {
  const counts = new Map<number, number>()
  const taken = new Map<string, FileRow>()
  const period = (one: Read, day: number): CalendarPeriod => {
    const year = one.given?.year ?? yearName(day, rules)
    const number = one.given?.number ?? (counts.get(year) ?? 0) + 1
    counts.set(year, number)
    const text = periodText(year, number)
    const first = taken.get(text)
    if (first !== undefined)
      report({
        row: one.row.line,
        column: one.row.header("number"),
        code: "DUPLICATE_KEY",
        message: `Period ${number} of ${year} stands already in line ${first.line}.`,
      })
    taken.set(text, one.row)
    const { id, start, end, adjustment, closed } = one
    return { text, year, number, start, end, adjustment, id, closed }
  }
  return {
    regular: regular.map(one => period(one, one.start)),
    // It belongs to the year in which its last day lies, as its regular period does.
    adjustments: adjustments.map(one => {
      const own = regular.filter(other => other.start <= one.end).at(-1)
      return period(one, own?.start ?? one.start)
    }),
  }
}

/** The first day of the fiscal year a day lies in. */
function yearStart(day: number, { month, day: first }: FileRules): number {
  const { year } = calendarDate(day)
  const start = dayNumber(year, month, first)
  return day >= start ? start : dayNumber(year - 1, month, first)
}

function yearName(day: number, rules: FileRules): number {
  const { year } = calendarDate(yearStart(day, rules))
  const spansTwo = rules.month !== 1 || rules.day !== 1
  return spansTwo && rules.namedBy === "end" ? year + 1 : year
}

function shown(day: number): string {
  return dateOfDayNumber(day) ?? ""
}
