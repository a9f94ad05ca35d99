// Which periods of a computed calendar are closed. Flows in: the rows of its file, the periods there are. Flows out: a flag by canonical
// text; a period the file does not name is not known to be open.
import type { FileRow, ReportProblem } from "./calendar-file.ts"
import type { YearPeriods } from "./month-periods.ts"

export function readStatus(
  rows: readonly FileRow[],
  periods: YearPeriods,
  report: ReportProblem,
): ReadonlyMap<string, boolean> {
  const known = new Set([...periods.regular, ...periods.adjustments].map(period => period.text))
  const lines = new Map<string, number>()
  const closed = new Map<string, boolean>()
  for (const row of rows) {
    const period = row.text("period")
    const flag = row.flag("closed")
    if (period === undefined || flag === undefined) continue
    const first = lines.get(period)
    const place = { row: row.line, column: row.header("period") }
    if (!known.has(period))
      report({
        ...place,
        code: "BAD_CELL",
        message: `Column "${place.column}": the calendar has no such period; periods are written as 2026-03.`,
      })
    else if (first !== undefined)
      report({
        ...place,
        code: "DUPLICATE_KEY",
        message: `The period ${period} stands already in line ${first}.`,
      })
    else {
      lines.set(period, row.line)
      closed.set(period, flag)
    }
  }
  return closed
}
