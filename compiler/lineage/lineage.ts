// The lineage of a Plan (Law 8): for every field of every target the places that give its value and those that only decide it, and the
// same for every way out. Flows in: the Plan. Flows out: data, the same for the same Plan. Complete by construction: it is made from the
// expressions that are run, through lets, rows, crosswalks and contracts.
import type { At, Plan, PlanMap, PlanShape, UnitSource, WireType } from "../plan/index.ts"
import { bindingStops, derivedOf } from "./contract-rules.ts"
import { decidingEdges, type Edge, joinEdges } from "./edge.ts"
import { edgesOf, memberOf, nothing, type Place, type Provenance, rowEdges, rowOf } from "./provenance.ts"
import { collectedFields, setStops } from "./set-lineage.ts"
import { traceBlock } from "./trace-block.ts"
import type { Stop, Tracing } from "./tracing.ts"

export interface MapLineage {
  readonly map: string
  readonly version: string
  readonly at: At
  readonly target: string
  /** It is a flow: the fields are what its steps compute and hand over. */
  readonly flow?: true
  /** In the order of the target; a list stands before what is in its rows, with what decides which rows there are. */
  readonly fields: readonly FieldLineage[]
  /** Ways out, checks and controls, in the order they are written. */
  readonly stops: readonly Stop[]
}

export interface FieldLineage {
  /** `lines[].amount`; `lines[]` for the rows themselves. */
  readonly path: string
  readonly edges: readonly Edge[]
  readonly at: At
}

export function lineageOf(plan: Plan): readonly MapLineage[] {
  return lineagesOf(plan.maps, plan)
}

/** Of maps that are no maps of the Plan, the questions of its flows. */
export function lineagesOf(maps: readonly PlanMap[], plan: Plan): readonly MapLineage[] {
  const index = indexOf(plan)
  return maps.map(map => lineageWith(map, index))
}

export function mapLineage(map: PlanMap, plan: Plan): MapLineage {
  return lineageWith(map, indexOf(plan))
}

function indexOf(plan: Plan) {
  return {
    shapes: new Map(plan.shapes.map(shape => [shape.id, shape])),
    crosswalks: new Map(plan.crosswalks.map(crosswalk => [crosswalk.id, crosswalk])),
  }
}

function lineageWith(map: PlanMap, { shapes, crosswalks }: ReturnType<typeof indexOf>): MapLineage {
  const tracing: Tracing = {
    shape: id => known(shapes.get(id), id),
    crosswalk: id => known(crosswalks.get(id), id),
    variables: new Map(),
    decisions: [],
    skips: [],
    stops: [],
    path: "",
  }
  const place = (origin: Place["origin"], type: WireType): Place => ({
    kind: "place",
    origin,
    type,
    at: null,
    unit: () => [],
    derived: derivedOf(tracing),
    shape: tracing.shape,
  })
  for (const { name, variable, binding } of map.sources) {
    const type: WireType = { kind: "record", shape: binding.shape, arguments: [] }
    const source = place({ kind: "source", name, path: [] }, type)
    tracing.variables.set(variable, source)
    bindingStops(binding, source, tracing)
  }
  for (const { name, variable, type } of map.set?.sets ?? [])
    tracing.variables.set(variable, place({ kind: "source", name, path: [] }, type))
  for (const { name, variable, type } of map.givens)
    tracing.variables.set(variable, place({ kind: "given", name, path: [] }, type))
  const record = traceBlock(map.body, tracing)
  const target = tracing.shape(map.target.shape)
  const fields = recordFields(record, target, { path: "", at: map.target.at, unit: () => [] }, tracing)
  const row = { fields, stops: [...tracing.stops], skips: tracing.skips }
  return {
    map: map.name,
    version: map.version,
    at: map.at,
    target: target.name,
    fields: map.set === null ? fields : collectedFields(row, map.set),
    stops: joinStops([...row.stops, ...(map.set === null ? [] : setStops(row, map.set, tracing))]),
  }
}

