// Names of months and weekdays, and numbers within bounds, as calendars use them. Flows in: what is written. Flows out: a number, or null
// after a diagnostic.
import { type CalendarNumber, diagnostic, type Name } from "@fmap/grammar"
import { months, weekdays } from "../plan/calendar-names.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"

/** 1 to 12. */
export function monthNumber(name: Name, file: string, found: Findings): number | null {
  return placeAmong(months, name, "a month, January to December", file, found)
}

/** 1 for Monday to 7. */
export function weekdayNumber(name: Name, file: string, found: Findings): number | null {
  return placeAmong(weekdays, name, "a day of the week, Monday to Sunday", file, found)
}

function placeAmong(
  words: readonly string[],
  name: Name,
  wanted: string,
  file: string,
  found: Findings,
): number | null {
  const index = words.indexOf(name.text)
  if (index >= 0) return index + 1
  const place = placeIn(file)(name)
  const near = closest(name.text, words)
  found.report(
    diagnostic(
      "FM6233",
      { what: `"${name.text}"`, wanted },
      place,
      near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] },
    ),
  )
  return null
}

export function wholeWithin(
  number: CalendarNumber,
  least: number,
  most: number,
  wanted: string,
  file: string,
  found: Findings,
): number | null {
  const value = number.text.length > 9 ? Number.NaN : Number(number.text)
  if (value >= least && value <= most) return value
  found.report(diagnostic("FM6233", { what: number.text.slice(0, 20), wanted }, placeIn(file)(number)))
  return null
}
