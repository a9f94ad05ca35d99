// SQL as data: one text for both dialects, values apart from it. Flows in: a template. Flows out: its pieces and values; a store joins
// the pieces with the marks of its dialect. Nothing of a value ever becomes SQL.

export type SqlValue = string | number | null

export interface Statement {
  readonly kind: "sql"
  /** The same array for the same place in the source: stores keep prepared statements by it. */
  readonly pieces: readonly string[]
  readonly values: readonly SqlValue[]
  /** Nobody looks at its rows: a store may ask for it together with what the operation asks next. */
  readonly unread?: true
}

export function sql(pieces: TemplateStringsArray, ...values: readonly SqlValue[]): Statement {
  return { kind: "sql", pieces, values }
}

/** For what is only to be written: no rows come back. */
export function write(pieces: TemplateStringsArray, ...values: readonly SqlValue[]): Statement {
  return { kind: "sql", pieces, values, unread: true }
}
