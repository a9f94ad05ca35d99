// XML text as a tree. Flows in: text. Flows out: the root element, or the first problem with its line and column. saxes (an optional
// peer) judges the form. A DTD is refused, so there are no entities to expand and nothing to load; depth has a limit.
import { SaxesParser, type SaxesTagNS } from "saxes"
import type { XmlAttribute, XmlElement, XmlNode } from "./xml-tree.ts"

/** Lines and columns are 1-based. */
export interface XmlProblem {
  readonly code: "BAD_XML" | "DTD" | "TOO_DEEP"
  readonly message: string
  readonly line: number
  readonly column: number
}

export type XmlResult = { readonly ok: XmlElement } | { readonly problem: XmlProblem }

export interface XmlOptions {
  /** Elements inside one another, 200 when not given. */
  readonly depth?: number
}

interface OpenElement extends Omit<XmlElement, "children"> {
  readonly children: XmlNode[]
}

// Small, because the parser reads a chunk to its end even after a problem, and the depth is judged by then.
const chunk = 1 << 12
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
    parent.children.push({ kind: "text", text: value })
  }
  parser.on("error", error => refuse("BAD_XML", sentence(error.message)))
  parser.on("doctype", () =>
    refuse("DTD", "The document has a DTD (<!DOCTYPE …>). Entities are never expanded; remove the DTD."),
  )
  parser.on("opentag", tag => {
    if (problem !== null) return
    if (open.length >= limit)
      return refuse("TOO_DEEP", `Elements stand more than ${limit} deep inside one another.`)
    const element = elementOf(tag, parser.line, parser.column + 1)
    open.at(-1)?.children.push(element)
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

function elementOf(tag: SaxesTagNS, line: number, column: number): OpenElement {
  const attributes: XmlAttribute[] = Object.values(tag.attributes).flatMap(({ name, local, uri, value }) =>
    uri === xmlns ? [] : [{ name, local, uri, value }],
  )
  return {
    kind: "element",
    name: tag.name,
    local: tag.local,
    uri: tag.uri,
    attributes,
    children: [],
    namespaces: new Map(Object.entries(tag.ns)),
    line,
    column,
  }
}

/** The parser writes `3:7: unclosed tag: a`; the place is told apart. */
function sentence(message: string): string {
  const bare = message.replace(/^\d+:\d+: /u, "").replace(/\.$/u, "")
  return `The document is no XML here: ${bare}.`
}
