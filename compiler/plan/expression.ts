// Expressions of the Plan: typed, desugared, every node with the place it came from.
//
// Evaluation gives a value or `missing`. A declared failure (division by zero, `exact` that would lose, an empty list for
// `min`) evaluates to missing too: the checker has proved that each one meets an `else`. A way out (`exit`) reports its issue
// and makes the variable being computed *poison*; whatever reads poison becomes poison without a further issue.
// Operators never see missing: the checker has proved their operands present (`maybe` is false there).
import type { ShapeId, ValueType, WireType } from "./value-type.ts"

/** File index (Plan.files), line and column of the start, line and column of the end; all but the index 1-based, columns in UTF-16 units. */
export type At = readonly [file: number, line: number, column: number, endLine: number, endColumn: number]

/** Index into PlanMap.variables (or the variables of a shape's rules). */
export type VariableId = number

interface Node {
  readonly type: ValueType
  /** May this node give missing? */
  readonly maybe: boolean
  readonly at: At
}

export type PlanExpression =
  | LiteralExpression
  | MissingExpression
  | ClearExpression
  | ExitExpression
  | VariableExpression
  | FieldExpression
  | EntryExpression
  | ArithmeticExpression
  | NegateExpression
  | RoundExpression
  | CompareExpression
  | BetweenExpression
  | AnyOfExpression
  | LogicExpression
  | NotExpression
  | PresentExpression
  | SwitchExpression
  | ConditionalExpression
  | ElseExpression
  | CallExpression
  | LookupExpression
  | TextExpression
  | RecordExpression
  | ListExpression
  | EachExpression
  | AggregateExpression
  | FitExpression
  | GroupingExpression
  | CalendarExpression
  | NestingExpression
  | ZonedExpression
  | SpreadExpression

/** A constant. Numbers as exact decimal text; dates, instants, enum members and codes as text. */
export interface LiteralExpression extends Node {
  readonly kind: "literal"
  readonly value: string | boolean
}
/** No value: `missing`, `else omit`. */
export interface MissingExpression extends Node {
  readonly kind: "missing"
}
/** `else clear`: writes null. Stands only as the whole value of a field, or in the fallback of its `else` or an arm of it. */
export interface ClearExpression extends Node {
  readonly kind: "clear"
}
/** A way out. `message` is a text expression. `skip` leaves the innermost `each` row. */
export interface ExitExpression extends Node {
  readonly kind: "exit"
  readonly verb: "reject" | "hold" | "skip"
  readonly code: string
  readonly message: PlanExpression | null
}

export interface VariableExpression extends Node {
  readonly kind: "variable"
  readonly variable: VariableId
}
/** A member of a record. Missing if `of` is missing or the field is absent. `narrowed`: declared optional, proved present here. */
export interface FieldExpression extends Node {
  readonly kind: "field"
  readonly of: PlanExpression
  readonly field: string
  readonly narrowed: boolean
}
/** A key of a dictionary; missing when absent. */
export interface EntryExpression extends Node {
  readonly kind: "entry"
  readonly of: PlanExpression
  readonly key: PlanExpression
}

/** Exact. `/` gives a rational and stands only below `round`; a zero divisor makes the whole `round` missing. */
export interface ArithmeticExpression extends Node {
  readonly kind: "arithmetic"
  readonly operator: "+" | "-" | "*" | "/"
  readonly left: PlanExpression
  readonly right: PlanExpression
}
export interface NegateExpression extends Node {
  readonly kind: "negate"
  readonly of: PlanExpression
}
export type RoundingMode =
  | "half_even"
  | "half_up"
  | "half_down"
  | "up"
  | "down"
  | "ceiling"
  | "floor"
  | "exact"
/** Rounds to `scale` fraction digits, or to the minor units of a currency known at run time. `exact` gives missing instead of losing. type.scale is the static result scale (4 for a variable currency). */
export interface RoundExpression extends Node {
  readonly kind: "round"
  readonly of: PlanExpression
  readonly scale:
    | { readonly kind: "digits"; readonly digits: number }
    | { readonly kind: "minor"; readonly currency: PlanExpression }
  readonly mode: RoundingMode
}

