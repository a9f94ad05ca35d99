// Moves a date by months; a day the month lacks becomes its last day. Pure; see spec.ts for the promise.
import { daysInMonth } from "../../time/calendar.ts"
import { padded } from "../../time/parsed.ts"

export function add_months(date: string, months: bigint): string | undefined {
  if (months > 120_000n || months < -120_000n) return undefined
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + Number(months)
  const year = Math.floor(count / 12)
  if (year < 1 || year > 9999) return undefined
  const month = count - year * 12 + 1
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(year, month))
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}
