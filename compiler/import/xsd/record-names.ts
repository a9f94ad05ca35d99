// The records an import needs, named once each, and still to be made. Flows in: complex types as fields meet them. Flows out: names,
// and the next record to make. State lives as long as one import.
import type { XmlElement } from "@fmap/runtime/formats/xml"
import type { Declared, SchemaSet } from "./read-schemas.ts"

export interface RecordNames {
  /** The record of a named complex type; null where none is declared. */
  readonly nameOf: (qualified: string) => string | null
  /** The record of a complex type that stands inside an element. */
  readonly nameInside: (declared: Declared, wanted: string) => string
  readonly next: () => { readonly name: string; readonly declared: Declared } | null
}

export function recordNames(schemas: SchemaSet): RecordNames {
  const used = new Set(
    [...schemas.declared.element].flatMap(([name, { schema }]) =>
      schema === schemas.main ? [local(name)] : [],
    ),
  )
  const byType = new Map<string, string>()
  const byElement = new Map<XmlElement, string>()
  const open: { name: string; declared: Declared }[] = []
  const take = (wanted: string, declared: Declared): string => {
    let name = wanted
    for (let more = 2; used.has(name); more++) name = `${wanted} ${more}`
    used.add(name)
    open.push({ name, declared })
    return name
  }
  return {
    nameOf: qualified => {
      const known = byType.get(qualified)
      if (known !== undefined) return known
      const declared = schemas.declared.type.get(qualified)
      if (declared?.element.local !== "complexType") return null
      const name = take(local(qualified), declared)
      byType.set(qualified, name)
      return name
    },
    nameInside: (declared, wanted) => {
      const known = byElement.get(declared.element)
      if (known !== undefined) return known
      const name = take(wanted, declared)
      byElement.set(declared.element, name)
      return name
    },
    next: () => open.shift() ?? null,
  }
}

function local(qualified: string): string {
  return qualified.slice(qualified.indexOf("}") + 1)
}