/** Both sides of one kind. Numbers by value; text by code point; dates and instants by time; equality on enums, bools, currencies too. */
export interface CompareExpression extends Node {
  readonly kind: "compare"
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="
  readonly left: PlanExpression
  readonly right: PlanExpression
}
/** Closed range. */
export interface BetweenExpression extends Node {
  readonly kind: "between"
  readonly of: PlanExpression
  readonly low: PlanExpression
  readonly high: PlanExpression
  readonly negated: boolean
}
export interface AnyOfExpression extends Node {
  readonly kind: "anyOf"
  readonly of: PlanExpression
  readonly options: readonly PlanExpression[]
  readonly negated: boolean
}
/** Left to right, short-circuit. */
export interface LogicExpression extends Node {
  readonly kind: "logic"
  readonly operator: "and" | "or"
  readonly left: PlanExpression
  readonly right: PlanExpression
}
export interface NotExpression extends Node {
  readonly kind: "not"
  readonly of: PlanExpression
}
export interface PresentExpression extends Node {
  readonly kind: "present"
  readonly of: PlanExpression
  readonly negated: boolean
}

/** `match` over literal values. `missing` is the arm for a missing subject (null: the subject is never missing). Exhaustive: without `otherwise` every value has an arm. */
export interface SwitchExpression extends Node {
  readonly kind: "switch"
  readonly subject: PlanExpression
  readonly arms: readonly {
    readonly values: readonly (string | boolean)[]
    readonly then: PlanExpression
    readonly at: At
  }[]
  readonly missing: PlanExpression | null
  readonly otherwise: PlanExpression | null
}
/** First true condition wins; `bind` evaluates a subject once before. `otherwise` is never absent (the checker proves or requires it). Without arms: a computed argument of a call that was written out. */
export interface ConditionalExpression extends Node {
  readonly kind: "conditional"
  readonly bind: { readonly variable: VariableId; readonly value: PlanExpression } | null
  readonly arms: readonly { readonly when: PlanExpression; readonly then: PlanExpression; readonly at: At }[]
  readonly otherwise: PlanExpression
}
/** `value else fallback`: the fallback where value is missing or failed. */
export interface ElseExpression extends Node {
  readonly kind: "else"
  readonly value: PlanExpression
  readonly fallback: PlanExpression
}

/** A built-in function of runtime/functions, by name. Arguments are present values. A fallible one gives missing. */
export interface CallExpression extends Node {
  readonly kind: "call"
  readonly function: string
  readonly arguments: readonly PlanExpression[]
}
/** A crosswalk row; missing when there is none. Keys are present values. The value has the crosswalk's result type (WireType, decoded). */
export interface LookupExpression extends Node {
  readonly kind: "lookup"
  /** Its id. */
  readonly crosswalk: string
  readonly keys: readonly PlanExpression[]
  /** The day, a present value, where the crosswalk is dated. */
  readonly asOf: PlanExpression | null
  /** Asked back: the only key is a value of the crosswalk, what it gives is the key. Without a row it is missing, whatever `unmapped` says. */
  readonly inverse: boolean
}
/** Text with holes. Numbers print canonically at their static scale without trailing zeros cut; dates and instants in ISO, or by `format`. Masked: the value is personal data and prints as "•••". */
export interface TextExpression extends Node {
  readonly kind: "interpolation"
  readonly parts: readonly (
    | string
    | { readonly value: PlanExpression; readonly format: string | null; readonly masked: boolean }
  )[]
}

export interface RecordExpression extends Node {
  readonly kind: "record"
  readonly shape: ShapeId
  readonly block: PlanBlock
}
/** Concatenation. A `spread` element is itself a list (an `each`). An element whose `when` is false is left out. */
export interface ListExpression extends Node {
  readonly kind: "list"
  readonly elements: readonly {
    readonly when: PlanExpression | null
    readonly value: PlanExpression
    readonly spread: boolean
  }[]
}

