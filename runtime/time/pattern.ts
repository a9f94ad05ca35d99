// Wire patterns: `MM/dd/yyyy`, `yyyy-MM-dd H:mm:ss`. Tokens yyyy MM M dd d HH H mm ss SSS; other letters stand in '…', '' is a quote,
// anything else is itself. Flows in: text and a pattern the compiler has checked with `patternProblem`; flows out canonical text.
import { dateProblem } from "./date.ts"
import { clockProblem, type ParsedTime, padded, shortestFraction } from "./parsed.ts"

type Token = "yyyy" | "MM" | "M" | "dd" | "d" | "HH" | "H" | "mm" | "ss" | "SSS"
type Part = { readonly token: Token } | { readonly literal: string }

const tokens: readonly Token[] = ["yyyy", "MM", "M", "dd", "d", "HH", "H", "mm", "ss", "SSS"]

/** Why a pattern is none, or cannot hold a value of the kind; undefined when it can. For the compiler. */
export function patternProblem(pattern: string, kind: "date" | "datetime" | "instant"): string | undefined {
  const parts = parsePattern(pattern)
  if (typeof parts === "string") return parts
  const fields = parts.flatMap(part => ("token" in part ? [fieldOf(part.token)] : []))
  for (const field of fields)
    if (fields.indexOf(field) !== fields.lastIndexOf(field)) return `It has the ${field} twice.`
  for (const field of ["year", "month", "day"]) if (!fields.includes(field)) return `It lacks the ${field}.`
  if (kind === "date" && fields.length > 3) return "A date has no time of day."
  for (let i = 0; i + 1 < parts.length; i++) {
    const part = parts[i]
    const next = parts[i + 1]
    if (part === undefined || next === undefined || !("token" in part) || part.token.length > 1) continue
    if ("token" in next || /^[0-9]/.test(next.literal))
      return `After ${part.token}, which may have one digit or two, no digit may follow.`
  }
  return undefined
}

/** The whole text by the pattern, as a canonical datetime; parts the pattern lacks are 0. */
export function parseWithPattern(text: string, pattern: string): ParsedTime {
  const parts = parsePattern(pattern)
  if (typeof parts === "string") return { problem: parts.replace(/\.$/, "") }
  const mismatch = { problem: `The text does not have the form ${pattern}` }
  let year = 0
  let month = 0
  let day = 0
  let hour = 0
  let minute = 0
  let second = 0
  let fraction = ""
  let at = 0
  for (const part of parts) {
    if ("literal" in part) {
      if (!text.startsWith(part.literal, at)) return mismatch
      at += part.literal.length
      continue
    }
    const { token } = part
    let end = at
    const most = token.length === 1 ? 2 : token.length
    while (end - at < most && isDigit(text.charCodeAt(end))) end++
    const digits = text.slice(at, end)
    if (digits.length < token.length || (token.length === 1 && digits.length === 2 && digits.startsWith("0")))
      return mismatch
    at = end
    switch (token) {
      case "yyyy":
        year = Number(digits)
        break
      case "MM":
      case "M":
        month = Number(digits)
        break
      case "dd":
      case "d":
        day = Number(digits)
        break
      case "HH":
      case "H":
        hour = Number(digits)
        break
      case "mm":
        minute = Number(digits)
        break
      case "ss":
        second = Number(digits)
        break
      case "SSS":
        fraction = digits
        break
    }
  }
  if (at !== text.length) return mismatch
  const problem = dateProblem(year, month, day) ?? clockProblem(hour, minute, second)
  if (problem !== undefined) return { problem }
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
  return {
    text: `${date}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${shortestFraction(fraction)}`,
  }
}

/**
 * A canonical date, datetime or instant by a pattern; a date has the time 00:00:00, an instant shows UTC. What the pattern lacks
 * is not shown: for people. A pattern with an unknown letter shows that letter as it is.
 */
export function formatDate(text: string, pattern: string): string {
  const parts = parsePattern(pattern)
  if (typeof parts === "string") return pattern
  let result = ""
  for (const part of parts) result += "literal" in part ? part.literal : digitsOf(text, part.token)
  return result
}

/** The same for the wire: undefined when a part of the time is not 0 and the pattern has no place for it. */
export function writeWithPattern(text: string, pattern: string): string | undefined {
  const written = formatDate(text, pattern)
  const back = parseWithPattern(written, pattern)
  const whole = text.length === 10 ? `${text}T00:00:00` : text.endsWith("Z") ? text.slice(0, -1) : text
  return "text" in back && back.text === whole ? written : undefined
}

function digitsOf(text: string, token: Token): string {
  switch (token) {
    case "yyyy":
      return text.slice(0, 4)
    case "MM":
      return text.slice(5, 7)
    case "M":
      return short(text.slice(5, 7))
    case "dd":
      return text.slice(8, 10)
    case "d":
      return short(text.slice(8, 10))
    case "HH":
      return text.slice(11, 13).padEnd(2, "0")
    case "H":
      return short(text.slice(11, 13).padEnd(2, "0"))
    case "mm":
      return text.slice(14, 16).padEnd(2, "0")
    case "ss":
      return text.slice(17, 19).padEnd(2, "0")
    case "SSS":
      return text.slice(20).replace("Z", "").slice(0, 3).padEnd(3, "0")
  }
}

function short(digits: string): string {
  return digits.startsWith("0") ? digits.slice(1) : digits
}

/** The parts, or one sentence. */
function parsePattern(pattern: string): readonly Part[] | string {
  const parts: Part[] = []
  const literal = (text: string) => {
    const last = parts.at(-1)
    if (last !== undefined && "literal" in last) parts[parts.length - 1] = { literal: last.literal + text }
    else parts.push({ literal: text })
  }
  let at = 0
  while (at < pattern.length) {
    const character = pattern.charAt(at)
    if (character === "'") {
      const end = pattern.indexOf("'", at + 1)
      if (end < 0) return "A quote is not closed."
      literal(end === at + 1 ? "'" : pattern.slice(at + 1, end))
      at = end + 1
    } else if (/[A-Za-z]/.test(character)) {
      let end = at
      while (pattern.charAt(end) === character) end++
      const run = pattern.slice(at, end)
      const token = tokens.find(one => one === run)
      if (token === undefined)
        return `"${run}" is no part of a date; letters that stand for themselves are written in '…'.`
      parts.push({ token })
      at = end
    } else {
      literal(character)
      at++
    }
  }
  return parts
}

function fieldOf(token: Token): string {
  switch (token) {
    case "yyyy":
      return "year"
    case "MM":
    case "M":
      return "month"
    case "dd":
    case "d":
      return "day"
    case "HH":
    case "H":
      return "hour"
    case "mm":
      return "minute"
    case "ss":
      return "second"
    case "SSS":
      return "fraction"
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
