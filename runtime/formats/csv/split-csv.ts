// Rows of a CSV byte stream. Flows in: chunks of any size; flows out: the cells of each row with the line it begins in, or why that row is
// none. A row that is broken costs one line, never those behind it, and no row takes more memory than the limit.
// It scans bytes, because a line that is not in its encoding must not stop the others.
import { decodeUtf8 } from "../json/utf8.ts"
import { decodeBytes, utf8OfUtf16, withoutMark } from "../text/encoding.ts"
import type { Chunks, WireProblem } from "../wire/wire-record.ts"
import type { CsvTransport, Encoding } from "../wire/wire-spec.ts"

export type CsvRow = { readonly line: number } & (
  | { readonly cells: readonly string[] }
  | { readonly problem: WireProblem }
)

type Form = Pick<CsvTransport, "delimiter" | "quote" | "encoding">

/** In which part of a cell the next byte stands; `closed`: behind the second quote; `ending`: behind a CR after it. */
type Place = "start" | "bare" | "quoted" | "closed" | "ending"

interface Scan {
  held: Uint8Array
  /** Where the row begins and where the next byte to look at is, in `held`. */
  start: number
  at: number
  place: Place
  /** Set when the row is none: the next line end ends it. */
  broken: WireProblem | null
  line: number
}

const newline = 0x0a
const carriageReturn = 0x0d

/** Lines of blanks only are not given. `limit`: bytes of a row, 1 MiB when not given. */
export async function* splitCsv(
  chunks: Chunks,
  form: Form,
  limit = 1 << 20,
): AsyncGenerator<CsvRow, void, undefined> {
  const scan: Scan = { held: new Uint8Array(0), start: 0, at: 0, place: "start", broken: null, line: 1 }
  for await (const chunk of marked(chunks, form.encoding)) {
    hold(scan, chunk)
    yield* rows(scan, form, limit, false)
  }
  yield* rows(scan, form, limit, true)
}

/** Without the byte order mark, and in an encoding that writes line ends as one byte. */
function marked(chunks: Chunks, encoding: Encoding): Chunks {
  if (encoding === "utf-16") return utf8OfUtf16(chunks)
  return encoding === "utf-8" ? withoutMark(chunks) : chunks
}

function hold(scan: Scan, chunk: Uint8Array): void {
  const rest = scan.held.length - scan.start
  const held = new Uint8Array(rest + chunk.length)
  held.set(scan.held.subarray(scan.start))
  held.set(chunk, rest)
  scan.at -= scan.start
  scan.start = 0
  scan.held = held
}

function* rows(scan: Scan, form: Form, limit: number, isLast: boolean): Generator<CsvRow, void, undefined> {
  for (;;) {
    if (scan.broken === null) findEnd(scan, form, limit, isLast)
    if (scan.broken !== null) {
      const stop = scan.held.indexOf(newline, scan.start)
      if (stop < 0 && !isLast) {
        // what is broken is not kept
        scan.start = scan.held.length
        scan.at = scan.start
        return
      }
      yield { line: scan.line, problem: scan.broken }
      next(scan, stop < 0 ? scan.held.length : stop + 1)
      continue
    }
    const isDone = scan.at > scan.start && scan.held[scan.at - 1] === newline && scan.place === "start"
    if (!isDone && !(isLast && scan.at > scan.start)) return
    const row = rowOf(scan.held.subarray(scan.start, isDone ? scan.at - 1 : scan.at), scan.line, form)
    if (row !== undefined) yield row
    next(scan, scan.at)
  }
}

function next(scan: Scan, start: number): void {
  for (let at = scan.start; at < start; at++) if (scan.held[at] === newline) scan.line++
  scan.start = start
  scan.at = start
  scan.place = "start"
  scan.broken = null
}

/** Goes to the end of the row, if it is there: behind its line end, in place `start`. */
function findEnd(scan: Scan, form: Form, limit: number, isLast: boolean): void {
  const { held } = scan
  const quote = form.quote === null ? -1 : form.quote.charCodeAt(0)
  const delimiter = form.delimiter.charCodeAt(0)
  let { at, place } = scan
  let problem: WireProblem | null = null
  let isEnd = false
  for (; at < held.length && !isEnd && problem === null; at++) {
    const byte = held[at]
    if (place === "quoted") {
      if (byte === quote) place = "closed"
    } else if (byte === newline) {
      place = "start"
      isEnd = true
    } else if (place === "ending") problem = afterQuote
    else if (byte === delimiter) place = "start"
    else if (place === "closed") {
      if (byte === quote) place = "quoted"
      else if (byte === carriageReturn) place = "ending"
      else problem = afterQuote
    } else if (byte !== quote) place = "bare"
    else if (place === "start") place = "quoted"
    else problem = insideCell
  }
  if (!isEnd && at - scan.start > limit) problem ??= place === "quoted" ? unclosed : tooLong(limit)
  if (!isEnd && isLast && place === "quoted") problem ??= unclosed
  scan.at = at
  scan.place = place
  scan.broken = problem
}

function bad(message: string): WireProblem {
  return { code: "BAD_CSV", message }
}
const afterQuote = bad("A quoted cell goes on behind its closing quote.")
const insideCell = bad("A quote stands inside a cell that is not quoted.")
const unclosed = bad("A quoted cell has no closing quote.")
const tooLong = (limit: number) => bad(`The row has more than ${limit} bytes.`)

/** Undefined: a line of blanks. `bytes` are without the line end. */
function rowOf(bytes: Uint8Array, line: number, form: Form): CsvRow | undefined {
  const body = bytes[bytes.length - 1] === carriageReturn ? bytes.subarray(0, -1) : bytes
  const text = decoded(body, form)
  if (text === undefined) {
    const code = form.encoding === "utf-8" ? "BAD_UTF8" : "BAD_ENCODING"
    return { line, problem: { code, message: `The row is not ${form.encoding}.` } }
  }
  if (text.includes("\0"))
    return { line, problem: bad("The row holds a NUL character; the file may be UTF-16.") }
  if (form.delimiter === "\t" ? text === "" : /^[ \t]*$/.test(text)) return undefined
  return { line, cells: cellsOf(text, form) }
}

function decoded(bytes: Uint8Array, { encoding }: Form): string | undefined {
  if (encoding === "latin1" || encoding === "windows-1252") return decodeBytes(bytes, encoding)
  const text = decodeUtf8(bytes)
  return typeof text === "string" ? text : undefined
}

/** The row has been judged: quotes are where they may be. */
function cellsOf(text: string, { delimiter, quote }: Form): readonly string[] {
  if (quote === null || !text.includes(quote)) return text.split(delimiter)
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === quote) {
      let cell = ""
      for (;;) {
        const close = text.indexOf(quote, at + 1)
        cell += text.slice(at + 1, close)
        at = close + 1
        if (text[at] !== quote) break
        cell += quote
      }
      cells.push(cell)
    } else {
      const end = text.indexOf(delimiter, at)
      cells.push(text.slice(at, end < 0 ? text.length : end))
      at = end < 0 ? text.length : end
    }
    if (at >= text.length) return cells
    at++
    if (at === text.length) return [...cells, ""]
  }
}
