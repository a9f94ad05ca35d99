// Periods at the door. Flows in: a payload value, its wire form, and the calendar where its periods are known. Flows out: canonical text
// `2025-03`. Without the calendar (a whole contract is checked, and its periods stand in a file) only the form is judged.
import type { Calendar } from "../calendars/calendar.ts"
import { describeValue } from "./describe-value.ts"
import { type Refused, refuse } from "./refused.ts"
import type { PeriodSpec } from "./spec.ts"

const canonical = /^[0-9]{4}-[0-9]{2}$/

export function readPeriod(value: unknown, spec: PeriodSpec, calendar?: Calendar): string | Refused {
  if (typeof value !== "string")
    return refuse("WRONG_TYPE", `Expected a period as text, found ${describeValue(value)}.`)
  const { wire } = spec
  if (calendar === undefined) return wire === "plain" && !canonical.test(value) ? badForm() : value
  if (typeof wire === "object") {
    const period = calendar.written(value, wire.pattern)
    return (
      period?.text ??
      refuse("BAD_PERIOD", `The calendar ${calendar.name} has no period of this form ${wire.pattern}.`)
    )
  }
  if (wire === "id")
    return (
      calendar.ofId(value)?.text ??
      refuse("BAD_PERIOD", `The calendar ${calendar.name} has no period of this id.`)
    )
  if (!canonical.test(value)) return badForm()
  return (
    calendar.find(value)?.text ?? refuse("BAD_PERIOD", `The calendar ${calendar.name} has no such period.`)
  )
}

function badForm(): Refused {
  return refuse("BAD_PERIOD", "The text is no period: fiscal year and number, such as 2025-03.")
}
