// The annotations of an EDMX document by what they stand at. Flows in: schema elements. Flows out: answers, "what does this term
// say of that target". Terms and targets are asked for with whole namespaces, whatever alias the document has for them.
import { attributeOf, childElements, textOf, type XmlElement } from "@fmap/runtime/formats/xml"

export interface Annotations {
  /** The annotation of a term on a target, inline ones first; null where there is none. */
  readonly find: (target: string, term: string, inline?: XmlElement) => XmlElement | null
  /** A name with the namespace in place of its alias. */
  readonly qualified: (name: string) => string
}

export function readAnnotations(root: XmlElement, schemas: readonly XmlElement[]): Annotations {
  const aliases = new Map<string, string>()
  const remember = (element: XmlElement) => {
    const alias = attributeOf(element, "Alias")
    const namespace = attributeOf(element, "Namespace")
    if (alias !== null && namespace !== null) aliases.set(alias, namespace)
  }
  for (const reference of childElements(root)) {
    if (reference.local === "Reference") for (const include of childElements(reference)) remember(include)
  }
  for (const schema of schemas) remember(schema)
  const qualified = (name: string): string => {
    const dot = name.indexOf(".")
    if (dot < 0) return name
    const namespace = aliases.get(name.slice(0, dot))
    return namespace === undefined ? name : `${namespace}${name.slice(dot)}`
  }
  const byTarget = new Map<string, XmlElement[]>()
  for (const schema of schemas) {
    for (const block of childElements(schema)) {
      if (block.local !== "Annotations") continue
      const target = qualified(attributeOf(block, "Target") ?? "")
      const known = byTarget.get(target) ?? []
      known.push(...childElements(block))
      byTarget.set(target, known)
    }
  }
  return {
    qualified,
    find: (target, term, inline) =>
      [...(inline === undefined ? [] : childElements(inline)), ...(byTarget.get(target) ?? [])].find(
        each => each.local === "Annotation" && qualified(attributeOf(each, "Term") ?? "") === term,
      ) ?? null,
  }
}

/** Yes or no of a term or a member of a record; a term without a value says yes. */
export function flagOf(annotation: XmlElement | null): boolean | null {
  if (annotation === null) return null
  const value = attributeOf(annotation, "Bool") ?? childText(annotation, "Bool")
  if (value !== null) return value.trim() === "true"
  return childElements(annotation).length === 0 && !hasValue(annotation) ? true : null
}

export function textOfAnnotation(annotation: XmlElement | null): string | null {
  if (annotation === null) return null
  return attributeOf(annotation, "String") ?? childText(annotation, "String")
}

export function pathOf(annotation: XmlElement | null): string | null {
  if (annotation === null) return null
  for (const form of ["Path", "PropertyPath", "ValuePath"]) {
    const path = attributeOf(annotation, form) ?? childText(annotation, form)
    if (path !== null) return path.trim()
  }
  return null
}

export function enumMemberOf(annotation: XmlElement | null): string | null {
  if (annotation === null) return null
  return attributeOf(annotation, "EnumMember") ?? childText(annotation, "EnumMember")
}

/** One member of the record an annotation says. */
export function memberOf(annotation: XmlElement | null, property: string): XmlElement | null {
  if (annotation === null) return null
  const record = childElements(annotation).find(child => child.local === "Record")
  if (record === undefined) return null
  return (
    childElements(record).find(
      child => child.local === "PropertyValue" && attributeOf(child, "Property") === property,
    ) ?? null
  )
}

/** The paths of a collection of property paths. */
export function pathsOf(member: XmlElement | null): readonly string[] {
  if (member === null) return []
  const collection = childElements(member).find(child => child.local === "Collection")
  return collection === undefined
    ? []
    : childElements(collection)
        .filter(child => child.local === "PropertyPath" || child.local === "Path")
        .map(child => textOf(child).trim())
}

function childText(element: XmlElement, local: string): string | null {
  const child = childElements(element).find(each => each.local === local)
  return child === undefined ? null : textOf(child)
}

function hasValue(annotation: XmlElement): boolean {
  return annotation.attributes.some(
    ({ local }) => local !== "Term" && local !== "Qualifier" && local !== "Property",
  )
}
