// The types of the checker. Richer than the Plan's: units are symbolic, enums know their declaration, shapes are
// the bound declarations themselves. Plain readonly data; nothing here reads syntax.
import type { BoundCalendar, BoundShape, BoundSystem } from "../resolve/model.ts"

export type Type =
  | { readonly kind: "error" }
  | TextType
  | { readonly kind: "bool" }
  | NumberType
  | {
      readonly kind:
        | "currency"
        | "country"
        | "language"
        | "date"
        | "datetime"
        | "instant"
        | "duration"
        | "json"
    }
  | EnumType
  | RecordType
  | ListType
  | { readonly kind: "dictionary"; readonly of: Type }
  /** The type of `missing` and of ways out: fits everything. */
  | { readonly kind: "never" }
  | PeriodType

export interface TextType {
  readonly kind: "text"
  readonly min: number
  /** Null: unbounded. */
  readonly max: number | null
  readonly measure: "points" | "utf16" | "bytes"
  readonly pattern: string | null
  /** An identifier of digits that systems pad with zeros to this length; inside it has none. */
  readonly padded?: number
  /** Set for a constant text, so that an enum or a length can be judged by its value. */
  readonly literal: string | null
}

/** Every exact figure: `int`, `decimal`, `percent`, `money`, `quantity`, `rate`. */
export interface NumberType {
  readonly kind: "number"
  readonly role: "int" | "decimal" | "percent" | "money" | "quantity" | "rate"
  /** Rates: which two currencies; absent for all others. */
  readonly rate?: RatePair
  /** Money and quantity: whose unit; null for the others. */
  readonly unit: Unit | null
  /** Money of a measure (`of Measure.Booked`): amounts of two measures do not mix; absent: of none, fits every one. */
  readonly measure?: Measure
  /** Money that is the price of one of a unit (`in ccy per KG`); absent: a plain amount. */
  readonly per?: Unit
  /** Bound of the digits before the point; null: unbounded. */
  readonly digits: number | null
  /** Fraction digits of the value (a percent(5,2) has 4). */
  readonly scale: number
  /** A division not yet rounded. */
  readonly rational: boolean
  /** Inclusive bounds where declared or known (`int(0..999)`, `where value > 0` keeps its exclusive end). */
  readonly low: Bound | null
  readonly high: Bound | null
  /** Money declared without numbers: must fit its currency's minor units. */
  readonly fitsMinor: boolean
  /**
   * Not null: parts of it were rounded to the minor units of a currency known only at run time. The number is the scale of
   * the other parts (0 when there are none): only digits beyond it may turn out to be too many, and only at run time.
   */
  readonly minor: number | null
  /** The text of a bare number literal, else null. `0` fits every unit; others stand for amounts only in tests, `within` and beside a constant currency. */
  readonly literal: string | null
}
/** A member of a closed enum that says what amounts are amounts of. */
export interface Measure {
  /** The enum with its file, and the member: what makes two measures one. */
  readonly id: string
  /** As an author would write it: `Measure.Booked`. */
  readonly name: string
}
/** So much of the one currency for `amount` of the other: 1.0850 of USD per 1 EUR. */
export interface RatePair {
  readonly of: Unit
  readonly per: Unit
  /** A power of ten: 1, or 100 where rates are quoted for a hundred. */
  readonly amount: number
}
export interface Bound {
  readonly value: string
  readonly inclusive: boolean
}

export interface EnumType {
  readonly kind: "enum"
  /** Declared name, or null for one written in place. Two enums are the same type when their members are equal and both are open or closed. */
  readonly name: string | null
  readonly open: boolean
  readonly members: readonly { readonly value: string; readonly docs: string }[]
}

export interface RecordType {
  readonly kind: "record"
  readonly shape: BoundShape
  /** Units for the shape's parameters, in order. */
  readonly arguments: readonly Unit[]
  /** The system whose wire forms a plain record takes on, once it is reached through a contract; null inside shapes. */
  readonly system: BoundSystem | null
}

/** A fiscal period of one calendar; periods of two calendars have nothing in common. */
export interface PeriodType {
  readonly kind: "period"
  readonly calendar: BoundCalendar
}

export interface ListType {
  readonly kind: "list"
  readonly of: Type
  readonly min: number
  readonly max: number | null
}

/** Whose currency or measure an amount is in (language-decisions 12). */
export type Unit =
  | { readonly kind: "constant"; readonly code: string }
  /** Relative to the record that holds the amount: a field or derived value of it, then members. Only inside shapes. */
  | { readonly kind: "field"; readonly path: readonly string[] }
  /** A parameter of the shape. Only inside shapes. */
  | { readonly kind: "parameter"; readonly name: string }
  /** A binder of a map (by unique id) and members: absolute. */
  | {
      readonly kind: "path"
      readonly root: number
      readonly rootName: string
      readonly path: readonly string[]
    }
  /** A currency nobody can compare with another: one per place it arises. `why` completes "its currency …". */
  | { readonly kind: "opaque"; readonly id: number; readonly why: string }

/** The type with its units changed: an amount's currency, a rate's two. */
export function withUnits(type: NumberType, change: (unit: Unit) => Unit): NumberType {
  const { unit, rate, per } = type
  if (rate !== undefined) return { ...type, rate: { ...rate, of: change(rate.of), per: change(rate.per) } }
  if (unit === null) return type
  return { ...type, unit: change(unit), ...(per === undefined ? {} : { per: change(per) }) }
}

/** The type without the unit it is a price of. */
export function withoutPer({ per: _, ...type }: NumberType): NumberType {
  return type
}

/** The type without what its amounts are of. */
export function withoutMeasure({ measure: _, ...type }: NumberType): NumberType {
  return type
}

/** Every unit of a figure. */
export function unitsOf({ unit, rate, per }: NumberType): readonly Unit[] {
  return [
    ...(unit === null ? [] : [unit]),
    ...(per === undefined ? [] : [per]),
    ...(rate === undefined ? [] : [rate.of, rate.per]),
  ]
}
