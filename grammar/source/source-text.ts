// One file's text with its line table. Flows in: decoded text. Flows out: lines and columns for whoever shows
// something to a person. It must not know what the text means.

/** One-based line and column; the column counts UTF-16 code units, as editors and source maps do. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface SourceText {
  readonly file: string
  readonly text: string
  /** Offsets outside the text are taken as its nearest end. */
  positionAt(offset: number): Position
  /** The text of a one-based line without its line end; "" outside the file. */
  lineText(line: number): string
  /** Offset at which a one-based line begins. */
  lineStart(line: number): number
  lineCount(): number
}

/** Lines are found on the first question only, so that a parse without findings never pays for them. */
export function sourceText(text: string, file: string): SourceText {
  let starts: readonly number[] | undefined
  const table = () => {
    starts ??= lineStarts(text)
    return starts
  }
  const lineStart = (line: number) => table()[line - 1] ?? text.length
  return {
    file,
    text,
    lineStart,
    lineCount: () => table().length,
    positionAt(offset) {
      const place = Math.min(Math.max(offset, 0), text.length)
      const lines = table()
      let low = 0
      let high = lines.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((lines[middle] ?? 0) <= place) low = middle
        else high = middle - 1
      }
      return { line: low + 1, column: place - (lines[low] ?? 0) + 1 }
    },
    lineText(line) {
      if (line < 1 || line > table().length) return ""
      const end = line < table().length ? lineStart(line + 1) : text.length
      return text.slice(lineStart(line), end).replace(/\r?\n$/, "")
    },
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}