/** A loop variable over a list. `reads` says which members of a record element are decoded (see PlanRead). */
export interface PlanGenerator {
  readonly variable: VariableId
  readonly source: PlanExpression
  /** Set when the elements are undecoded payload rows (the list is a field of a source binder): then they are decoded here. */
  readonly element: PlanBinding | null
  /** Set where `source` is a `grouping`: holds the rows of the group whose keys `variable` holds. */
  readonly rows?: VariableId
  /** Set where `source` is a `nesting`: hold where the node stands whose row `variable` holds. */
  readonly tree?: PlanTreeParts
  /** Only the rows whose keys equal those of the rows before. Such a list does not depend on them: it is read and put in order once, before the first. */
  readonly join?: PlanJoin
}
/**
 * Rows of equal keys. `one` and `optional` want at most one: with several, `conflict` says which or how to leave. Without a match
 * `one` leaves by `otherwise`, `optional` binds missing, `many` has no row. A way out stands at the row being made. Where there is
 * none (null), the row is left out and the whole list or aggregate is missing: a declared failure.
 */
export interface PlanJoin {
  readonly keys: readonly { readonly outer: PlanExpression; readonly inner: PlanExpression }[]
  readonly matches: "one" | "optional" | "many"
  readonly conflict: "first" | "last" | PlanExpression | null
  readonly otherwise: PlanExpression | null
}
/**
 * Flat generators, outermost first. A row failing `where` is left out. `position` (when not null) is a variable holding the
 * 1-based number of kept rows. Missing source list: the whole is missing. `sort` is stable, on kept rows, before positions are given.
 */
export interface EachExpression extends Node {
  readonly kind: "each"
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  readonly sort: readonly { readonly key: PlanExpression; readonly descending: boolean }[]
  readonly position: VariableId | null
  readonly body: PlanExpression
  /**
   * What each row leaves to the next: the variable holds `start` (null: missing) while the first row is made; after each row that is
   * kept all values are computed in that row, and then set; a row that is poison leaves poison.
   */
  readonly carries?: readonly {
    readonly variable: VariableId
    readonly start: PlanExpression | null
    readonly value: PlanExpression
  }[]
}
/** `sum count min max average any all first last distinct`. `value` is null only for count. Empty: sum 0, count 0, any false, all true, distinct []; others missing. `average` gives a rational. */
export interface AggregateExpression extends Node {
  readonly kind: "aggregate"
  readonly operation:
    | "sum"
    | "count"
    | "min"
    | "max"
    | "average"
    | "any"
    | "all"
    | "first"
    | "last"
    | "distinct"
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  readonly value: PlanExpression | null
}

/**
 * Makes a value fit the field it is assigned to. `checks` lists what the compiler could not prove; each one that fails at run
 * time is a reject `OUT_OF_RANGE` at the field. Widening of scale is exact and needs no check. An empty list for `T[1..]`
 * gives *missing* where `emptyIsMissing` (an `else` stands outside).
 */
export interface FitExpression extends Node {
  readonly kind: "fit"
  readonly of: PlanExpression
  readonly to: WireType
  readonly field: string
  readonly checks: readonly FitCheck[]
  readonly emptyIsMissing: boolean
}
export type FitCheck =
  /** No more digits before the point than the field's precision allows. */
  | { readonly kind: "digits" }
  /** No non-zero digits beyond the field's scale (a value rounded to the minor units of a currency known at run time). */
  | { readonly kind: "scale" }
  | { readonly kind: "bounds" }
  | { readonly kind: "minor"; readonly currency: PlanExpression }
  | { readonly kind: "length" }
  | { readonly kind: "pattern" }
  | { readonly kind: "items" }
  /** The wire form of `to` has a place for all of the value: a pattern for every digit of a time, a separator no element holds. */
  | { readonly kind: "form" }

