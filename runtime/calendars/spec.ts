// What a calendar declaration says, as plain data: the rules its periods follow, which days are no business days, and the files
// that hold the rest. Flows in from emitted constants or the Plan. Knows no dates yet.

/** Which of the two calendar years a fiscal year spans gives it its name. */
export type YearNamedBy = "start" | "end"

/** Fiscal years `from` to `until`, both included; `adjustments` periods follow the regular ones of each year. */
interface YearRange {
  readonly namedBy: YearNamedBy
  readonly adjustments: number
  readonly from: number
  readonly until: number
}

/** Twelve periods that each begin on the same day of a month. */
export interface MonthRules extends YearRange {
  readonly kind: "months"
  readonly month: number
  readonly day: number
}

/** Whole weeks. The year ends on the last `weekday` of a month, or on the one nearest to its end; `weekday` 1 is Monday. */
export interface WeekRules extends YearRange {
  readonly kind: "weeks"
  readonly ends: "last" | "nearest"
  readonly weekday: number
  readonly month: number
  /** Weeks of each period of a year of 52 weeks. */
  readonly lengths: readonly number[]
  /** The period, counted from 1, that takes week 53. */
  readonly longPeriod: number
}

/** The periods stand in a file; a fiscal year begins with the period that begins on or after this day. */
export interface FileRules {
  readonly kind: "file"
  readonly month: number
  readonly day: number
  readonly namedBy: YearNamedBy
}

export type PeriodRules = MonthRules | WeekRules | FileRules

/** Columns by what they hold, and which rows count. */
export interface CalendarFile {
  readonly columns: readonly { readonly name: string; readonly column: string }[]
  readonly where: readonly {
    readonly column: string
    readonly operator: "==" | "!="
    readonly value: string | boolean
  }[]
}

export interface CalendarSpec {
  readonly name: string
  /** Null: the calendar has no periods, only business days. */
  readonly rules: PeriodRules | null
  /** Days of the week without business, 1 is Monday; null: the calendar knows no business days. */
  readonly weekend: readonly number[] | null
  /** The periods themselves, or which of them are closed. */
  readonly periods: CalendarFile | null
  readonly status: CalendarFile | null
  readonly holidays: CalendarFile | null
}
