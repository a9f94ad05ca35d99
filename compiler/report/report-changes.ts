// What a build tells now that the last one did not, and the other way round. Flows in: two build reports. Flows out: per map what came and what
// went: codes, roundings, fields left or ignored. Where something stands says nothing: a line that moved is no change.
import type { BuildReport, MapReport } from "./build-report.ts"

export interface MapChanges {
  readonly map: string
  /** Null: it is new, or gone. */
  readonly before: string | null
  readonly after: string | null
  readonly added: readonly ReportChange[]
  readonly removed: readonly ReportChange[]
}

export interface ReportChange {
  /** A section of the report: `codes`, `rounded`, `left` … */
  readonly section: string
  /** What it says, without the place: `hold NO_ACCOUNT`. */
  readonly what: string
}

/** Maps without a change are not there. */
export function reportChanges(before: BuildReport, after: BuildReport): readonly MapChanges[] {
  const names = [...new Set([...before.maps, ...after.maps].map(({ map }) => map))].sort()
  return names.flatMap(map => {
    const was = before.maps.find(one => one.map === map)
    const is = after.maps.find(one => one.map === map)
    // All of a map that is new or gone would be a change: the report itself tells it better.
    const [old, now] = was === undefined || is === undefined ? [[], []] : [linesOf(was), linesOf(is)]
    const changes = {
      map,
      before: was?.version ?? null,
      after: is?.version ?? null,
      added: now.filter(line => !old.some(other => isSame(line, other))),
      removed: old.filter(line => !now.some(other => isSame(line, other))),
    }
    const isChanged = changes.added.length + changes.removed.length > 0 || changes.before !== changes.after
    return isChanged ? [changes] : []
  })
}

export function formatChanges(changes: readonly MapChanges[]): string {
  if (changes.length === 0) return "nothing changed since the last build\n"
  const lines = changes.flatMap(({ map, before, after, added, removed }) => [
    `  map ${map} ${versions(before, after)}`,
    ...added.map(({ section, what }) => `    + ${section}  ${what}`),
    ...removed.map(({ section, what }) => `    - ${section}  ${what}`),
  ])
  return `changed since the last build\n${lines.map(line => `${line}\n`).join("")}`
}

function versions(before: string | null, after: string | null): string {
  if (before === null) return `${after ?? ""} is new`
  if (after === null) return `${before} is gone`
  return before === after ? before : `${before} became ${after}`
}

function linesOf(report: MapReport): readonly ReportChange[] {
  return Object.entries(report).flatMap(([section, items]) =>
    Array.isArray(items) ? items.map((item: object) => ({ section, what: textOf(item) })) : [],
  )
}

/** The members but places and what only the text of a file tells, in their order; of a code the verb first. */
function textOf(item: object): string {
  const { at: _, origin: __, condition: ___, ...said } = { at: null, origin: null, condition: null, ...item }
  const words = Object.entries(said).sort(([a], [b]) => Number(b === "verb") - Number(a === "verb"))
  return words
    .map(([, word]) => String(word ?? ""))
    .filter(word => word !== "")
    .join("  ")
}

function isSame(a: ReportChange, b: ReportChange): boolean {
  return a.section === b.section && a.what === b.what
}
