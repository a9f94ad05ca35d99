// XML text as a tree. Flows in: text. Flows out: the root element, or the first problem with its line and column. saxes (an optional
// peer) judges the form. A DTD is refused, so there are no entities to expand and nothing to load; depth, attributes and names have limits.
import { SaxesParser, type SaxesTagNS } from "saxes"
import type { XmlAttribute, XmlElement, XmlNode } from "./xml-tree.ts"

/** Lines and columns are 1-based. */
export interface XmlProblem {
  readonly code: "BAD_XML" | "DTD" | "TOO_BIG" | "TOO_DEEP"
  readonly message: string
  readonly line: number
  readonly column: number
}

export type XmlResult = { readonly ok: XmlElement } | { readonly problem: XmlProblem }

export interface XmlOptions {
  /** Elements inside one another, 200 when not given. */
  readonly depth?: number
}

/** `children` is `noChildren` until there is one: most elements of a large document have none or a text. */
interface OpenElement extends Omit<XmlElement, "children"> {
  children: XmlNode[]
}

// Small, because the parser reads a chunk to its end even after a problem, and the depth is judged by then.
const chunk = 1 << 12
/** Of one element, declarations of namespaces among them. */
const mostAttributes = 1_000
const longestName = 1_000
const noAttributes: readonly XmlAttribute[] = []
const noNamespaces: ReadonlyMap<string, string> = new Map()
const noChildren: XmlNode[] = []
const xmlns = "http://www.w3.org/2000/xmlns/"

export function readXml(text: string, options: XmlOptions = {}): XmlResult {
  const limit = options.depth ?? 200
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: OpenElement[] = []
  let root: XmlElement | null = null
  let problem: XmlProblem | null = null

  const refuse = (code: XmlProblem["code"], message: string): void => {
    problem ??= { code, message, line: parser.line, column: parser.column + 1 }
  }
  const addText = (value: string): void => {
    const parent = open.at(-1)
    if (problem !== null || parent === undefined || value === "") return
    add(parent, { kind: "text", text: value })
  }
  parser.on("error", error => refuse("BAD_XML", sentence(error.message)))
  parser.on("doctype", () =>
    refuse("DTD", "The document has a DTD (<!DOCTYPE …>). Entities are never expanded; remove the DTD."),
  )
  let attributes = 0
  parser.on("opentagstart", () => {
    attributes = 0
  })
  parser.on("attribute", ({ name }) => {
    attributes++
    if (attributes > mostAttributes)
      refuse("TOO_BIG", `An element has more than ${mostAttributes} attributes.`)
    if (name.length > longestName)
      refuse("TOO_BIG", `The name of an attribute is longer than ${longestName} characters.`)
  })
  parser.on("opentag", tag => {
    if (problem !== null) return
    if (open.length >= limit)
      return refuse("TOO_DEEP", `Elements stand more than ${limit} deep inside one another.`)
    if (tag.name.length > longestName)
      return refuse("TOO_BIG", `The name of an element is longer than ${longestName} characters.`)
    const element = elementOf(tag, parser.line, parser.column + 1)
    const parent = open.at(-1)
    if (parent !== undefined) add(parent, element)
    open.push(element)
  })
  parser.on("closetag", () => {
    if (problem !== null) return
    const closed = open.pop()
    if (open.length === 0 && closed !== undefined) root = closed
  })
  parser.on("text", addText)
  parser.on("cdata", addText)

  for (let at = 0; at < text.length && problem === null; at += chunk) parser.write(text.slice(at, at + chunk))
  if (problem === null) parser.close()
  if (problem !== null) return { problem }
  return root === null
    ? { problem: { code: "BAD_XML", message: "The document holds no element.", line: 1, column: 1 } }
    : { ok: root }
}

function add(parent: OpenElement, child: XmlNode): void {
  if (parent.children === noChildren) parent.children = [child]
  else parent.children.push(child)
}

function elementOf(tag: SaxesTagNS, line: number, column: number): OpenElement {
  return {
    kind: "element",
    name: tag.name,
    local: tag.local,
    uri: tag.uri,
    attributes: attributesOf(tag),
    children: noChildren,
    namespaces: namespacesOf(tag),
    line,
    column,
  }
}

function attributesOf(tag: SaxesTagNS): readonly XmlAttribute[] {
  const all = Object.values(tag.attributes).flatMap(({ name, local, uri, value }) =>
    uri === xmlns ? [] : [{ name, local, uri, value }],
  )
  return all.length === 0 ? noAttributes : all
}

function namespacesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const declared = Object.entries(tag.ns)
  return declared.length === 0 ? noNamespaces : new Map(declared)
}

/** The parser writes `3:7: unclosed tag: a`; the place is told apart. */
function sentence(message: string): string {
  const bare = message.replace(/^\d+:\d+: /u, "").replace(/\.$/u, "")
  return `The document is no XML here: ${bare}.`
}
