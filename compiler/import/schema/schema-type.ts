// The type a schema describes. Flows in: a schema and a name for what it might declare. Flows out: a type of the import; records and
// enums found on the way are declared in the context. It must not know whether the document is JSON Schema or OpenAPI.
import type { ImportedField, ImportedType } from "../model.ts"
import { comparePlain, plainInteger } from "../settle/plain-number.ts"
import {
  countOf,
  entriesOf,
  flagOf,
  listOf,
  memberOf,
  objectOf,
  textOf,
  textsOf,
} from "../tree/tree-value.ts"
import { mergeAllOf } from "./merge-all-of.ts"
import { figureType, integerType } from "./number-type.ts"
import { resolveReference, unescaped } from "./resolve-reference.ts"
import { nameFor, noteAt, type SchemaAt, type SchemaContext } from "./schema-context.ts"
import { schemaDocs } from "./schema-docs.ts"
import { alternativesOf, unionOf } from "./schema-union.ts"
import { enumNumbers, enumTexts, stringType } from "./string-type.ts"
import { noteUnread } from "./unread-keywords.ts"

export interface SchemaType {
  readonly type: ImportedType
  readonly wire: string | null
  /** Null is among the values. */
  readonly orNull: boolean
}

const json: ImportedType = { kind: "json" }
const inlineEnum = 12
const longestChain = 100

export function schemaType(place: SchemaAt, hint: string, context: SchemaContext): SchemaType {
  const { schema, at } = place
  if (schema === true || schema === undefined) return plain(json)
  if (objectOf(schema) === null) {
    noteAt(context, "dropped", at, "It is no schema; any value is taken.")
    return plain(json)
  }
  const reference = textOf(schema, "$ref") ?? onlyReference(schema)
  if (reference !== null) return referenced(reference, place, context)
  const merged = { ...place, schema: mergeAllOf(place, context) }
  noteUnread(merged.schema, at, context)
  return ofSchema(merged, hint, context)
}

/** `allOf: [{ $ref }]` is how OpenAPI 3.0 says something beside a reference. */
function onlyReference(schema: unknown): string | null {
  const parts = listOf(memberOf(schema, "allOf")) ?? []
  const hasOwn = ["properties", "type", "oneOf", "anyOf", "enum"].some(key => {
    const value = memberOf(schema, key)
    return value !== undefined && !(key === "type" && value === "object")
  })
  return parts.length === 1 && !hasOwn ? textOf(parts[0], "$ref") : null
}

