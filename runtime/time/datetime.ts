// Local dates and times, without zone. Flows in: ISO text; flows out: canonical `yyyy-MM-ddTHH:mm:ss[.f…]` with the shortest
// fraction, which sorts as text.
import { dateProblem } from "./date.ts"
import { clockProblem, digitsAt, type ParsedTime, shortestFraction } from "./parsed.ts"

const isoDatetime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,12})?$/

/** `2026-03-31T09:00:00[.f…]` with up to 12 fraction digits and no offset. */
export function parseDatetime(text: string): ParsedTime {
  if (!isoDatetime.test(text))
    return { problem: "The text is not a local date and time in ISO form, such as 2026-03-31T09:00:00" }
  const problem = datetimeProblem(text)
  if (problem !== undefined) return { problem }
  return { text: text.length === 19 ? text : text.slice(0, 19) + shortestFraction(text.slice(20)) }
}

/** Why the digits of text in the ISO form are no date and time, or undefined. */
export function datetimeProblem(text: string): string | undefined {
  return (
    dateProblem(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2)) ??
    clockProblem(digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2))
  )
}
