// Source map version 3, written by hand: mappings in, the JSON text out. Columns count UTF-16 units, lines from 0.
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

export interface Mapping {
  readonly line: number
  readonly column: number
  readonly source: number
  readonly sourceLine: number
  readonly sourceColumn: number
}

/** `mappings` in order of generated position. `pathOf` a source is relative to the map's own folder; only those mapped are named. */
export function sourceMap(
  file: string,
  pathOf: (source: number) => string,
  mappings: readonly Mapping[],
): string {
  const used = [...new Set(mappings.map(({ source }) => source))].sort((a, b) => a - b)
  const places = new Map(used.map((source, place) => [source, place]))
  const encoded = encode(mappings, places)
  return `${JSON.stringify({ version: 3, file, sources: used.map(pathOf), names: [], mappings: encoded })}\n`
}

/** `places`: of the sources among those named. */
function encode(mappings: readonly Mapping[], places: ReadonlyMap<number, number>): string {
  let text = ""
  let line = 0
  let first = true
  let column = 0
  let source = 0
  let sourceLine = 0
  let sourceColumn = 0
  for (const mapping of mappings) {
    while (line < mapping.line) {
      text += ";"
      line++
      column = 0
      first = true
    }
    const separator = first ? "" : ","
    first = false
    const place = places.get(mapping.source) ?? 0
    text +=
      separator +
      variableLength(mapping.column - column) +
      variableLength(place - source) +
      variableLength(mapping.sourceLine - sourceLine) +
      variableLength(mapping.sourceColumn - sourceColumn)
    column = mapping.column
    source = place
    sourceLine = mapping.sourceLine
    sourceColumn = mapping.sourceColumn
  }
  return text
}

/** Base64 VLQ: sign in the lowest bit, five bits a digit. */
export function variableLength(value: number): string {
  // most are small and positive
  if (value >= 0 && value < 16) return DIGITS.charAt(value << 1)
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ""
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS.charAt(rest > 0 ? digit | 32 : digit)
  } while (rest > 0)
  return text
}
