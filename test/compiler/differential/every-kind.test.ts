// What random maps are made of. The differential test says nothing about a node of the Plan that it never draws, so every kind is drawn, or its
// own differential test is named here. A new kind does not compile until it stands in the table.
import { expect, test } from "vitest"
import type { CalendarOperation, PlanExpression, PlanStep } from "../../../compiler/plan/index.ts"
import { samples } from "./draw.ts"
import { randomPlan } from "./random-plan.ts"

const expressions: Record<PlanExpression["kind"], true> = {
  aggregate: true,
  anyOf: true,
  arithmetic: true,
  between: true,
  calendar: true,
  call: true,
  clear: true,
  compare: true,
  conditional: true,
  each: true,
  else: true,
  entry: true,
  exit: true,
  field: true,
  fit: true,
  grouping: true,
  interpolation: true,
  list: true,
  literal: true,
  logic: true,
  lookup: true,
  missing: true,
  negate: true,
  nesting: true,
  not: true,
  present: true,
  record: true,
  round: true,
  spread: true,
  switch: true,
  variable: true,
  zoned: true,
}

const steps: Record<PlanStep["kind"], true | string> = {
  check: true,
  control: true,
  // Of a target's own contract; a source's rules are drawn as rules of its shape.
  derive: "specs/conformance/money/derived-in-map",
  field: true,
  let: true,
  share: true,
}

const operations: Record<CalendarOperation, true> = {
  add_business_days: true,
  add_periods: true,
  business_days_between: true,
  end_of: true,
  format_period: true,
  is_adjustment: true,
  is_business_day: true,
  is_open: true,
  next_business_day: true,
  next_open_period_of: true,
  number_of: true,
  open_period_of: true,
  period_at: true,
  period_of: true,
  periods_between: true,
  previous_business_day: true,
  regular: true,
  start_of: true,
  year_of: true,
}

test("random maps hold every kind of expression and step, and every question to a calendar", () => {
  const drawn = new Set<string>()
  // Expressions have `maybe`, steps have a place and none; types, which share some names with them, have neither.
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    if ("kind" in value && "at" in value)
      drawn.add(`${"maybe" in value ? "expression" : "step"} ${String(value.kind)}`)
    if ("kind" in value && value.kind === "calendar" && "operation" in value)
      drawn.add(`question ${String(value.operation)}`)
    for (const part of Object.values(value)) walk(part)
  }
  for (const { plan } of samples(150, 20260331, randomPlan)) walk(plan.maps)
  const wanted = [
    ...Object.keys(expressions).map(kind => `expression ${kind}`),
    ...Object.entries(steps).flatMap(([kind, how]) => (how === true ? [`step ${kind}`] : [])),
    ...Object.keys(operations).map(operation => `question ${operation}`),
  ]
  expect(wanted.filter(kind => !drawn.has(kind))).toEqual([])
})
