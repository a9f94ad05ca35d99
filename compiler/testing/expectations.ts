// Judges one expectation of a test. Flows in: what the map gave. Flows out: a sentence for what is wrong, or null. Differences are
// explained in the reader's terms: figures with their currency and how far they are apart.
import type { Issue, Result } from "@fmap/runtime"
import {
  compareValues,
  type Door,
  decodeValue,
  MISSING,
  type Outcome,
  POISON,
  type Run,
} from "../interpret/internals.ts"
import { holds } from "../plan/comparison.ts"
import type { PlanExpectation, PlanMap, ValueType, WireType } from "../plan/index.ts"
import { navigate, type Place } from "./navigate.ts"
import { shownDifference, shownOutcome } from "./shown.ts"

export interface Ran {
  readonly run: Run
  readonly map: PlanMap
  readonly result: Result<unknown>
  /** The finished record; null when it was stopped. */
  readonly record: Outcome | null
}

/** Null: met. */
export function judge(expectation: PlanExpectation, ran: Ran): string | null {
  switch (expectation.kind) {
    case "value":
      return judgeValue(expectation, ran)
    case "presence": {
      if (ran.record === null) return null
      const { value, type, pointer, unit } = placeOf(expectation.path, ran)
      const present = value !== MISSING && typeof value !== "symbol"
      if (present === expectation.present) return null
      return expectation.present
        ? `expected a value, was nothing at ${pointer}`
        : `expected nothing, was ${shownOutcome(value, type, currencyOf(type, unit))} at ${pointer}`
    }
    case "dropped": {
      const dropped = allIssues(ran.result).filter(issue => issue.severity === "skip").length
      return dropped === expectation.count ? null : `expected ${expectation.count} dropped, were ${dropped}`
    }
    case "outcome":
      return judgeOutcome(expectation, ran)
    case "like":
      // Place by place, in like-file.ts: it may have much to say.
      return null
    case "count":
      throw new Error("rows of a set are counted where one was run")
  }
}

function judgeValue(expectation: Extract<PlanExpectation, { kind: "value" }>, ran: Ran): string | null {
  // A record that was stopped has no values: its issues are the failure, told once.
  if (ran.record === null) return null
  const { value, type, pointer, unit } = placeOf(expectation.path, ran)
  const currency = currencyOf(type, unit)
  const expected = expectedValue(expectation, unit, ran)
  if (typeof expected === "symbol") return `the expected value is none of the type at ${pointer}`
  const shown = shownOutcome(expected, type, currency)
  const wanted = expectation.operator === "==" ? shown : `${expectation.operator} ${shown}`
  if (typeof value === "symbol")
    return `expected ${wanted}, was ${shownOutcome(value, type, currency)} at ${pointer}`
  const kind = comparedAs(expectation.type)
  if (kind === null) return `values at ${pointer} cannot be compared`
  if (holds(expectation.operator, compareValues(value, expected, kind))) return null
  const apart =
    expectation.operator === "==" && isNumber(value) && isNumber(expected)
      ? shownDifference(value.value, expected.value, type)
      : ""
  return `expected ${wanted}, was ${shownOutcome(value, type, currency)}${apart} at ${pointer}`
}

function isNumber(value: Outcome): value is Extract<Outcome, { readonly kind: "number" }> {
  return typeof value === "object" && value.kind === "number"
}

/** The expectation holds a wire value: the door reads it, in the currency of the place. */
function expectedValue(
  { value, type, at }: Extract<PlanExpectation, { kind: "value" }>,
  unit: Place["unit"],
  { run }: Ran,
): Outcome {
  const door: Door = {
    run,
    report: () => {},
    root: "expected",
    pointer: "",
    at,
    masked: false,
    unit: source => unit(source) ?? MISSING,
  }
  return value === null ? POISON : decodeValue(value, type, door)
}

function judgeOutcome(expectation: Extract<PlanExpectation, { kind: "outcome" }>, ran: Ran): string | null {
  const found = allIssues(ran.result)
  const wanted = `${expectation.verb} ${expectation.code}`
  const pointer = expectation.path === null ? null : placeOf(expectation.path, ran).pointer
  if (found.some(issue => meets(issue, expectation, pointer))) return null
  const same = found
    .filter(issue => issue.code === expectation.code)
    .map(issue => `${issue.severity} at ${shownPointer(issue.pointer)}`)
  const where = pointer === null ? "" : ` at ${shownPointer(pointer)}`
  if (same.length > 0) return `expected ${wanted}${where}, was ${same.join(", ")}`
  return `expected ${wanted}${where}, the record was ${ran.result.status}`
}

function meets(
  issue: Issue,
  expectation: Extract<PlanExpectation, { kind: "outcome" }>,
  pointer: string | null,
): boolean {
  return (
    issue.severity === expectation.verb &&
    issue.code === expectation.code &&
    (pointer === null || issue.pointer === pointer)
  )
}

/** Rejects and holds that no expectation names: a test must not pass by accident. */
export function unexpected(expectations: readonly PlanExpectation[], ran: Ran): readonly Issue[] {
  const expected = expectations.filter(expectation => expectation.kind === "outcome")
  return allIssues(ran.result).filter(
    issue =>
      (issue.severity === "reject" || issue.severity === "hold") &&
      !expected.some(one => meets(issue, one, one.path === null ? null : placeOf(one.path, ran).pointer)),
  )
}

export function allIssues(result: Result<unknown>): readonly Issue[] {
  return result.status === "done" ? result.notes : result.issues
}

export function shownPointer(pointer: string): string {
  return pointer === "" ? "the record" : pointer
}

export function placeOf(path: readonly (string | number)[], { map, record, run }: Ran): Place {
  return navigate(record, run.index.shape(map.target.shape), path, run.index)
}

function currencyOf(type: WireType | null, unit: Place["unit"]): string | null {
  return type !== null && "unit" in type && type.unit !== null ? unit(type.unit) : null
}

function comparedAs(type: WireType): ValueType | null {
  switch (type.kind) {
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return { kind: "number", digits: null, scale: 0, rational: true }
    case "bool":
    case "date":
    case "datetime":
    case "instant":
      return { kind: type.kind }
    case "text":
    case "enum":
    case "currency":
    case "country":
    case "language":
    case "period":
      return { kind: "text" }
    case "record":
    case "list":
    case "dictionary":
    case "json":
      return null
  }
}
