// Lineage as plain data, for programs. Flows in: lineages of a Plan. Flows out: one JSON document with positions as text; the members are
// described in specs/reference/lineage.md.
import type { Plan } from "../plan/index.ts"
import type { Edge, Origin } from "./edge.ts"
import type { MapLineage } from "./lineage.ts"
import { shownAt, shownOrigin } from "./shown.ts"

export interface LineageDocument {
  readonly format: "fmap.lineage"
  readonly formatVersion: 1
  readonly maps: readonly {
    readonly map: string
    readonly version: string
    readonly target: string
    readonly at: string
    readonly fields: readonly ({ readonly field: string; readonly at: string } & Sides)[]
    readonly stops: readonly ({
      readonly verb: string
      readonly code: string
      readonly field: string
      readonly at: string
    } & Sides)[]
  }[]
}

interface Sides {
  readonly value: readonly LineageEdge[]
  readonly decides: readonly LineageEdge[]
  readonly tells: readonly LineageEdge[]
}

export interface LineageEdge {
  readonly from: string
  readonly origin: Origin
  readonly how: readonly string[]
  readonly at: readonly string[]
}

export function lineageDocument(lineages: readonly MapLineage[], plan: Plan): LineageDocument {
  return {
    format: "fmap.lineage",
    formatVersion: 1,
    maps: lineages.map(({ map, version, target, at, fields, stops }) => ({
      map,
      version,
      target,
      at: shownAt(at, plan),
      fields: fields.map(field => ({
        field: field.path,
        at: shownAt(field.at, plan),
        ...sides(field.edges, plan),
      })),
      stops: stops.map(stop => ({
        verb: stop.verb,
        code: stop.code,
        field: stop.path,
        at: shownAt(stop.at, plan),
        ...sides(stop.edges, plan),
      })),
    })),
  }
}

function sides(edges: readonly Edge[], plan: Plan): Sides {
  const of = (role: Edge["role"]) => edges.filter(edge => edge.role === role).map(edge => shown(edge, plan))
  return { value: of("value"), decides: of("decides"), tells: of("tells") }
}

function shown({ origin, manners, at }: Edge, plan: Plan): LineageEdge {
  return { from: shownOrigin(origin), origin, how: manners, at: at.map(one => shownAt(one, plan)) }
}
