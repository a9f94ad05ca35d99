// Which contracts are events. Flows in: a shape of the Plan. Flows out: a CloudEvent, a change of a record (`events …`), or neither.
import type { PlanShape } from "../../plan/index.ts"

/** What CloudEvents 1.0 requires of every event. */
const attributes = ["specversion", "id", "source", "type"]

export function eventKind(shape: PlanShape): "cloudEvent" | "change" | null {
  if (shape.kind !== "contract" || shape.contract === null) return null
  if (shape.contract.events !== null) return "change"
  const required = new Set(shape.fields.filter(field => !field.optional).map(field => field.wireName))
  return attributes.every(name => required.has(name)) ? "cloudEvent" : null
}

/** The one `type` a CloudEvent may have; null where it is not said. */
export function eventType(shape: PlanShape): string | null {
  const type = shape.fields.find(field => field.wireName === "type")?.type
  if (eventKind(shape) !== "cloudEvent" || type?.kind !== "enum" || type.open) return null
  const [first, second] = type.members
  return first === undefined || second !== undefined ? null : first.value
}
