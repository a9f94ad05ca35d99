// SQL as data: one text for both dialects, values apart from it. Flows in: a template. Flows out: its pieces and values; a store joins
// the pieces with the marks of its dialect. Nothing of a value ever becomes SQL.

import type { Sealed } from "./sealed.ts"

export type SqlValue = string | number | null

export interface Statement {
  readonly kind: "sql"
  /** The same array for the same place in the source: stores keep prepared statements by it. */
  readonly pieces: readonly string[]
  readonly values: readonly (SqlValue | Sealed)[]
  /** Nobody looks at its rows: a store may ask for it together with what the operation asks next. */
  readonly unread?: true
}

export function sql(pieces: TemplateStringsArray, ...values: readonly (SqlValue | Sealed)[]): Statement {
  return { kind: "sql", pieces, values }
}

/** For what is only to be written: no rows come back. */
export function write(pieces: TemplateStringsArray, ...values: readonly (SqlValue | Sealed)[]): Statement {
  return { kind: "sql", pieces, values, unread: true }
}

/** For a store: what no vault sealed is written as it is, with ␀ for U+0000, which PostgreSQL holds in no text: what one store takes, the other takes alike. JSON is not concerned, where it is escaped. */
export function plainValue(value: SqlValue | Sealed): SqlValue {
  const plain = typeof value === "object" && value !== null ? value.text : value
  return typeof plain === "string" && plain.includes("\0") ? plain.replaceAll("\0", "\u2400") : plain
}
