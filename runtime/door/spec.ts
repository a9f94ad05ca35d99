// What the door must know of a field: the Plan's wire types as plain objects (the compiler's WireType fits each of them).
// Flows in from emitted constants or the Plan; the readers and writers beside this file read them.

/** How a date, datetime or instant stands on the wire. Epochs count from 1970-01-01T00:00:00Z. */
export type TimeWire = "iso" | { readonly epoch: "ms" | "s" } | "odata2" | { readonly pattern: string }

/** `min` and `max` count code points, UTF-16 units or UTF-8 bytes. `pattern`: a source the compiler has checked to be linear. */
export interface TextSpec {
  readonly kind?: "text"
  readonly min: number
  readonly max: number | null
  readonly measure: "points" | "utf16" | "bytes"
  readonly pattern: string | null
  /** `padded`: digits have zeros in front to that length on the wire, none inside. */
  readonly wire: "plain" | "lower" | { readonly padded: number }
}

export interface BoolSpec {
  readonly kind?: "bool"
  readonly wire: "json" | { readonly true: string; readonly false: string }
}

/** Bounds inclusive, as integer text. */
export interface IntegerSpec {
  readonly kind?: "int"
  readonly min: string | null
  readonly max: string | null
  readonly wire: "number" | "text"
}

/** A bound as decimal text, compared with the value (12.5 % is 0.125). */
export interface DecimalBound {
  readonly value: string
  readonly inclusive: boolean
}

/** `scale` of the figure; a percent's value has two digits more. `precision` counts all digits of the figure, null: unbounded. */
export interface DecimalSpec {
  readonly kind: "decimal" | "money" | "quantity" | "percent"
  readonly precision: number | null
  readonly scale: number
  readonly low: DecimalBound | null
  readonly high: DecimalBound | null
  readonly fitsMinor: boolean
  readonly wire: "number" | "text" | "minor" | { readonly scaled: number }
  readonly fraction: boolean
}

export interface CodeSpec {
  readonly kind?: "currency" | "country" | "language"
  readonly wire: "plain" | "lower"
}

export interface TimeSpec {
  readonly kind?: "date" | "datetime" | "instant"
  readonly wire: TimeWire
}

export interface EnumSpec {
  readonly kind?: "enum"
  readonly open: boolean
  readonly members: readonly { readonly value: string }[]
}

export interface ListSpec {
  readonly kind?: "list"
  readonly min: number
  readonly max: number | null
  readonly wire: ListWire
}

/** `bitmap`: names of fields, that may come as bitmaps over the fields of an event's schema; see bitmap.ts. */
export type ListWire =
  | "array"
  | { readonly joined: string }
  | { readonly under: string }
  | { readonly bitmap: BitmapLayout }

/** The fields of an event's schema in their order, and the parts of each that is a record. */
export type BitmapLayout = readonly { readonly name: string; readonly parts: readonly string[] }[]

/** How a period stands on the wire: canonical text, the id its calendar's file gives it, or a pattern. */
export interface PeriodSpec {
  readonly kind?: "period"
  readonly wire: "plain" | "id" | { readonly pattern: string }
}
