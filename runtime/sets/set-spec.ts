// What a run over a set of rows must know of its map: plain data, emitted as a constant or made from the Plan. Field names are
// wire names. Flows in: nothing. Flows out: types.
import type { DecimalSpec, IntegerSpec, TimeSpec } from "../door/spec.ts"

export interface SetSpec {
  /** How the target is called in issues. */
  readonly target: string
  /** Digits after the point of each figure of a row; null: it is a text. */
  readonly figures: readonly (number | null)[]
  /** Figures added up by outcome; `currency`: a code, or the figure that holds it. */
  readonly totals: readonly {
    readonly path: string
    readonly figure: number
    readonly currency: string | number | null
  }[]
  /** Null: each row that is not stopped is a record of its own. */
  readonly collect: CollectSpec | null
  readonly controls: readonly ControlSpec[]
}

/** A comparison of sums over the whole run, once for each combination of keys. */
export interface ControlSpec {
  readonly title: string
  readonly keys: readonly string[]
  /** What of the rows its terms add up, and by what: figures, by figures. */
  readonly meters: readonly MeterSpec[]
  /** The same of the records that come out: fields, by fields. */
  readonly outMeters: readonly OutMeterSpec[]
  readonly left: readonly TermSpec[]
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="
  readonly right: readonly TermSpec[]
  readonly within: { readonly amount: string; readonly minor: boolean; readonly relative: boolean } | null
  /** A code, or the key that holds it. */
  readonly currency: string | number | null
  readonly verb: "reject" | "hold" | "warn"
  readonly code: string
  readonly message: string | null
  readonly at: string
}
/** `figure` null: rows are counted. `by`: figures that hold texts, or a text that is the same for all. */
export interface MeterSpec {
  readonly figure: number | null
  readonly by: readonly (number | string)[]
}
/** `sum` null: records are counted. */
export interface OutMeterSpec {
  readonly sum: FoldSpec | null
  readonly by: readonly OutKey[]
}
/** A field that stands on the wire as figures of rows have it, or in another form: a code in small letters, an identifier filled up with zeros. */
export type OutKey = string | { readonly field: string; readonly form: "lower" | "padded" }
export type TermSpec = { readonly negative: boolean; readonly scale: number } & (
  | { readonly kind: "rows"; readonly meter: number; readonly of: "rows" | "rejected" | "held" | "dropped" }
  | { readonly kind: "out"; readonly meter: number }
  | { readonly kind: "input"; readonly input: number }
  | { readonly kind: "literal"; readonly value: string }
)

export interface CollectSpec {
  /** All fields of the target, in its order. */
  readonly fields: readonly string[]
  readonly keys: readonly string[]
  readonly folds: readonly FoldSpec[]
  readonly incomplete: "hold" | "reject" | "drop" | "keep"
  /** The clause in the `.fmap`. */
  readonly at: string
}

export interface FoldSpec {
  readonly field: string
  /** Its pointer in the target. */
  readonly pointer: string
  readonly operation: "sum" | "min" | "max" | "first" | "last"
  /** How its values stand on the wire; null where they are taken as they are. */
  readonly type: FoldType | null
  /** The currency of an amount: a code, or the field that holds it. */
  readonly currency: { readonly code: string } | { readonly field: string } | null
}
export type FoldType =
  | DecimalSpec
  | (IntegerSpec & { readonly kind: "int" })
  | (TimeSpec & { readonly kind: "date" | "datetime" | "instant" })
