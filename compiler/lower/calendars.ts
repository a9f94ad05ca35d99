// Calendars of the Plan. Flows in: bound calendars. Flows out: their plain data; and what the runtime's loader needs of one.
import type { Place } from "@fmap/grammar"
import type { CalendarFile, CalendarSpec } from "@fmap/runtime"
import type { At, PlanCalendar, PlanCalendarFile } from "../plan/index.ts"
import type { BoundCalendar } from "../resolve/model.ts"
import { plain } from "./plain-text.ts"

export function lowerCalendar(
  calendar: BoundCalendar,
  context: { readonly at: (place: Place) => At; readonly fileIndex: (path: string) => number },
): PlanCalendar {
  const { node, name, id, file, place, spec, files } = calendar
  const owner = node.clauses.find(clause => clause.kind === "owner")
  return {
    id,
    name,
    file: context.fileIndex(file),
    docs: node.docs.join("\n"),
    at: context.at(place),
    owner: owner?.kind === "owner" ? plain(owner.owner) : null,
    rules: spec.rules,
    weekend: spec.weekend,
    ...files,
  }
}

export function calendarSpec(calendar: PlanCalendar): CalendarSpec {
  const { name, rules, weekend, periods, status, holidays } = calendar
  return {
    name,
    rules,
    weekend,
    periods: withoutPath(periods),
    status: withoutPath(status),
    holidays: withoutPath(holidays),
  }
}

function withoutPath(file: PlanCalendarFile | null): CalendarFile | null {
  return file === null ? null : { columns: file.columns, where: file.where }
}
