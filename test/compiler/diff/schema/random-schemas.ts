// Schemas and payloads by chance, small enough that payloads hit what schemas speak of. Flows in: nothing. Flows out: arbitraries of pairs of
// one draft, the second often the first with one thing changed, and the payloads each pair is tried with.
import fc from "fast-check"

export type Draft = "draft-07" | "2020-12"
type Json = unknown
type SchemaObject = Readonly<Record<string, Json>>
type Schema = boolean | SchemaObject

const names = ["a", "b", "c"]
const scalars: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  3,
  1.5,
  -1,
  "",
  "a",
  "b",
  "ab",
  "abc",
  "A1",
  "2024-02-29",
]
const patterns = ["^a", "b$", "^[ab]*$", "^a{1,2}$", "^(a|b)$", "[a-z]", "^\\d", "^.{2}$", "a|b"]

const dictionary = <T>(
  key: fc.Arbitrary<string>,
  member: fc.Arbitrary<T>,
  sizes: { minKeys?: number; maxKeys: number },
) => fc.dictionary(key, member, { ...sizes, noNullPrototype: true })
const name = fc.constantFrom(...names)
const scalar = fc.constantFrom(...scalars)
const count = fc.integer({ min: 0, max: 3 })
const bound = fc.constantFrom(-1, 0, 0.5, 1, 1.5, 2, 3)
const type = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object")

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  { weight: 1, arbitrary: dictionary(name, scalar, { maxKeys: 2 }) },
)

function schemas(draft: Draft): fc.Arbitrary<Schema> {
  const isNew = draft === "2020-12"
  const { schema } = fc.letrec<{ schema: Schema; inner: Schema }>(tie => {
    const inner = tie("inner")
    const list = fc.array(inner, { minLength: 1, maxLength: 3 })
    const keyword = (word: string, arbitrary: fc.Arbitrary<Json>) =>
      arbitrary.map((is): [string, Json] => [word, is])
    const plain = [
      keyword("type", fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 }))),
      keyword("type", type),
      keyword(
        "enum",
        fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: one => JSON.stringify(one) }),
      ),
      keyword("const", value),
      keyword("minimum", bound),
      keyword("maximum", bound),
      keyword("exclusiveMinimum", bound),
      keyword("exclusiveMaximum", bound),
      keyword("multipleOf", fc.constantFrom(0.5, 1, 2, 3)),
      keyword("minLength", count),
      keyword("maxLength", count),
      keyword("pattern", fc.constantFrom(...patterns)),
      keyword("format", fc.constantFrom("date", "email")),
      keyword("required", fc.uniqueArray(name, { minLength: 1, maxLength: 2 })),
      keyword("minProperties", count),
      keyword("maxProperties", count),
      keyword("minItems", count),
      keyword("maxItems", count),
      keyword("uniqueItems", fc.boolean()),
    ]
    const nested = [
      keyword("properties", dictionary(name, inner, { minKeys: 1, maxKeys: 3 })),
      keyword("properties", dictionary(name, inner, { minKeys: 1, maxKeys: 3 })),
      keyword("additionalProperties", fc.oneof(fc.constant(false), inner)),
      keyword(
        "patternProperties",
        dictionary(fc.constantFrom(...patterns), inner, { minKeys: 1, maxKeys: 2 }),
      ),
      keyword(
        "propertyNames",
        fc.oneof(fc.constantFrom<Json>({ enum: ["a", "b"] }, { pattern: "^a" }, { maxLength: 1 }), inner),
      ),
      keyword("items", inner),
      keyword("contains", inner),
      keyword("allOf", list),
      keyword("anyOf", list),
      keyword("oneOf", list),
      keyword("not", inner),
      keyword("if", inner),
      keyword("then", inner),
      keyword("else", inner),
      keyword("$ref", fc.constantFrom(isNew ? "#/$defs/x" : "#/definitions/x", "#")),
    ]
    const drafted = isNew
      ? [
          keyword("prefixItems", list),
          keyword("minContains", count),
          keyword("maxContains", count),
          keyword(
            "dependentRequired",
            dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), { maxKeys: 2 }),
          ),
          keyword("dependentSchemas", dictionary(name, inner, { maxKeys: 2 })),
          keyword("unevaluatedProperties", fc.oneof(fc.constant(false), inner)),
          keyword("unevaluatedItems", fc.oneof(fc.constant(false), inner)),
        ]
      : [
          keyword("items", list),
          keyword("additionalItems", fc.oneof(fc.constant(false), inner)),
          keyword(
            "dependencies",
            dictionary(name, fc.oneof(inner, fc.uniqueArray(name, { maxLength: 2 })), { maxKeys: 2 }),
          ),
        ]
    const withKeywords = (all: readonly fc.Arbitrary<[string, Json]>[], most: number) =>
      fc.array(fc.oneof(...all), { maxLength: most }).map(judgeable)
    return {
      inner: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 2, arbitrary: withKeywords(plain, 3) },
        { weight: 1, arbitrary: fc.boolean() },
        { weight: 2, arbitrary: withKeywords([...plain, ...nested, ...drafted], 4) },
      ),
      schema: withKeywords([...plain, ...nested, ...drafted], 5),
    }
  })
  const definitions = isNew ? "$defs" : "definitions"
  return fc.tuple(schema, schema).map(([root, x]) => ({ ...(root as SchemaObject), [definitions]: { x } }))
}

