// A table of a warehouse as the configuration describes it, and the statement that writes its rows by key. Flows in: names. Flows out: SQL.
import { columnList, columnName, places, sqlName } from "./sql-text.ts"

export interface WarehouseTable {
  /** `schema.table`. */
  readonly table: string
  /** Columns that tell rows apart, together unique. */
  readonly key: readonly string[]
  /** Column that grows with every change: an instant, or a whole number. */
  readonly modified?: string
}

export function upsertText(
  { table }: WarehouseTable,
  names: readonly string[],
  keys: readonly string[],
  rows = 1,
): string {
  const set = names
    .filter(name => !keys.includes(name))
    .map(name => `${columnName(name)} = excluded.${columnName(name)}`)
  const doing =
    set.length === 0
      ? `UPDATE SET ${columnName(keys[0] ?? "")} = excluded.${columnName(keys[0] ?? "")}`
      : `UPDATE SET ${set.join(", ")}`
  return `INSERT INTO ${sqlName(table)} (${columnList(names)}) VALUES ${places(rows, names.length)} ON CONFLICT (${columnList(keys)}) DO ${doing}`
}
