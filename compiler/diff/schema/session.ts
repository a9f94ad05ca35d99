// What one comparison remembers: nodes of both documents, their keywords, what was proved, what patterns let through. Flows in: schemas
// and values. Flows out: the same node for the same schema, and for equal schemas that refer to nothing.
import { type Claims, createClaims, type Effort, usualEffort } from "./claims.ts"
import type { Facts, Literal } from "./facts.ts"
import { canonicalText, isNumber, isRecord } from "./json-values.ts"
import { type Keywords, keywordsOf, type SchemaNode } from "./keywords.ts"
import { createPatterns, type Patterns } from "./patterns/language.ts"
import type { Schema, SchemaDocument } from "./schema-document.ts"

/** How schemas are read. `sound` proves; the others follow what a registry takes for granted. */
export interface Reading {
  /** `oneOf` as written: exactly one. Otherwise it is read as at least one. */
  readonly exclusive: boolean
  /** Formats are checked by readers. Otherwise they are notes. */
  readonly formats: boolean
  /** Readers fill defaults in, so a required field with one need not be there. */
  readonly fillsDefaults: boolean
  /** Patterns are compared by what they let through. Otherwise another text is another pattern. */
  readonly patterns: boolean
  /** Otherwise some are not looked at: names of fields, what a list contains, fields that are asked for and not described, what a condition says. */
  readonly everyKeyword: boolean
}

export const soundReading: Reading = {
  exclusive: true,
  formats: true,
  fillsDefaults: false,
  patterns: true,
  everyKeyword: true,
}

export interface Session {
  readonly reading: Reading
  readonly patterns: Patterns
  readonly claims: Claims
  readonly node: (schema: Schema, document: SchemaDocument) => SchemaNode
  /** A schema that proofs make up; it refers to nothing. */
  readonly made: (schema: Schema) => SchemaNode
  readonly keywords: (node: SchemaNode) => Keywords
  /** What is known of a list of schemas, once it was asked for. */
  readonly facts: WeakMap<readonly Literal[], Facts | null>
  /** What looking for payloads may still cost. */
  readonly search: Search
}

export interface Search {
  /** A new payload is looked for. */
  readonly begin: () => void
  /** One step of it; false: no more. */
  readonly step: () => boolean
}

const stepsPerPayload = 4_000
const stepsAltogether = 60_000

function createSearch(): Search {
  let altogether = stepsAltogether
  let left = 0
  return {
    begin: () => {
      left = Math.min(stepsPerPayload, altogether)
    },
    step: () => {
      left--
      altogether--
      return left >= 0
    },
  }
}

const madeUp: SchemaDocument = { name: "", root: true, legacy: false, resolve: () => null }

export function createSession(reading: Reading = soundReading, effort: Effort = usualEffort): Session {
  const byObject = new Map<Schema, SchemaNode>()
  const byContent = new Map<string, SchemaNode>()
  const keywords = new Map<SchemaNode, Keywords>()
  const contentOf = createContents()
  let count = 0

  const node = (schema: Schema, document: SchemaDocument): SchemaNode => {
    const known = byObject.get(schema)
    if (known !== undefined) return known
    const content = contentOf(schema)
    const key = content === null ? null : `${document.legacy ? "older" : "newer"} ${content}`
    const equal = key === null ? undefined : byContent.get(key)
    const found = equal ?? { id: ++count, schema, document }
    byObject.set(schema, found)
    if (key !== null) byContent.set(key, found)
    return found
  }
  return {
    reading,
    patterns: reading.patterns ? createPatterns() : patternsAsTexts(createPatterns()),
    claims: createClaims(effort),
    search: createSearch(),
    node,
    made: schema => node(schema, madeUp),
    facts: new WeakMap(),
    keywords: one => {
      let found = keywords.get(one)
      if (found === undefined) {
        found = keywordsOf(one, schema => node(schema, one.document))
        keywords.set(one, found)
      }
      return found
    },
  }
}

/** Nothing is said of two patterns that are not the same. */
function patternsAsTexts(patterns: Patterns): Patterns {
  return {
    ...patterns,
    includes: (narrow, wide) => ({ kind: narrow === wide ? "included" : "unknown" }),
    stopsNothing: () => false,
  }
}

/** A short name for each content, made of the names of what is inside; null for what holds a reference. */
function createContents(): (value: unknown) => string | null {
  const names = new Map<string, string>()
  const known = new Map<unknown, string | null>()
  const named = (text: string): string => {
    let name = names.get(text)
    if (name === undefined) {
      name = `#${names.size}`
      names.set(text, name)
    }
    return name
  }
  const contentOf = (value: unknown): string | null => {
    if (isNumber(value) || !(Array.isArray(value) || isRecord(value))) return canonicalText(value)
    const before = known.get(value)
    if (before !== undefined) return before
    const found = Array.isArray(value) ? listContent(value) : recordContent(value)
    known.set(value, found)
    return found
  }
  const listContent = (list: readonly unknown[]): string | null => {
    const items = list.map(contentOf)
    return items.includes(null) ? null : named(`[${items.join()}]`)
  }
  const recordContent = (record: Readonly<Record<string, unknown>>): string | null => {
    const keys = Object.keys(record).toSorted()
    if (keys.some(key => key === "$ref" || key === "$dynamicRef" || key === "$recursiveRef")) return null
    const members = keys.map(key => [key, contentOf(record[key])] as const)
    if (members.some(([, content]) => content === null)) return null
    return named(`{${members.map(([key, content]) => `${JSON.stringify(key)}:${content}`).join()}}`)
  }
  return contentOf
}
