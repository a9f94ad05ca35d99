// Calendars by rules: for every rule the periods tile the days, years have 52 or 53 weeks or twelve months, and every answer agrees
// with a search over all periods. Year ends are held against dates other people published.
import {
  type Calendar,
  type CalendarSpec,
  calendarRuns,
  computedCalendar,
  dayNumberOfDate,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const spec = (rules: CalendarSpec["rules"]): CalendarSpec => ({
  name: "C",
  rules,
  weekend: null,
  periods: null,
  status: null,
  holidays: null,
})
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

const years = fc.record({
  namedBy: fc.constantFrom("start" as const, "end" as const),
  adjustments: fc.integer({ min: 0, max: 4 }),
  from: fc.integer({ min: 1995, max: 2030 }),
})
const monthRules = fc
  .tuple(years, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([{ from, ...rest }, month, day]) => ({
    kind: "months" as const,
    month,
    day,
    ...rest,
    from,
    until: from + 8,
  }))
const quarters = [
  [4, 4, 5],
  [4, 5, 4],
  [5, 4, 4],
].map(quarter => [...quarter, ...quarter, ...quarter, ...quarter])
const weekRules = fc
  .tuple(
    years,
    fc.constantFrom("last" as const, "nearest" as const),
    fc.integer({ min: 1, max: 7 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(
      ...quarters,
      Array.from({ length: 13 }, () => 4),
    ),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([{ from, ...rest }, ends, weekday, month, lengths, longPeriod]) => ({
    kind: "weeks" as const,
    ends,
    weekday,
    month,
    lengths,
    longPeriod,
    ...rest,
    from,
    until: from + 8,
  }))
const calendars = fc.oneof(monthRules, weekRules).map(rules => computedCalendar(spec(rules)))

test("periods tile the days of their years, in order", () =>
  fc.assert(
    fc.property(calendars, ({ regular }) => {
      for (const [i, period] of regular.entries()) {
        expect(period.start).toBeLessThanOrEqual(period.end)
        const next = regular[i + 1]
        if (next === undefined) continue
        expect(next.start).toBe(period.end + 1)
        expect(next.text > period.text).toBe(true)
      }
    }),
  ))

test("a year of weeks has 52 or 53, ends on its weekday, and only one period is longer", () =>
  fc.assert(
    fc.property(weekRules, rules => {
      const { regular } = computedCalendar(spec(rules))
      for (let year = rules.from; year <= rules.until; year++) {
        const periods = regular.filter(period => period.year === year)
        const lengths = periods.map(period => (period.end - period.start + 1) / 7)
        const weeks = lengths.reduce((sum, length) => sum + length, 0)
        expect([52, 53]).toContain(weeks)
        expect(lengths.map((length, i) => length - (rules.lengths[i] ?? 0))).toEqual(
          rules.lengths.map((_, i) => (weeks === 53 && i + 1 === rules.longPeriod ? 1 : 0)),
        )
        const last = periods.at(-1)!.end
        expect(new Date(last * 86_400_000).getUTCDay() || 7).toBe(rules.weekday)
        if (rules.ends === "last") expect(new Date(last * 86_400_000).getUTCMonth() + 1).toBe(rules.month)
      }
    }),
  ))

const days = (calendar: Calendar) => {
  const [first] = calendar.regular
  return fc.integer({ min: first!.start - 40, max: calendar.regular.at(-1)!.end + 40 })
}

test("the period of a day is the one that holds it; outside there is none", () =>
  fc.assert(
    fc.property(
      calendars.chain(calendar => fc.tuple(fc.constant(calendar), days(calendar))),
      ([calendar, day]) => {
        const held = calendar.regular.filter(period => period.start <= day && day <= period.end)
        expect(calendarRuns.period_of(calendar, dateOf(day))).toBe(held[0]?.text)
        expect(held.length).toBeLessThan(2)
      },
    ),
  ))

test("start and end lead back; moving and counting are each other's inverse; adjustments fold into the year's last", () =>
  fc.assert(
    fc.property(
      calendars.chain(calendar =>
        fc.tuple(
          fc.constant(calendar),
          fc.nat({ max: calendar.regular.length - 1 }),
          fc.integer({ min: -150, max: 150 }),
        ),
      ),
      ([calendar, index, count]) => {
        const { text, start, end, year, number } = calendar.regular[index]!
        expect(dayNumberOfDate(calendarRuns.start_of(calendar, text))).toBe(start)
        expect(dayNumberOfDate(calendarRuns.end_of(calendar, text))).toBe(end)
        expect(calendarRuns.period_at(calendar, BigInt(year), BigInt(number))).toBe(text)
        const moved = calendarRuns.add_periods(calendar, text, BigInt(count))
        expect(moved).toBe(calendar.regular[index + count]?.text)
        if (moved !== undefined)
          expect(calendarRuns.periods_between(calendar, text, moved)).toBe(BigInt(count))
        for (let n = 1n; n < 5n; n++) {
          const last = calendar.regular.findLast(period => period.year === year)!
          const adjustment = calendarRuns.period_at(calendar, BigInt(year), BigInt(last.number) + n)
          if (adjustment === undefined) continue
          expect(calendarRuns.is_adjustment(calendar, adjustment)).toBe(true)
          expect(calendarRuns.regular(calendar, adjustment)).toBe(last.text)
          expect(adjustment > last.text).toBe(true)
        }
      },
    ),
  ))

test("every written form is read back as the same period", () =>
  fc.assert(
    fc.property(
      calendars,
      fc.constantFrom("PPP.YYYY", "YYYYPP", "P-YYYY", "'FY'YY PP", "MMM yy", "yyyyMM", "M/yyyy"),
      (calendar, pattern) => {
        for (const period of calendar.regular) {
          const written = calendarRuns.format_period(calendar, period.text, pattern)
          if (written !== undefined) expect(calendar.written(written, pattern)?.text).toBe(period.text)
          else expect(pattern).toMatch(/[yM]/)
        }
      },
    ),
  ))

describe("year ends as published", () => {
  const end = (rules: CalendarSpec["rules"], year: number): string =>
    dateOf(computedCalendar(spec(rules)).regular.findLast(period => period.year === year)!.end)
  const range = { namedBy: "end", adjustments: 0, from: 2005, until: 2030 } as const
  const weeks = { kind: "weeks", lengths: quarters[0]!, longPeriod: 12, ...range } as const
  // National Retail Federation, 4-5-4: fiscal 2023 had 53 weeks and ended on February 3, 2024.
  const retail = { ...weeks, ends: "nearest", weekday: 6, month: 1, namedBy: "start" } as const
  test.each([
    [2017, "2018-02-03"],
    [2022, "2023-01-28"],
    [2023, "2024-02-03"],
    [2024, "2025-02-01"],
  ])("retail %i ends on %s", (year, date) => expect(end(retail, year)).toBe(date))
  // Cisco: the last Saturday of July. Apple: the last Saturday of September.
  test.each([
    [7, 2022, "2022-07-30"],
    [7, 2023, "2023-07-29"],
    [9, 2023, "2023-09-30"],
    [9, 2024, "2024-09-28"],
  ])("the last Saturday of month %i of %i is %s", (month, year, date) =>
    expect(end({ ...weeks, ends: "last", weekday: 6, month }, year)).toBe(date),
  )
})
