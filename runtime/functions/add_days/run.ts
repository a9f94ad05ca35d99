// Moves a date by days. Pure; see spec.ts for the promise.
import { dateOfDayNumber, dayNumberOfDate } from "../../time/date.ts"

export function add_days(date: string, days: bigint): string | undefined {
  if (days > 4_000_000n || days < -4_000_000n) return undefined
  return dateOfDayNumber(dayNumberOfDate(date) + Number(days))
}
