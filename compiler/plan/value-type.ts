// Types of the Plan. `WireType` says how a value stands in a payload and how it is read and written (the door);
// `ValueType` is what an expression gives inside a map. Both are closed, serialisable and know no syntax.
import type { ListWire } from "@fmap/runtime"

/** How a scalar stands on the wire. Chosen by the field's `wire`, else the system's, else the default in parentheses. */
export type WireType =
  /** Unicode text. Lengths count code points unless `measure` says otherwise. `pattern` is a source of the linear-time subset, anchored. `lower`: lower case on the wire, as given inside (upper for currencies). `padded`: digits have zeros in front to that length on the wire, none inside. */
  | {
      readonly kind: "text"
      readonly min: number
      readonly max: number | null
      readonly measure: "points" | "utf16" | "bytes"
      readonly pattern: string | null
      readonly wire: "plain" | "lower" | { readonly padded: number }
    }
  | { readonly kind: "bool"; readonly wire: "json" | { readonly true: string; readonly false: string } }
  /** Exact integer of any size; bounds inclusive, as text. Wire `number` (default): JSON number; `text`: string of digits. */
  | {
      readonly kind: "int"
      readonly min: string | null
      readonly max: string | null
      readonly wire: "number" | "text"
    }
  | DecimalWireType
  | { readonly kind: "currency" | "country" | "language"; readonly wire: "plain" | "lower" }
  /** iso (default) `2026-03-31`; epoch: milliseconds or seconds at UTC midnight; odata2 `/Date(ms)/`; pattern like `MM/dd/yyyy`. */
  | { readonly kind: "date"; readonly wire: TimeWire }
  /** Local date and time without zone: `2026-03-31T09:00:00[.fff…]`. */
  | { readonly kind: "datetime"; readonly wire: TimeWire }
  /** A point in time. Inside and canonically on the wire: `2026-03-31T09:00:00[.fff…]Z`, shortest fraction. Read with any offset, `+0000` and `+00:00` alike. */
  | { readonly kind: "instant"; readonly wire: TimeWire }
  | {
      readonly kind: "enum"
      readonly name: string | null
      readonly open: boolean
      readonly members: readonly { readonly value: string; readonly docs: string }[]
    }
  | { readonly kind: "record"; readonly shape: ShapeId; readonly arguments: readonly UnitSource[] }
  | {
      readonly kind: "list"
      readonly of: WireType
      readonly min: number
      readonly max: number | null
      readonly wire: ListWire
    }
  | { readonly kind: "dictionary"; readonly of: WireType }
  | { readonly kind: "json" }
  /** A period of a calendar (its id). plain (default): fiscal year and number, `2025-03`; id: as the calendar's file calls it; or a pattern such as `PPP.YYYY`. */
  | {
      readonly kind: "period"
      readonly calendar: string
      readonly wire: "plain" | "id" | { readonly pattern: string }
    }

export type TimeWire = "iso" | { readonly epoch: "ms" | "s" } | "odata2" | { readonly pattern: string }

/**
 * Decimal figures. The value is exact; `scale` is the number of fraction digits the field holds (a percent's value has scale + 2:
 * 12.50 % of percent(5,2) is 0.1250). `precision` counts all digits; null: unbounded (money without numbers).
 */
export interface DecimalWireType {
  readonly kind: "decimal" | "money" | "quantity" | "percent"
  readonly precision: number | null
  readonly scale: number
  /** Refinement `where value > 0` and the like; inclusive or exclusive ends as decimal text. */
  readonly low: { readonly value: string; readonly inclusive: boolean } | null
  readonly high: { readonly value: string; readonly inclusive: boolean } | null
  /** Money and quantity only: whose unit. Null for plain decimals. */
  readonly unit: UnitSource | null
  /** Money without numbers: the value must fit the minor units of its currency at run time. */
  readonly fitsMinor: boolean
  /** number (JSON number), text (string, fixed scale), minor (integer of minor units), scaled (integer of value × 10^digits). For percent: `fraction` tells that the wire figure is 0.125 and not 12.5. */
  readonly wire: "number" | "text" | "minor" | { readonly scaled: number }
  readonly fraction: boolean
  /** What the amounts are amounts of, as `Measure.Booked`; absent: of nothing that is told apart. */
  readonly measure?: string
  /** Money that is the price of one of this unit, as written. */
  readonly per?: string
  /** An exchange rate: so much of one currency for the other, as written. */
  readonly rate?: string
}

/** Where the unit of an amount is found at run time, relative to the record that holds the field. */
export type UnitSource =
  | { readonly kind: "constant"; readonly code: string }
  /** A field or derived value of the same shape, then members: `CurrencyIsoCode`, `header.ccy`. */
  | { readonly kind: "field"; readonly path: readonly string[] }
  | { readonly kind: "parameter"; readonly name: string }

/**
 * `Opportunity`; `OpportunityLine@Salesforce` where a record's wire forms follow the system it is used in;
 * `contracts/netsuite#Account` where another file declares the same name. Unique in a Plan.
 */
export type ShapeId = string

/** What an expression gives. Numbers are exact: integer × 10^-scale; `digits` bounds the integer digits before the point (null: unbounded). */
export type ValueType =
  | { readonly kind: "text" }
  | { readonly kind: "bool" }
  /** `rational`: the value may have no finite expansion (a division inside `round`); scale is then meaningless. */
  | {
      readonly kind: "number"
      readonly digits: number | null
      readonly scale: number
      readonly rational: boolean
    }
  | { readonly kind: "date" }
  | { readonly kind: "datetime" }
  | { readonly kind: "instant" }
  | { readonly kind: "duration" }
  | { readonly kind: "record"; readonly shape: ShapeId }
  | { readonly kind: "list"; readonly of: ValueType }
  | { readonly kind: "dictionary"; readonly of: ValueType }
  | { readonly kind: "json" }
  /** A period of a calendar (its id), as canonical text that sorts by time: `2025-03`. */
  | { readonly kind: "period"; readonly calendar: string }
  /** The type of an expression that never gives a value (`hold`, `reject`, `missing`). */
  | { readonly kind: "never" }