/**
 * Rows with equal keys, put together in the order of the first row of each group: numbers are equal by value, texts by code point.
 * Keys are present values and have no way out. Stands only as the source of a generator that binds `rows`; an element is the
 * record of the keys (an inferred shape). A key, a filter or a list that is poison poisons the whole: which groups there are is not known.
 */
export interface GroupingExpression extends Node {
  readonly kind: "grouping"
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  readonly keys: readonly { readonly field: string; readonly value: PlanExpression }[]
  /** Members of a row, one a generator, in their order; null: a row of the group is the row of the one generator. */
  readonly members: readonly string[] | null
}

/** Questions to a calendar: the names of the runtime's calendar runs. */
export type CalendarOperation =
  | "period_of"
  | "open_period_of"
  | "next_open_period_of"
  | "start_of"
  | "end_of"
  | "year_of"
  | "number_of"
  | "regular"
  | "is_adjustment"
  | "is_open"
  | "add_periods"
  | "periods_between"
  | "period_at"
  | "format_period"
  | "is_business_day"
  | "next_business_day"
  | "previous_business_day"
  | "add_business_days"
  | "business_days_between"
/**
 * Asks a calendar (its id). Arguments are present values: dates and periods as text, counts as whole numbers. One without an answer
 * (a day outside of the calendar, no open period) gives missing.
 */
export interface CalendarExpression extends Node {
  readonly kind: "calendar"
  readonly calendar: string
  readonly operation: CalendarOperation
  readonly arguments: readonly PlanExpression[]
}

/** `parent`: the row above, missing at the top. `children` and `descendants`: rows, in the order of the nodes. `depth`: 0 at the top. */
export interface PlanTreeParts {
  readonly parent: VariableId
  readonly children: VariableId
  readonly descendants: VariableId
  readonly depth: VariableId
}
/**
 * The rows of one generator as a tree: `parent` is the key of the row above, missing at the top. Nodes come with parents before their
 * children, otherwise in the order of the rows. Missing where two rows have one key, a parent is no row, or rows stand above
 * themselves. A key, a filter or a list that is poison poisons the whole. Stands only as the source of a generator with `tree`.
 */
export interface NestingExpression extends Node {
  readonly kind: "nesting"
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  readonly parent: PlanExpression
  readonly key: PlanExpression
}

/**
 * From an instant to the date or the local time of a zone (a name of tzdata), or from a local time to an instant. A local time that the clock
 * skips or repeats gives missing where the policy refuses. A result outside of the years 0001 to 9999 is a reject `OUT_OF_RANGE`.
 */
export interface ZonedExpression extends Node {
  readonly kind: "zoned"
  readonly gives: "date" | "datetime" | "instant"
  readonly zone: string
  readonly policy: "refuse" | "earlier" | "later"
  readonly of: PlanExpression
}

/**
 * A total spread over the regular periods of a calendar (its id) that hold the days `from` to `to`: a list of records `period`, `amount`, `days`,
 * `start`, `end`, whose amounts add up to the total. With `coin` (a currency) the total is divided in whole coins where it is whole in them.
 * Missing when there is no day, or one outside of the calendar, or no part that weighs anything.
 */
export interface SpreadExpression extends Node {
  readonly kind: "spread"
  readonly calendar: string
  readonly total: PlanExpression
  readonly from: PlanExpression
  readonly to: PlanExpression
  /** Is the last day part of it? */
  readonly inclusive: boolean
  readonly by: "days" | "months" | "thirty_360"
  readonly rule: "largest_fraction" | "largest_share" | "first" | "last"
  readonly coin: PlanExpression | null
}

/** What a map reads of an undecoded record: decoded and checked once, where the record is bound, in contract field order. */
export interface PlanBinding {
  readonly shape: ShapeId
  readonly reads: readonly PlanRead[]
  /** Rules of the shape (derive, check) that run after decoding, by index into PlanShape.rules. */
  readonly rules: readonly number[]
  /** Unit arguments of the shape as expressions over outer variables, in parameter order. */
  readonly arguments: readonly PlanExpression[]
}
/** `members`: read only these of a record-typed field. `elements`: the field is a list whose rows a generator decodes; here only "is a list, within bounds". Neither: the whole value. */
export interface PlanRead {
  readonly field: string
  readonly members: PlanBinding | null
  readonly elements: boolean
}

