// Canonical dates and times, checked by character codes; nothing is parsed into a Date.
// False means "not canonical": the slow path decides whether it is wrong or only written another way.
import { readInstant } from "../door/read-time.ts"
import type { Refused } from "../door/refused.ts"
import type { TimeSpec } from "../door/spec.ts"

const DAYS: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48
  const ones = text.charCodeAt(index + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

function startsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  const century = twoDigits(text, 0)
  const years = twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (century < 0 || years < 0 || century + years === 0 || month < 1 || month > 12 || day < 1) return false
  if (day <= (DAYS[month] ?? 0)) return true
  const year = century * 100 + years
  return month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function timeEnd(text: string): number {
  const length = text.length
  if (length < 19 || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
    return -1
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
  return 19
}

/** A real calendar day `2026-03-31`. */
export function isDateText(value: unknown): value is string {
  return typeof value === "string" && value.length === 10 && startsWithDate(value)
}

/**
 * A canonical date written as `MM/dd/yyyy` or `dd/MM/yyyy`, with any mark between: one string of its units, a quarter of the time
 * of one put together from slices.
 */
export function dateYearLast(date: string, form: string): string {
  const first = form.charCodeAt(0) === 77 ? 5 : 8
  const second = 13 - first
  return String.fromCharCode(
    date.charCodeAt(first),
    date.charCodeAt(first + 1),
    form.charCodeAt(2),
    date.charCodeAt(second),
    date.charCodeAt(second + 1),
    form.charCodeAt(5),
    date.charCodeAt(0),
    date.charCodeAt(1),
    date.charCodeAt(2),
    date.charCodeAt(3),
  )
}

/** `2026-03-31T09:00:00`, whole seconds. */
export function isDatetimeText(value: unknown): value is string {
  return typeof value === "string" && value.length === 19 && timeEnd(value) === 19 && startsWithDate(value)
}

/**
 * An instant of an `iso` wire, canonical. UTC in whole seconds, as systems write it (`…Z`, `….000+0000`, `…+00:00`), is cut from
 * the text; fractions and other offsets are read by the door.
 */
export function readInstantFast(value: unknown, spec: TimeSpec): string | Refused {
  if (typeof value !== "string" || timeEnd(value) !== 19 || !startsWithDate(value))
    return readInstant(value, spec)
  const { length } = value
  if (length === 20 && value.charCodeAt(19) === 90) return value
  let at = 19
  if (value.charCodeAt(at) === 46) {
    at++
    while (value.charCodeAt(at) === 48) at++
    if (at === 20 || at > 32) return readInstant(value, spec)
  }
  return isZeroOffset(value, at, length) ? `${value.slice(0, 19)}Z` : readInstant(value, spec)
}

/** `Z`, `+0000` or `+00:00` from here to the end. */
function isZeroOffset(text: string, at: number, length: number): boolean {
  const sign = text.charCodeAt(at)
  if (sign === 90) return length === at + 1
  if (sign !== 43 || text.charCodeAt(at + 1) !== 48 || text.charCodeAt(at + 2) !== 48) return false
  const minutes = text.charCodeAt(at + 3) === 58 ? at + 4 : at + 3
  return length === minutes + 2 && text.charCodeAt(minutes) === 48 && text.charCodeAt(minutes + 1) === 48
}
