// The days on which a row of a dated crosswalk holds. Flows in: rows with a first and a last day, both inclusive; flows out: the row
// that holds on a day. Days are canonical ISO texts, which sort as text. Knows nothing of keys.
import { dateOfDayNumber, dayNumberOfDate } from "../time/date.ts"

/** The first and the last day there is: what a row without `from` or `until` says. */
export const firstDay = "0001-01-01"
export const lastDay = "9999-12-31"

export interface Days {
  readonly from: string
  readonly until: string
}

/** A value and the days it holds, as emitted modules write it. */
export type Span<T> = readonly [from: string, until: string, value: T]

/** `spans`: by first day, none with a day of another. */
export function effectiveOn<T>(spans: readonly Span<T>[], day: string): T | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[middle] as Span<T>)[0] <= day) low = middle + 1
    else high = middle
  }
  const span = spans[low - 1]
  return span !== undefined && day <= span[1] ? span[2] : undefined
}

/** The days two rows share; undefined when there is none. */
export function sharedDays(a: Days, b: Days): Days | undefined {
  const from = a.from > b.from ? a.from : b.from
  const until = a.until < b.until ? a.until : b.until
  return from <= until ? { from, until } : undefined
}

/** What is left of some days when those of `rows` are taken away, in order. */
export function daysWithout(days: Days, rows: readonly Days[]): readonly Days[] {
  const left: Days[] = []
  let from: string | undefined = days.from
  for (const row of [...rows].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    if (from === undefined || from > days.until) break
    if (row.until < from) continue
    if (row.from > days.until) break
    const before = dayBefore(row.from)
    if (before !== undefined && from <= before) left.push({ from, until: before })
    from = dayAfter(row.until)
  }
  if (from !== undefined && from <= days.until) left.push({ from, until: days.until })
  return left
}

/** For `until next`: each row holds until the day before the next one of its keys begins. `keyOf` tells rows of other keys apart. */
export function untilNext<R extends Days>(rows: readonly R[], keyOf: (row: R) => string): readonly R[] {
  const starts = new Map<string, string[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = starts.get(key)
    if (known === undefined) starts.set(key, [row.from])
    else known.push(row.from)
  }
  for (const days of starts.values()) days.sort()
  return rows.map(row => {
    const days = starts.get(keyOf(row)) ?? []
    const next = days[lastAtMost(days, row.from) + 1]
    return next === undefined ? row : { ...row, until: dayBefore(next) ?? row.until }
  })
}

/** `from 2025-02-01 until 2026-01-31`, `until 2026-01-31`; "" for all days. */
export function shownDays({ from, until }: Days): string {
  if (from === until) return `on ${from}`
  const starts = from === firstDay ? "" : `from ${from}`
  const ends = until === lastDay ? "" : `until ${until}`
  return [starts, ends].filter(part => part !== "").join(" ")
}

function lastAtMost(days: readonly string[], day: string): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((days[middle] as string) <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}

function dayBefore(day: string): string | undefined {
  return dateOfDayNumber(dayNumberOfDate(day) - 1)
}

function dayAfter(day: string): string | undefined {
  return dateOfDayNumber(dayNumberOfDate(day) + 1)
}
