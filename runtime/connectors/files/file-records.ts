// Records of a file and back. Flows in: bytes and a format. Flows out: records with their lines, or what is wrong and where; bytes of records. CSV cells are texts: what they
// mean is the contract's. An empty cell is an absent value.
import { createReadStream } from "node:fs"
import { CallFailed } from "../../flow/port/failures.ts"
import { splitCsv } from "../../formats/csv/split-csv.ts"
import { readJson } from "../../formats/json/read-json.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { splitLines } from "../../formats/ndjson/split-lines.ts"
import { encodeText } from "../../formats/text/encoding.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import type { FileFormat } from "./files-options.ts"

export type FileRecord = { readonly line: number } & (
  | { readonly value: unknown }
  | { readonly problem: string }
)

export async function* recordsOfFile(path: string, format: FileFormat): AsyncGenerator<FileRecord> {
  const chunks = createReadStream(path)
  yield* format.kind === "csv" ? csvRecords(chunks, format) : jsonLines(chunks)
}

async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  for await (const line of splitLines(chunks)) {
    if ("problem" in line) yield { line: line.line, problem: `The line is ${line.problem}.` }
    else {
      const read = readJson(line.text)
      yield { line: line.line, ...("ok" in read ? { value: read.ok } : { problem: read.refused.message }) }
    }
  }
}

type Csv = Extract<FileFormat, { kind: "csv" }>

function formOf({ delimiter = ",", quote = '"', encoding = "utf-8" }: Csv) {
  return { delimiter, quote, encoding }
}

async function* csvRecords(chunks: AsyncIterable<Uint8Array>, format: Csv): AsyncGenerator<FileRecord> {
  let names: readonly string[] | undefined
  for await (const row of splitCsv(chunks, formOf(format))) {
    const { line } = row
    if ("problem" in row) yield { line, problem: row.problem.message }
    else if (names === undefined) {
      names = row.cells
      const problem = headerProblem(names)
      if (problem !== undefined) return yield { line, problem }
    } else if (row.cells.length !== names.length)
      yield { line, problem: `The row has ${row.cells.length} cells; there are ${names.length} columns.` }
    else yield { line, value: recordOf(names, row.cells) }
  }
}

function headerProblem(names: readonly string[]): string | undefined {
  if (names.some(name => name === "")) return "A column has no name."
  const double = names.find((name, i) => names.indexOf(name) !== i)
  return double === undefined ? undefined : `The column ${JSON.stringify(double)} is there twice.`
}

function recordOf(names: readonly string[], cells: readonly string[]): unknown {
  const record = Object.create(null) as Record<string, unknown>
  for (const [i, name] of names.entries()) {
    const cell = cells[i] ?? ""
    if (cell !== "") record[name] = cell
  }
  return record
}

export function bytesOfRecords(
  records: readonly Readonly<Record<string, unknown>>[],
  format: FileFormat,
  columns: readonly string[] | undefined,
): Uint8Array {
  if (format.kind === "ndjson")
    return Buffer.from(records.map(record => `${writeJson(record)}\n`).join(""), "utf8")
  const names = columns ?? Object.keys(records[0] ?? {})
  for (const [i, record] of records.entries()) {
    const stranger = Object.keys(record).find(name => !names.includes(name))
    if (stranger !== undefined)
      throw unwritable(`Record ${i + 1} has ${stranger}, for which there is no column.`)
  }
  const form = formOf(format)
  const lines = [
    names,
    ...records.map(record => names.map(name => cellText(memberOf(record, name), name, format))),
  ]
  const text = lines.map(cells => cells.map(cell => quoted(cell, form)).join(form.delimiter)).join("\r\n")
  const bytes = encodeText(`${form.encoding === "utf-16" ? "\ufeff" : ""}${text}\r\n`, form.encoding)
  if (bytes === undefined) throw unwritable(`A value has characters that ${form.encoding} lacks.`)
  return bytes
}

function cellText(value: unknown, name: string, { formulas }: Csv): string {
  if (value === undefined || value === null) return ""
  const text = scalarText(value)
  if (text === undefined) throw unwritable(`${name} is a record or a list, which no cell can hold.`)
  const isFormula =
    typeof value === "string" && /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text)
  return isFormula && formulas !== "keep" ? `'${text}` : text
}

function quoted(text: string, { delimiter, quote }: ReturnType<typeof formOf>): string {
  const needs =
    text.includes(delimiter) ||
    /[\r\n]/.test(text) ||
    (quote !== null && text.includes(quote)) ||
    /^[ \t]+$/.test(text)
  if (!needs) return text
  if (quote === null) throw unwritable("A value needs quotes, and the file has none.")
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`
}

function unwritable(message: string): CallFailed {
  return new CallFailed("rejected", "UNWRITABLE", message)
}
