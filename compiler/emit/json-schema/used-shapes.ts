// The records a shape is made of. Flows in: a shape and how others are found. Flows out: each once.
import type { PlanShape, ShapeId, WireType } from "../../plan/index.ts"

/** Every record reachable from a shape, in order of first use. */
export function usedShapes(root: PlanShape, shapeOf: (id: ShapeId) => PlanShape): readonly PlanShape[] {
  const found = new Map<ShapeId, PlanShape>()
  const pending: PlanShape[] = [root]
  for (let shape = pending.shift(); shape !== undefined; shape = pending.shift()) {
    for (const id of shape.fields.flatMap(field => shapesOfType(field.type))) {
      if (found.has(id)) continue
      const next = shapeOf(id)
      found.set(id, next)
      pending.push(next)
    }
  }
  return [...found.values()]
}

function shapesOfType(type: WireType): readonly ShapeId[] {
  switch (type.kind) {
    case "record":
      return [type.shape]
    case "list":
    case "dictionary":
      return shapesOfType(type.of)
    default:
      return []
  }
}
