// Records of an XML document. Flows in: bytes, the transport and the contract's shapes; flows out: payloads in which elements are members, attributes members with `@`, text
// beside attributes `#text`. What is a list in the contract is one, also of one element; what is not and is repeated stays a list, which the door refuses.
import { valueOfText } from "../wire/scalar-text.ts"
import type { Chunks, WireProblem, WireRecord } from "../wire/wire-record.ts"
import type { Holds, PayloadShape, XmlTransport } from "../wire/wire-spec.ts"
import { decodeXml } from "./decode-xml.ts"
import { readXml } from "./read-xml.ts"
import { attributeName, elementName, instance } from "./xml-names.ts"
import { attributeOf, childElements, textOf, type XmlElement } from "./xml-tree.ts"

/** Above this a document is refused: it is read whole. */
const largest = 256 * 1024 * 1024

export async function* readXmlRecords(
  chunks: Chunks,
  form: XmlTransport,
  shapes: readonly PayloadShape[],
): AsyncGenerator<WireRecord, void, undefined> {
  const bytes = await whole(chunks)
  if (bytes === null) {
    yield {
      number: 1,
      place: "",
      problem: { code: "TOO_BIG", message: "The document has more than 256 MB." },
    }
    return
  }
  const decoded = decodeXml(bytes)
  const read = "problem" in decoded ? decoded : readXml(decoded.text)
  if ("problem" in read) {
    const { problem } = read
    const place = "line" in problem ? `line ${problem.line}, column ${problem.column}` : ""
    const code = problem.code === "DTD" ? "BAD_XML" : problem.code
    yield { number: 1, place, problem: { code, message: problem.message } }
    return
  }
  const root = read.ok
  const name = nameOf(root, form)
  const reader = recordReader(form, shapes)
  const isList = form.list !== null && name === form.list
  let number = 0
  for (const element of isList ? childElements(root) : [root]) {
    number++
    const place = `line ${element.line}`
    const at = isList ? { number, line: element.line, place } : { number, place }
    const found = nameOf(element, form)
    if (found === form.root) yield { ...at, value: reader(element) }
    else yield { ...at, problem: otherElement(element.local, form) }
  }
}

function otherElement(local: string, { root, list }: XmlTransport): WireProblem {
  const wanted = list === null ? root : `${root} or ${list}`
  return {
    code: "WRONG_DOCUMENT",
    message: `Expected the element ${wanted}, found another called ${local.slice(0, 60)}.`,
  }
}

function nameOf({ uri, local }: XmlElement, { namespaces }: XmlTransport): string | undefined {
  return elementName(uri, local, namespaces)
}

function recordReader(form: XmlTransport, shapes: readonly PayloadShape[]): (element: XmlElement) => object {
  const names = shapes.map(shape => new Map(shape.fields.map(field => [field.name, field.holds])))
  const recordOf = (element: XmlElement, shape: number): object => {
    const fields = names[shape]
    const members = new Map<string, { readonly holds: Holds; readonly elements: XmlElement[] }>()
    const record: Record<string, unknown> = {}
    for (const { uri, local, value } of element.attributes) {
      const name = attributeName(uri, local, form.namespaces)
      if (name !== undefined && value !== "") put(record, name, scalarOf(value, fields?.get(name) ?? text))
    }
    for (const child of childElements(element)) {
      // what the system knows no name for is a member no contract names
      const name = nameOf(child, form) ?? `{${child.uri}}${child.local}`
      const known = members.get(name)
      if (known === undefined) members.set(name, { holds: fields?.get(name) ?? text, elements: [child] })
      else known.elements.push(child)
    }
    const own = textOf(element)
    const holds = fields?.get("#text")
    if (holds !== undefined ? own !== "" : own.trim() !== "")
      put(record, "#text", scalarOf(own, holds ?? text))
    for (const [name, { holds: of, elements }] of members) put(record, name, memberOf(elements, of))
    return record
  }
  const memberOf = (elements: readonly XmlElement[], holds: Holds): unknown => {
    if (holds.kind !== "list") {
      const [only, ...others] = elements
      if (only === undefined) return undefined
      return others.length === 0 ? valueOf(only, holds) : elements.map(one => itemOf(one, holds))
    }
    const { under, of } = holds
    if (under === null) return elements.map(element => itemOf(element, of))
    const lists = elements.map(element => ({
      [under]: childElements(element)
        .filter(child => nameOf(child, form) === under)
        .map(child => itemOf(child, of)),
    }))
    return lists.length === 1 ? lists[0] : lists
  }
  /** Undefined: an empty element, which is an absent value. */
  const valueOf = (element: XmlElement, holds: Holds): unknown => {
    const nil = attributeOf(element, "nil", instance)
    if (nil === "true" || nil === "1") return null
    const isEmpty =
      element.children.length === 0 && (holds.kind !== "record" || element.attributes.length === 0)
    return isEmpty ? undefined : itemOf(element, holds)
  }
  /** In a list an empty element is a row all the same. */
  const itemOf = (element: XmlElement, holds: Holds): unknown => {
    if (holds.kind === "record") return recordOf(element, holds.shape)
    // elements where a text is wanted
    if (childElements(element).length > 0) return {}
    return scalarOf(textOf(element), holds)
  }
  return element => recordOf(element, 0)
}

const text: Holds = { kind: "text" }

/** Blanks around a figure, a date or a code mean nothing; texts keep theirs. */
function scalarOf(own: string, holds: Holds): unknown {
  const bare = holds.kind === "text" ? own : own.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")
  return bare === "" ? "" : valueOfText(bare, holds)
}

function put(record: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return
  if (name in record)
    Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true })
  else record[name] = value
}

async function whole(chunks: Chunks): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > largest) return null
    parts.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
