// Calendars with files as reference data of a map. Flows in: the Plan, the ids the map needs, overriding files by `Corp.status`. Flows
// out: calendars by id, or every problem of every file: a file with one bad row is not used.
import { calendarSpec, type Host, type Plan } from "@fmap/compiler"
import { type Calendar, type CalendarTables, loadCalendar } from "@fmap/runtime"
import { type Problem, problemsOf } from "../terminal/problem.ts"
import { readAnyFile, readProjectFile, tableOf } from "./load-crosswalks.ts"

export type LoadedCalendars =
  | { readonly kind: "calendars"; readonly calendars: ReadonlyMap<string, Calendar> }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

const kinds = ["periods", "status", "holidays"] as const

/** Names a file can be given for: `Corp.periods`. */
export function calendarFiles(plan: Plan, ids: readonly string[]): readonly string[] {
  return plan.calendars
    .filter(calendar => ids.includes(calendar.id))
    .flatMap(calendar => kinds.filter(kind => calendar[kind] !== null).map(kind => `${calendar.id}.${kind}`))
}

export function loadCalendars(
  plan: Plan,
  ids: readonly string[],
  overrides: ReadonlyMap<string, string>,
  host: Host,
  cwd: string,
): LoadedCalendars {
  const problems: string[] = []
  const calendars = new Map<string, Calendar>()
  for (const calendar of plan.calendars) {
    if (!ids.includes(calendar.id)) continue
    const before = problems.length
    const tables: { -readonly [F in keyof CalendarTables]: CalendarTables[F] } = {}
    const paths = new Map<string, string>()
    for (const kind of kinds) {
      const declared = calendar[kind]
      if (declared === null) continue
      const override = overrides.get(`${calendar.id}.${kind}`)
      const path = override ?? declared.path
      paths.set(kind, path)
      const bytes = override === undefined ? readProjectFile(host, path) : readAnyFile(cwd, override)
      const table = typeof bytes === "string" ? bytes : tableOf("csv", bytes)
      if (typeof table === "string") problems.push(`Calendar ${calendar.id}: ${path} ${table}.`)
      else if ("ok" in table) tables[kind] = table.ok
      else
        problems.push(
          ...table.problems.map(
            ({ line, message }) => `Calendar ${calendar.id}: ${path}:${line}: ${message}`,
          ),
        )
    }
    if (problems.length > before) continue
    const loaded = loadCalendar(calendarSpec(calendar), tables)
    if ("ok" in loaded) calendars.set(calendar.id, loaded.ok)
    else
      problems.push(
        ...loaded.problems.map(
          ({ file, row, message }) => `Calendar ${calendar.id}: ${paths.get(file)}:${row}: ${message}`,
        ),
      )
  }
  return problems.length > 0
    ? { kind: "problems", problems: problemsOf("FM8203", problems) }
    : { kind: "calendars", calendars }
}
