// XML Schemas as contracts. Flows in: a schema and those beside it. Flows out: a contract for every element that can be the root of a
// document, a record for every complex type it needs. Elements are members, attributes `@name`, text beside attributes `#text`.
import { attributeOf, childElements, type XmlElement } from "@fmap/runtime/formats/xml"
import type { ImportedContract, ImportedDeclaration, Importer, ImportNote } from "../model.ts"
import { complexFields } from "./complex-fields.ts"
import { docsOf } from "./docs-of.ts"
import { qualifiedName, readSchemas, type SchemaSet } from "./read-schemas.ts"
import { recordNames } from "./record-names.ts"

export const importXsd: Importer = (source, wish) => {
  const read = readSchemas(source)
  if ("problem" in read) return { kind: "unreadable", problems: [read.problem] }
  const schemas = read.ok
  const notes: ImportNote[] = [...schemas.notes]
  const note = (kind: ImportNote["kind"], at: string, message: string) => {
    notes.push({ kind, sure: null, at, message })
  }
  const names = recordNames(schemas)
  const declarations: ImportedDeclaration[] = []
  const roots = childElements(schemas.main.root).filter(child => child.local === "element")
  let simple = 0
  for (const element of roots) {
    const name = attributeOf(element, "name")
    if (name === null) continue
    const type = typeOf(element, schemas)
    if (type === null) {
      simple += 1
      continue
    }
    const context = { schemas, names, shape: name, note }
    const contract: ImportedContract = {
      kind: "contract",
      name,
      docs: [...new Set([...docsOf(element), ...docsOf(type.element)])],
      version: versionOf(schemas),
      direction: wish.direction ?? "both",
      fields: complexFields(type, context),
      requiredOnCreate: [],
      requiredOnUpdate: [],
    }
    declarations.push(contract)
  }
  // A file of types only is asked for its types.
  if (declarations.length === 0)
    for (const [name, { schema }] of schemas.declared.type) if (schema === schemas.main) names.nameOf(name)
  for (let next = names.next(); next !== null; next = names.next()) {
    declarations.push({
      kind: "record",
      name: next.name,
      docs: docsOf(next.declared.element),
      parameters: [],
      fields: complexFields(next.declared, { schemas, names, shape: next.name, note }),
    })
  }
  if (simple > 0)
    note("dropped", source.name, `${simple} elements hold one value and no record; they are no contracts.`)
  return {
    kind: "imported",
    imported: {
      system: {
        name: wish.system ?? "Xml",
        docs: [],
        kind: null,
        profile: "xml",
        namespaces: [...schemas.prefixes].flatMap(([uri, prefix]) => (uri === "" ? [] : [{ prefix, uri }])),
        wire: new Map(),
      },
      declarations,
      notes,
    },
  }
}

/** The complex type of a global element. */
function typeOf(element: XmlElement, schemas: SchemaSet) {
  const inner = childElements(element).find(child => child.local === "complexType")
  if (inner !== undefined) return { element: inner, schema: schemas.main }
  const written = attributeOf(element, "type")
  if (written === null) return null
  const declared = schemas.declared.type.get(qualifiedName(written, { element, schema: schemas.main }))
  return declared?.element.local === "complexType" ? declared : null
}

function versionOf({ main }: SchemaSet): string {
  const parts = (attributeOf(main.root, "version") ?? "").trim().split(".")
  return parts.every(part => /^\d{1,6}$/u.test(part))
    ? [...parts, "0", "0"].slice(0, 3).map(Number).join(".")
    : "0.1.0"
}
