// What flows may publish and be started by. Flows in: a shape. Flows out: is it an event? A contract without a system is one, and so are changes of records (`events …`) and CloudEvents, whatever system they are of.
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { BoundShape } from "../../resolve/model.ts"

/** What CloudEvents 1.0 requires of every event. */
const attributes = ["specversion", "id", "source", "type"]

export function isEvent(shape: BoundShape): boolean {
  if (!shape.isContract) return false
  if (shape.system === null || shape.events !== null) return true
  const required = new Set(shape.fields.filter(field => !field.optional).map(field => wireNameOf(field.node)))
  return attributes.every(name => required.has(name))
}
