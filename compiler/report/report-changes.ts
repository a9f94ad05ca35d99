// What a build tells now that the last one did not, and the other way round. Flows in: two build reports. Flows out: per map and flow what came and what
// went: codes, roundings, fields left or ignored; steps, their rules, routes and promises. Where something stands says nothing: a line that moved is no change.
import type { BuildReport, MapReport } from "./build-report.ts"
import type { FlowReport } from "./flow-report.ts"

interface Changes {
  /** Null: it is new, or gone. */
  readonly before: string | null
  readonly after: string | null
  readonly added: readonly ReportChange[]
  readonly removed: readonly ReportChange[]
}

export interface MapChanges extends Changes {
  readonly map: string
}

export interface FlowChanges extends Changes {
  readonly flow: string
}

export interface ReportChange {
  /** A section of the report: `codes`, `rounded`, `left` … */
  readonly section: string
  /** What it says, without the place: `hold NO_ACCOUNT`. */
  readonly what: string
}

/** Maps and flows without a change are not there. */
export function reportChanges(
  before: BuildReport,
  after: BuildReport,
): readonly (MapChanges | FlowChanges)[] {
  const maps = changesOf(before.maps, after.maps, ({ map }) => map, linesOf)
  const flows = changesOf(before.flows ?? [], after.flows ?? [], ({ flow }) => flow, flowLines)
  return [
    ...maps.map(([map, changes]) => ({ map, ...changes })),
    ...flows.map(([flow, changes]) => ({ flow, ...changes })),
  ]
}

function changesOf<T extends { readonly version: string }>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
  lines: (one: T) => readonly ReportChange[],
): readonly (readonly [string, Changes])[] {
  const names = [...new Set([...before, ...after].map(nameOf))].sort()
  return names.flatMap(name => {
    const was = before.find(one => nameOf(one) === name)
    const is = after.find(one => nameOf(one) === name)
    // All of what is new or gone would be a change: the report itself tells it better.
    const [old, now] = was === undefined || is === undefined ? [[], []] : [lines(was), lines(is)]
    const changes = {
      before: was?.version ?? null,
      after: is?.version ?? null,
      added: now.filter(line => !old.some(other => isSame(line, other))),
      removed: old.filter(line => !now.some(other => isSame(line, other))),
    }
    const isChanged = changes.added.length + changes.removed.length > 0 || changes.before !== changes.after
    return isChanged ? [[name, changes] as const] : []
  })
}

export function formatChanges(changes: readonly (MapChanges | FlowChanges)[]): string {
  if (changes.length === 0) return "nothing changed since the last build\n"
  const lines = changes.flatMap(({ before, after, added, removed, ...named }) => [
    `  ${"map" in named ? `map ${named.map}` : `flow ${named.flow}`} ${versions(before, after)}`,
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

function flowLines({
  starts,
  wanted,
  lane,
  steps,
  routes,
  objectives,
  codes,
}: FlowReport): readonly ReportChange[] {
  return [
    { section: "starts", what: starts },
    ...(wanted === null ? [] : [{ section: "starts", what: `where ${wanted}` }]),
    ...(lane === null
      ? []
      : [
          {
            section: "lane",
            what: `by ${lane.by}${lane.newest === null ? "" : `, newest by ${lane.newest}`}`,
          },
        ]),
    ...steps.flatMap(({ step, does, rules, after, only }) => [
      { section: "step", what: `${step}  ${does}` },
      ...only.map(one => ({ section: "step", what: `${step}  only where ${one}` })),
      ...after.map(other => ({ section: "step", what: `${step}  after ${other}` })),
      ...rules.map(rule => ({ section: "step", what: `${step}  ${rule}` })),
    ]),
    ...routes.map(({ on, to, lane }) => ({ section: "route", what: `on ${on}  ${to}; ${lane}` })),
    ...objectives.map(({ name, promise }) => ({ section: "promise", what: `${name}  ${promise}` })),
    ...codes.map(({ verb, code }) => ({ section: "codes", what: `${verb}  ${code}` })),
  ]
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
