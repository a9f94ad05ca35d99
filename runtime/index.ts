// The core of @fmap/runtime: what emitted modules, services and the interpreter use. It depends on nothing and uses no Node
// API. Function docs are in @fmap/runtime/functions, file formats with peers in @fmap/runtime/formats.

export { type Calendar, type CalendarPeriod, calendarOf } from "./calendars/calendar.ts"
export { computedCalendar } from "./calendars/computed-calendar.ts"
export {
  type CalendarProblem,
  type CalendarTables,
  type LoadedCalendar,
  loadCalendar,
} from "./calendars/load-calendar.ts"
export { formatPeriod, periodPatternProblem } from "./calendars/period-pattern.ts"
export { closedPeriod, noteRedirect, redirected } from "./calendars/redirect.ts"
export * as calendarRuns from "./calendars/runs.ts"
export type { CalendarFile, CalendarSpec, PeriodRules } from "./calendars/spec.ts"
export {
  coinDigits,
  type SpreadBy,
  type SpreadPart,
  spread,
  spreadFast,
  spreadWays,
} from "./calendars/spread.ts"
export { countryTableDate, isCountry } from "./codes/countries.ts"
export { isLanguage, languageTableDate } from "./codes/languages.ts"
export type { ScalarSpec } from "./crosswalks/cell.ts"
export {
  createReference,
  type Loaded,
  type LoadedReference,
  type ReferenceChange,
  type ReferenceDatum,
  type ReferenceHolder,
  type ReferenceProblems,
} from "./crosswalks/create-reference.ts"
export { type Crosswalk, crosswalkOf, findInverse } from "./crosswalks/crosswalk.ts"
export { crosswalkKey, type KeyForm, normaliseKey, splitKey } from "./crosswalks/crosswalk-key.ts"
export { type CrosswalkLines, crosswalkLines } from "./crosswalks/crosswalk-lines.ts"
export { type CrosswalkRow, crosswalkTable } from "./crosswalks/crosswalk-table.ts"
export {
  type Days,
  daysWithout,
  effectiveOn,
  firstDay,
  lastDay,
  type Span,
  sharedDays,
  shownDays,
  untilNext,
} from "./crosswalks/effective-days.ts"
export {
  type HierarchyEntry,
  type HierarchyProblem,
  type HierarchyRow,
  hierarchyRows,
} from "./crosswalks/hierarchy-rows.ts"
export { inverseRow } from "./crosswalks/inverse-row.ts"
export {
  type CrosswalkProblem,
  type CrosswalkSpec,
  type CrosswalkTable,
  crosswalkRows,
  loadCrosswalk,
} from "./crosswalks/load-crosswalk.ts"
export { type KeyPattern, type RowConflict, rowConflicts } from "./crosswalks/row-conflicts.ts"
export { sha256 } from "./crosswalks/sha256.ts"
export { decimalOfNumber, jsonNumber, significantDigits } from "./decimal/json-number.ts"
export { powerOfTen } from "./decimal/powers.ts"
export {
  add,
  compare,
  divide,
  fromInteger,
  fromScaled,
  fromText,
  multiply,
  negate,
  type Rational,
  rational,
  roundRational,
  subtract,
  toScaled,
  zero,
} from "./decimal/rational.ts"
export { divideRounded, type RoundingMode, roundingModes } from "./decimal/rounding.ts"
export {
  type Decimal,
  fitsDigits,
  fitsMinorUnits,
  formatScaled,
  formatShortest,
  parseDecimal,
  parseScaled,
  rescale,
} from "./decimal/scaled.ts"
export { describeValue } from "./door/describe-value.ts"
export {
  checkCount,
  isPayloadObject,
  missingField,
  ownMember,
  type PayloadObject,
  readJsonValue,
  readList,
  readObject,
  unknownField,
  unknownMembers,
} from "./door/payload.ts"
export { readBool } from "./door/read-bool.ts"
export { readCountry, readCurrency, readLanguage } from "./door/read-code.ts"
export { checkDecimal, decimalText, readDecimal, valueScale } from "./door/read-decimal.ts"
export { readEnum } from "./door/read-enum.ts"
export { checkInteger, readInteger } from "./door/read-integer.ts"
export { readPeriod } from "./door/read-period.ts"
export { checkText, compilePattern, readText } from "./door/read-text.ts"
export { readDate, readDatetime, readInstant } from "./door/read-time.ts"
export { isRefused, Refused, refuse } from "./door/refused.ts"
export type {
  BitmapLayout,
  BoolSpec,
  CodeSpec,
  DecimalBound,
  DecimalSpec,
  EnumSpec,
  IntegerSpec,
  ListSpec,
  ListWire,
  PeriodSpec,
  TextSpec,
  TimeSpec,
  TimeWire,
} from "./door/spec.ts"
export { measureName, type TextMeasure, textLength } from "./door/text-length.ts"
export { kindOf, type UnionSpec } from "./door/union.ts"
export { isWellFormed } from "./door/well-formed.ts"
export { writeDecimal, writeInteger } from "./door/write-decimal.ts"
export { writePeriod } from "./door/write-period.ts"
export { writeBool, writeCode, writeEnum, writeList, writeText } from "./door/write-scalar.ts"
export { writeDate, writeDatetime, writeInstant } from "./door/write-time.ts"
export { ExactNumber, isExactNumber, type JsonNumber } from "./formats/json/exact-number.ts"
export { parseExact } from "./formats/json/parse-exact.ts"
export { type JsonRefusal, type JsonResult, readJson, readJsonBytes } from "./formats/json/read-json.ts"
export {
  type JsonTableProblem,
  type JsonTableResult,
  readJsonTable,
} from "./formats/json/read-json-table.ts"
export { writeJson } from "./formats/json/write-json.ts"
export { splitLines } from "./formats/ndjson/split-lines.ts"
export type { WireSpec } from "./formats/wire/wire-spec.ts"
export * as functions from "./functions/runs.ts"
// the fast path and the slow path of emitted modules
export * from "./kernel/index.ts"
export { allocate, type RemainderRule, remainderRules } from "./money/allocate.ts"
export { amountText, moneyText } from "./money/amount-text.ts"
export { currencyCodes, currencyTableDate, isCurrency, minorUnits } from "./money/currencies.ts"
export { type Sharing, shareOut } from "./money/share-out.ts"
export { type ControlFigures, type ControlResult, controlMessage } from "./results/control-figures.ts"
export type {
  Done,
  Issue,
  MissingRow,
  ReferenceSnapshots,
  Result,
  RowOfMany,
  RulePosition,
  Stopped,
} from "./results/issue.ts"
export { type IssueCode, issueCodes } from "./results/issue-code.ts"
export { pointer } from "./results/pointer.ts"
export { createReport, exitMessage, type IssuePlace, type Report, statusOf } from "./results/report.ts"
export { masked, shortened, shownValue } from "./results/shown-value.ts"
export { droppedRow, nothingRead } from "./sets/dropped-row.ts"
export { indexBy } from "./sets/index-by.ts"
export { runRows, runRowsAsync } from "./sets/run-rows.ts"
export type {
  CollectedRow,
  DroppedRow,
  FastReader,
  RowCounts,
  RowOutcome,
  RowRead,
  RowReader,
  RowTotal,
  SetControlResult,
  SetEnd,
  SetRun,
  SetSummary,
  StoppedRows,
} from "./sets/set-result.ts"
export { createSetRun } from "./sets/set-run.ts"
export type {
  CollectSpec,
  ControlSpec,
  FoldSpec,
  FoldType,
  MeterSpec,
  OutKey,
  OutMeterSpec,
  SetSpec,
  TermSpec,
} from "./sets/set-spec.ts"
export { dayNumberOfDate } from "./time/date.ts"
export { compareInstants } from "./time/instant.ts"
export { formatDate, patternProblem } from "./time/pattern.ts"
export {
  dateOf,
  datetimeOf,
  instantOf,
  isZoneName,
  type Zone,
  type ZonePolicy,
  zoneOf,
} from "./time/zone.ts"