function referenced(reference: string, from: SchemaAt, context: SchemaContext): SchemaType {
  const found = resolveReference(reference, from, context)
  if (!("schema" in found)) {
    context.problems.push(found)
    return plain(json)
  }
  const isNullable = flagOf(from.schema, "nullable")
  const name = context.names.get(found.at)
  if (name !== undefined) return { ...plain(named(name)), orNull: isNullable }
  const part = unescaped((found.at.split("/").at(-1) ?? "").replace(/^.*#/, ""))
  const merged = mergeAllOf(found, context)
  if (isRecord(merged)) {
    const own = nameFor(context, found.at, part === "" ? "Root" : part)
    context.waiting.push({ place: { ...found, schema: merged }, name: own })
    return { ...plain(named(own)), orNull: isNullable || flagOf(merged, "nullable") }
  }
  if (context.following.has(found.at) || context.following.size > longestChain) {
    noteAt(context, "widened", from.at, `It is taken as json: "${reference}" leads back to itself.`)
    return plain(json)
  }
  context.following.add(found.at)
  const type = schemaType(found, part === "" ? "Root" : part, context)
  context.following.delete(found.at)
  return isNullable ? { ...type, orNull: true } : type
}

/** Fields make a record, whatever else is said. */
function isRecord(schema: unknown): boolean {
  return entriesOf(memberOf(schema, "properties")).length > 0 && enumTexts(schema) === null
}

/** Reads the records that references named, and those they name in turn. */
export function readWaiting(context: SchemaContext): void {
  for (let next = context.waiting.pop(); next !== undefined; next = context.waiting.pop()) {
    noteUnread(next.place.schema, next.place.at, context)
    declareRecord(next.place, next.name, context)
  }
}

function ofSchema(place: SchemaAt, hint: string, context: SchemaContext): SchemaType {
  const { schema, at } = place
  const orNull = flagOf(schema, "nullable") || (listOf(memberOf(schema, "enum"))?.includes(null) ?? false)
  const kinds = kindsOf(schema)
  const nullable = orNull || kinds.includes("null")
  const [kind, second] = kinds.filter(each => each !== "null")
  for (const keyword of ["oneOf", "anyOf"] as const) {
    if (memberOf(schema, keyword) === undefined || objectOf(memberOf(schema, "properties")) !== null) continue
    const found = ofAlternatives(place, keyword, hint, context)
    return nullable ? { ...found, orNull: true } : found
  }
  const give = (type: ImportedType, wire: string | null = null): SchemaType => ({
    type,
    wire,
    orNull: nullable,
  })
  const texts = enumTexts(schema)
  if (texts !== null) return give(enumType(place, texts, hint, context))
  if (second !== undefined) {
    noteAt(context, "widened", at, `It is taken as json: it may be ${kinds.join(" or ")}.`)
    return give(json)
  }
  const numbers = enumNumbers(schema)
  if (numbers !== null) {
    noteAt(context, "widened", at, `Only ${numbers.join(", ")} are allowed; here every number between is.`)
    const whole = numbers.map(plainInteger).filter(number => number !== null)
    if (whole.length === numbers.length && kind !== "string") return give(between(whole))
  }
  switch (kind ?? impliedKind(schema)) {
    case "string": {
      const { type, wire } = stringType(schema, at, context)
      return give(type, wire)
    }
    case "integer":
      return give(integerType(schema, at, context))
    case "number":
      return ["int32", "int64", "integer"].includes(textOf(schema, "format") ?? "")
        ? give(integerType(schema, at, context))
        : give(figureType(schema, at, context))
    case "boolean":
      if (memberOf(schema, "const") !== undefined || memberOf(schema, "enum") !== undefined)
        noteAt(context, "widened", at, "Only one of true and false is allowed; both are taken.")
      return give({ kind: "bool" })
    case "array":
      return listType(place, hint, nullable, context)
    case "object":
      return give(objectType(place, hint, context))
    default:
      return give(json)
  }
}

function between(numbers: readonly string[]): ImportedType {
  const sorted = numbers.toSorted(comparePlain)
  return { kind: "int", min: sorted[0] ?? null, max: sorted.at(-1) ?? null }
}

function kindsOf(schema: unknown): readonly string[] {
  const type = memberOf(schema, "type")
  return typeof type === "string" ? [type] : textsOf(type)
}

/** Many schemas leave the type to the reader. */
function impliedKind(schema: unknown): string | null {
  const has = (...keys: string[]) => keys.some(key => memberOf(schema, key) !== undefined)
  if (has("properties", "additionalProperties", "required")) return "object"
  if (has("items", "prefixItems", "minItems", "maxItems")) return "array"
  if (has("minLength", "maxLength", "pattern")) return "string"
  return has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number" : null
}

function enumType(
  place: SchemaAt,
  texts: readonly string[],
  hint: string,
  context: SchemaContext,
): ImportedType {
  const members = [...new Set(texts)].map(value => ({ value, docs: [] }))
  const open = flagOf(place.schema, "x-extensible-enum")
  if (members.length <= inlineEnum) return { kind: "enum", open, members }
  const name = nameFor(context, place.at, hint)
  context.declared.set(name, { kind: "enum", name, docs: schemaDocs(place.schema, name), open, members })
  return named(name)
}

function listType(place: SchemaAt, hint: string, orNull: boolean, context: SchemaContext): SchemaType {
  const { schema, at } = place
  const items = memberOf(schema, "items")
  const bounds = { min: countOf(schema, "minItems"), max: countOf(schema, "maxItems") }
  if (memberOf(schema, "prefixItems") !== undefined || listOf(items) !== null) {
    noteAt(context, "widened", at, "Its elements differ by position; they are taken as json.")
    return { type: { kind: "list", element: json, ...bounds }, wire: null, orNull }
  }
  const element = schemaType({ ...place, schema: items, at: `${at}/items` }, hint, context)
  if (element.orNull) {
    noteAt(context, "widened", at, "An element may be null; the elements are taken as json.")
    return { type: { kind: "list", element: json, ...bounds }, wire: null, orNull }
  }
  return { type: { kind: "list", element: element.type, ...bounds }, wire: element.wire, orNull }
}

function objectType(place: SchemaAt, hint: string, context: SchemaContext): ImportedType {
  const { schema, at } = place
  const more = memberOf(schema, "additionalProperties")
  if (entriesOf(memberOf(schema, "properties")).length === 0) {
    if (objectOf(more) === null || entriesOf(more).length === 0) return json
    const value = schemaType(
      { ...place, schema: more, at: `${at}/additionalProperties` },
      `${hint} value`,
      context,
    )
    if (value.wire !== null || value.orNull) {
      const why = value.orNull
        ? "A value of it may be null"
        : "Its values have a form that a dictionary cannot say"
      noteAt(context, "widened", at, `${why}; they are taken as json.`)
      return { kind: "dictionary", value: json }
    }
    return { kind: "dictionary", value: value.type }
  }
  const name = nameFor(context, at, hint)
  declareRecord(place, name, context)
  return named(name)
}

export function declareRecord(place: SchemaAt, name: string, context: SchemaContext): void {
  const { schema, at } = place
  if (objectOf(memberOf(schema, "additionalProperties")) !== null)
    noteAt(context, "dropped", at, "Besides its fields the source allows others; they are not read.")
  const fields = schemaFields(place, name, context)
  context.declared.set(name, { kind: "record", name, docs: schemaDocs(schema, name), parameters: [], fields })
}

export function schemaFields(
  place: SchemaAt,
  owner: string,
  context: SchemaContext,
): readonly ImportedField[] {
  const required = new Set(textsOf(memberOf(place.schema, "required")))
  return entriesOf(memberOf(place.schema, "properties")).map(([wireName, schema]) => {
    const at = `${place.at}/properties/${wireName.replaceAll("~", "~0").replaceAll("/", "~1")}`
    const inner = { ...place, schema, at }
    const { type, wire, orNull } = schemaType(inner, `${owner}.${wireName}`, context)
    const merged = textOf(schema, "$ref") === null ? mergeAllOf(inner, context) : schema
    return {
      wireName,
      docs: schemaDocs(merged, wireName),
      type,
      optional: orNull || !required.has(wireName),
      key: false,
      marks: [
        ...(flagOf(merged, "readOnly") ? (["computed"] as const) : []),
        ...(flagOf(merged, "writeOnly") ? (["write only"] as const) : []),
        ...(flagOf(merged, "deprecated") ? (["deprecated"] as const) : []),
      ],
      wire,
    }
  })
}

function ofAlternatives(
  place: SchemaAt,
  keyword: "oneOf" | "anyOf",
  hint: string,
  context: SchemaContext,
): SchemaType {
  const { alternatives, orNull } = alternativesOf(place, keyword)
  const [first] = alternatives
  if (first === undefined) return plain(json)
  const give = (type: ImportedType, wire: string | null = null): SchemaType => ({ type, wire, orNull })
  const types = alternatives.map((alternative, i) =>
    schemaType(alternative, alternatives.length === 1 ? hint : `${hint} ${i + 1}`, context),
  )
  const isNullable = orNull || types.some(type => type.orNull)
  if (types.length === 1 && types[0] !== undefined) return { ...types[0], orNull: isNullable }
  const names = types.flatMap(({ type }) =>
    type.kind === "named" && context.declared.get(type.name)?.kind !== "enum" ? [type.name] : [],
  )
  if (names.length === types.length) {
    if (new Set(names).size === 1) return give(named(names[0] ?? ""))
    if (keyword === "anyOf")
      noteAt(
        context,
        "widened",
        place.at,
        "It may be several of its kinds at once in the source; here it is exactly one.",
      )
    return { ...give(unionOf(place.schema, alternatives, names, context)), orNull: isNullable }
  }
  const same = types.every(each => JSON.stringify(each) === JSON.stringify(types[0]))
  if (same && types[0] !== undefined) return { ...types[0], orNull: isNullable }
  const listed = types.flatMap(({ type }) => (type.kind === "enum" ? type.members : []))
  if (types.every(({ type }) => type.kind === "enum"))
    return {
      ...give(
        enumType(
          place,
          listed.map(member => member.value),
          hint,
          context,
        ),
      ),
      orNull: isNullable,
    }
  // A number or the same as text: figures of systems that send both. What is sent decides, and nobody knows it here.
  noteAt(
    context,
    "widened",
    place.at,
    `It is taken as json: it may be ${types.map(({ type }) => (type.kind === "named" ? type.name : type.kind)).join(" or ")}.`,
  )
  return { type: json, wire: null, orNull: isNullable }
}

function named(name: string): ImportedType {
  return { kind: "named", name, units: [] }
}

function plain(type: ImportedType): SchemaType {
  return { type, wire: null, orNull: false }
}
