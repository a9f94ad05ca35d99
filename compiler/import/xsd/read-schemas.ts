// A schema with those it imports and includes. Flows in: the file and the files beside it. Flows out: what all of them declare, by
// qualified name `{namespace}local`, and notes on files that are not at hand. Nothing is fetched from an address.
import { attributeOf, childElements, readXml, type XmlElement } from "@fmap/runtime/formats/xml"
import type { ImportNote, ImportProblem, ImportSource } from "../model.ts"

export const xs = "http://www.w3.org/2001/XMLSchema"

export interface Schema {
  readonly root: XmlElement
  readonly target: string
}

/** A declaration and the schema it stands in, which says what its prefixes mean. */
export interface Declared {
  readonly element: XmlElement
  readonly schema: Schema
}

export type DeclaredKind = "element" | "type" | "group" | "attribute" | "attributeGroup"

export interface SchemaSet {
  readonly main: Schema
  readonly declared: Readonly<Record<DeclaredKind, ReadonlyMap<string, Declared>>>
  /** Prefix of each namespace, as the main file says it. */
  readonly prefixes: ReadonlyMap<string, string>
  readonly notes: readonly ImportNote[]
}

export type SchemasResult = { readonly ok: SchemaSet } | { readonly problem: ImportProblem }

const mostFiles = 200

const kinds: ReadonlyMap<string, DeclaredKind> = new Map([
  ["element", "element"],
  ["complexType", "type"],
  ["simpleType", "type"],
  ["group", "group"],
  ["attribute", "attribute"],
  ["attributeGroup", "attributeGroup"],
])

export function readSchemas(source: ImportSource): SchemasResult {
  const first = readSchema(source.name, source.text)
  if ("problem" in first) return first
  const notes: ImportNote[] = []
  const main: Schema = { root: first.ok, target: attributeOf(first.ok, "targetNamespace") ?? "" }
  const schemas: Schema[] = [main]
  const seen = new Set<string>([source.name])
  const open = referencesOf(main, "")
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { path, location, isInclude, target } = next
    if (path !== null && seen.has(path)) continue
    const file = path === null || schemas.length >= mostFiles ? null : source.beside(path)
    if (path !== null) seen.add(path)
    const read = file === null ? null : readSchema(path ?? location, file.text)
    if (read !== null && "problem" in read) return read
    if (read === null || path === null) {
      const why = path === null ? "is an address, and nothing is fetched" : "is not at hand in this folder"
      notes.push({
        kind: "dropped",
        sure: null,
        at: source.name,
        message: `It takes in "${location}", which ${why}; types from there are not known.`,
      })
      continue
    }
    // What is included without a namespace of its own takes that of whoever includes it.
    const own = attributeOf(read.ok, "targetNamespace")
    const schema: Schema = { root: read.ok, target: own ?? (isInclude ? target : "") }
    schemas.push(schema)
    open.push(...referencesOf(schema, path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : ""))
  }
  return { ok: { main, declared: declarationsOf(schemas), prefixes: prefixesOf(schemas), notes } }
}

function readSchema(
  name: string,
  text: string,
): { readonly ok: XmlElement } | { readonly problem: ImportProblem } {
  const read = readXml(text)
  if ("problem" in read) {
    const { message, line, column } = read.problem
    return { problem: { message, at: name, line, column, help: null } }
  }
  const { ok: root } = read
  if (root.local === "schema" && root.uri === xs) return { ok: root }
  const message = `The root is <${root.name}> of the namespace "${root.uri}", not <xs:schema>.`
  return { problem: { message, at: name, line: root.line, column: root.column, help: null } }
}

interface Reference {
  /** Null for an address. */
  readonly path: string | null
  readonly location: string
  readonly isInclude: boolean
  readonly target: string
}

function referencesOf(schema: Schema, folder: string): Reference[] {
  return childElements(schema.root).flatMap(child => {
    if (!/^(?:import|include|redefine|override)$/u.test(child.local) || child.uri !== xs) return []
    const location = attributeOf(child, "schemaLocation")
    if (location === null) return []
    const isAddress = /^[a-z][a-z0-9+.-]*:|^\/|\\/iu.test(location)
    const isInclude = child.local !== "import"
    return [{ path: isAddress ? null : joined(folder, location), location, isInclude, target: schema.target }]
  })
}

/** `common/` and `../a.xsd` are `a.xsd`; what leaves the folder keeps its `..`, and whoever reads files refuses it. */
function joined(folder: string, location: string): string {
  const parts: string[] = []
  for (const part of `${folder}${location}`.split("/")) {
    if (part === "." || part === "") continue
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop()
    else parts.push(part)
  }
  return parts.join("/")
}

function declarationsOf(schemas: readonly Schema[]): SchemaSet["declared"] {
  const declared: Record<DeclaredKind, Map<string, Declared>> = {
    element: new Map(),
    type: new Map(),
    group: new Map(),
    attribute: new Map(),
    attributeGroup: new Map(),
  }
  for (const schema of schemas) {
    const inside = childElements(schema.root).flatMap(child =>
      child.local === "redefine" || child.local === "override" ? childElements(child) : [child],
    )
    for (const element of inside) {
      const kind = kinds.get(element.local)
      const name = attributeOf(element, "name")
      if (kind === undefined || name === null || element.uri !== xs) continue
      const qualified = `{${schema.target}}${name}`
      if (!declared[kind].has(qualified)) declared[kind].set(qualified, { element, schema })
    }
  }
  return declared
}

/** The target namespace of the main file has none: its elements are called by their bare names. */
function prefixesOf(schemas: readonly Schema[]): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>([["", ""]])
  const used = new Set<string>()
  const [main] = schemas
  if (main !== undefined) prefixes.set(main.target, "")
  for (const schema of schemas) {
    for (const [prefix, uri] of schema.root.namespaces) {
      if (prefix === "" || uri === "" || uri === xs || prefixes.has(uri) || used.has(prefix)) continue
      if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(prefix)) continue
      used.add(prefix)
      prefixes.set(uri, prefix)
    }
  }
  for (const { target } of schemas) if (!prefixes.has(target)) prefixes.set(target, `ns${prefixes.size}`)
  return prefixes
}

/** A name with a prefix as `{namespace}local`, by what the element or its schema declares. */
export function qualifiedName(name: string, { element, schema }: Declared): string {
  const colon = name.indexOf(":")
  const prefix = colon < 0 ? "" : name.slice(0, colon)
  const uri = element.namespaces.get(prefix) ?? schema.root.namespaces.get(prefix)
  // A schema that is included has no prefix for the namespace it takes.
  return `{${uri ?? (colon < 0 ? schema.target : "")}}${name.slice(colon + 1)}`
}
