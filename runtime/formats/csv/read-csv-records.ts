// CSV as records of a contract. Flows in: bytes, the transport and the contract's shapes; flows out: a record a row, with its line, or one of all rows
// where the contract is a whole file. The header names the fields; an empty cell is an absent value; which of two fields a cell meant is never guessed.
import { pointer } from "../../results/pointer.ts"
import { valueOfText } from "../wire/scalar-text.ts"
import type { Chunks, WireProblem, WireRecord } from "../wire/wire-record.ts"
import type { CsvTransport, Holds, PayloadShape } from "../wire/wire-spec.ts"
import { figureReader } from "./figure-text.ts"
import { splitCsv } from "./split-csv.ts"
import { rowShape, wholeFile } from "./whole-file.ts"

export async function* readCsvRecords(
  chunks: Chunks,
  form: CsvTransport,
  shapes: readonly PayloadShape[],
): AsyncGenerator<WireRecord, void, undefined> {
  const rows = readRows(chunks, form, rowShape(shapes))
  const file = wholeFile(shapes)
  if (file === null) yield* rows
  else yield await fileOf(rows, file.name)
}

/** A file without one of its rows would be another file: the first that cannot be read stands for it. */
async function fileOf(rows: AsyncIterable<WireRecord>, name: string): Promise<WireRecord> {
  const values: unknown[] = []
  for await (const row of rows) {
    if ("problem" in row) return { ...row, number: 1 }
    values.push(row.value)
  }
  const value: Record<string, unknown> = {}
  put(value, name, values)
  return { number: 1, place: "", value }
}

async function* readRows(
  chunks: Chunks,
  form: CsvTransport,
  shape: PayloadShape,
): AsyncGenerator<WireRecord, void, undefined> {
  const read = figureReader(form)
  let columns = form.header
    ? null
    : columnsOf(
        shape.fields.map(field => field.name),
        shape,
      )
  let number = 0
  for await (const row of splitCsv(chunks, form)) {
    const { line } = row
    const place = `line ${line}`
    if (columns === null) {
      const problem = "problem" in row ? row.problem : headerProblem(row.cells)
      if (problem !== undefined) {
        yield { number: 1, line, place, problem }
        return
      }
      columns = "cells" in row ? columnsOf(row.cells, shape) : []
      continue
    }
    number++
    if ("problem" in row) yield { number, line, place, problem: row.problem }
    else yield { number, line, place, ...recordOf(row.cells, columns, read) }
  }
  if (columns === null) {
    const problem = { code: "BAD_HEADER", message: "The file has no header row." }
    yield { number: 1, line: 1, place: "line 1", problem }
  }
}

interface Column {
  readonly name: string
  readonly holds: Holds
}

/** Columns that the contract does not name are read as text: a closed contract refuses them. */
function columnsOf(names: readonly string[], { fields }: PayloadShape): readonly Column[] {
  const known = new Map(fields.map(field => [field.name, field.holds]))
  return names.map(name => ({ name, holds: known.get(name) ?? { kind: "text" } }))
}

function headerProblem(names: readonly string[]): WireProblem | undefined {
  const message = names.includes("")
    ? "A column of the header has no name."
    : new Set(names).size < names.length
      ? "Two columns of the header have one name."
      : undefined
  return message === undefined ? undefined : { code: "BAD_HEADER", message }
}

function recordOf(
  cells: readonly string[],
  columns: readonly Column[],
  read: (cell: string) => string | undefined,
): { readonly value: unknown } | { readonly problem: WireProblem } {
  if (cells.length !== columns.length) {
    const message = `The row has ${cells.length} cells, and there are ${columns.length} columns.`
    return { problem: { code: "RAGGED_ROW", message } }
  }
  const record: Record<string, unknown> = {}
  for (const [i, { name, holds }] of columns.entries()) {
    const cell = cells[i] ?? ""
    if (cell === "") continue
    const isFigure = holds.kind === "figure" || holds.kind === "number"
    const text = isFigure ? read(cell) : cell
    if (text === undefined) {
      const message = "The cell is no figure in the form the file is said to have."
      return { problem: { code: "BAD_NUMBER", message, pointer: pointer("", name) } }
    }
    put(record, name, valueOfText(text, holds))
  }
  return { value: record }
}

/** `__proto__` is a name like any other. */
function put(record: Record<string, unknown>, name: string, value: unknown): void {
  if (name in record)
    Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true })
  else record[name] = value
}