/** Steps in dependency order, ties by order of writing; issues are collected in this order. */
export interface PlanBlock {
  readonly steps: readonly PlanStep[]
  /** Target fields in the target's order; a left field is absent here. */
  readonly fields: readonly { readonly field: string; readonly variable: VariableId }[]
}
export type PlanStep =
  | { readonly kind: "let"; readonly variable: VariableId; readonly value: PlanExpression; readonly at: At }
  | {
      readonly kind: "field"
      readonly field: string
      readonly variable: VariableId
      readonly value: PlanExpression
      readonly at: At
    }
  /** A derived value of the target shape; like a let, not written out. */
  | {
      readonly kind: "derive"
      readonly field: string
      readonly variable: VariableId
      readonly value: PlanExpression
      readonly at: At
    }
  /** False: the exit. Skipped silently when it reads poison. */
  | {
      readonly kind: "check"
      readonly condition: PlanExpression
      readonly exit: PlanCheckExit
      readonly at: At
    }
  /** `left operator right`, with |left - right| ≤ tolerance for `==` when `within` is set (tolerance already in the amounts' own unit; `relative`: a fraction of |right|). Skipped when `when` is false. */
  | {
      readonly kind: "control"
      readonly title: string
      readonly left: PlanExpression
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="
      readonly right: PlanExpression
      readonly within: {
        readonly amount: PlanExpression
        readonly relative: boolean
        readonly minorOf: PlanExpression | null
      } | null
      readonly when: PlanExpression | null
      /** Set for `for each`: compared once for every combination of keys that stands in the rows, in order of first appearance. */
      readonly groups: PlanControlGroups | null
      /** What is compared is personal or confidential: issues do not show the figures. */
      readonly masked: boolean
      readonly exit: PlanCheckExit
      readonly at: At
    }
  /**
   * A part of a total (language-decisions 16). Stands in the block that is the body of an `each`: every row runs its steps up to
   * here, then the parts are known and every row goes on; no row is skipped any more. Peers are the rows that came so far within
   * one run of the generator with the index `within` (0: all rows). `weight` is computed in each row, `total` once a run.
   * Parts add up to the total. They have at most `coin.digits` fraction digits, and no more than the minor units of `coin.currency`
   * where that is not null; a total that has more itself is divided at `scale`. Nothing is divided into nothings. Weights without
   * proportion: equal parts where `equally`, else missing. A failed weight or total, or rows that are not known, fail all parts
   * of the run, silently.
   */
  | {
      readonly kind: "share"
      readonly variable: VariableId
      readonly total: PlanExpression
      readonly weight: PlanExpression
      readonly within: number
      readonly rule: RemainderRule
      readonly equally: boolean
      /** Of the parts; at least that of the total. */
      readonly scale: number
      readonly coin: { readonly digits: number; readonly currency: PlanExpression | null }
      readonly at: At
    }
export type RemainderRule = "largest_fraction" | "largest_share" | "first" | "last"
/** Both sides of the control read the key variables: their aggregates keep only the rows whose keys equal them. */
export interface PlanControlGroups {
  readonly keys: readonly {
    readonly name: string
    readonly variable: VariableId
    readonly type: ValueType
    /** Personal or confidential: shown as "•••". */
    readonly masked: boolean
  }[]
  /** Where keys are looked for: the rows of each aggregate, with the values of the keys in their order. */
  readonly rows: readonly {
    readonly generators: readonly PlanGenerator[]
    readonly where: PlanExpression | null
    readonly keys: readonly PlanExpression[]
  }[]
}
export interface PlanCheckExit {
  readonly verb: "reject" | "hold" | "warn"
  readonly code: string
  readonly message: PlanExpression | null
  /** Pointer base: the issue is reported at this member of the block's record, or at the record itself. */
  readonly field: string | null
}
