// A date in a closed period goes to the next open one: allowed where the map says so, and never in silence. Flows in: the calendar, the
// date and the period that was found. Flows out: the closed period, and the note about it.
import type { Report } from "../results/report.ts"
import type { Calendar } from "./calendar.ts"
import { period_of } from "./runs.ts"

export const redirected = {
  code: "PERIOD_REDIRECTED",
  message: "The period of the date is closed; the next open one is used.",
} as const

/** The date's own period, where another one was found; else undefined. */
export function closedPeriod(
  calendar: Calendar,
  date: string,
  found: string | undefined,
): string | undefined {
  if (found === undefined) return undefined
  const own = period_of(calendar, date)
  return own === found ? undefined : own
}

export function noteRedirect(
  report: Report,
  closed: string | undefined,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
): void {
  if (closed === undefined) return
  report.add("warn", redirected.code, { root, pointer, at, masked }, redirected.message, closed)
}
