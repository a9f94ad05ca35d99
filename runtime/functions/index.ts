// The door of @fmap/runtime/functions: every built-in with its promise and its work, for the checker, the interpreter and the
// reference. Services do not need it.
import { spec as abs } from "./abs/spec.ts"
import { spec as add_days } from "./add_days/spec.ts"
import { spec as add_months } from "./add_months/spec.ts"
import { spec as contains } from "./contains/spec.ts"
import { spec as day } from "./day/spec.ts"
import { spec as days_between } from "./days_between/spec.ts"
import { spec as ends_with } from "./ends_with/spec.ts"
import { spec as fingerprint } from "./fingerprint/spec.ts"
import { spec as format_decimal } from "./format_decimal/spec.ts"
import type { FunctionSpec } from "./function-spec.ts"
import { spec as join } from "./join/spec.ts"
import { spec as key_part } from "./key_part/spec.ts"
import { spec as length } from "./length/spec.ts"
import { spec as lower } from "./lower/spec.ts"
import { spec as masked } from "./masked/spec.ts"
import { spec as matches } from "./matches/spec.ts"
import { spec as month } from "./month/spec.ts"
import { spec as pad_end } from "./pad_end/spec.ts"
import { spec as pad_start } from "./pad_start/spec.ts"
import { spec as parse_date } from "./parse_date/spec.ts"
import { spec as parse_decimal } from "./parse_decimal/spec.ts"
import { spec as parse_int } from "./parse_int/spec.ts"
import { spec as part } from "./part/spec.ts"
import { spec as parts } from "./parts/spec.ts"
import { spec as replace } from "./replace/spec.ts"
import * as runs from "./runs.ts"
import { spec as slice } from "./slice/spec.ts"
import { spec as split } from "./split/spec.ts"
import { spec as starts_with } from "./starts_with/spec.ts"
import { spec as strip_prefix } from "./strip_prefix/spec.ts"
import { spec as strip_suffix } from "./strip_suffix/spec.ts"
import { spec as strip_zeros } from "./strip_zeros/spec.ts"
import { spec as text_of } from "./text_of/spec.ts"
import { spec as trim } from "./trim/spec.ts"
import { spec as truncate } from "./truncate/spec.ts"
import { spec as upper } from "./upper/spec.ts"
import { spec as wrap } from "./wrap/spec.ts"
import { spec as year } from "./year/spec.ts"

export type { FunctionExample, FunctionParameter, FunctionSpec, FunctionType } from "./function-spec.ts"

/** A value inside: text, dates and codes as text, int as bigint, number as bigint × 10^scale, lists as arrays; undefined: missing. */
export type FunctionValue = string | boolean | bigint | readonly string[] | undefined

/** Arguments are present and of the types the spec names: the checker has seen to it. */
export type FunctionRun = (...values: readonly never[]) => FunctionValue

/** By name, in name order. A Map: `constructor` is no function. */
export const functionSpecs: ReadonlyMap<string, FunctionSpec> = new Map(
  [
    abs,
    add_days,
    add_months,
    contains,
    day,
    days_between,
    ends_with,
    fingerprint,
    format_decimal,
    join,
    key_part,
    length,
    lower,
    masked,
    matches,
    month,
    pad_end,
    pad_start,
    parse_date,
    parse_decimal,
    parse_int,
    part,
    parts,
    replace,
    slice,
    split,
    starts_with,
    strip_prefix,
    strip_suffix,
    strip_zeros,
    text_of,
    trim,
    truncate,
    upper,
    wrap,
    year,
  ].map(spec => [spec.name, spec]),
)

export const functionRuns: ReadonlyMap<string, FunctionRun> = new Map(Object.entries(runs))

/** Calls a built-in by name with checked arguments; undefined is missing. Throws for a name that is none: a bug of the caller. */
export function callFunction(name: string, values: readonly FunctionValue[]): FunctionValue {
  const run = functionRuns.get(name)
  if (run === undefined) throw new RangeError(`No built-in function is named ${name}.`)
  return run(...(values as readonly never[]))
}
