// SQL of names and places for values. Flows in: names of tables and columns. Flows out: quoted names, so that a name is never more than one; statements with `$1`.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { writeJson } from "../../formats/json/write-json.ts"

/** `schema.table` or a column. */
export function sqlName(name: string): string {
  return name
    .split(".")
    .map(part => {
      if (part === "" || part.includes("\0") || part.length > 63)
        throw new RangeError(`${JSON.stringify(name)} is no name of PostgreSQL`)
      return `"${part.replaceAll('"', '""')}"`
    })
    .join(".")
}

export function columnName(name: string): string {
  if (name === "" || name.includes("\0") || name.length > 63)
    throw new RangeError(`${JSON.stringify(name)} is no name of a column`)
  return `"${name.replaceAll('"', '""')}"`
}

export function columnList(names: readonly string[]): string {
  return names.map(columnName).join(", ")
}

/** As the server reads it for a column of any type: numbers with all digits, records and lists as JSON. */
export function sqlText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === "string") return value
  if (isExactNumber(value)) return value.text
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  return writeJson(value)
}

/** `($1, $2), ($3, $4)` from the place `first` on. */
export function places(rows: number, columns: number, first = 1): string {
  return Array.from(
    { length: rows },
    (_, row) =>
      `(${Array.from({ length: columns }, (_, column) => `$${first + row * columns + column}`).join(", ")})`,
  ).join(", ")
}
