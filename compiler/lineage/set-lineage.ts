// What a map over a set of rows adds to the lineage of one row: fields that several rows make together, and controls at the end of the run.
// Flows in: the fields and ways out of one row. Flows out: those of the run. Which rows belong together is decided by the keys.
import type { PlanSet, PlanSetTerm } from "../plan/index.ts"
import { decidingEdges, type Edge, joinEdges, throughEdges } from "./edge.ts"
import type { FieldLineage } from "./lineage.ts"
import { edgesOf } from "./provenance.ts"
import { trace } from "./trace-expression.ts"
import type { Stop, Tracing } from "./tracing.ts"

export function collectedFields(fields: readonly FieldLineage[], set: PlanSet): readonly FieldLineage[] {
  const { collect } = set
  if (collect === null) return fields
  const keys = decidingEdges(edgesOfFields(fields, collect.keys), "key")
  return fields.map(field => {
    const fold = collect.folds.find(({ field: name }) => name === field.path)
    if (fold === undefined) return field
    return { ...field, edges: joinEdges([...throughEdges(field.edges, "aggregated"), ...keys]) }
  })
}

export function setStops(
  fields: readonly FieldLineage[],
  { controls, figures }: PlanSet,
  tracing: Tracing,
): readonly Stop[] {
  const figure = (index: number | null): readonly Edge[] => {
    const value = index === null ? undefined : figures[index]?.value
    return value === undefined ? [] : edgesOf(trace(value, tracing))
  }
  return controls.map(control => {
    const keys = control.keys.flatMap(key => [
      ...figure(key.figure),
      ...edgesOfFields(fields, key.field === null ? [] : [key.field]),
    ])
    const terms = [...control.left, ...control.right]
    const edges = [...keys, ...terms.flatMap(term => termEdges(term, fields, figure, tracing))]
    const { verb, code } = control.exit
    return { verb, code, path: "", at: control.at, edges: joinEdges(decidingEdges(edges, "condition")) }
  })
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
  return fields.filter(field => names.includes(field.path)).flatMap(field => field.edges)
}
