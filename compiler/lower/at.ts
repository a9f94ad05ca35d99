// From offsets to the line and column positions the Plan carries. Flows in: the project's files and a place. Flows
// out: an `At`. Line tables are made once per file, on first use; nothing else may count lines in the compiler.
import type { Place } from "@fmap/grammar"
import type { At } from "../plan/index.ts"
import type { SourceFile } from "../resolve/model.ts"

/**
 * Positions of a whole project: the file's index is its index in `files`. A place in a file that is not among them
 * is a bug of the caller and throws.
 */
export function atOf(files: readonly Pick<SourceFile, "path" | "text">[]): (place: Place) => At {
  const indexes = new Map(files.map((file, index) => [file.path, index]))
  const tables = new Map<number, readonly number[]>()
  return place => {
    const index = indexes.get(place.file)
    const file = index === undefined ? undefined : files[index]
    if (index === undefined || file === undefined)
      throw new Error(`no such file in the project: ${place.file}`)
    const table = tables.get(index) ?? lineStarts(file.text)
    tables.set(index, table)
    const [line, column] = positionOf(table, place.span.start)
    const [endLine, endColumn] = positionOf(table, place.span.end)
    return [index, line, column, endLine, endColumn]
  }
}

/** Offsets at which lines start; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

/** 1-based line and column (UTF-16 units) of an offset. */
export function positionOf(
  starts: readonly number[],
  offset: number,
): readonly [line: number, column: number] {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return [low + 1, offset - (starts[low] ?? 0) + 1]
}
