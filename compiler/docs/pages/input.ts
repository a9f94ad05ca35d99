// All that a site of documentation is made from. Flows in: the Plan, what was run and read around it. Knows no files and no clock: a site
// is the same for the same input.
import type { Calendar } from "@fmap/runtime"
import { landscapeOf } from "../../govern/landscape.ts"
import type { Surroundings } from "../../govern/scorecard.ts"
import { interpreterParts } from "../../interpret/internals.ts"
import type { MapLineage } from "../../lineage/index.ts"
import type { Plan, PlanFlow, PlanShape, ShapeId } from "../../plan/index.ts"
import { type FlowReport, flowReporter } from "../../report/flow-report.ts"
import type { CodeCoverage, CoveragePoint, TestReport } from "../../testing/index.ts"
import { placeText } from "../sheet/source-lines.ts"
import { type Paths, pathsIn } from "./paths.ts"

export interface DocsInput {
  /** What the project is called. */
  readonly project: string
  readonly plan: Plan
  readonly planHash: string
  readonly textOf: (path: string) => string | undefined
  readonly tests: readonly TestReport[]
  readonly coverage: readonly CoveragePoint[]
  readonly codes: readonly CodeCoverage[]
  /** Of crosswalks whose rows stand in a file, by id. */
  readonly tables: ReadonlyMap<string, ExternalTable>
  /** Of crosswalks that were read from a file, by id: SHA-256 of the rows. */
  readonly snapshots: ReadonlyMap<string, string>
  /** Calendars that were read from files, by id. */
  readonly calendars: ReadonlyMap<string, Calendar>
}

export interface ExternalTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What pages need of each other. */
export interface SiteContext extends DocsInput {
  readonly lineages: readonly MapLineage[]
  readonly landscape: Surroundings
  readonly shape: (id: ShapeId) => PlanShape
  readonly contractPath: Paths
  readonly mapPath: Paths
  readonly crosswalkPath: Paths
  readonly calendarPath: Paths
  readonly flowPath: Paths
  readonly flowReport: (flow: PlanFlow) => FlowReport
}

/** A link to another page, from the top of the site. */
export interface Link {
  readonly text: string
  /** Empty: there is no page. */
  readonly href: string
}

export function siteContext(input: DocsInput, lineages: readonly MapLineage[]): SiteContext {
  const { plan } = input
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const { inline, declared } = interpreterParts(plan)
  return {
    ...input,
    snapshots: new Map([
      ...[...inline].map(([id, { snapshot }]) => [id, snapshot] as const),
      ...input.snapshots,
    ]),
    calendars: new Map([...declared, ...input.calendars]),
    lineages,
    // A scorecard asks for no day.
    landscape: landscapeOf(plan, ""),
    shape: id => {
      const found = shapes.get(id)
      if (found === undefined) throw new Error(`the plan has no shape ${JSON.stringify(id)}`)
      return found
    },
    contractPath: pathsIn(
      "contracts",
      plan.shapes.filter(({ contract }) => contract !== null).map(({ id }) => id),
    ),
    mapPath: pathsIn(
      "maps",
      plan.maps.map(({ name }) => name),
    ),
    crosswalkPath: pathsIn(
      "crosswalks",
      plan.crosswalks.map(({ id }) => id),
    ),
    calendarPath: pathsIn(
      "calendars",
      plan.calendars.map(({ id }) => id),
    ),
    flowPath: pathsIn(
      "flows",
      (plan.flows ?? []).map(({ name }) => name),
    ),
    flowReport: flowReporter(plan, at => placeText(at, plan), input.textOf),
  }
}

export function contractLink(shape: PlanShape, { contractPath }: SiteContext): Link {
  return { text: shape.name, href: shape.contract === null ? "" : `${contractPath(shape.id)}.html` }
}
