// The text of a module while it grows. Flows in: pieces, where types begin and end, positions in the `.fmap`. Flows out: the
// TypeScript, and the JavaScript cut from it: what is only a type becomes blanks, so both have the same lines and columns and share
// one source map. Knows no nodes.
import type { At } from "../../../plan/index.ts"
import type { Mapping } from "./source-map.ts"

export interface Written {
  readonly typescript: string
  readonly javascript: string
  readonly mappings: readonly Mapping[]
}

/** Where a piece of source comes from, and at which offset of the text it stands. */
interface Mark {
  readonly offset: number
  readonly at: At
}

export interface Writer {
  text: string
  /** A newline and the indentation of the block under construction. */
  newline: string
  /** How many types enclose what is written now. */
  types: number
  /** Offsets of types that stand in no other: begin, end, begin, end. */
  readonly ranges: number[]
  readonly marks: Mark[]
}

export function createWriter(): Writer {
  return { text: "", newline: "\n", types: 0, ranges: [], marks: [] }
}

export function put(writer: Writer, piece: string): void {
  writer.text += piece
}

export function line(writer: Writer): void {
  writer.text += writer.newline
}

export function indent(writer: Writer): void {
  writer.newline += "  "
}

export function outdent(writer: Writer): void {
  writer.newline = writer.newline.slice(0, -2)
}

export function beginType(writer: Writer): void {
  if (writer.types++ === 0) writer.ranges.push(writer.text.length)
}

export function endType(writer: Writer): void {
  if (--writer.types === 0) writer.ranges.push(writer.text.length)
}

export function mark(writer: Writer, at: At | null): void {
  if (at === null) return
  const { marks } = writer
  const offset = writer.text.length
  const last = marks[marks.length - 1]
  if (last === undefined || last.offset !== offset) marks.push({ offset, at })
}

export function finish({ text, ranges, marks }: Writer): Written {
  return { typescript: text, javascript: withoutTypes(text, ranges), mappings: placed(text, marks) }
}

/** Lines and columns instead of offsets. */
function placed(text: string, marks: readonly Mark[]): readonly Mapping[] {
  let line = 0
  let start = 0
  let next = text.indexOf("\n")
  return marks.map(({ offset, at }) => {
    while (next >= 0 && next < offset) {
      line++
      start = next + 1
      next = text.indexOf("\n", start)
    }
    return {
      line,
      column: offset - start,
      source: at[0],
      sourceLine: at[1] - 1,
      sourceColumn: at[2] - 1,
    }
  })
}

/** Types as blanks; no line ends in one. */
function withoutTypes(text: string, ranges: readonly number[]): string {
  let code = ""
  let from = 0
  for (let range = 0; range < ranges.length; range += 2) {
    const begin = ranges[range] ?? text.length
    const end = ranges[range + 1] ?? text.length
    code += text.slice(from, begin) + blanked(text, begin, end)
    from = end
  }
  code += text.slice(from)
  const trimmed = code.includes(" \n") ? code.replace(/ +\n/g, "\n") : code
  return trimmed.endsWith(" ") ? trimmed.replace(/ +$/, "") : trimmed
}

const BLANKS = " ".repeat(200)

/** Its newlines, and blanks as wide as its last line. */
function blanked(text: string, begin: number, end: number): string {
  let newlines = ""
  let start = begin
  for (let next = text.indexOf("\n", begin); next >= 0 && next < end; next = text.indexOf("\n", start)) {
    newlines += "\n"
    start = next + 1
  }
  const width = end - start
  return newlines + (width <= BLANKS.length ? BLANKS.slice(0, width) : " ".repeat(width))
}
