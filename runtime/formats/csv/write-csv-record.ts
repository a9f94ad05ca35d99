// Records as CSV. Flows in: a payload, the transport and the contract's shapes; flows out: its row as bytes, all rows where the contract is a whole file, or
// why it cannot be written. Whatever it writes, the reader reads back the same, but an empty text: CSV has no word for it, so it is an absent value.
import { pointer } from "../../results/pointer.ts"
import { encodeText } from "../text/encoding.ts"
import { textOfValue } from "../wire/scalar-text.ts"
import type { WireProblem } from "../wire/wire-record.ts"
import type { CsvTransport, PayloadShape } from "../wire/wire-spec.ts"
import { writtenFigure } from "./figure-text.ts"
import { rowShape, wholeFile } from "./whole-file.ts"

export type Written = { readonly bytes: Uint8Array } | { readonly problem: WireProblem }

/** What stands before the first row: the byte order mark of UTF-16, the header. */
export function csvBeginning(form: CsvTransport, shapes: readonly PayloadShape[]): Written {
  const mark = form.encoding === "utf-16" ? "\ufeff" : ""
  if (!form.header) return encoded(mark, form)
  return row(
    rowShape(shapes).fields.map(({ name }) => ({ name, text: name })),
    form,
    mark,
  )
}

export function writeCsvRecord(
  record: unknown,
  form: CsvTransport,
  shapes: readonly PayloadShape[],
): Written {
  const file = wholeFile(shapes)
  if (file === null) return writeRow(record, form, rowShape(shapes))
  const rows = memberOf(record, file.name)
  const parts: Uint8Array[] = []
  for (const [i, each] of (Array.isArray(rows) ? rows : []).entries()) {
    const written = writeRow(each, form, file.row)
    if ("bytes" in written) parts.push(written.bytes)
    else {
      const { problem } = written
      return {
        problem: { ...problem, pointer: `${pointer(pointer("", file.name), i)}${problem.pointer ?? ""}` },
      }
    }
  }
  return { bytes: joined(parts) }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function memberOf(record: unknown, name: string): unknown {
  const object = typeof record === "object" && record !== null ? record : {}
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

function writeRow(record: unknown, form: CsvTransport, shape: PayloadShape): Written {
  const cells: Cell[] = []
  for (const { name, holds } of shape.fields) {
    const value = memberOf(record, name)
    const text = value === undefined || value === null ? "" : textOfValue(value)
    if (text === undefined) return unwritable("A cell cannot hold this value.", name)
    const isFigure = holds.kind === "figure" || holds.kind === "number"
    cells.push({ name, text: isFigure ? writtenFigure(text, form) : text })
  }
  return row(cells, form, "")
}

interface Cell {
  readonly name: string
  readonly text: string
}

function row(cells: readonly Cell[], form: CsvTransport, before: string): Written {
  const { quote, delimiter } = form
  const texts: string[] = []
  for (const { name, text } of cells) {
    if (text.includes("\0")) return unwritable("A cell cannot hold a NUL character.", name)
    const isPlain = !(
      text.includes(delimiter) ||
      /[\r\n]/.test(text) ||
      (quote !== null && text.includes(quote))
    )
    // blanks alone would make a line of blanks, which is none
    const isClear = isPlain && !/^[ \t]+$/.test(text) && !text.startsWith("\ufeff")
    if (isClear) texts.push(text)
    else if (quote !== null) texts.push(`${quote}${text.replaceAll(quote, quote + quote)}${quote}`)
    else return unwritable("The value needs quotes, and the file is said to have none.", name)
  }
  const line = texts.join(delimiter)
  const isBlank = line === "" && cells.length > 0
  if (isBlank && quote === null)
    return unwritable("A row without values would be no row: there are no quotes to show it.", "")
  const bytes = encoded(`${before}${isBlank ? `${quote}${quote}` : line}\r\n`, form)
  if ("bytes" in bytes) return bytes
  const lacking = cells.find(({ text }) => encodeText(text, form.encoding) === undefined)
  return unwritable(`The value has characters that ${form.encoding} lacks.`, lacking?.name ?? "")
}

function encoded(text: string, form: CsvTransport): Written {
  const bytes = encodeText(text, form.encoding)
  return bytes === undefined ? unwritable(`${form.encoding} lacks a character.`, "") : { bytes }
}

function unwritable(message: string, name: string): Written {
  return { problem: { code: "UNWRITABLE", message, pointer: name === "" ? "" : pointer("", name) } }
}
