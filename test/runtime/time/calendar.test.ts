// Every day from 1900 to 2100 against the engine's own calendar (Date.UTC, which the runtime does not use), and the ends of
// the range against Fliegel and Van Flandern's formula.
import { dayNumberOfDate, functions, readDate } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  calendarDate,
  dayNumber,
  daysInMonth,
  firstDay,
  isCalendarDate,
  lastDay,
} from "../../../runtime/time/calendar.ts"
import { dateOfDayNumber } from "../../../runtime/time/date.ts"

test("all days from 1900 to 2100", () => {
  const first = Date.UTC(1900, 0, 1) / 86_400_000
  const last = Date.UTC(2100, 11, 31) / 86_400_000
  const wrong: string[] = []
  for (let day = first; day <= last; day++) {
    const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
    if (
      dateOfDayNumber(day) !== text ||
      dayNumberOfDate(text) !== day ||
      readDate(text, { wire: "iso" }) !== text
    )
      wrong.push(text)
  }
  expect(last - first).toBeGreaterThan(73_000)
  expect(wrong).toEqual([])
})

test("impossible days of those years are refused", () => {
  const wrong: string[] = []
  for (let year = 1900; year <= 2100; year++) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const real = new Date(Date.UTC(year, month - 1, day))
        const exists =
          real.getUTCMonth() === month - 1 && real.getUTCDate() === day && real.getUTCFullYear() === year
        if (isCalendarDate(year, month, day) !== exists) wrong.push(`${year}-${month}-${day}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

/** Julian day number by Fliegel and Van Flandern (1968), with divisions that cut toward zero. */
function fliegel(year: number, month: number, day: number): number {
  const cut = Math.trunc
  const a = cut((month - 14) / 12)
  return (
    cut((1461 * (year + 4800 + a)) / 4) +
    cut((367 * (month - 2 - 12 * a)) / 12) -
    cut((3 * cut((year + 4900 + a) / 100)) / 4) +
    day -
    32075
  )
}

test("years 1 to 9999", () => {
  expect(dayNumber(1, 1, 1)).toBe(firstDay)
  expect(dayNumber(9999, 12, 31)).toBe(lastDay)
  expect(dayNumber(1970, 1, 1)).toBe(0)
  expect(calendarDate(firstDay)).toEqual({ year: 1, month: 1, day: 1 })
  expect(calendarDate(lastDay)).toEqual({ year: 9999, month: 12, day: 31 })
  expect(dateOfDayNumber(firstDay - 1)).toBeUndefined()
  expect(dateOfDayNumber(lastDay + 1)).toBeUndefined()
  const julianOfEpoch = 2_440_588
  fc.assert(
    fc.property(fc.integer({ min: firstDay, max: lastDay }), days => {
      const { year, month, day } = calendarDate(days)
      expect(isCalendarDate(year, month, day)).toBe(true)
      expect(dayNumber(year, month, day)).toBe(days)
      expect(fliegel(year, month, day) - julianOfEpoch).toBe(days)
    }),
    { numRuns: 20_000 },
  )
})

test("leap years", () => {
  expect([1900, 2000, 2023, 2024, 2100, 2400, 4, 100, 400].map(year => daysInMonth(year, 2))).toEqual([
    28, 29, 28, 29, 28, 29, 29, 28, 29,
  ])
})

test("days and months added and taken away come back", () => {
  const dates = fc
    .integer({ min: firstDay + 50_000, max: lastDay - 50_000 })
    .map(day => dateOfDayNumber(day)!)
  fc.assert(
    fc.property(dates, fc.bigInt({ min: -40_000n, max: 40_000n }), (date, days) => {
      const moved = functions.add_days(date, days)!
      expect(functions.days_between(date, moved)).toBe(days)
      expect(functions.add_days(moved, -days)).toBe(date)
    }),
  )
  expect(functions.add_days("2026-01-01", 10n ** 30n)).toBeUndefined()
  expect(functions.add_months("2026-01-01", -(10n ** 30n))).toBeUndefined()
  expect(functions.add_months("9999-12-31", 1n)).toBeUndefined()
})
