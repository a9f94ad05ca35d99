// Reading rows. Flows in: conditions or a cursor. Flows out: pages behind the last key, so that they do not shift while others write. Changes begin somewhat before the cursor where
// its column holds instants: transactions that began earlier become visible later.
import { readJson } from "../../formats/json/read-json.ts"
import { listOf, scalarText } from "../http/json-value.ts"
import type { ChangePage, ChangesRequest, ReadRequest } from "../port/connector.ts"
import type { Row, Session } from "./session.ts"
import { columnList, columnName, sqlName, sqlText } from "./sql-text.ts"
import type { WarehouseTable } from "./table.ts"

const pageSize = 1_000

export async function* readRows(
  session: Session,
  table: WarehouseTable,
  { fields, where }: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[]> {
  const conditions = where.map(({ field, value }, i) =>
    value === null ? `${columnName(field)} IS NULL` : `${columnName(field)} = $${i + 1}`,
  )
  const values = where.map(({ value }) => sqlText(value))
  // a null has no place in its condition; the server wants every place used
  const given = values
    .map((value, i) => (value === null ? `$${i + 1}::text IS NULL` : undefined))
    .filter(text => text !== undefined)
  const keys = columnList(table.key)
  let behind: readonly string[] | undefined
  for (;;) {
    const first = values.length + 1
    const after =
      behind === undefined ? [] : [`(${keys}) > (${behind.map((_, i) => `$${first + i}`).join(", ")})`]
    const all = [...conditions, ...given, ...after]
    const text = `SELECT ${columnsOf(fields)}, ${keyTexts(table)} FROM ${sqlName(table.table)}${all.length === 0 ? "" : ` WHERE ${all.join(" AND ")}`} ORDER BY ${keys} LIMIT ${pageSize}`
    const rows = await session.transaction(run => run(text, [...values, ...(behind ?? [])]), signal)
    if (rows.length > 0) yield rows.map(row => withoutTexts(row))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    behind = keysOfRow(table, last)
  }
}

export async function* rowChanges(
  session: Session,
  table: WarehouseTable,
  modified: string,
  { fields, cursor }: ChangesRequest,
  overlapMs: number,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  let furthest = cursor === null ? undefined : cursorOf(cursor)
  const start = furthest?.[0]
  const isCount = start !== undefined && /^\d+$/.test(start)
  const column = columnName(modified)
  const order = `${column}, ${columnList(table.key)}`
  let behind: readonly string[] | undefined = isCount ? furthest : undefined
  for (;;) {
    const condition =
      behind !== undefined
        ? `(${order}) > (${behind.map((_, i) => `$${i + 1}`).join(", ")})`
        : start === undefined
          ? `${column} IS NOT NULL`
          : `${column} >= $1::timestamptz - make_interval(secs => ${overlapMs / 1_000})`
    const values = behind ?? (start === undefined ? [] : [start])
    const text = `SELECT ${columnsOf(fields)}, ${column}::text AS "fmap version", ${keyTexts(table)} FROM ${sqlName(table.table)} WHERE ${condition} ORDER BY ${order} LIMIT ${pageSize}`
    const rows = await session.transaction(run => run(text, values), signal)
    const last = rows.at(-1)
    if (last === undefined) return
    behind = [String(last["fmap version"]), ...keysOfRow(table, last)]
    if (furthest === undefined || isFurther(behind, furthest, isCount || /^\d+$/.test(behind[0] ?? "")))
      furthest = behind
    yield {
      changes: rows.map(row => {
        const stamp = String(row["fmap version"])
        const version = /^\d+$/.test(stamp) ? stamp : instantOf(stamp)
        return {
          id: `${JSON.stringify(keysOfRow(table, row))}@${stamp}`,
          version,
          kind: "updated",
          record: withoutTexts(row),
        }
      }),
      cursor: JSON.stringify(furthest),
    }
    if (rows.length < pageSize) return
  }
}

function columnsOf(fields: readonly string[] | null): string {
  return fields === null ? "*" : fields.length === 0 ? '1 AS "fmap none"' : columnList(fields)
}

/** The key as texts, whatever its types: what a page goes on behind. */
function keyTexts({ key }: WarehouseTable): string {
  return key.map((name, i) => `${columnName(name)}::text AS "fmap key ${i}"`).join(", ")
}

function keysOfRow({ key }: WarehouseTable, row: Row): readonly string[] {
  return key.map((_, i) => scalarText(row[`fmap key ${i}`]) ?? "")
}

function withoutTexts(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("fmap ")))
}

/** Of one form, so that texts compare as instants do: microseconds, in UTC. */
function instantOf(stamp: string): string {
  const [, day, time, fraction = ""] =
    /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?:\+00)?$/.exec(stamp) ?? []
  return day === undefined ? stamp : `${day}T${time}.${fraction.padEnd(6, "0")}Z`
}

function isFurther(one: readonly string[], other: readonly string[], isCount: boolean): boolean {
  const [a = "", b = ""] = [one[0], other[0]]
  if (isCount) return BigInt(a) > BigInt(b) || (a === b && one.join("\0") > other.join("\0"))
  return instantOf(a) > instantOf(b) || (a === b && one.join("\0") > other.join("\0"))
}

function cursorOf(text: string): readonly string[] {
  const read = readJson(text)
  const parts = "ok" in read ? listOf(read.ok) : undefined
  if (parts === undefined || parts.length === 0 || parts.some(part => typeof part !== "string"))
    throw new RangeError("This is no cursor of a warehouse.")
  return parts as readonly string[]
}
