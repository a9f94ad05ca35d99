// Which regular period a day lies in. Flows in: a calendar, whose periods follow each other without gaps, and a day number. Flows out:
// the place of the period; the search halves.
import type { Calendar } from "./calendar.ts"

/** Where the regular period of a day stands; -1 outside of the calendar. */
export function indexOfDay({ regular: periods }: Calendar, day: number): number {
  let low = 0
  let high = periods.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const period = periods[middle]
    if (period === undefined) return -1
    if (day < period.start) high = middle - 1
    else if (day > period.end) low = middle + 1
    else return middle
  }
  return -1
}
