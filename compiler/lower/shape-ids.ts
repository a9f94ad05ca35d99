// Names of shapes in a Plan. Flows in: a shape and the system whose wire it stands on. Flows out: its ShapeId. A record
// has one for each system with forms of its own, so that every id has exactly one form on the wire.
import type { ShapeId } from "../plan/index.ts"
import { isLanguageDefault } from "../resolve/bind-system.ts"
import type { BoundShape, BoundSystem } from "../resolve/model.ts"

/** A contract keeps its own system's forms wherever it is used; a record takes those of the contract around it. */
export function shapeId(shape: BoundShape, system: BoundSystem | null): ShapeId {
  if (shape.isContract || system === null || isLanguageDefault(system.defaults)) return shape.id
  return `${shape.id}@${system.name}`
}

/** Whose wire forms a shape's fields have when it is met inside `system`. */
export function wireSystem(shape: BoundShape, system: BoundSystem | null): BoundSystem | null {
  if (shape.isContract) return shape.system
  return system === null || isLanguageDefault(system.defaults) ? null : system
}