/** Ajv 8.20 lets [] through where positions stand beside `contains`, whatever that asks for: the two are kept apart. */
function judgeable(pairs: readonly [string, Json][]): SchemaObject {
  const schema = Object.fromEntries(pairs)
  const hasPositions = Array.isArray(schema.items) || "prefixItems" in schema
  return Object.fromEntries(pairs.filter(([word]) => !(word === "contains" && hasPositions)))
}

export interface SchemaPair {
  readonly draft: Draft
  readonly old: Schema
  readonly now: Schema
}

export const schemaPairs: fc.Arbitrary<SchemaPair> = fc
  .constantFrom<Draft>("draft-07", "2020-12")
  .chain(draft => {
    const one = schemas(draft)
    return fc
      .oneof(
        { weight: 1, arbitrary: fc.tuple(one, one) },
        {
          weight: 3,
          arbitrary: fc
            .tuple(one, one, fc.nat(), fc.boolean())
            .map(([old, other, at, isSwapped]): [Schema, Schema] => {
              const now = changed(old, typeof other === "boolean" ? {} : other, { left: at % 12 }) as Schema
              return isSwapped ? [now, old] : [old, now]
            }),
        },
      )
      .map(([old, now]) => ({ draft, old, now }))
  })

const holdsNames = new Set([
  "properties",
  "patternProperties",
  "dependencies",
  "dependentSchemas",
  "dependentRequired",
  "$defs",
  "definitions",
])

/** The schema with one keyword of it, somewhere inside, taken from another, or taken away. */
function changed(schema: Json, other: SchemaObject, counter: { left: number }, isNames = false): Json {
  if (Array.isArray(schema)) return schema.map(item => changed(item, other, counter))
  if (typeof schema !== "object" || schema === null) return schema
  const donors = Object.entries(other).filter(([word]) => !word.startsWith("$") && word !== "definitions")
  const keep = isNames ? (pairs: readonly [string, Json][]) => Object.fromEntries(pairs) : judgeable
  return keep(
    Object.entries(schema).flatMap(([word, is]): [string, Json][] => {
      const isKept = isNames || word === "$defs" || word === "definitions"
      if (!isKept && counter.left-- === 0) {
        const donor =
          donors.find(([one]) => one === word) ?? donors.find(([one]) => !Object.hasOwn(schema, one))
        return donor === undefined ? [] : [donor]
      }
      if (word === "enum" || word === "const") return [[word, is]]
      return [[word, changed(is, other, counter, !isNames && holdsNames.has(word))]]
    }),
  )
}

/** What every pair is tried with. */
export const payloads: readonly Json[] = [
  ...scalars,
  "aa",
  "ba",
  "abab",
  "1a",
  "x@example.com",
  0.5,
  2.5,
  4,
  6,
  7,
  [],
  [1],
  ["a"],
  [1, 1],
  [1, "a"],
  ["a", "b"],
  [null],
  [1, 2, 3],
  ["a", 1, true],
  [[], []],
  [{}],
  [1.5, "ab", null, 0],
  {},
  { a: 1 },
  { a: "a" },
  { a: null },
  { b: 1 },
  { b: "ab" },
  { a: 1, b: 2 },
  { a: "a", b: "b" },
  { a: 1, c: true },
  { a: 0, b: 0, c: 0 },
  { a: "abc", b: "A1", c: "" },
  { c: [] },
  { a: {} },
  { a: { a: 1 } },
  { b: { a: "a" }, a: [1] },
  { ab: 1 },
  { a1: "a" },
  { z: 1 },
  { a: 2, z: "x" },
  { d: null },
  { aa: "a" },
  { a: true, b: false, c: null, d: 1 },
  { a: [1], b: ["a"] },
]