/** A contract whose rows are read several times says its codes once. */
function joinStops(stops: readonly Stop[]): readonly Stop[] {
  const joined = new Map<string, Stop>()
  for (const stop of stops) {
    const key = JSON.stringify([stop.verb, stop.code, stop.path, stop.at])
    const edges = joined.get(key)?.edges ?? []
    joined.set(key, { ...stop, edges: joinEdges([...edges, ...stop.edges]) })
  }
  return [...joined.values()]
}

interface Standing {
  readonly path: string
  readonly at: At
  readonly unit: (source: UnitSource) => readonly Edge[]
}

function recordFields(
  record: Provenance,
  shape: PlanShape,
  standing: Standing,
  tracing: Tracing,
): readonly FieldLineage[] {
  return shape.fields.flatMap(field => {
    const written = assignedAt(record, field.name)
    if (written === undefined && hasOnlyRecords(record)) return []
    const unit = (source: UnitSource): readonly Edge[] =>
      source.kind === "field"
        ? edgesOf(source.path.reduce<Provenance>((of, name) => memberOf(of, name, null), record))
        : standing.unit(source)
    const path = standing.path === "" ? field.name : `${standing.path}.${field.name}`
    const inside = { path, at: written ?? standing.at, unit }
    return valueFields(memberOf(record, field.name, standing.at), field.type, inside, tracing)
  })
}

function valueFields(
  value: Provenance,
  type: WireType,
  standing: Standing,
  tracing: Tracing,
): readonly FieldLineage[] {
  switch (type.kind) {
    case "record": {
      const shape = tracing.shape(type.shape)
      const unit = (source: UnitSource): readonly Edge[] => {
        const argument =
          source.kind === "parameter" ? type.arguments[shape.parameters.indexOf(source.name)] : undefined
        return argument === undefined ? [] : standing.unit(argument)
      }
      return recordFields(value, shape, { ...standing, unit }, tracing)
    }
    case "list":
    case "dictionary": {
      const path = `${standing.path}${type.kind === "list" ? "[]" : ".*"}`
      const rows = { path, edges: rowEdges(value), at: standing.at }
      const inside = valueFields(rowOf(value), type.of, { ...standing, path }, tracing)
      // Scalars of a list stand where its rows stand: one line for both.
      const [only] = inside
      return only !== undefined && inside.length === 1 && only.path === path
        ? [{ ...only, edges: joinEdges([...only.edges, ...rows.edges]) }]
        : [rows, ...inside]
    }
    case "money":
    case "quantity": {
      const edges = edgesOf(value)
      const unit = type.unit !== null && type.wire === "minor" ? standing.unit(type.unit) : []
      return [{ ...standing, edges: joinEdges([...edges, ...decidingEdges(unit, "currency")]) }].map(bare)
    }
    default:
      return [bare({ ...standing, edges: edgesOf(value) })]
  }
}

function bare({ path, edges, at }: FieldLineage): FieldLineage {
  return { path, edges, at }
}

/** Where a member is assigned: in the record itself, or in the first of those it may be. */
function assignedAt(record: Provenance, name: string): At | undefined {
  switch (record.kind) {
    case "record":
      return record.places.get(name)
    case "decided":
      return assignedAt(record.of, name)
    case "either":
      return record.options.map(option => assignedAt(option, name)).find(at => at !== undefined)
    case "place":
    case "value":
    case "list":
      return undefined
  }
}

/** Then a field that none of them assigns is left. */
function hasOnlyRecords(record: Provenance): boolean {
  switch (record.kind) {
    case "record":
      return true
    case "decided":
      return hasOnlyRecords(record.of)
    case "either":
      return record.options.every(hasOnlyRecords)
    case "place":
    case "list":
      return false
    case "value":
      return record === nothing
  }
}

function known<T>(declaration: T | undefined, id: string): T {
  if (declaration === undefined) throw new Error(`the plan has no ${JSON.stringify(id)}`)
  return declaration
}
