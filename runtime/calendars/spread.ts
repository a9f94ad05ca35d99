// A total spread over the periods it belongs to: revenue of a service from its first day to its last. Flows in: the calendar, the total in
// steps of its scale, the days, how a part is weighed and who gets what is left over. Flows out: one part a period, which add up to the total.
import { allocate, type RemainderRule } from "../money/allocate.ts"
import { minorUnits } from "../money/currencies.ts"
import { calendarDate } from "../time/calendar.ts"
import { dateOfDayNumber, dayNumberOfDate } from "../time/date.ts"
import type { Calendar, CalendarPeriod } from "./calendar.ts"
import { indexOfDay } from "./index-of-day.ts"

/**
 * `days`: the days of the part. `months`: the share of its period that the part covers, whole periods alike. `thirty_360`: its days as if
 * every month had thirty (30E/360 between the first day and the day after the last).
 */
export type SpreadBy = "days" | "months" | "thirty_360"

/** All ways, in the order the reference lists them. */
export const spreadWays: readonly SpreadBy[] = ["days", "months", "thirty_360"]

export interface SpreadPart<N> {
  readonly period: string
  readonly amount: N
  /** Days of the part, both ends included. */
  readonly days: N
  readonly start: string
  readonly end: string
}

/**
 * `coinDigits`: how many of the total's last digits are no coins; they are not divided where the total has none of them. Undefined when the last
 * day is before the first, a day is outside of the calendar, or no part weighs anything.
 */
export function spread(
  calendar: Calendar,
  total: bigint,
  coinDigits: number,
  from: string,
  to: string,
  inclusive: boolean,
  by: SpreadBy,
  rule: RemainderRule,
): readonly SpreadPart<bigint>[] | undefined {
  const start = dayNumberOfDate(from)
  const end = dayNumberOfDate(to) - (inclusive ? 0 : 1)
  const first = indexOfDay(calendar, start)
  const last = indexOfDay(calendar, end)
  if (end < start || first < 0 || last < 0) return undefined
  const periods = calendar.regular.slice(first, last + 1)
  const parts = periods.map(period => ({
    period,
    start: Math.max(start, period.start),
    end: Math.min(end, period.end),
  }))
  const coin = 10n ** BigInt(coinDigits)
  const step = total % coin === 0n ? coin : 1n
  const amounts = allocate(total / step, weightsOf(parts, by), rule)
  return amounts?.map((amount, index) => {
    const part = parts[index] as Part
    return {
      period: part.period.text,
      amount: amount * step,
      days: BigInt(part.end - part.start + 1),
      start: dateOfDayNumber(part.start) ?? "",
      end: dateOfDayNumber(part.end) ?? "",
    }
  })
}

/** The same for a total that is a safe integer: its parts are none larger. */
export function spreadFast(
  calendar: Calendar,
  total: number,
  coinDigits: number,
  from: string,
  to: string,
  inclusive: boolean,
  by: SpreadBy,
  rule: RemainderRule,
): readonly SpreadPart<number>[] | undefined {
  return spread(calendar, BigInt(total), coinDigits, from, to, inclusive, by, rule)?.map(part => ({
    ...part,
    amount: Number(part.amount),
    days: Number(part.days),
  }))
}

/** How many of the last digits of an amount of this scale are no coins of its currency. */
export function coinDigits(currency: string, scale: number): number {
  return Math.max(0, scale - (minorUnits(currency) ?? scale))
}

interface Part {
  readonly period: CalendarPeriod
  readonly start: number
  readonly end: number
}

function weightsOf(parts: readonly Part[], by: SpreadBy): readonly bigint[] {
  switch (by) {
    case "days":
      return parts.map(({ start, end }) => BigInt(end - start + 1))
    case "thirty_360":
      return parts.map(({ start, end }) => BigInt(thirtyDays(end + 1) - thirtyDays(start)))
    case "months": {
      const lengths = parts.map(({ period }) => BigInt(period.end - period.start + 1))
      const common = lengths.reduce((product, length) => (product * length) / gcd(product, length), 1n)
      return parts.map(({ start, end }, i) => (BigInt(end - start + 1) * common) / (lengths[i] ?? 1n))
    }
  }
}

/** Days since the year 0 where every month has thirty: the 31st counts as the 30th. */
function thirtyDays(day: number): number {
  const date = calendarDate(day)
  return date.year * 360 + (date.month - 1) * 30 + Math.min(date.day, 30)
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
