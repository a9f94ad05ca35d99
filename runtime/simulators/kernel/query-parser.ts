// What SELECT texts of platforms have in common. Flows in: a text and its dialect. Flows out: conditions as data, or what is wrong with it. It knows no platform.

export type Condition =
  | { readonly kind: "compare"; readonly field: string; readonly op: Operator; readonly value: Literal }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }

type Operator = "=" | "!=" | "<" | "<=" | ">" | ">="
/** `bare`: a day or an instant. */
export type Literal =
  | { readonly kind: "text" | "number" | "bare"; readonly text: string }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "null" }

export interface OrderBy {
  readonly field: string
  readonly descending: boolean
}

export class MalformedQuery extends Error {
  override readonly name = "MalformedQuery"
}

export interface QueryReader {
  readonly tokens: readonly string[]
  readonly literal: (reader: QueryReader) => Literal
  at: number
}

/** `token` is sticky and takes blanks before a token. Throws MalformedQuery. */
export function queryReader(text: string, token: RegExp, literal: QueryReader["literal"]): QueryReader {
  const tokens: string[] = []
  const sticky = new RegExp(token.source, "y")
  while (text.slice(sticky.lastIndex).trim() !== "") {
    const { lastIndex } = sticky
    const found = sticky.exec(text)
    if (found === null)
      throw new MalformedQuery(`unexpected token: '${text.slice(lastIndex, lastIndex + 20)}'`)
    tokens.push(found[0].trim())
  }
  return { tokens, literal, at: 0 }
}

export function readCondition(reader: QueryReader): Condition {
  const of = [all(reader)]
  while (takes(reader, "OR")) of.push(all(reader))
  return { kind: "any", of }
}

function all(reader: QueryReader): Condition {
  const of = [comparison(reader)]
  while (takes(reader, "AND")) of.push(comparison(reader))
  return { kind: "all", of }
}

function comparison(reader: QueryReader): Condition {
  if (takes(reader, "(")) {
    const inner = readCondition(reader)
    expectToken(reader, ")")
    return inner
  }
  const field = readName(reader)
  const op = nextToken(reader)
  if (!isOperator(op)) throw new MalformedQuery(`unexpected token: '${op}'`)
  return { kind: "compare", field, op, value: reader.literal(reader) }
}

function isOperator(text: string): text is Operator {
  return ["=", "!=", "<", "<=", ">", ">="].includes(text)
}

export function readOrder(reader: QueryReader): readonly OrderBy[] {
  if (!takes(reader, "ORDER")) return []
  expectToken(reader, "BY")
  return readList(reader, () => {
    const field = readName(reader)
    const descending = takes(reader, "DESC")
    if (!descending) takes(reader, "ASC")
    return { field, descending }
  })
}

export function readList<T>(reader: QueryReader, item: (reader: QueryReader) => T): T[] {
  const items = [item(reader)]
  while (takes(reader, ",")) items.push(item(reader))
  return items
}

export function readName(reader: QueryReader): string {
  const text = nextToken(reader)
  if (!/^[A-Za-z]/.test(text)) throw new MalformedQuery(`unexpected token: '${text}'`)
  return text
}

export function nextToken(reader: QueryReader): string {
  const text = reader.tokens[reader.at++]
  if (text === undefined) throw new MalformedQuery("unexpected token: '<EOF>'")
  return text
}

export function takes(reader: QueryReader, word: string): boolean {
  if (reader.tokens[reader.at]?.toUpperCase() !== word) return false
  reader.at++
  return true
}

export function expectToken(reader: QueryReader, word: string): void {
  if (!takes(reader, word))
    throw new MalformedQuery(`expecting ${word}, found '${reader.tokens[reader.at] ?? "<EOF>"}'`)
}

export function expectEnd(reader: QueryReader): void {
  if (reader.at < reader.tokens.length)
    throw new MalformedQuery(`unexpected token: '${reader.tokens[reader.at]}'`)
}
