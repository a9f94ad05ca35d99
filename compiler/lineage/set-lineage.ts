// What a map over a set of rows adds to the lineage of one row: fields that several rows make together, and controls at the end of the run.
// Flows in: the fields and ways out of one row. Flows out: those of the run. Which rows belong together is decided by the keys, and which
// are there at all by what drops a row.
import type { PlanCollect, PlanSet, PlanSetTerm } from "../plan/index.ts"
import { decidingEdges, type Edge, joinEdges, throughEdges } from "./edge.ts"
import type { FieldLineage } from "./lineage.ts"
import { edgesOf } from "./provenance.ts"
import { trace } from "./trace-expression.ts"
import type { Stop, Tracing } from "./tracing.ts"

/** What is known of one row: its fields, its ways out, and what decides that it is left out. */
export interface RowLineage {
  readonly fields: readonly FieldLineage[]
  readonly stops: readonly Stop[]
  readonly skips: readonly Edge[]
}

export function collectedFields(row: RowLineage, { collect }: PlanSet): readonly FieldLineage[] {
  const { fields } = row
  if (collect === null) return fields
  const others = joinEdges([
    ...decidingEdges(edgesOfFields(fields, collect.keys), "key"),
    ...decidingEdges(lossOf(row, collect), "filter").map((edge): Edge => ({ ...edge, manners: ["filter"] })),
  ])
  return fields.map(field => {
    const fold = collect.folds.find(({ field: name }) => isOf(field, name))
    if (fold === undefined) return field
    const edges =
      fold.operation === "sum" || fold.operation === "min" || fold.operation === "max"
        ? throughEdges(field.edges, "aggregated")
        : field.edges
    return { ...field, edges: joinEdges([...edges, ...others]) }
  })
}

/** Without the rows that were stopped a group has other values only where it is kept; otherwise it does not come out. */
function lossOf(row: RowLineage, { incomplete }: PlanCollect): readonly Edge[] {
  return incomplete === "keep" ? joinEdges([...row.skips, ...stoppedBy(row)]) : row.skips
}

/** What may hold or reject a row: its ways out, and every value that may not fit where it is written. */
function stoppedBy({ fields, stops }: RowLineage): readonly Edge[] {
  return joinEdges([
    ...stops.filter(({ verb }) => verb === "hold" || verb === "reject").flatMap(({ edges }) => edges),
    ...fields.flatMap(({ edges }) => edges),
  ]).filter(({ role }) => role !== "tells")
}

/** A group that lost a row. */
function incompleteStop(row: RowLineage, { collect }: PlanSet): readonly Stop[] {
  if (collect === null) return []
  const { keys, incomplete, at } = collect
  const verb = ({ hold: "hold", reject: "reject", drop: "skip", keep: "warn" } as const)[incomplete]
  const edges = [
    ...decidingEdges(edgesOfFields(row.fields, keys), "key"),
    ...decidingEdges(stoppedBy(row), "condition"),
  ]
  return [{ verb, code: "INCOMPLETE_GROUP", path: "", at, edges: joinEdges(edges) }]
}

export function setStops(row: RowLineage, set: PlanSet, tracing: Tracing): readonly Stop[] {
  const { controls, figures } = set
  const { fields } = row
  const figure = (index: number | null): readonly Edge[] => {
    const value = index === null ? undefined : figures[index]?.value
    return value === undefined ? [] : edgesOf(trace(value, tracing))
  }
  // How many rows came to which end is decided by what stops or drops them.
  const ends = joinEdges([...row.skips, ...stoppedBy(row)])
  const judged = controls.map((control): Stop => {
    const keys = control.keys.flatMap(key => [
      ...figure(key.figure),
      ...edgesOfFields(fields, key.field === null ? [] : [key.field]),
    ])
    const terms = [...control.left, ...control.right]
    const edges = [
      ...keys,
      ...terms.flatMap(term => termEdges(term, fields, figure, tracing)),
      ...(terms.some(hangsOnEnds) ? ends : []),
    ]
    const { verb, code } = control.exit
    return { verb, code, path: "", at: control.at, edges: joinEdges(decidingEdges(edges, "condition")) }
  })
  return [...incompleteStop(row, set), ...judged]
}

function hangsOnEnds(term: PlanSetTerm): boolean {
  return term.kind === "sumOut" || ((term.kind === "sum" || term.kind === "count") && term.of !== "rows")
}

function termEdges(
  term: PlanSetTerm,
  fields: readonly FieldLineage[],
  figure: (index: number) => readonly Edge[],
  tracing: Tracing,
): readonly Edge[] {
  switch (term.kind) {
    case "sum":
      return figure(term.figure)
    case "sumOut":
      return edgesOfFields(fields, [term.field])
    case "input":
      return edgesOf(trace(term.value, tracing))
    case "count":
    case "literal":
      return []
  }
}

function edgesOfFields(fields: readonly FieldLineage[], names: readonly string[]): readonly Edge[] {
  return fields.filter(field => names.some(name => isOf(field, name))).flatMap(field => field.edges)
}

/** The field itself, or a part of it. */
function isOf({ path }: FieldLineage, name: string): boolean {
  return path === name || [".", "["].some(step => path.startsWith(`${name}${step}`))
}
