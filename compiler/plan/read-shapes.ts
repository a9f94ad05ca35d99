// Which records a map reads. Flows in: a map of the Plan. Flows out: their shapes with the path at which one stands: its sources, and the lists
// that a map over a set of rows holds whole.
import type { PlanMap, ShapeId, WireType } from "./index.ts"

export interface ReadShape {
  readonly shape: ShapeId
  /** `opp`, or `rates[]` for each row of a list. */
  readonly path: string
}

export function readShapes({ sources, set }: PlanMap): readonly ReadShape[] {
  return [
    ...sources.map(({ name, binding }) => ({ shape: binding.shape, path: name })),
    ...(set?.sets ?? []).flatMap(({ name, type }) => rowShape(type, name)),
  ]
}

function rowShape(type: WireType, path: string): readonly ReadShape[] {
  if (type.kind === "list") return rowShape(type.of, `${path}[]`)
  return type.kind === "record" ? [{ shape: type.shape, path }] : []
}
