// How a period is written by a pattern. YYYY YY: the fiscal year; PPP PP P: the number in it; yyyy yy and MMM MM M: calendar year and
// month of a period that is one calendar month. Other letters stand in '…', '' is a quote, anything else is itself.
import { calendarDate, daysInMonth } from "../time/calendar.ts"

const tokens = ["YYYY", "YY", "PPP", "PP", "P", "yyyy", "yy", "MMM", "MM", "M"] as const
type Token = (typeof tokens)[number]
type Part = { readonly token: Token } | { readonly literal: string }

/** Names of months as Anaplan, Oracle and NetSuite write them; the same in every locale. */
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const

interface Shown {
  readonly year: number
  readonly number: number
  readonly start: number
  readonly end: number
  readonly adjustment: boolean
}

/**
 * Why a pattern is none, or does not tell every period from every other; undefined when it can be used. For the compiler.
 * `isMonths`: periods are calendar months, or may be. `years`: how many there are at most. `partial`: only shown, never read back.
 */
export function periodPatternProblem(
  pattern: string,
  calendar: { readonly isMonths: boolean; readonly years: number },
  partial: boolean,
): string | undefined {
  const parts = parsePattern(pattern)
  if (typeof parts === "string") return parts
  const found = parts.flatMap(part => ("token" in part ? [part.token] : []))
  const has = (...wanted: readonly Token[]): boolean => found.some(token => wanted.includes(token))
  const month = has("yyyy", "yy", "MMM", "MM", "M")
  if (month && !calendar.isMonths)
    return "yyyy, yy, MMM, MM and M need periods that are calendar months; YYYY, YY, PPP, PP and P always work."
  if (partial) return undefined
  const byNumber = has("YYYY", "YY") && has("PPP", "PP", "P")
  const byMonth = has("yyyy", "yy") && has("MMM", "MM", "M")
  if (!byNumber && !byMonth)
    return "It does not tell one period from another: it needs YYYY and PP, or yyyy and MM."
  if (!has("YYYY") && !has("yyyy") && calendar.years > 100)
    return "Two digits of a year are not enough for more than 100 years."
  if (has("P", "M") && parts.some((part, i) => isShort(part) && isDigits(parts[i + 1])))
    return "After P and M, which may have one digit or two, no digit may follow."
  return undefined
}

/** Undefined when the pattern has no place for it: a month of a period that is none. */
export function formatPeriod(period: Shown, pattern: string): string | undefined {
  const parts = parsePattern(pattern)
  if (typeof parts === "string") return undefined
  let text = ""
  for (const part of parts) {
    const shown = "literal" in part ? part.literal : shownToken(period, part.token)
    if (shown === undefined) return undefined
    text += shown
  }
  return text
}

function shownToken(period: Shown, token: Token): string | undefined {
  const { year, number } = period
  switch (token) {
    case "YYYY":
      return digits(year, 4)
    case "YY":
      return digits(year % 100, 2)
    case "PPP":
      return digits(number, 3)
    case "PP":
      return digits(number, 2)
    case "P":
      return String(number)
    default: {
      const month = monthOf(period)
      if (month === undefined) return undefined
      switch (token) {
        case "yyyy":
          return digits(month.year, 4)
        case "yy":
          return digits(month.year % 100, 2)
        case "MMM":
          return months[month.month - 1]
        case "MM":
          return digits(month.month, 2)
        case "M":
          return String(month.month)
      }
    }
  }
}

function monthOf({ start, end, adjustment }: Shown): { year: number; month: number } | undefined {
  const first = calendarDate(start)
  if (adjustment || first.day !== 1 || end - start + 1 !== daysInMonth(first.year, first.month))
    return undefined
  return first
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0")
}

function isShort(part: Part): boolean {
  return "token" in part && part.token.length === 1
}

function isDigits(part: Part | undefined): boolean {
  if (part === undefined) return false
  return "token" in part ? part.token !== "MMM" : /^[0-9]/.test(part.literal)
}

/** The parts, or one sentence. */
function parsePattern(pattern: string): readonly Part[] | string {
  const parts: Part[] = []
  for (let at = 0; at < pattern.length; ) {
    const character = pattern.charAt(at)
    if (character === "'") {
      const end = pattern.indexOf("'", at + 1)
      if (end < 0) return "A quote is not closed."
      parts.push({ literal: end === at + 1 ? "'" : pattern.slice(at + 1, end) })
      at = end + 1
    } else if (/[A-Za-z]/.test(character)) {
      let end = at
      while (pattern.charAt(end) === character) end++
      const run = pattern.slice(at, end)
      const token = tokens.find(one => one === run)
      if (token === undefined)
        return `"${run}" is no part of a period; letters that stand for themselves are written in '…'.`
      parts.push({ token })
      at = end
    } else {
      parts.push({ literal: character })
      at++
    }
  }
  return parts
}
