// Rows that an import refused, as places in what was sent. Flows in: the dump, whole or cut, once or twice, and the rows of the file. Flows out: for each its place, where it can be told, and why. The dump repeats a row
// between `_Status_` and `_Line_`, with its errors behind; rows are found by their line and checked by their content, else by content alone.
import { splitCsv } from "../../formats/csv/split-csv.ts"

export interface RefusedRow {
  readonly index: number | null
  readonly message: string
}

export async function refusedRows(
  dump: Uint8Array,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<readonly RefusedRow[]> {
  let names: readonly string[] | undefined
  const refused: RefusedRow[] = []
  const taken = new Set<number>()
  for await (const row of splitCsv([dump], { delimiter: ",", quote: '"', encoding: "utf-8" })) {
    if ("problem" in row) refused.push({ index: null, message: row.problem.message })
    else if (names === undefined) names = row.cells
    // the last row of a dump that was cut before it says which one it is, and the first of one that came twice
    else if (row.cells.length <= lastPlace(names, columns) || isSame(row.cells, names)) break
    else {
      const index = placeOf(row.cells, names, columns, rows, taken)
      if (index !== null) taken.add(index)
      refused.push({ index, message: messageOf(row.cells, names) })
    }
  }
  return refused
}

function lastPlace(names: readonly string[], columns: readonly string[]): number {
  return Math.max(...[...columns, "_Line_"].map(column => names.indexOf(column)))
}

function isSame(cells: readonly string[], others: readonly string[]): boolean {
  return cells.length === others.length && cells.every((cell, i) => cell === others[i])
}

function placeOf(
  cells: readonly string[],
  names: readonly string[],
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
): number | null {
  const places = columns.map(column => names.indexOf(column))
  const isRow = (index: number) => {
    const row = rows[index]
    return (
      row !== undefined &&
      !taken.has(index) &&
      places.every((place, i) => place < 0 || cells[place] === row[i])
    )
  }
  const line = Number(cells[names.indexOf("_Line_")])
  // the header is line 1, unless lines are counted without it
  for (const index of [line - 2, line - 1]) if (Number.isSafeInteger(index) && isRow(index)) return index
  if (places.every(place => place < 0)) return null
  const found = rows.findIndex((_, index) => isRow(index))
  return found < 0 ? null : found
}

function messageOf(cells: readonly string[], names: readonly string[]): string {
  const errors = names.flatMap((name, i) =>
    name.startsWith("_Error_") && (cells[i] ?? "") !== "" ? [cells[i] ?? ""] : [],
  )
  const status = cells[names.indexOf("_Status_")]
  return (errors.length > 0 ? errors.join("; ") : (status ?? "No reason given.")).slice(0, 500)
}
