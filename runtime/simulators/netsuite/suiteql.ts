// The part of SuiteQL connectors speak, over the tables of a simulated account. Flows in: text. Flows out: rows, or what is wrong. Tables are made of records, with
// columns in lower case; `transaction` holds the documents of all types.
import { memberOf, scalarText } from "../../connectors/http/json-value.ts"
import {
  expectEnd,
  expectToken,
  type Literal,
  MalformedQuery,
  nextToken,
  type QueryReader,
  queryReader,
  readCondition,
  readList,
  readName,
  readOrder,
  takes,
} from "../kernel/query-parser.ts"
import { fits, inOrder } from "../kernel/run-conditions.ts"
import { type Account, type AccountRecord, recordsOf } from "./account.ts"

const token =
  /\s*(?:('(?:''|[^'])*')|(-?\d+(?:\.\d+)?)|([A-Za-z]\w*\.\*)|([A-Za-z][\w.]*)|(<=|>=|!=|[=<>(),*]))/

/** `time`: a column as text, as TO_CHAR writes it. */
type Column =
  | { readonly kind: "all" }
  | { readonly kind: "column" | "time"; readonly from: string; readonly as: string }

/** Throws MalformedQuery. */
export function runSuiteql(account: Account, text: string): readonly AccountRecord[] {
  const reader = queryReader(text, token, literal)
  expectToken(reader, "SELECT")
  const columns = readList(reader, column)
  expectToken(reader, "FROM")
  const table = readName(reader).toLowerCase()
  const where = takes(reader, "WHERE") ? readCondition(reader) : undefined
  const order = readOrder(reader)
  expectEnd(reader)
  const rows = rowsOf(account, table).filter(row => where === undefined || fits(row, where))
  return inOrder(rows, order).map(row => picked(row, columns))
}

function column(reader: QueryReader): Column {
  const name = nextToken(reader)
  if (name === "*" || name.endsWith(".*")) return { kind: "all" }
  if (name.toUpperCase() !== "TO_CHAR")
    return { kind: "column", from: name, as: takes(reader, "AS") ? readName(reader) : name }
  expectToken(reader, "(")
  const from = readName(reader)
  expectToken(reader, ",")
  nextToken(reader)
  expectToken(reader, ")")
  expectToken(reader, "AS")
  return { kind: "time", from, as: readName(reader) }
}

function literal(reader: QueryReader): Literal {
  const text = nextToken(reader)
  if (text.startsWith("'")) return { kind: "text", text: text.slice(1, -1).replaceAll("''", "'") }
  if (/^-?\d/.test(text)) return { kind: "number", text }
  if (text.toUpperCase() === "NULL") return { kind: "null" }
  if (text.toUpperCase() !== "TO_DATE") throw new MalformedQuery(`unexpected token: '${text}'`)
  expectToken(reader, "(")
  const day = nextToken(reader).slice(1, -1)
  expectToken(reader, ",")
  nextToken(reader)
  expectToken(reader, ")")
  return { kind: "bare", text: day.includes(" ") ? `${day.replace(" ", "T")}Z` : day }
}

function picked(row: AccountRecord, columns: readonly Column[]): AccountRecord {
  const values: AccountRecord = { links: [] }
  for (const one of columns) {
    if (one.kind === "all") Object.assign(values, row)
    else if (one.kind === "column") values[one.as.toLowerCase()] = row[one.from.toLowerCase()] ?? null
    else
      values[one.as.toLowerCase()] = String(row[one.from.toLowerCase()] ?? "")
        .slice(0, 19)
        .replace("T", " ")
  }
  return values
}

function rowsOf(account: Account, table: string): readonly AccountRecord[] {
  const given = account.tables.get(table)
  if (given !== undefined) return given
  const types = Object.entries(account.types).filter(([name, type]) =>
    table === "transaction" ? type.transaction !== undefined : name.toLowerCase() === table,
  )
  if (types.length === 0) throw new MalformedQuery(`Record '${table}' was not found.`)
  return types.flatMap(([name, type]) =>
    [...recordsOf(account, name).values()].map(record => ({
      ...rowOf(record),
      ...(type.transaction === undefined ? {} : { type: type.transaction }),
    })),
  )
}

function rowOf(record: AccountRecord): AccountRecord {
  const row: AccountRecord = {}
  for (const [name, value] of Object.entries(record)) {
    const id = scalarText(memberOf(value, "id"))
    if (typeof value === "boolean") row[name.toLowerCase()] = value ? "T" : "F"
    else if (id !== undefined) row[name.toLowerCase()] = id
    else if (typeof value !== "object" || value === null) row[name.toLowerCase()] = value
  }
  return row
}
