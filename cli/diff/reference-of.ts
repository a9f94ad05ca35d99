// The reference data of a release that stands in its files. Flows in: a Plan and where its files are. Flows out: crosswalks and calendars by id, as far as they can be read; what is
// missing keeps maps from being run, and is no error here.
import type { Host, Plan } from "@fmap/compiler"
import type { Calendar, Crosswalk } from "@fmap/runtime"
import { loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks } from "../run/load-crosswalks.ts"

export interface ReferenceOfRelease {
  readonly crosswalks: ReadonlyMap<string, Crosswalk>
  readonly calendars: ReadonlyMap<string, Calendar>
}

/** `host`: null where only the Plan is at hand. */
export function referenceOf(plan: Plan, host: Host | null, folder: string): ReferenceOfRelease {
  const crosswalks = new Map<string, Crosswalk>()
  const calendars = new Map<string, Calendar>()
  if (host === null) return { crosswalks, calendars }
  for (const { id, external } of plan.crosswalks) {
    if (external === null) continue
    const loaded = loadCrosswalks(plan, [id], new Map(), host, folder)
    const crosswalk = loaded.kind === "reference" ? loaded.crosswalks[id] : undefined
    if (crosswalk !== undefined) crosswalks.set(id, crosswalk)
  }
  for (const { id } of plan.calendars) {
    const loaded = loadCalendars(plan, [id], new Map(), host, folder)
    const calendar = loaded.kind === "calendars" ? loaded.calendars.get(id) : undefined
    if (calendar !== undefined) calendars.set(id, calendar)
  }
  return { crosswalks, calendars }
}
