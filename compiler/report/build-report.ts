// What a reader of a build must be told (Laws 4 and 5), as data. Flows in: the Plan. Flows out: per map every code a record can
// end with, and all that is left, ignored, unread, rounded, truncated or skipped, each with its line of source.
import { sourceText } from "../explain/source-text.ts"
import type { At, Plan, PlanMap, PlanSet } from "../plan/index.ts"
import { droppedRows } from "./dropped-rows.ts"
import { type FlowReport, flowReporter } from "./flow-report.ts"

export interface BuildReport {
  readonly format: "fmap.report"
  readonly formatVersion: 1
  readonly maps: readonly MapReport[]
  /** Absent: there is none. */
  readonly flows?: readonly FlowReport[]
}

export interface MapReport {
  readonly map: string
  readonly version: string
  /** `maps/order.fmap:12:1` */
  readonly at: string
  readonly codes: readonly {
    readonly code: string
    readonly verb: string
    readonly origin: string
    readonly at: readonly string[]
  }[]
  readonly left: readonly { readonly field: string; readonly because: string; readonly at: string }[]
  readonly ignored: readonly { readonly path: string; readonly because: string; readonly at: string }[]
  readonly unread: readonly { readonly source: string; readonly field: string }[]
  readonly rounded: readonly { readonly field: string; readonly mode: string; readonly at: string }[]
  readonly claimed: readonly { readonly field: string; readonly currency: string; readonly at: string }[]
  readonly truncated: readonly { readonly field: string; readonly at: string }[]
  readonly skips: readonly {
    readonly code: string
    /** Where it stands: a field, or a name; empty: the row itself. */
    readonly field: string
    readonly message: string | null
    readonly at: string
  }[]
  /** Rows that a condition leaves out: of the list of a field, or of what a field is made of. */
  readonly filters: readonly { readonly field: string; readonly condition: string; readonly at: string }[]
  readonly fieldRules: readonly {
    readonly record: string
    readonly rule: string
    readonly how: string
    readonly at: string
  }[]
  /** Of a map over a set of rows: what it keeps while it runs, and what it adds up. */
  readonly set: SetReport | null
}

export interface SetReport {
  readonly each: string
  /** Target fields that tell apart the groups that are kept; empty: no row and no group is, and memory does not grow. */
  readonly groupedBy: readonly string[]
  /** Whole lists that are kept. */
  readonly kept: readonly string[]
  readonly totals: readonly string[]
}

/** `textOf`: of a file of the Plan, for what is told in the author's words; without it those are empty. */
export function buildReport(plan: Plan, textOf: TextOf = () => undefined): BuildReport {
  const maps = plan.maps.map(map => mapReport(map, plan, textOf))
  const flows = flowReports(plan, textOf)
  return { format: "fmap.report", formatVersion: 1, maps, ...(flows.length === 0 ? {} : { flows }) }
}

/** The part that is about flows. */
export function flowReports(plan: Plan, textOf: TextOf = () => undefined): readonly FlowReport[] {
  return (plan.flows ?? []).map(flowReporter(plan, at => shownAt(at, plan), textOf))
}

function shownAt([file, line, column]: At, plan: Plan): string {
  return `${plan.files[file]?.path ?? "?"}:${line}:${column}`
}

type TextOf = (path: string) => string | undefined

function mapReport(map: PlanMap, plan: Plan, textOf: TextOf): MapReport {
  const shown = (at: At) => shownAt(at, plan)
  const { left, ignored, unread, rounded, claimed, truncated, fieldRules } = map.report
  const { skips, filters } = droppedRows(map)
  return {
    map: map.name,
    version: map.version,
    at: shown(map.at),
    codes: map.codes.map(({ code, verb, origin, at }) => ({ code, verb, origin, at: at.map(shown) })),
    left: left.map(({ field, because, at }) => ({ field, because, at: shown(at) })),
    ignored: ignored.map(({ path, because, at }) => ({ path, because, at: shown(at) })),
    unread: unread.map(({ source, field }) => ({ source, field })),
    rounded: rounded.map(({ field, mode, at }) => ({ field, mode, at: shown(at) })),
    claimed: claimed.map(({ field, currency, at }) => ({ field, currency, at: shown(at) })),
    truncated: truncated.map(({ field, at }) => ({ field, at: shown(at) })),
    skips: skips.map(({ code, field, message, at }) => ({ code, field, message, at: shown(at) })),
    filters: filters.map(({ field, at }) => ({
      field,
      condition: sourceText(at, plan, textOf),
      at: shown(at),
    })),
    fieldRules: fieldRules.map(({ record, rule, how, at }) => ({ record, rule, how, at: shown(at) })),
    set: map.set === null ? null : setReport(map.set),
  }
}

function setReport({ each, sets, collect, totals }: PlanSet): SetReport {
  return {
    each,
    groupedBy: collect?.keys ?? [],
    kept: sets.map(({ name }) => name),
    totals: totals.map(({ path }) => path),
  }
}
