// Business days against a search day by day with JavaScript's own dates: no step of it is the runtime's.
import { calendarOf, calendarRuns, dayNumberOfDate } from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const millis = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const moved = (date: string, days: number): string =>
  new Date(millis(date) + days * 86_400_000).toISOString().slice(0, 10)
const date = fc.integer({ min: 0, max: 730 }).map(days => moved("2024-01-01", days))
const holidays = fc.uniqueArray(date, { maxLength: 60 })

function bank(days: readonly string[], known: readonly [string, string] | null = null) {
  return calendarOf({
    name: "Bank",
    snapshot: "",
    regular: [],
    adjustments: [],
    weekend: [6, 7],
    holidays: days.map(dayNumberOfDate),
    known: known === null ? null : { first: dayNumberOfDate(known[0]), last: dayNumberOfDate(known[1]) },
  })
}

describe("business days", () => {
  test("agree with a search day by day", () => {
    fc.assert(
      fc.property(holidays, date, fc.integer({ min: -80, max: 80 }), (days, from, count) => {
        const calendar = bank(days)
        const isOpen = (day: string): boolean =>
          ![0, 6].includes(new Date(millis(day)).getUTCDay()) && !days.includes(day)
        let to = from
        for (let left = Math.abs(count); left > 0; ) {
          to = moved(to, Math.sign(count))
          if (isOpen(to)) left--
        }
        expect(calendarRuns.is_business_day(calendar, from)).toBe(isOpen(from))
        expect(calendarRuns.add_business_days(calendar, from, BigInt(count))).toBe(to)
        expect(calendarRuns.business_days_between(calendar, from, to)).toBe(BigInt(count))
        const next = calendarRuns.next_business_day(calendar, from)
        expect(next).toBe(isOpen(from) ? from : calendarRuns.add_business_days(calendar, from, 1n))
        const previous = calendarRuns.previous_business_day(calendar, from)
        expect(previous).toBe(isOpen(from) ? from : calendarRuns.add_business_days(calendar, from, -1n))
      }),
    )
  })

  test("are not guessed beyond the list of holidays", () => {
    const calendar = bank(["2024-12-25"], ["2024-01-01", "2024-12-31"])
    expect(calendarRuns.is_business_day(calendar, "2025-01-02")).toBeUndefined()
    expect(calendarRuns.add_business_days(calendar, "2024-12-31", 1n)).toBeUndefined()
    expect(calendarRuns.business_days_between(calendar, "2024-12-30", "2025-01-02")).toBeUndefined()
    expect(calendarRuns.add_business_days(calendar, "2024-12-24", 1n)).toBe("2024-12-26")
  })

  test("end where there are none: a week that is all weekend", () => {
    const calendar = { ...bank([]), isWeekend: () => true }
    expect(calendarRuns.next_business_day(calendar, "2024-01-01")).toBeUndefined()
  })
})
