// Periods on their way out. Flows in: canonical text, the wire form and the calendar. Flows out: what the wire holds, or a refusal where
// the form has no place for it (the month of an adjustment period).
import type { Calendar } from "../calendars/calendar.ts"
import { formatPeriod } from "../calendars/period-pattern.ts"
import { type Refused, refuse } from "./refused.ts"
import type { PeriodSpec } from "./spec.ts"

export function writePeriod(period: string, { wire }: PeriodSpec, calendar: Calendar): string | Refused {
  if (wire === "plain") return period
  const found = calendar.find(period)
  const written =
    found === undefined ? undefined : wire === "id" ? found.id : formatPeriod(found, wire.pattern)
  if (written !== undefined && written !== null) return written
  return refuse(
    "OUT_OF_RANGE",
    `The period has no place in the form ${typeof wire === "object" ? wire.pattern : wire}.`,
  )
}
