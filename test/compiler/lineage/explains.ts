// Do edges lead to a place of a source? Flows in: edges, the place. Flows out: yes or no.
import type { Edge } from "../../../compiler/lineage/index.ts"

export interface Changed {
  readonly root: string
  readonly path: readonly string[]
}

/** An edge from this leaf, or from a part of it; opaque JSON is read whole. */
export function explains(edges: readonly Edge[], { root, path }: Changed): boolean {
  return edges.some(
    ({ origin }) =>
      (origin.kind === "source" || origin.kind === "given") &&
      origin.name === root &&
      path.every((step, i) => origin.path[i] === step),
  )
}
