// What a codec must know of a contract, as plain data: how its documents travel, and the shape of its payloads. Flows in from the Plan;
// the readers and writers of each format read it. It says nothing of rules, types of figures or maps.

/** Null in a Plan: plain JSON, nothing around the records. */
export type Transport =
  | { readonly kind: "odata2" | "odata4" | "netsuite" | "ndjson" }
  | CsvTransport
  | XmlTransport

export type Encoding = "utf-8" | "utf-16" | "latin1" | "windows-1252"

export interface CsvTransport {
  readonly kind: "csv"
  /** One ASCII character. */
  readonly delimiter: string
  /** One ASCII character; null: cells are never quoted. */
  readonly quote: string | null
  /** The first row names the columns; without one they are the contract's fields in their order. */
  readonly header: boolean
  readonly encoding: Encoding
  readonly decimal: "point" | "comma"
  /** One character between groups of three digits that may be read, never written; null: none. */
  readonly grouping: string | null
}

export interface XmlTransport {
  readonly kind: "xml"
  /** The element of a record, as fields name elements: with a prefix of `namespaces`, or without. */
  readonly root: string
  /** The element around several records; null: a document is one record. */
  readonly list: string | null
  /** The prefix of the default namespace is empty. */
  readonly namespaces: readonly { readonly prefix: string; readonly uri: string }[]
}

/** `shapes[0]` is the contract. */
export interface WireSpec {
  readonly contract: string
  readonly transport: Transport | null
  readonly shapes: readonly PayloadShape[]
}

export interface PayloadShape {
  readonly fields: readonly PayloadField[]
}

export interface PayloadField {
  /** On the wire. */
  readonly name: string
  readonly holds: Holds
}

/**
 * `text`: as it is. `word`: text in which blanks around it mean nothing. `figure`: a decimal figure that is text in the payload; `number`, `flag`: a JSON
 * number or boolean. `under`: the rows stand in that member of an object. `open`: whatever JSON says.
 */
export type Holds =
  | { readonly kind: "text" | "word" | "figure" | "number" | "flag" | "open" }
  | { readonly kind: "record"; readonly shape: number }
  | { readonly kind: "list"; readonly of: Holds; readonly under: string | null }
  | { readonly kind: "dictionary"; readonly of: Holds }

/** Comma, `"`, a header, UTF-8. */
export const plainCsv: CsvTransport = {
  kind: "csv",
  delimiter: ",",
  quote: '"',
  header: true,
  encoding: "utf-8",
  decimal: "point",
  grouping: null,
}
