// What the parsers of this folder answer: canonical text, or one clause that says what is wrong (no full stop, so that a
// caller can add what it expected).

export type ParsedTime = { readonly text: string } | { readonly problem: string }

/** `width` digits, zeros in front. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0")
}

/** The number that `count` ASCII digits at `from` write; the caller has seen that they are digits. */
export function digitsAt(text: string, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) value = value * 10 + text.charCodeAt(i) - 48
  return value
}

/** Why a time of day is none, or undefined. */
export function clockProblem(hour: number, minute: number, second: number): string | undefined {
  if (hour === 24) return "Hour 24 is not a time, write 00:00 of the next day"
  if (hour > 23) return "The hour is beyond 23"
  if (minute > 59) return "The minute is beyond 59"
  if (second === 60)
    return "Second 60, a leap second, cannot be kept by the systems that follow and is refused"
  if (second > 59) return "The second is beyond 59"
  return undefined
}

/** Fraction digits without trailing zeros, with their point; "" for none. */
export function shortestFraction(digits: string): string {
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--
  return end === 0 ? "" : `.${digits.slice(0, end)}`
}
