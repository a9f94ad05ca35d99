// The part of SOQL connectors speak. Flows in: text. Flows out: a query as data, or what is wrong with it, as the platform would say.
import {
  type Condition,
  expectEnd,
  expectToken,
  type Literal,
  MalformedQuery,
  nextToken,
  type OrderBy,
  type QueryReader,
  queryReader,
  readCondition,
  readList,
  readName,
  readOrder,
  takes,
} from "../kernel/query-parser.ts"

export interface Soql {
  readonly fields: readonly string[]
  readonly object: string
  readonly where: Condition | undefined
  readonly order: readonly OrderBy[]
  readonly limit: number | undefined
}

const token =
  /\s*(?:('(?:\\.|[^'\\])*')|(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?)|(-?\d+(?:\.\d+)?)|([A-Za-z][\w.]*)|(<=|>=|!=|[=<>(),]))/

/** Throws MalformedQuery. */
export function parseSoql(text: string): Soql {
  const reader = queryReader(text, token, literal)
  expectToken(reader, "SELECT")
  const fields = readList(reader, readName)
  expectToken(reader, "FROM")
  const object = readName(reader)
  const where = takes(reader, "WHERE") ? readCondition(reader) : undefined
  const order = readOrder(reader)
  const limit = takes(reader, "LIMIT") ? Number(nextToken(reader)) : undefined
  expectEnd(reader)
  return { fields, object, where, order, limit }
}

function literal(reader: QueryReader): Literal {
  const text = nextToken(reader)
  if (text.startsWith("'")) return { kind: "text", text: unescaped(text.slice(1, -1)) }
  if (/^\d{4}-/.test(text)) return { kind: "bare", text }
  if (/^-?\d/.test(text)) return { kind: "number", text }
  if (/^true$/i.test(text)) return { kind: "truth", value: true }
  if (/^false$/i.test(text)) return { kind: "truth", value: false }
  if (/^null$/i.test(text)) return { kind: "null" }
  throw new MalformedQuery(`unexpected token: '${text}'`)
}

function unescaped(text: string): string {
  const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" }
  return text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
}
