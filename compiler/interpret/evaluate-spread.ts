// A total spread over periods. Flows in: the total and the days of a service. Flows out: a row for each period; missing where there are none.
// The division is the runtime's and is tested there.
import { coinDigits, fromInteger, fromScaled, spread, toScaled } from "@fmap/runtime"
import { needsFile } from "../plan/calendar-needs.ts"
import type { PlanExpression } from "../plan/index.ts"
import { loadedCalendar } from "./calendars.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import {
  asNumber,
  asText,
  BrokenPlan,
  isStopped,
  listValue,
  MISSING,
  numberValue,
  type Outcome,
} from "./value.ts"

type Spread = Extract<PlanExpression, { kind: "spread" }>

export function evaluateSpread(expression: Spread, scope: Scope): Outcome {
  const total = evaluate(expression.total, scope)
  if (isStopped(total)) return total
  const from = evaluate(expression.from, scope)
  if (isStopped(from)) return from
  const to = evaluate(expression.to, scope)
  if (isStopped(to)) return to
  const currency = expression.coin === null ? null : evaluate(expression.coin, scope)
  if (currency !== null && isStopped(currency)) return currency
  const { type } = expression.total
  const scale = type.kind === "number" ? type.scale : 0
  const scaled = toScaled(asNumber(total), scale)
  if (scaled === undefined) throw new BrokenPlan("a total has more digits than its type")
  const { run } = scope
  const calendar = needsFile("period_of", run.index.calendar(expression.calendar))
    ? loadedCalendar(run, expression.calendar)
    : run.calendars.declared(expression.calendar)
  if (calendar === undefined) throw new BrokenPlan(`there is no calendar ${expression.calendar}`)
  const parts = spread(
    calendar,
    scaled,
    currency === null ? 0 : coinDigits(asText(currency), scale),
    asText(from),
    asText(to),
    expression.inclusive,
    expression.by,
    expression.rule,
  )
  if (parts === undefined) return MISSING
  return listValue(
    parts.map(part => {
      const members = new Map<string, Outcome>([
        ["period", part.period],
        ["amount", numberValue(fromScaled(part.amount, scale))],
        ["days", numberValue(fromInteger(part.days))],
        ["start", part.start],
        ["end", part.end],
      ])
      return { kind: "record", member: name => members.get(name) ?? MISSING }
    }),
  )
}
