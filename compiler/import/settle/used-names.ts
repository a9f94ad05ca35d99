// Which declarations a type names. Flows in: a type. Flows out: names of the source.
import type { ImportedType } from "../model.ts"

export function usedNames(type: ImportedType): readonly string[] {
  switch (type.kind) {
    case "named":
      return [type.name]
    case "union":
      return type.members
    case "list":
      return usedNames(type.element)
    case "dictionary":
      return usedNames(type.value)
    default:
      return []
  }
}

/** The type with what names others replaced by json, lists and dictionaries kept. */
export function withoutNames(type: ImportedType): ImportedType {
  switch (type.kind) {
    case "named":
    case "union":
      return { kind: "json" }
    case "list":
      return { ...type, element: withoutNames(type.element) }
    case "dictionary":
      return { ...type, value: withoutNames(type.value) }
    default:
      return type
  }
}
