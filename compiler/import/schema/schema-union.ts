// `oneOf` and `anyOf`. Flows in: alternatives, null taken out. Flows out: a union where something tells the records apart, one type
// where all are alike, else null and a note: the value is taken as json.
import type { ImportedType, ImportedUnionBy } from "../model.ts"
import { entriesOf, listOf, memberOf, textOf } from "../tree/tree-value.ts"
import { mergeAllOf } from "./merge-all-of.ts"
import { resolveReference, unescaped } from "./resolve-reference.ts"
import type { SchemaAt, SchemaContext } from "./schema-context.ts"
import { enumTexts } from "./string-type.ts"

/** Names of the records, one an alternative, in order. */
export function unionOf(
  schema: unknown,
  alternatives: readonly SchemaAt[],
  names: readonly string[],
  context: SchemaContext,
): ImportedType {
  const members = [...new Set(names)]
  return { kind: "union", members, by: byOf(schema, alternatives, names, context) }
}

function byOf(
  schema: unknown,
  alternatives: readonly SchemaAt[],
  names: readonly string[],
  context: SchemaContext,
): ImportedUnionBy {
  const field = textOf(memberOf(schema, "discriminator"), "propertyName")
  const shapes = alternatives.map(alternative => mergeAllOf(resolved(alternative, context), context))
  if (field !== null) {
    const mapping = entriesOf(memberOf(memberOf(schema, "discriminator"), "mapping")).flatMap(
      ([value, target]) => {
        const at = typeof target === "string" ? alternatives.findIndex(each => leadsTo(each, target)) : -1
        return at === -1 ? [] : [{ value, member: names[at] ?? "" }]
      },
    )
    const mapped = new Set(mapping.map(arm => arm.member))
    // Without a mapping the name of the schema is the value.
    const named = names.flatMap((member, i) =>
      mapped.has(member)
        ? []
        : (constantsOf(shapes[i], field) ?? [lastPart(alternatives[i]) ?? member]).map(value => ({
            value,
            member,
          })),
    )
    return { kind: "value", field, arms: [...mapping, ...named] }
  }
  const [first] = shapes
  for (const [name] of entriesOf(memberOf(first, "properties"))) {
    const values = shapes.map(shape => constantsOf(shape, name))
    const all = values.flatMap(each => each ?? [])
    if (values.some(each => each === null) || new Set(all).size !== all.length) continue
    const arms = names.flatMap((member, i) => (values[i] ?? []).map(value => ({ value, member })))
    return { kind: "value", field: name, arms }
  }
  return { kind: "shape" }
}

function constantsOf(shape: unknown, field: string): readonly string[] | null {
  return enumTexts(memberOf(memberOf(shape, "properties"), field))
}

function leadsTo(alternative: SchemaAt, target: string): boolean {
  const reference = textOf(alternative.schema, "$ref")
  if (reference === null) return false
  return reference === target || lastPart(alternative) === target
}

function lastPart(alternative: SchemaAt | undefined): string | null {
  const reference = textOf(alternative?.schema, "$ref")
  const part = reference?.split("/").at(-1)
  return part === undefined ? null : unescaped(part)
}

export function resolved(schema: SchemaAt, context: SchemaContext): SchemaAt {
  let found = schema
  for (let i = 0; i < 30; i++) {
    const reference = textOf(found.schema, "$ref")
    if (reference === null) return found
    const next = resolveReference(reference, found, context)
    if (!("schema" in next)) return { ...found, schema: {} }
    found = next
  }
  return { ...found, schema: {} }
}

/** Alternatives without those that only say null, and whether there was one. */
export function alternativesOf(
  schema: SchemaAt,
  keyword: "oneOf" | "anyOf",
): { readonly alternatives: readonly SchemaAt[]; readonly orNull: boolean } {
  const all = (listOf(memberOf(schema.schema, keyword)) ?? []).map((one, i) => ({
    ...schema,
    schema: one,
    at: `${schema.at}/${keyword}/${i}`,
  }))
  const alternatives = all.filter(({ schema: one }) => !isNull(one))
  return { alternatives, orNull: alternatives.length < all.length }
}

function isNull(schema: unknown): boolean {
  if (memberOf(schema, "type") === "null") return true
  const values = listOf(memberOf(schema, "enum"))
  return values !== null && values.length > 0 && values.every(value => value === null)
}
