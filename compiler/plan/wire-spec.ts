// What a codec must know of a contract. Flows in: a Plan and the id of a shape. Flows out: the transport and the shape of its payloads as
// plain data, which the readers and writers of @fmap/runtime/wire take.
import type { Holds, PayloadField, PayloadShape, WireSpec } from "@fmap/runtime/wire"
import type { Plan, PlanShape } from "./plan.ts"
import type { ShapeId, WireType } from "./value-type.ts"

export function wireSpec(plan: Plan, contract: ShapeId): WireSpec {
  const byId = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const indexes = new Map<ShapeId, number>()
  const shapes: PayloadShape[] = []
  const indexOf = (id: ShapeId): number => {
    const known = indexes.get(id)
    if (known !== undefined) return known
    const index = shapes.length
    indexes.set(id, index)
    shapes.push({ fields: [] })
    shapes[index] = { fields: fieldsOf(byId.get(id)) }
    return index
  }
  const fieldsOf = (shape: PlanShape | undefined): readonly PayloadField[] => {
    if (shape === undefined) return []
    if (shape.union === null)
      return shape.fields.map(({ wireName, type }) => ({ name: wireName, holds: holdsOf(type, indexOf) }))
    // one of several records stands in this place: whichever first names a member says what it holds
    const merged = new Map<string, PayloadField>()
    for (const { type } of shape.fields) {
      const arm = type.kind === "record" ? fieldsOf(byId.get(type.shape)) : []
      for (const field of arm) if (!merged.has(field.name)) merged.set(field.name, field)
    }
    return [...merged.values()]
  }
  indexOf(contract)
  const shape = byId.get(contract)
  return { contract: shape?.name ?? contract, transport: shape?.contract?.transport ?? null, shapes }
}

function holdsOf(type: WireType, indexOf: (id: ShapeId) => number): Holds {
  switch (type.kind) {
    case "text":
      return { kind: typeof type.wire === "object" ? "word" : "text" }
    case "bool":
      return { kind: type.wire === "json" ? "flag" : "word" }
    case "int":
      return { kind: type.wire === "number" ? "number" : "figure" }
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return { kind: type.wire === "text" ? "figure" : "number" }
    case "date":
    case "datetime":
    case "instant":
      return { kind: typeof type.wire === "object" && "epoch" in type.wire ? "number" : "word" }
    case "currency":
    case "country":
    case "language":
    case "enum":
    case "period":
      return { kind: "word" }
    case "record":
      return { kind: "record", shape: indexOf(type.shape) }
    case "list":
      if (type.wire === "array") return { kind: "list", of: holdsOf(type.of, indexOf), under: null }
      return "under" in type.wire
        ? { kind: "list", of: holdsOf(type.of, indexOf), under: type.wire.under }
        : { kind: "text" }
    case "dictionary":
      return { kind: "dictionary", of: holdsOf(type.of, indexOf) }
    case "json":
      return { kind: "open" }
  }
}
