// Types of the checker as what an expression of the Plan gives. Flows in: a Type. Flows out: a ValueType.
import type { ShapeId, ValueType } from "../plan/index.ts"
import type { RecordType, Type } from "../types/type.ts"

export function lowerValueType(type: Type, shapeId: (record: RecordType) => ShapeId): ValueType {
  switch (type.kind) {
    case "number":
      return { kind: "number", digits: type.digits, scale: type.scale, rational: type.rational }
    case "text":
    case "enum":
    case "currency":
    case "country":
    case "language":
      return { kind: "text" }
    case "record":
      return { kind: "record", shape: shapeId(type) }
    case "list":
    case "dictionary":
      return { kind: type.kind, of: lowerValueType(type.of, shapeId) }
    case "bool":
    case "date":
    case "datetime":
    case "instant":
    case "duration":
    case "json":
    case "never":
      return { kind: type.kind }
    case "period":
      return { kind: "period", calendar: type.calendar.id }
    case "error":
      return { kind: "never" }
  }
}
