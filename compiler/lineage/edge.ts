// One edge of lineage: where something comes from, and what it does for the value at the other end. Flows in: edges. Flows out: edges
// joined, or carried through a further operation. Knows no expressions.
import type { At, Role } from "../plan/index.ts"

export type Origin =
  /** `path` in the names of the contract, `[]` for the rows of a list, `*` for the entries of a dictionary; empty: the whole. */
  | { readonly kind: "source" | "given"; readonly name: string; readonly path: readonly string[] }
  /** `path`: the member of its result that is read. */
  | {
      readonly kind: "crosswalk"
      readonly id: string
      readonly version: string
      readonly path: readonly string[]
    }
  | { readonly kind: "constant"; readonly value: string }

/** What is done on the way, in the words of a reader; `copied` when nothing is. */
export const manners = [
  "copied",
  "looked up",
  "computed",
  "text",
  "rounded",
  "aggregated",
  "counted",
  "position",
  "condition",
  "presence",
  "filter",
  "rows",
  "sort",
  "key",
  "currency",
  "message",
  "shared",
  "weight",
  "masked",
] as const
export type Manner = (typeof manners)[number]

export interface Edge {
  readonly origin: Origin
  readonly role: Role
  readonly manners: readonly Manner[]
  /** Where it is read, in order of reading. */
  readonly at: readonly At[]
}

export function originKey(origin: Origin): string {
  switch (origin.kind) {
    case "source":
    case "given":
      return JSON.stringify([origin.kind, origin.name, ...origin.path])
    case "crosswalk":
      return JSON.stringify([origin.kind, origin.id, ...origin.path])
    case "constant":
      return JSON.stringify([origin.kind, origin.value])
  }
}

/** One edge for each origin and role: what is done on the way and the places of reading are united. */
export function joinEdges(edges: readonly Edge[]): readonly Edge[] {
  if (edges.length < 2) return edges
  const joined = new Map<string, Edge>()
  for (const edge of edges) {
    // What came through masked and what did not are two things for whoever follows labels.
    const masked = edge.manners.includes("masked") ? "masked" : ""
    const key = `${edge.role} ${masked} ${originKey(edge.origin)}`
    const known = joined.get(key)
    joined.set(
      key,
      known === undefined
        ? edge
        : {
            ...edge,
            manners: manners.filter(one => known.manners.includes(one) || edge.manners.includes(one)),
            at: [...known.at, ...edge.at.filter(at => !known.at.some(other => samePlace(at, other)))],
          },
    )
  }
  return [...joined.values()]
}

/** The value goes through an operation: its own constants are no origin any more, they are part of the rule. */
export function throughEdges(edges: readonly Edge[], manner: Manner): readonly Edge[] {
  return edges
    .filter(edge => edge.origin.kind !== "constant")
    .map(edge =>
      edge.role === "value"
        ? { ...edge, manners: [...edge.manners.filter(one => one !== "copied" && one !== manner), manner] }
        : edge,
    )
}

/** What gave a value now only decides about another. What already decided goes on deciding as it did. */
export function decidingEdges(
  edges: readonly Edge[],
  manner: Manner,
  role: Role = "decides",
): readonly Edge[] {
  return edges
    .filter(edge => edge.origin.kind !== "constant")
    .map(edge => {
      if (edge.role !== "value") return { ...edge, role }
      return { ...edge, role, manners: edge.manners.includes("masked") ? [manner, "masked"] : [manner] }
    })
}

function samePlace(a: At, b: At): boolean {
  return a.every((figure, i) => figure === b[i])
}
