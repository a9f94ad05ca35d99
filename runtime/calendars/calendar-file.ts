// One file of a calendar as rows of named cells. Flows in: a table, the columns by what they hold. Flows out: the rows that count, each
// cell readable as text, day, flag or number; what is wrong is reported with row and column.

import { dayNumberOfDate, parseDate } from "../time/date.ts"
import { type Column, findColumn, keepsRow } from "./columns.ts"
import type { CalendarFile } from "./spec.ts"

/** What `readCsv` gives. */
export interface CalendarTable {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** `row` is the line in the file; `column` a header, or "" for the row as a whole. */
export interface FileProblem {
  readonly row: number
  readonly column: string
  readonly code:
    | "MISSING_COLUMN"
    | "DUPLICATE_COLUMN"
    | "BAD_BOOLEAN"
    | "BAD_CELL"
    | "DUPLICATE_KEY"
    | "OVERLAP"
    | "GAP"
    | "NO_ROWS"
  readonly message: string
}
export type ReportProblem = (problem: FileProblem) => void

/** Undefined after a problem was reported, or for a column that is not named. */
export interface FileRow {
  readonly line: number
  readonly text: (name: string) => string | undefined
  readonly day: (name: string) => number | undefined
  readonly flag: (name: string) => boolean | undefined
  readonly count: (name: string) => number | undefined
  readonly header: (name: string) => string
  readonly has: (name: string) => boolean
}

export function fileRows(
  table: CalendarTable,
  file: CalendarFile,
  required: readonly string[],
  optional: readonly string[],
  report: ReportProblem,
): readonly FileRow[] {
  const problems: FileProblem[] = []
  const columns = new Map<string, Column>()
  for (const name of [...required, ...optional]) {
    const named = file.columns.find(column => column.name === name)?.column
    const header = named ?? (required.includes(name) ? name : undefined)
    if (header !== undefined) columns.set(name, findColumn(table.columns, header, problems))
  }
  const filters = file.where.map(filter => ({
    filter,
    column: findColumn(table.columns, filter.column, problems),
  }))
  for (const problem of problems) report(problem)
  if (problems.length > 0) return []
  const rows = table.rows.filter(row =>
    filters.every(({ filter, column }) => {
      const found: FileProblem[] = []
      const kept = keepsRow(filter, column, row, found)
      for (const problem of found) report(problem)
      return kept
    }),
  )
  if (rows.length === 0)
    report({ row: 1, column: "", code: "NO_ROWS", message: "The file has no row that counts." })
  return rows.map(row => fileRow(row.line, row.cells, columns, report))
}

function fileRow(
  line: number,
  cells: readonly string[],
  columns: ReadonlyMap<string, Column>,
  report: ReportProblem,
): FileRow {
  const read = <V>(
    name: string,
    code: FileProblem["code"],
    wanted: string,
    parse: (cell: string) => V | undefined,
  ) => {
    const column = columns.get(name)
    if (column === undefined) return undefined
    const value = parse((cells[column.index] ?? "").trim())
    if (value === undefined)
      report({
        row: line,
        column: column.header,
        code,
        message: `Column "${column.header}": expected ${wanted}.`,
      })
    return value
  }
  return {
    line,
    text: name => read(name, "BAD_CELL", "a text", cell => (cell === "" ? undefined : cell)),
    day: name => read(name, "BAD_CELL", "a date such as 2026-03-31", dayOf),
    flag: name => read(name, "BAD_BOOLEAN", "T or F, true or false, yes or no", flagOf),
    count: name =>
      read(name, "BAD_CELL", "a whole number", cell =>
        /^[0-9]{1,4}$/.test(cell) ? Number(cell) : undefined,
      ),
    header: name => columns.get(name)?.header ?? "",
    has: name => columns.has(name),
  }
}

/** Databases write days with a midnight behind: `2026-03-31 00:00:00`, `2026-03-31T00:00:00.000Z`. */
const midnight = /^(.{10})[T ]0?0:00(?::00(?:\.0+)?)?Z?$/

function dayOf(cell: string): number | undefined {
  const parsed = parseDate(midnight.exec(cell)?.[1] ?? cell)
  return "text" in parsed ? dayNumberOfDate(parsed.text) : undefined
}

function flagOf(cell: string): boolean | undefined {
  const word = cell.toLowerCase()
  if (word === "t" || word === "true" || word === "yes") return true
  return word === "f" || word === "false" || word === "no" ? false : undefined
}
