// Which fields hang on which, over all maps of a project. Flows in: a Plan. Flows out: from a field of a contract, or a crosswalk, the fields that maps make of it. Made from lineage;
// what is only told in a message is no step, and whether a record is stopped is none either.
import { givensByFlows } from "../govern/flow-givens.ts"
import { landscapeOf, type MapSubject } from "../govern/landscape.ts"
import type { Edge } from "../lineage/index.ts"
import type { Plan } from "../plan/index.ts"
import { type MadeFrom, madeWithin } from "./within-target.ts"

/** A field of a contract: names without lists and dictionaries; empty: all of it. */
export interface FieldNode {
  readonly shape: string
  readonly path: readonly string[]
}

export interface Hop {
  readonly map: string
  readonly to: FieldNode
  /** The value comes to stand there, or only decides what does. */
  readonly gives: "value" | "decision"
}

export interface FieldGraph {
  readonly hopsFrom: (node: FieldNode) => readonly Hop[]
  readonly hopsFromCrosswalk: (id: string) => readonly Hop[]
  /** Fields a map makes, at or below a path of its target; of several targets the path begins with the name of one. */
  readonly madeBy: (map: string, path: readonly string[]) => readonly Hop[]
  /** Fields that a map makes from one it has made. */
  readonly madeFrom: (map: string, node: FieldNode) => readonly Hop[]
  readonly targetsOf: (
    map: string,
  ) => readonly { readonly prefix: readonly string[]; readonly shape: string }[]
}

interface Step extends Hop {
  readonly from: readonly string[]
}

export function fieldGraph(plan: Plan): FieldGraph {
  const landscape = landscapeOf(plan, "")
  const maps = new Map(landscape.maps.map(map => [map.name, map]))
  const bySource = new Map<string, Step[]>()
  const within = new Map<string, readonly MadeFrom[]>()
  const byCrosswalk = new Map<string, Hop[]>()
  for (const map of landscape.maps) {
    const given = givensByFlows(map.declared, landscape)
    for (const { path: written, edges } of landscape.lineage(map.declared)?.fields ?? []) {
      const to = nodeOf(written, map)
      if (to === null) continue
      for (const { origin, role } of edges) {
        if (role === "tells") continue
        const hop = { map: map.name, to, gives: role === "value" ? "value" : "decision" } as const
        if (origin.kind === "crosswalk") put(byCrosswalk, origin.id, hop)
        const source = sourceOf(origin, map)
        if (source !== undefined && origin.kind === "source")
          put(bySource, source, { ...hop, from: namesIn(origin.path) })
        // What a flow gives the map beside its records comes from a record, too.
        for (const one of given)
          if (origin.kind === "given" && origin.name === one.given && one.edge.role !== "tells")
            put(bySource, one.source.id, {
              ...hop,
              gives: one.edge.role === "value" ? hop.gives : "decision",
              from: namesIn(one.from),
            })
      }
    }
  }
  return {
    hopsFrom: ({ shape, path }) => (bySource.get(shape) ?? []).filter(({ from }) => overlaps(from, path)),
    hopsFromCrosswalk: id => byCrosswalk.get(id) ?? [],
    madeBy: (name, path) => {
      const map = maps.get(name)
      if (map === undefined) return []
      return targetsOf(map).flatMap(({ prefix, shape }): readonly Hop[] =>
        overlaps(prefix, path)
          ? [{ map: name, to: { shape, path: path.slice(prefix.length) }, gives: "value" }]
          : [],
      )
    },
    madeFrom: (name, { shape, path }) => {
      const map = maps.get(name)
      if (map === undefined) return []
      const pairs = within.get(name) ?? madeWithin(map.declared)
      within.set(name, pairs)
      const nodeAt = (of: readonly string[]): FieldNode | null => {
        const target = targetsOf(map).find(({ prefix }) => prefix.every((part, i) => of[i] === part))
        return target === undefined ? null : { shape: target.shape, path: of.slice(target.prefix.length) }
      }
      return pairs.flatMap(({ from, to }): readonly Hop[] => {
        const [read, made] = [nodeAt(from), nodeAt(to)]
        return read !== null && made !== null && read.shape === shape && overlaps(read.path, path)
          ? [{ map: name, to: made, gives: "value" }]
          : []
      })
    },
    targetsOf: name => {
      const map = maps.get(name)
      return map === undefined ? [] : targetsOf(map)
    },
  }
}

/** One is the other, or stands within it. */
export function overlaps(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).every((name, i) => name === other[i])
}

export function namesIn(path: readonly string[]): readonly string[] {
  return path.filter(step => step !== "[]" && step !== "*")
}

function targetsOf(map: MapSubject): ReturnType<FieldGraph["targetsOf"]> {
  return map.targets.map(({ prefix, shape }) => ({
    prefix: prefix === "" ? [] : [prefix.slice(0, -1)],
    shape: shape.id,
  }))
}

function nodeOf(written: string, map: MapSubject): FieldNode | null {
  const target = map.targets.find(({ prefix }) => written.startsWith(prefix))
  if (target === undefined) return null
  const path = written
    .slice(target.prefix.length)
    .split(".")
    .map(name => name.replaceAll("[]", ""))
    .filter(name => name !== "")
  return { shape: target.shape.id, path: namesIn(path) }
}

function sourceOf(origin: Edge["origin"], map: MapSubject): string | undefined {
  if (origin.kind !== "source") return undefined
  return map.sources.find(({ name }) => name.replaceAll("[]", "") === origin.name)?.shape.id
}

function put<T>(into: Map<string, T[]>, key: string, item: T): void {
  const known = into.get(key)
  if (known === undefined) into.set(key, [item])
  else known.push(item)
}
