// An EDMX document as types and sets. Flows in: the root element. Flows out: the model, or what is wrong with the document. V2
// says with SAP's attributes what V4 says with annotations; both are read wherever they stand, because documents mix them.
import { attributeOf, childElements, textOf, type XmlElement } from "@fmap/runtime/formats/xml"
import type { ImportProblem } from "../model.ts"
import {
  type Annotations,
  flagOf,
  memberOf,
  pathsOf,
  readAnnotations,
  textOfAnnotation,
} from "./annotations.ts"
import type { EdmDefinition, EdmEnum, EdmModel, EdmNavigation, EdmSet, EdmStructure } from "./edm-model.ts"
import { readFacets, readProperty, sap } from "./read-property.ts"

const edmxNamespaces = new Set([
  "http://schemas.microsoft.com/ado/2007/06/edmx",
  "http://docs.oasis-open.org/odata/ns/edmx",
])
const edmV4 = "http://docs.oasis-open.org/odata/ns/edm"
const edmV2 = /^http:\/\/schemas\.microsoft\.com\/ado\/20\d\d\/\d\d\/edm$/u

export type EdmResult = { readonly ok: EdmModel } | { readonly problem: ImportProblem }

export function readEdm(root: XmlElement): EdmResult {
  if (root.local !== "Edmx" || !edmxNamespaces.has(root.uri))
    return wrong(root, `The root is <${root.name}> of the namespace "${root.uri}", not <edmx:Edmx>.`)
  const services = childElements(root).filter(child => child.local === "DataServices")
  const schemas = services.flatMap(childElements).filter(child => child.local === "Schema")
  const [first] = schemas
  if (first === undefined) return wrong(root, "The document has no Schema in its DataServices.")
  const foreign = schemas.find(schema => schema.uri !== edmV4 && !edmV2.test(schema.uri))
  if (foreign !== undefined)
    return wrong(foreign, `A Schema is of the namespace "${foreign.uri}", which is none of OData.`)
  const version = first.uri === edmV4 ? "V4" : "V2"
  const annotations = readAnnotations(root, schemas)
  const context: Context = { annotations, associations: associationsOf(schemas, annotations) }
  const structures = new Map<string, EdmStructure>()
  const enums = new Map<string, EdmEnum>()
  const definitions = new Map<string, EdmDefinition>()
  const sets: EdmSet[] = []
  const others: string[] = []
  for (const schema of schemas) {
    const namespace = attributeOf(schema, "Namespace") ?? ""
    for (const child of childElements(schema)) {
      const local = attributeOf(child, "Name") ?? ""
      const name = `${namespace}.${local}`
      switch (child.local) {
        case "EntityType":
        case "ComplexType":
          if (local !== "" && !structures.has(name))
            structures.set(name, readStructure(child, name, local, context))
          break
        case "EnumType":
          if (local !== "" && !enums.has(name)) enums.set(name, readEnum(child, name, local, context))
          break
        case "TypeDefinition":
          if (local !== "" && !definitions.has(name))
            definitions.set(name, {
              name,
              type: annotations.qualified(attributeOf(child, "UnderlyingType") ?? "Edm.String"),
              ...readFacets(child),
            })
          break
        case "EntityContainer":
          for (const entry of childElements(child)) {
            if (entry.local === "EntitySet" || entry.local === "Singleton")
              sets.push(readSet(entry, name, context))
            else if (/^(?:Function|Action)Import$/u.test(entry.local))
              others.push(`${entry.local} ${attributeOf(entry, "Name") ?? ""}`)
          }
          break
      }
    }
  }
  return {
    ok: {
      version,
      isSap:
        [...root.namespaces.values(), ...schemas.flatMap(schema => [...schema.namespaces.values()])].includes(
          sap,
        ) || schemas.some(schema => /(?:^|\.)sap\./iu.test(attributeOf(schema, "Namespace") ?? "")),
      namespaces: schemas.map(schema => attributeOf(schema, "Namespace") ?? ""),
      schemaVersion:
        attributeOf(first, "schema-version", sap) ??
        textOfAnnotation(
          annotations.find(attributeOf(first, "Namespace") ?? "", "Org.OData.Core.V1.SchemaVersion", first),
        ),
      structures,
      enums,
      definitions,
      sets,
      others,
    },
  }
}

interface Context {
  readonly annotations: Annotations
  readonly associations: ReadonlyMap<string, readonly XmlElement[]>
}

/** V2 names the two ends of a relation apart from the navigation that goes along it. */
function associationsOf(
  schemas: readonly XmlElement[],
  annotations: Annotations,
): ReadonlyMap<string, readonly XmlElement[]> {
  return new Map(
    schemas.flatMap(schema =>
      childElements(schema)
        .filter(child => child.local === "Association")
        .map((child): [string, readonly XmlElement[]] => [
          annotations.qualified(
            `${attributeOf(schema, "Namespace") ?? ""}.${attributeOf(child, "Name") ?? ""}`,
          ),
          childElements(child).filter(end => end.local === "End"),
        ]),
    ),
  )
}

