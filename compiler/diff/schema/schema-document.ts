// A JSON Schema file, and where its references lead. Flows in: the text. Flows out: the document with every `$id` and anchor found, or
// the problems why it is no schema. References never leave the file: nothing is fetched.
import { readJson } from "@fmap/runtime"
import { checkKeywords } from "./check-keywords.ts"
import { isRecord, type JsonRecord } from "./json-values.ts"

export type Schema = boolean | JsonRecord

export interface SchemaDocument {
  readonly name: string
  readonly root: Schema
  /** Up to draft-07 what stands beside a `$ref` is not looked at, and tuples are written with `items`. */
  readonly legacy: boolean
  /** Null: it leads out of the file or nowhere. `from` is the object that holds the reference. */
  readonly resolve: (reference: string, from: JsonRecord) => Schema | null
}

export interface SchemaProblem {
  readonly message: string
  /** JSON pointer; for text that is no JSON, `line:column`. */
  readonly at: string
}

export type SchemaRead =
  | { readonly kind: "schema"; readonly document: SchemaDocument }
  | { readonly kind: "problems"; readonly problems: readonly SchemaProblem[] }

/** Deep enough for every schema people write; a proof walks it many times. */
const deepest = 120

export function readSchema(name: string, text: string): SchemaRead {
  const read = readJson(text, { depth: deepest })
  if ("ok" in read) return schemaOfValue(name, read.ok)
  const { message, line, column } = read.refused
  return { kind: "problems", problems: [{ message, at: `${line}:${column}` }] }
}

/** Values with exact numbers, as `readJson` gives them. */
export function schemaOfValue(name: string, root: unknown): SchemaRead {
  if (typeof root !== "boolean" && !isRecord(root))
    return { kind: "problems", problems: [{ message: "A schema is an object, true or false.", at: "" }] }
  const legacy = isLegacy(root)
  const index = indexOf(root)
  const document: SchemaDocument = {
    name,
    root,
    legacy,
    resolve: (reference, from) => resolve(index, reference, from),
  }
  const problems = checkKeywords(document)
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "schema", document }
}

interface Index {
  /** By address without fragment. */
  readonly resources: ReadonlyMap<string, Schema>
  /** By address with fragment. */
  readonly anchors: ReadonlyMap<string, Schema>
  readonly baseOf: ReadonlyMap<JsonRecord, string>
}

/** Where a schema without `$id` stands. */
const nowhere = "schema:/"

/** Members whose values are data, never schemas. */
const data = new Set(["enum", "const", "default", "examples", "example"])

function indexOf(root: Schema): Index {
  const resources = new Map<string, Schema>([[nowhere, root]])
  const anchors = new Map<string, Schema>()
  const baseOf = new Map<JsonRecord, string>()
  const visit = (value: unknown, base: string, isNames: boolean): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, base, false)
      return
    }
    if (!isRecord(value)) return
    let here = base
    if (!isNames) {
      const id = typeof value.$id === "string" ? value.$id : typeof value.id === "string" ? value.id : null
      if (id?.startsWith("#")) anchors.set(`${base}${id}`, value)
      else if (id !== null) {
        here = absolute(id, base)?.replace(/#$/u, "") ?? base
        if (!resources.has(here)) resources.set(here, value)
      }
      for (const anchor of [value.$anchor, value.$dynamicAnchor])
        if (typeof anchor === "string") anchors.set(`${here}#${anchor}`, value)
    }
    baseOf.set(value, here)
    for (const [name, member] of Object.entries(value))
      if (isNames || !data.has(name)) visit(member, here, !isNames && holdsNames.has(name))
  }
  visit(root, nowhere, false)
  return { resources, anchors, baseOf }
}

/** Keywords whose members are names of the author. */
const holdsNames = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependencies",
])

function absolute(reference: string, base: string): string | null {
  return URL.canParse(reference, base) ? new URL(reference, base).href : null
}

function resolve({ resources, anchors, baseOf }: Index, reference: string, from: JsonRecord): Schema | null {
  const base = baseOf.get(from) ?? nowhere
  if (reference === "#") return resources.get(base) ?? null
  if (reference.startsWith("#") && !reference.startsWith("#/"))
    return anchors.get(`${base}${reference}`) ?? null
  const target = reference.startsWith("#") ? `${base}${reference}` : absolute(reference, base)
  if (target === null) return null
  const hash = target.indexOf("#")
  const resource = resources.get(hash < 0 ? target : target.slice(0, hash))
  if (resource === undefined) return null
  const fragment = hash < 0 ? "" : target.slice(hash + 1)
  if (fragment === "") return resource
  return fragment.startsWith("/") ? atPointer(resource, fragment) : (anchors.get(target) ?? null)
}

function atPointer(resource: Schema, fragment: string): Schema | null {
  let at: unknown = resource
  for (const token of fragment.slice(1).split("/")) {
    const name = decoded(token)?.replaceAll("~1", "/").replaceAll("~0", "~")
    if (name === undefined) return null
    if (Array.isArray(at)) at = /^(?:0|[1-9]\d{0,8})$/u.test(name) ? at[Number(name)] : undefined
    else at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return typeof at === "boolean" || isRecord(at) ? at : null
}

function decoded(token: string): string | undefined {
  try {
    return decodeURIComponent(token)
  } catch {
    return undefined
  }
}

function isLegacy(root: Schema): boolean {
  if (typeof root === "boolean") return false
  const { $schema } = root
  if (typeof $schema === "string") return /draft-0[3-7]/u.test($schema)
  return usesLegacyWords(root)
}

/** Without `$schema`: words that only the older drafts know. */
function usesLegacyWords(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(usesLegacyWords)
  if (!isRecord(value)) return false
  if (Array.isArray(value.items) || "additionalItems" in value) return true
  return Object.entries(value).some(([name, member]) => !data.has(name) && usesLegacyWords(member))
}
