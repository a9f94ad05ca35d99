// One schema of the parts of an `allOf`. Flows in: a schema and a way to follow references. Flows out: a schema without `allOf` that
// takes what all parts take, as far as parts can be joined; what is said twice and differs goes to a note.
import { entriesOf, listOf, memberOf, objectOf, type TreeObject, textsOf } from "../tree/tree-value.ts"
import { resolveReference } from "./resolve-reference.ts"
import { noteAt, type SchemaAt, type SchemaContext } from "./schema-context.ts"

const deepest = 30

export function mergeAllOf(schema: SchemaAt, context: SchemaContext, depth = 0): TreeObject {
  const object = objectOf(schema.schema) ?? {}
  const parts = listOf(memberOf(object, "allOf")) ?? []
  if (parts.length === 0) return object
  const merged = new Map<string, unknown>()
  const own = Object.fromEntries(entriesOf(object).filter(([key]) => key !== "allOf"))
  const all = parts.flatMap((part, i) =>
    flat({ ...schema, schema: part, at: `${schema.at}/allOf/${i}` }, context, depth),
  )
  for (const part of [...all, own]) join(merged, part, schema.at, context)
  return fromEntries(merged)
}

function flat(part: SchemaAt, context: SchemaContext, depth: number): readonly TreeObject[] {
  if (depth > deepest) {
    noteAt(
      context,
      "dropped",
      part.at,
      "It is made of parts within parts without end; the innermost are left out.",
    )
    return []
  }
  const reference = memberOf(part.schema, "$ref")
  if (typeof reference !== "string") return [mergeAllOf(part, context, depth + 1)]
  const found = resolveReference(reference, part, context)
  if (!("schema" in found)) {
    context.problems.push(found)
    return []
  }
  const rest = Object.fromEntries(entriesOf(part.schema).filter(([key]) => key !== "$ref"))
  return [...flat(found, context, depth + 1), rest]
}

/** Annotations of the later part stand; rules of both hold. */
const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "$schema",
  "$id",
  "example",
  "examples",
  "default",
  "xml",
])

function join(merged: Map<string, unknown>, part: TreeObject, at: string, context: SchemaContext): void {
  for (const [key, value] of entriesOf(part)) {
    const before = merged.get(key)
    if (before === undefined || annotations.has(key)) merged.set(key, value)
    else if (key === "properties") merged.set(key, joinProperties(before, value))
    else if (key === "items") merged.set(key, { allOf: [before, value] })
    else if (key === "required") merged.set(key, [...new Set([...textsOf(before), ...textsOf(value)])])
    else if (key === "nullable") merged.set(key, before === true && value === true)
    else if (JSON.stringify(before) !== JSON.stringify(value))
      noteAt(context, "dropped", at, `Its parts say "${key}" differently; the first is taken.`)
  }
}

/** A property two parts have must be what both say. */
function joinProperties(before: unknown, value: unknown): TreeObject {
  const joined = new Map(entriesOf(before))
  for (const [name, schema] of entriesOf(value)) {
    const first = joined.get(name)
    joined.set(name, first === undefined ? schema : { allOf: [first, schema] })
  }
  return fromEntries(joined)
}

function fromEntries(entries: Iterable<readonly [string, unknown]>): TreeObject {
  // fromEntries defines members, so that `__proto__` is one like any other.
  return Object.fromEntries(entries)
}
