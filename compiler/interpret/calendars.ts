// The calendars of a run. Flows in: a Plan, reference data by id. Flows out: for each calendar what its declaration says, and what was
// loaded with its files; where a question needs a file, only the latter answers.
import { type Calendar, type Crosswalk, computedCalendar } from "@fmap/runtime"
import { calendarSpec } from "../lower/calendars.ts"
import type { Plan } from "../plan/index.ts"
import type { InterpretReference } from "./interpret.ts"

export interface Calendars {
  /** Undefined: its periods stand in a file. */
  readonly declared: (id: string) => Calendar | undefined
  /** Undefined: the caller gave none. */
  readonly loaded: (id: string) => Calendar | undefined
}

export function declaredCalendars(plan: Plan): ReadonlyMap<string, Calendar> {
  return new Map(
    plan.calendars
      .filter(({ rules }) => rules?.kind !== "file")
      .map(calendar => [calendar.id, computedCalendar(calendarSpec(calendar))]),
  )
}

export function calendarsOf(
  declared: ReadonlyMap<string, Calendar>,
  loaded: ReadonlyMap<string, Calendar>,
): Calendars {
  return { declared: id => declared.get(id), loaded: id => loaded.get(id) }
}

/** Reference data by what it is. */
export function splitReference(reference: InterpretReference): {
  readonly crosswalks: ReadonlyMap<string, Crosswalk>
  readonly calendars: ReadonlyMap<string, Calendar>
} {
  const crosswalks = new Map<string, Crosswalk>()
  const calendars = new Map<string, Calendar>()
  for (const [id, data] of Object.entries(reference)) {
    if ("regular" in data) calendars.set(id, data)
    else crosswalks.set(id, data)
  }
  return { crosswalks, calendars }
}

export function loadedCalendar({ calendars }: { readonly calendars: Calendars }, id: string): Calendar {
  const calendar = calendars.loaded(id)
  if (calendar === undefined) throw new TypeError(`The calendar ${id} is reference data and was not given.`)
  return calendar
}
