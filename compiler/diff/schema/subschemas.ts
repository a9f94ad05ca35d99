// Where schemas stand inside a schema. Flows in: one schema object. Flows out: its direct subschemas with their pointers. It must not
// know what the keywords mean.
import { isRecord, type JsonRecord } from "./json-values.ts"

const single = new Set([
  "additionalItems",
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
])
const lists = new Set(["allOf", "anyOf", "items", "oneOf", "prefixItems"])
const named = new Set([
  "$defs",
  "definitions",
  "dependencies",
  "dependentSchemas",
  "patternProperties",
  "properties",
])

export type SubschemaForm = "schema" | "schemas" | "named schemas"

/** Null: the keyword holds no schemas. */
export function subschemaForms(keyword: string): readonly SubschemaForm[] | null {
  const forms: SubschemaForm[] = []
  if (single.has(keyword)) forms.push("schema")
  if (lists.has(keyword)) forms.push("schemas")
  if (named.has(keyword)) forms.push("named schemas")
  return forms.length === 0 ? null : forms
}

export interface Subschema {
  readonly value: unknown
  readonly pointer: string
}

export function subschemasOf(schema: JsonRecord, pointer: string): readonly Subschema[] {
  return Object.entries(schema).flatMap(([keyword, value]): Subschema[] => {
    const at = `${pointer}/${escaped(keyword)}`
    if (lists.has(keyword) && Array.isArray(value))
      return value.map((item: unknown, i) => ({ value: item, pointer: `${at}/${i}` }))
    if (named.has(keyword) && isRecord(value))
      return Object.entries(value)
        .filter(([, member]) => !(keyword === "dependencies" && Array.isArray(member)))
        .map(([name, member]) => ({ value: member, pointer: `${at}/${escaped(name)}` }))
    return single.has(keyword) && (isRecord(value) || typeof value === "boolean")
      ? [{ value, pointer: at }]
      : []
  })
}

/** One token of a JSON pointer. */
export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1")
}
