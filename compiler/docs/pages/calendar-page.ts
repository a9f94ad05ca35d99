// The page of a calendar: its rule and its periods. Flows in: a calendar of the Plan and, where its files are at hand, the calendar they
// make. Flows out: readonly page data.
import { type Calendar, type CalendarPeriod, calendarRuns } from "@fmap/runtime"
import { months, weekdays } from "../../plan/calendar-names.ts"
import { childrenOf, childrenOfBlock } from "../../plan/children.ts"
import type { PlanCalendar, PlanExpression, PlanMap } from "../../plan/index.ts"
import { placeText } from "../sheet/source-lines.ts"
import type { Link, SiteContext } from "./input.ts"

export interface CalendarPage {
  readonly path: string
  readonly title: string
  readonly owner: string
  readonly docs: string
  readonly place: string
  readonly facts: readonly string[]
  readonly snapshot: string
  readonly periods: readonly PeriodRow[]
  readonly usedBy: readonly Link[]
}

export interface PeriodRow {
  readonly period: string
  readonly start: string
  readonly end: string
  readonly kind: "regular" | "adjustment"
  /** Empty: nobody said. */
  readonly state: "open" | "closed" | ""
}

export function calendarPage(calendar: PlanCalendar, context: SiteContext): CalendarPage {
  const { plan, calendars, calendarPath, mapPath } = context
  const known = calendars.get(calendar.id)
  return {
    path: calendarPath(calendar.id),
    title: calendar.name,
    owner: calendar.owner ?? "",
    docs: calendar.docs,
    place: placeText(calendar.at, plan),
    facts: factsOf(calendar),
    snapshot: known?.snapshot ?? "",
    periods: known === undefined ? [] : periodsOf(known).map(period => periodRow(period, known)),
    usedBy: plan.maps
      .filter(map => asks(map, calendar.id))
      .map(({ name }) => ({ text: name, href: `${mapPath(name)}.html` })),
  }
}

function periodRow({ text, adjustment, closed }: CalendarPeriod, calendar: Calendar): PeriodRow {
  return {
    period: text,
    start: calendarRuns.start_of(calendar, text),
    end: calendarRuns.end_of(calendar, text),
    kind: adjustment ? "adjustment" : "regular",
    state: closed === null ? "" : closed ? "closed" : "open",
  }
}

/** The adjustment periods of a year follow its regular ones. */
function periodsOf({ regular, find }: Calendar): readonly CalendarPeriod[] {
  return regular.flatMap((period, i) => {
    if (regular[i + 1]?.year === period.year) return [period]
    const after: CalendarPeriod[] = []
    for (let number = period.number + 1; ; number++) {
      const found = find(`${period.text.slice(0, -2)}${String(number).padStart(2, "0")}`)
      if (found === undefined || !found.adjustment) break
      after.push(found)
    }
    return [period, ...after]
  })
}

function factsOf({ rules, weekend, periods, status, holidays }: PlanCalendar): readonly string[] {
  const files = [
    periods === null ? "" : `Periods are read from ${periods.path}.`,
    status === null ? "" : `Which periods are closed is read from ${status.path}.`,
    holidays === null ? "" : `Holidays are read from ${holidays.path}.`,
    weekend === null || weekend.length === 0
      ? ""
      : `No business on ${weekend.map(day => weekdays[day - 1] ?? "").join(" and ")}.`,
  ].filter(fact => fact !== "")
  if (rules === null) return files
  const named = `A fiscal year has the name of the calendar year it ${rules.namedBy === "start" ? "starts" : "ends"} in.`
  const month = months[rules.month - 1] ?? ""
  if (rules.kind === "file")
    return [`A fiscal year begins on or after ${month} ${rules.day}.`, named, ...files]
  const years = `Years ${rules.from} to ${rules.until}${rules.adjustments === 0 ? "" : `, with ${rules.adjustments} adjustment ${rules.adjustments === 1 ? "period" : "periods"} each`}.`
  const shape =
    rules.kind === "months"
      ? `Twelve months; a year starts on ${month} ${rules.day}.`
      : `Weeks, ${rules.lengths.join("-")}; a year ends on the ${rules.ends === "last" ? "last" : "nearest"} ${weekdays[rules.weekday - 1] ?? ""} ${rules.ends === "last" ? "of" : "to the end of"} ${month}, and week 53 stands in period ${rules.longPeriod}.`
  return [shape, named, years, ...files]
}

function asks({ body, calendars }: PlanMap, id: string): boolean {
  const inside = (node: PlanExpression): boolean =>
    ((node.kind === "calendar" || node.kind === "spread") && node.calendar === id) ||
    childrenOf(node).some(({ expression }) => inside(expression))
  return calendars.includes(id) || childrenOfBlock(body).some(({ expression }) => inside(expression))
}
