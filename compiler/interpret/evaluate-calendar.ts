// A question to a calendar. Flows in: evaluated arguments. Flows out: what the calendar of the runtime answers; missing where it has no
// answer. The answers themselves are tested in the runtime.
import {
  type Calendar,
  calendarRuns,
  closedPeriod,
  fromInteger,
  masked as mask,
  redirected,
  toScaled,
} from "@fmap/runtime"
import { needsFile } from "../plan/calendar-needs.ts"
import type { PlanExpression } from "../plan/index.ts"
import { loadedCalendar } from "./calendars.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asNumber, asText, BrokenPlan, isStopped, MISSING, numberValue, type Outcome } from "./value.ts"

type Asked = Extract<PlanExpression, { kind: "calendar" }>
type Question = (
  calendar: Calendar,
  ...values: readonly (string | bigint)[]
) => string | boolean | bigint | undefined

export function evaluateCalendar(expression: Asked, scope: Scope): Outcome {
  const values: (string | bigint)[] = []
  for (const argument of expression.arguments) {
    const value = evaluate(argument, scope)
    if (isStopped(value)) return value
    values.push(argument.type.kind === "number" ? whole(value) : asText(value))
  }
  // The checker has proved number and kinds of the arguments.
  const ask = calendarRuns[expression.operation] as Question
  const calendar = calendarFor(expression, scope)
  const answer = ask(calendar, ...values)
  if (answer === undefined) return MISSING
  const [date] = values
  if (
    expression.operation === "next_open_period_of" &&
    typeof date === "string" &&
    typeof answer === "string"
  )
    noteRedirect(closedPeriod(calendar, date, answer), expression, scope)
  return typeof answer === "bigint" ? numberValue(fromInteger(answer)) : answer
}

/** Another period than the date's own is used: said, with the closed one as the value. */
function noteRedirect(closed: string | undefined, { at }: Asked, { run, place, report }: Scope): void {
  if (closed === undefined) return
  const { root, pointer, masked } = place
  const value = masked ? mask : closed
  report({ ...redirected, severity: "warn", root, pointer, value, at: run.index.position(at) })
}

function whole(value: Outcome): bigint {
  const count = toScaled(asNumber(value), 0)
  if (count === undefined) throw new BrokenPlan("a count has digits after the point")
  return count
}

function calendarFor({ operation, calendar: id }: Asked, { run }: Scope): Calendar {
  const declared = run.index.calendar(id)
  if (!needsFile(operation, declared)) {
    const calendar = run.calendars.declared(id)
    if (calendar === undefined)
      throw new BrokenPlan(`the calendar ${id} does not follow from its declaration`)
    return calendar
  }
  return loadedCalendar(run, id)
}
