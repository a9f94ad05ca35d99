// The calendars of a Plan with their files, for cases, pages and laws. Flows in: the Plan and how a file is read. Flows out: calendars
// by id, or what is wrong with the first that cannot be used.
import { calendarSpec, type Plan } from "@fmap/compiler"
import { type Calendar, type CalendarProblem, type CalendarTables, loadCalendar } from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"

/** `overrides`: other files by `Corp.status`. Calendars without files are left out. */
export function calendarsOf(
  plan: Plan,
  readFile: (path: string) => Uint8Array | undefined,
  overrides: Readonly<Record<string, string>> = {},
): { readonly ok: Readonly<Record<string, Calendar>> } | { readonly problems: readonly CalendarProblem[] } {
  const loaded: [string, Calendar][] = []
  for (const calendar of plan.calendars) {
    const tables: { -readonly [F in keyof CalendarTables]: CalendarTables[F] } = {}
    for (const file of ["periods", "status", "holidays"] as const) {
      const declared = calendar[file]
      if (declared === null) continue
      const path = overrides[`${calendar.id}.${file}`] ?? declared.path
      const table = readCsv(new TextDecoder().decode(readFile(path)))
      if ("problems" in table) throw new Error(JSON.stringify(table))
      tables[file] = table.ok
    }
    if (Object.keys(tables).length === 0) continue
    const result = loadCalendar(calendarSpec(calendar), tables)
    if ("problems" in result) return result
    loaded.push([calendar.id, result.ok])
  }
  return { ok: Object.fromEntries(loaded) }
}
