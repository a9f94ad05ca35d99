// Lines of a byte stream. Flows in: chunks of any size; flows out: each line as text, or why that line is none. A line that is too
// long or not UTF-8 does not stop the others, and never takes more memory than the limit.
import { decodeUtf8 } from "../json/utf8.ts"

/** `line` is 1-based. Lines of blanks only are not given. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: "too long" | "not UTF-8" }

const newline = 0x0a
const carriageReturn = 0x0d

/** `limit`: bytes of a line, 16 MiB when not given. LF and CRLF end a line, the last needs none; a byte order mark at the start is skipped. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit = 16 * 1024 * 1024,
): AsyncGenerator<Line, void, undefined> {
  let held: Uint8Array[] = []
  let size = 0
  let line = 1
  const take = (bytes: Uint8Array) => {
    // of a line that is too long only its length is kept
    size += bytes.length
    if (size > limit + 1) held = []
    else if (bytes.length > 0) held.push(bytes.slice())
  }
  const end = (): Line | undefined => {
    const result = lineOf(held, size, limit, line)
    held = []
    size = 0
    line++
    return result
  }
  for await (const chunk of chunks) {
    let start = 0
    for (;;) {
      const stop = chunk.indexOf(newline, start)
      take(chunk.subarray(start, stop < 0 ? chunk.length : stop))
      if (stop < 0) break
      const result = end()
      if (result !== undefined) yield result
      start = stop + 1
    }
  }
  const last = size > 0 ? end() : undefined
  if (last !== undefined) yield last
}

function lineOf(held: readonly Uint8Array[], size: number, limit: number, line: number): Line | undefined {
  if (size > limit + 1) return { line, problem: "too long" }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of held) {
    bytes.set(part, at)
    at += part.length
  }
  const length = bytes[size - 1] === carriageReturn ? size - 1 : size
  if (length > limit) return { line, problem: "too long" }
  const text = decodeUtf8(bytes.subarray(0, length))
  if (typeof text !== "string") return { line, problem: "not UTF-8" }
  const content = line === 1 && text.startsWith("\ufeff") ? text.slice(1) : text
  return /[^ \t]/.test(content) ? { line, text: content } : undefined
}
