// CSV files as tables of cells. Flows in: text; flows out: columns and rows with their lines, or every problem. Cells stay text, so a
// column named __proto__ is a column. csv-parse (an optional peer) does the quoting; the shape of rows is judged here.
import { CsvError, parse } from "csv-parse/sync"
import type { CrosswalkTable } from "../../crosswalks/load-crosswalk.ts"

/** `line` is where the row begins, 1-based. */
export interface CsvProblem {
  readonly line: number
  readonly code: "BAD_CSV" | "RAGGED_ROW" | "NUL" | "NO_HEADER" | "BAD_HEADER"
  readonly message: string
}

export type CsvResult = { readonly ok: CrosswalkTable } | { readonly problems: readonly CsvProblem[] }

export interface CsvOptions {
  /** One character between cells, a comma when not given. */
  readonly delimiter?: string
}

/**
 * Reads a file with a header row. Quotes `"`, doubled inside; LF or CRLF; a byte order mark is skipped, empty lines are left out.
 * Every row must have as many cells as the header. Cells are not trimmed.
 */
export function readCsv(text: string, options: CsvOptions = {}): CsvResult {
  const nul = text.indexOf("\0")
  if (nul >= 0)
    return {
      problems: [{ line: lineAt(text, nul), code: "NUL", message: "The file holds a NUL character." }],
    }
  let records: readonly Record[]
  try {
    records = parse(text, {
      bom: true,
      delimiter: options.delimiter ?? ",",
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      columns: false,
    }) as unknown as readonly Record[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === "number" ? error.lines : 1
    return {
      problems: [{ line, code: "BAD_CSV", message: `The file is no CSV here: ${plain(error.code)}.` }],
    }
  }
  const header = records[0]
  if (header === undefined)
    return { problems: [{ line: 1, code: "NO_HEADER", message: "The file has no header row." }] }
  const columns = header.record
  const problems: CsvProblem[] = []
  if (columns.some((name, i) => name === "" || columns.indexOf(name) !== i)) {
    problems.push({
      line: 1,
      code: "BAD_HEADER",
      message: "A column of the header has no name, or the name of another.",
    })
  }
  const rows: { line: number; cells: readonly string[] }[] = []
  let before = header.info
  for (const { record, info } of records.slice(1)) {
    // the counts are those at the record's end; a quoted cell may hold lines, and empty lines may stand in front
    const line = before.lines + 1 + info.empty_lines - before.empty_lines
    before = info
    rows.push({ line, cells: record })
    if (record.length !== columns.length) {
      const message = `The row has ${record.length} cells, the header has ${columns.length}.`
      problems.push({ line, code: "RAGGED_ROW", message })
    }
  }
  return problems.length > 0 ? { problems } : { ok: { columns, rows } }
}

interface Record {
  readonly record: readonly string[]
  readonly info: { readonly lines: number; readonly empty_lines: number }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length
}

function plain(code: string): string {
  return code.replace(/^CSV_/, "").replaceAll("_", " ").toLowerCase()
}