function readStructure(element: XmlElement, name: string, local: string, context: Context): EdmStructure {
  const { annotations } = context
  const children = childElements(element)
  const base = attributeOf(element, "BaseType")
  return {
    kind: element.local === "EntityType" ? "entity" : "complex",
    name,
    local,
    base: base === null ? null : annotations.qualified(base),
    isOpen: attributeOf(element, "OpenType") === "true",
    isStream: attributeOf(element, "HasStream") === "true",
    docs: docsOf(element, name, annotations),
    keys: children
      .filter(child => child.local === "Key")
      .flatMap(childElements)
      .map(reference => attributeOf(reference, "Name") ?? ""),
    properties: children
      .filter(child => child.local === "Property" && (attributeOf(child, "Name") ?? "") !== "")
      .map(child => readProperty(child, annotations, `${name}/${attributeOf(child, "Name") ?? ""}`, docsOf)),
    navigations: children
      .filter(child => child.local === "NavigationProperty")
      .flatMap(child => readNavigation(child, context)),
  }
}

function readNavigation(element: XmlElement, context: Context): readonly EdmNavigation[] {
  const name = attributeOf(element, "Name") ?? ""
  const type = attributeOf(element, "Type")
  if (name === "") return []
  if (type !== null) {
    const many = /^Collection\((.*)\)$/u.exec(type)?.[1]
    const target = context.annotations.qualified(many ?? type)
    return [
      {
        name,
        target,
        isMany: many !== undefined,
        contains: attributeOf(element, "ContainsTarget") === "true",
      },
    ]
  }
  const ends = context.associations.get(
    context.annotations.qualified(attributeOf(element, "Relationship") ?? ""),
  )
  const to = ends?.find(end => attributeOf(end, "Role") === attributeOf(element, "ToRole"))
  if (to === undefined) return []
  return [
    {
      name,
      target: context.annotations.qualified(attributeOf(to, "Type") ?? ""),
      isMany: attributeOf(to, "Multiplicity") === "*",
      contains: false,
    },
  ]
}

function readEnum(element: XmlElement, name: string, local: string, { annotations }: Context): EdmEnum {
  return {
    name,
    local,
    docs: docsOf(element, name, annotations),
    isFlags: attributeOf(element, "IsFlags") === "true",
    members: childElements(element)
      .filter(child => child.local === "Member")
      .map(child => {
        const member = attributeOf(child, "Name") ?? ""
        return { name: member, docs: docsOf(child, `${name}/${member}`, annotations) }
      }),
  }
}

function readSet(element: XmlElement, container: string, { annotations }: Context): EdmSet {
  const name = attributeOf(element, "Name") ?? ""
  const target = `${container}/${name}`
  const term = (local: string) => annotations.find(target, `Org.OData.Capabilities.V1.${local}`, element)
  const insert = term("InsertRestrictions")
  const update = term("UpdateRestrictions")
  const allows = (restrictions: XmlElement | null, property: string, attribute: string) =>
    flagOf(memberOf(restrictions, property)) !== false && attributeOf(element, attribute, sap) !== "false"
  return {
    name,
    type: annotations.qualified(attributeOf(element, "EntityType") ?? attributeOf(element, "Type") ?? ""),
    docs: docsOf(element, target, annotations),
    creatable: allows(insert, "Insertable", "creatable"),
    updatable: allows(update, "Updatable", "updatable"),
    notCreatable: new Set(pathsOf(memberOf(insert, "NonInsertableProperties"))),
    notUpdatable: new Set(pathsOf(memberOf(update, "NonUpdatableProperties"))),
    requiredOnCreate: pathsOf(memberOf(insert, "RequiredProperties")),
  }
}

/** Label, explanation and longer text, each once. */
function docsOf(element: XmlElement, target: string, annotations: Annotations): readonly string[] {
  const term = (name: string) => textOfAnnotation(annotations.find(target, name, element))
  const documentation = childElements(element).find(child => child.local === "Documentation")
  const texts = [
    attributeOf(element, "label", sap) ?? term("com.sap.vocabularies.Common.v1.Label"),
    attributeOf(element, "quickinfo", sap) ?? term("com.sap.vocabularies.Common.v1.QuickInfo"),
    term("Org.OData.Core.V1.Description"),
    term("Org.OData.Core.V1.LongDescription"),
    ...(documentation === undefined ? [] : childElements(documentation).map(textOf)),
  ]
  const told = texts.flatMap(text => (text === null || text.trim() === "" ? [] : [text.trim()]))
  return [...new Set(told)]
}

function wrong(at: XmlElement, message: string): EdmResult {
  const help = "OData services publish this document under $metadata."
  return { problem: { message, at: null, line: at.line, column: at.column, help } }
}
