// Where a value comes from, member by member and row by row: the abstract value that lineage computes with. Flows in: places of payloads,
// givens and crosswalk rows. Flows out: members, rows, and the edges of a whole. Must not know the expressions that ask.
import type { At, PlanShape, ShapeId, UnitSource, WireType } from "../plan/index.ts"
import { decidingEdges, type Edge, joinEdges, type Origin } from "./edge.ts"

export type Provenance =
  | Place
  /** A value without parts, or of parts nobody can tell apart. */
  | { readonly kind: "value"; readonly edges: readonly Edge[] }
  | {
      readonly kind: "record"
      readonly members: ReadonlyMap<string, Provenance>
      /** Where each member is assigned. */
      readonly places: ReadonlyMap<string, At>
    }
  /** `edges`: what decides which rows there are, and their order. */
  | { readonly kind: "list"; readonly edges: readonly Edge[]; readonly of: Provenance }
  | { readonly kind: "either"; readonly options: readonly Provenance[] }
  /** Edges of everything inside: what decided that this value is the one. */
  | { readonly kind: "decided"; readonly edges: readonly Edge[]; readonly of: Provenance }

/** Something that is read from outside. Null `at`: bound, and not read yet. */
export interface Place {
  readonly kind: "place"
  readonly origin: Exclude<Origin, { kind: "constant" }>
  readonly type: WireType
  readonly at: At | null
  readonly unit: (source: UnitSource) => readonly Edge[]
  /** Derived values of a record: they are no places of the payload. */
  readonly derived: (name: string, place: Place) => Provenance | null
  readonly shape: (id: ShapeId) => PlanShape
}

export const nothing: Provenance = { kind: "value", edges: [] }

export function valueOf(edges: readonly Edge[]): Provenance {
  return { kind: "value", edges }
}

export function decidedBy(edges: readonly Edge[], of: Provenance): Provenance {
  return edges.length === 0 ? of : { kind: "decided", edges, of }
}

export function eitherOf(options: readonly Provenance[]): Provenance {
  const [only] = options
  return only !== undefined && options.length === 1 ? only : { kind: "either", options }
}

export function memberOf(of: Provenance, name: string, at: At | null): Provenance {
  switch (of.kind) {
    case "place":
      return memberOfPlace(of, name, at)
    case "value":
      return of
    case "record":
      return of.members.get(name) ?? nothing
    case "list":
      return valueOf(edgesOf(of))
    case "either":
      return eitherOf(of.options.map(option => memberOf(option, name, at)))
    case "decided":
      return decidedBy(of.edges, memberOf(of.of, name, at))
  }
}

function memberOfPlace(place: Place, name: string, at: At | null): Provenance {
  const { type } = place
  if (type.kind !== "record") return place
  const shape = place.shape(type.shape)
  const field = shape.fields.find(candidate => candidate.name === name)
  if (field === undefined) return place.derived(name, place) ?? nothing
  return {
    ...place,
    origin: below(place.origin, name),
    type: field.type,
    at,
    unit: source => unitOf(place, shape, type.arguments, source),
  }
}

/** The currency of an amount that stands in the record at a place. */
function unitOf(
  place: Place,
  shape: PlanShape,
  units: readonly UnitSource[],
  source: UnitSource,
): readonly Edge[] {
  switch (source.kind) {
    case "constant":
      return []
    case "parameter": {
      const argument = units[shape.parameters.indexOf(source.name)]
      return argument === undefined ? [] : place.unit(argument)
    }
    case "field":
      return edgesOf(
        source.path.reduce<Provenance>((of, name) => memberOf(of, name, place.at ?? shape.at), place),
      )
  }
}

/** Any row of a list, any entry of a dictionary. */
export function rowOf(of: Provenance): Provenance {
  switch (of.kind) {
    case "place":
      if (of.type.kind !== "list" && of.type.kind !== "dictionary") return of
      return {
        ...of,
        origin: below(of.origin, of.type.kind === "list" ? "[]" : "*"),
        type: of.type.of,
        at: null,
      }
    case "value":
    case "record":
      return of
    case "list":
      return of.of
    case "either":
      return eitherOf(of.options.map(rowOf))
    case "decided":
      return decidedBy(of.edges, rowOf(of.of))
  }
}

/** What decides which rows a list has: the list itself, where it is read from outside. */
export function rowEdges(of: Provenance): readonly Edge[] {
  switch (of.kind) {
    case "place":
      return decidingEdges([edgeOfPlace(of)], "rows")
    case "value":
      return decidingEdges(of.edges, "rows")
    case "record":
      return []
    case "list":
      return of.edges
    case "either":
      return joinEdges(of.options.flatMap(rowEdges))
    case "decided":
      return joinEdges([...of.edges, ...rowEdges(of.of)])
  }
}

/** What decides that there is a value at all: of a record or a list only itself, not what is in it. */
export function presenceEdges(of: Provenance): readonly Edge[] {
  switch (of.kind) {
    case "place":
      return [{ ...edgeOfPlace(of), manners: ["presence"] }]
    case "value":
      return of.edges
    case "record":
      return []
    case "list":
      return of.edges
    case "either":
      return joinEdges(of.options.flatMap(presenceEdges))
    case "decided":
      return joinEdges([...of.edges, ...presenceEdges(of.of)])
  }
}

/** Of the whole value: every leaf below, and what decides which rows there are. */
export function edgesOf(of: Provenance): readonly Edge[] {
  switch (of.kind) {
    case "place":
      return joinEdges(leavesOf(of))
    case "value":
      return of.edges
    case "record":
      return joinEdges([...of.members.values()].flatMap(edgesOf))
    case "list":
      return joinEdges([...of.edges, ...edgesOf(of.of)])
    case "either":
      return joinEdges(of.options.flatMap(edgesOf))
    case "decided":
      return joinEdges([...edgesOf(of.of), ...of.edges])
  }
}

function leavesOf(place: Place): readonly Edge[] {
  const { type } = place
  switch (type.kind) {
    case "record":
      return place
        .shape(type.shape)
        .fields.flatMap(field => edgesOf(memberOfPlace(place, field.name, place.at)))
    case "list":
    case "dictionary":
      return [...decidingEdges([edgeOfPlace(place)], "rows"), ...edgesOf(readAt(rowOf(place), place.at))]
    case "money":
    case "quantity":
      // An integer of minor units says nothing without its currency.
      return type.unit !== null && type.wire === "minor"
        ? [edgeOfPlace(place), ...decidingEdges(place.unit(type.unit), "currency")]
        : [edgeOfPlace(place)]
    default:
      return [edgeOfPlace(place)]
  }
}

function edgeOfPlace({ origin, at }: Place): Edge {
  return {
    origin,
    role: "value",
    manners: [origin.kind === "crosswalk" ? "looked up" : "copied"],
    at: at === null ? [] : [at],
  }
}

/** The place where a name was read, unless what it stands for was read elsewhere before (a `let`). */
export function readAt(of: Provenance, at: At | null): Provenance {
  if (of.kind === "place") return of.at === null ? { ...of, at } : of
  if (of.kind === "decided") return { ...of, of: readAt(of.of, at) }
  if (of.kind === "either") return { ...of, options: of.options.map(option => readAt(option, at)) }
  return of
}

function below<O extends Place["origin"]>(origin: O, step: string): O {
  return { ...origin, path: [...origin.path, step] }
}
