// Counts the days from one date to another: 0 for the same day, negative when the second is earlier. Pure; see spec.ts for the promise.
import { dayNumberOfDate } from "../../time/date.ts"

export function days_between(from: string, to: string): bigint {
  return BigInt(dayNumberOfDate(to) - dayNumberOfDate(from))
}
