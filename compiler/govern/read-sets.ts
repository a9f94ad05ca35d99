// Least privilege: of each contract a map reads, the fields that have a say in anything it makes, and those that have none. Flows in: a
// landscape. Flows out: sets of paths, from lineage: what is only ignored is not read.

import type { MapLineage } from "../lineage/index.ts"
import { fieldsOf, isWrap, type Shapes } from "./fields.ts"
import type { MapSubject } from "./landscape.ts"

export interface ReadSet {
  readonly map: string
  /** As the map calls it. */
  readonly source: string
  /** Its id. */
  readonly contract: string
  /** `lines[].amount`, in the order of the contract. Records stand there by their fields. */
  readonly read: readonly string[]
  readonly unread: readonly string[]
}

export function readSetsOf(map: MapSubject, lineage: MapLineage, shapes: Shapes): readonly ReadSet[] {
  const edges = [...lineage.fields, ...lineage.stops].flatMap(line => line.edges)
  return map.sources.map(({ name, shape }) => {
    const of = name.replaceAll("[]", "")
    const origins = edges.flatMap(({ origin }) =>
      origin.kind === "source" && origin.name === of ? [origin.path.filter(step => !isWrap(step))] : [],
    )
    const used = new Set(origins.map(path => path.join("\n")))
    const leaves = fieldsOf(shape, shapes).filter(({ isLeaf }) => isLeaf)
    // Lineage names what is read whole by its parts.
    const isRead = (steps: readonly string[]): boolean => {
      return used.has(steps.filter(step => !isWrap(step)).join("\n"))
    }
    return {
      map: map.name,
      source: name,
      contract: shape.id,
      read: leaves.filter(({ steps }) => isRead(steps)).map(({ path }) => path),
      unread: leaves.filter(({ steps }) => !isRead(steps)).map(({ path }) => path),
    }
  })
}
