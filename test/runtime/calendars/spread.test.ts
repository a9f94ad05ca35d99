// Spreading against rational arithmetic day by day: the parts add up, lie side by side, and none is further from its exact share than the rule allows.
import {
  coinDigits,
  computedCalendar,
  dayNumberOfDate,
  remainderRules,
  spread,
  spreadFast,
  spreadWays,
} from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const calendar = computedCalendar({
  name: "C",
  rules: {
    kind: "weeks",
    ends: "last",
    weekday: 6,
    month: 1,
    lengths: [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5],
    longPeriod: 12,
    namedBy: "end",
    adjustments: 1,
    from: 2020,
    until: 2030,
  },
  weekend: null,
  periods: null,
  status: null,
  holidays: null,
})
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
const first = calendar.regular[0]!.start
const last = calendar.regular.at(-1)!.end
const day = fc.integer({ min: first, max: last })
const services = fc.record({
  total: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
  days: fc.tuple(day, day).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const))),
  by: fc.constantFrom(...spreadWays),
  rule: fc.constantFrom(...remainderRules),
})

/** 30E/360 between two dates, from their parts. */
function thirty(from: string, to: string): number {
  const [a, b] = [from, to].map(text => text.split("-").map(Number)) as [number[], number[]]
  return (b[0]! - a[0]!) * 360 + (b[1]! - a[1]!) * 30 + Math.min(b[2]!, 30) - Math.min(a[2]!, 30)
}

test("parts add up to the total, side by side, each within its exact share", () =>
  fc.assert(
    fc.property(services, ({ total, days: [from, to], by, rule }) => {
      const parts = spread(calendar, total, 0, dateOf(from), dateOf(to), true, by, rule)
      const periods = calendar.regular.filter(period => period.end >= from && period.start <= to)
      const spans = periods.map(period => [Math.max(from, period.start), Math.min(to, period.end)] as const)
      // Weights as fractions n/d, compared by cross products.
      const weights = spans.map(([start, end], i): readonly [bigint, bigint] => {
        const length = BigInt(periods[i]!.end - periods[i]!.start + 1)
        if (by === "thirty_360") return [BigInt(thirty(dateOf(start), dateOf(end + 1))), 1n]
        return [BigInt(end - start + 1), by === "months" ? length : 1n]
      })
      const denominator = weights.reduce((product, [, d]) => product * d, 1n)
      const scaled = weights.map(([n, d]) => (n * denominator) / d)
      const sum = scaled.reduce((a, b) => a + b, 0n)
      if (sum === 0n) {
        expect(parts).toBeUndefined()
        return
      }
      expect(parts!.map(part => part.period)).toEqual(periods.map(period => period.text))
      expect(parts!.reduce((all, part) => all + part.amount, 0n)).toBe(total)
      parts!.forEach((part, i) => {
        expect([dayNumberOfDate(part.start), dayNumberOfDate(part.end)]).toEqual(spans[i])
        expect(part.days).toBe(BigInt(spans[i]![1] - spans[i]![0] + 1))
        const exact = total * scaled[i]!
        const apart = part.amount * sum - exact
        const coins = rule === "largest_fraction" ? 1n : BigInt(parts!.length)
        expect((apart < 0n ? -apart : apart) < sum * coins).toBe(true)
      })
    }),
    { numRuns: 300 },
  ))

test("the fast way gives the same", () =>
  fc.assert(
    fc.property(services, ({ total, days: [from, to], by, rule }) => {
      const slow = spread(calendar, total, 2, dateOf(from), dateOf(to), false, by, rule)
      const fast = spreadFast(calendar, Number(total), 2, dateOf(from), dateOf(to), false, by, rule)
      expect(fast).toEqual(
        slow?.map(part => ({ ...part, amount: Number(part.amount), days: Number(part.days) })),
      )
      if (slow !== undefined && total % 100n === 0n)
        for (const part of slow) expect(part.amount % 100n).toBe(0n)
    }),
  ))

test.each([
  ["JPY", 2, 2],
  ["EUR", 4, 2],
  ["KWD", 2, 0],
  ["XAU", 4, 0],
])("the last digits of an amount in %s that are no coins", (currency, scale, digits) =>
  expect(coinDigits(currency, scale)).toBe(digits),
)

test("outside of the calendar, and backwards, there is nothing to spread", () => {
  const of = (from: number, to: number) =>
    spread(calendar, 100n, 0, dateOf(from), dateOf(to), true, "days", "last")
  expect(of(first - 1, last)).toBeUndefined()
  expect(of(first, last + 1)).toBeUndefined()
  expect(of(first + 5, first + 4)).toBeUndefined()
  expect(of(first, last)).toHaveLength(calendar.regular.length)
})
