// An XML document as data: elements, their attributes, their texts, each with its namespace and place. Flows in: nothing. Flows
// out: types and the few questions that every reader asks. It must not know the parser, nor what an element means.

export interface XmlAttribute {
  /** As it was written, `sap:unit`. */
  readonly name: string
  readonly local: string
  /** The namespace; empty without one. An attribute without prefix has none. */
  readonly uri: string
  readonly value: string
}

export interface XmlElement {
  readonly kind: "element"
  readonly name: string
  readonly local: string
  readonly uri: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
  /** The namespaces that are declared on this element itself: prefix (empty for the default) to namespace. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Where the start tag ends, 1-based. */
  readonly line: number
  readonly column: number
}

export interface XmlText {
  readonly kind: "text"
  readonly text: string
}

export type XmlNode = XmlElement | XmlText

export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter(child => child.kind === "element")
}

/** The value of an attribute; null where it is not there. */
export function attributeOf(element: XmlElement, local: string, uri = ""): string | null {
  return element.attributes.find(each => each.local === local && each.uri === uri)?.value ?? null
}

/** All text directly inside an element, as it was written. */
export function textOf(element: XmlElement): string {
  return element.children.map(child => (child.kind === "text" ? child.text : "")).join("")
}
