// The currencies and units that a type of an import is in. Flows in: the type. Flows out: every unit, those of rows included.
import type { ImportedType, ImportedUnit } from "./model.ts"

export function unitsOf(type: ImportedType): readonly ImportedUnit[] {
  switch (type.kind) {
    case "money":
    case "quantity":
      return [type.unit]
    case "named":
      return type.units
    case "list":
      return unitsOf(type.element)
    case "dictionary":
      return unitsOf(type.value)
    default:
      return []
  }
}
