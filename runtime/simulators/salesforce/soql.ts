// The part of SOQL connectors speak. Flows in: text. Flows out: a query as data, or what is wrong with it, as the platform would say.

export type Condition =
  | { readonly kind: "compare"; readonly field: string; readonly op: Operator; readonly value: Literal }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }

type Operator = "=" | "!=" | "<" | "<=" | ">" | ">="
/** `bare`: a day or an instant. */
export type Literal =
  | { readonly kind: "text" | "number" | "bare"; readonly text: string }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "null" }

export interface Soql {
  readonly fields: readonly string[]
  readonly object: string
  readonly where: Condition | undefined
  readonly order: readonly { readonly field: string; readonly descending: boolean }[]
  readonly limit: number | undefined
}

export class MalformedQuery extends Error {
  override readonly name = "MalformedQuery"
}

const token =
  /\s*(?:('(?:\\.|[^'\\])*')|(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?)|(-?\d+(?:\.\d+)?)|([A-Za-z][\w.]*)|(<=|>=|!=|[=<>(),]))/y

interface Reader {
  readonly tokens: readonly string[]
  at: number
}

/** Throws MalformedQuery. */
export function parseSoql(text: string): Soql {
  const reader: Reader = { tokens: tokensOf(text), at: 0 }
  expect(reader, "SELECT")
  const fields = list(reader, name)
  expect(reader, "FROM")
  const object = name(reader)
  const where = takes(reader, "WHERE") ? any(reader) : undefined
  const order = takes(reader, "ORDER") ? (expect(reader, "BY"), list(reader, orderOf)) : []
  const limit = takes(reader, "LIMIT") ? Number(next(reader)) : undefined
  if (reader.at < reader.tokens.length)
    throw new MalformedQuery(`unexpected token: '${reader.tokens[reader.at]}'`)
  return { fields, object, where, order, limit }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (text.slice(token.lastIndex).trim() !== "") {
    const { lastIndex } = token
    const found = token.exec(text)
    if (found === null)
      throw new MalformedQuery(`unexpected token: '${text.slice(lastIndex, lastIndex + 20)}'`)
    tokens.push(found[0].trim())
  }
  return tokens
}

function any(reader: Reader): Condition {
  const of = [all(reader)]
  while (takes(reader, "OR")) of.push(all(reader))
  return { kind: "any", of }
}

function all(reader: Reader): Condition {
  const of = [comparison(reader)]
  while (takes(reader, "AND")) of.push(comparison(reader))
  return { kind: "all", of }
}

function comparison(reader: Reader): Condition {
  if (takes(reader, "(")) {
    const inner = any(reader)
    expect(reader, ")")
    return inner
  }
  const field = name(reader)
  const op = next(reader)
  if (!isOperator(op)) throw new MalformedQuery(`unexpected token: '${op}'`)
  return { kind: "compare", field, op, value: literal(next(reader)) }
}

function isOperator(text: string): text is Operator {
  return ["=", "!=", "<", "<=", ">", ">="].includes(text)
}

function literal(text: string): Literal {
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

function orderOf(reader: Reader): { readonly field: string; readonly descending: boolean } {
  const field = name(reader)
  const descending = takes(reader, "DESC")
  if (!descending) takes(reader, "ASC")
  return { field, descending }
}

function list<T>(reader: Reader, item: (reader: Reader) => T): T[] {
  const items = [item(reader)]
  while (takes(reader, ",")) items.push(item(reader))
  return items
}

function name(reader: Reader): string {
  const text = next(reader)
  if (!/^[A-Za-z]/.test(text)) throw new MalformedQuery(`unexpected token: '${text}'`)
  return text
}

function next(reader: Reader): string {
  const text = reader.tokens[reader.at++]
  if (text === undefined) throw new MalformedQuery("unexpected token: '<EOF>'")
  return text
}

function takes(reader: Reader, word: string): boolean {
  if (reader.tokens[reader.at]?.toUpperCase() !== word) return false
  reader.at++
  return true
}

function expect(reader: Reader, word: string): void {
  if (!takes(reader, word))
    throw new MalformedQuery(`expecting ${word}, found '${reader.tokens[reader.at] ?? "<EOF>"}'`)
}
