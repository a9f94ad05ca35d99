// Whether every keyword of a schema has a value of its kind, and every reference leads somewhere. Flows in: a document. Flows out: what
// is wrong, with its pointer. After it, whoever reads keywords need not doubt them.
import { isExactNumber } from "@fmap/runtime"
import { bitsOfTypeName, isNumber, isRecord, type JsonRecord, rationalOf } from "./json-values.ts"
import type { SchemaDocument, SchemaProblem } from "./schema-document.ts"
import { escaped, subschemaForms, subschemasOf } from "./subschemas.ts"

/** More are not read out. */
const mostProblems = 20

type Form = (value: unknown) => string | null

const expected =
  (holds: (value: unknown) => boolean, words: string): Form =>
  value =>
    holds(value) ? null : `must be ${words}`

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === "string")

const count = expected(
  value => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
  "a whole number that is not negative",
)
const number: Form = value => {
  if (!isNumber(value)) return "must be a number"
  return rationalOf(value) === null ? "is a number of a size nobody can compare" : null
}
const positive: Form = value =>
  number(value) ?? (isNumber(value) && (rationalOf(value)?.n ?? 0n) > 0n ? null : "must be more than 0")
const text = expected(value => typeof value === "string", "a text")
const flag = expected(value => typeof value === "boolean", "true or false")

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["type", typeForm],
  ["enum", expected(Array.isArray, "a list of values")],
  ["minimum", number],
  ["maximum", number],
  ["exclusiveMinimum", value => (typeof value === "boolean" ? null : number(value))],
  ["exclusiveMaximum", value => (typeof value === "boolean" ? null : number(value))],
  ["multipleOf", positive],
  ["minLength", count],
  ["maxLength", count],
  ["minItems", count],
  ["maxItems", count],
  ["minContains", count],
  ["maxContains", count],
  ["minProperties", count],
  ["maxProperties", count],
  ["uniqueItems", flag],
  ["pattern", patternForm],
  ["format", text],
  ["contentEncoding", text],
  ["contentMediaType", text],
  ["$ref", text],
  ["$dynamicRef", text],
  ["$recursiveRef", text],
  ["required", value => (typeof value === "boolean" ? null : expected(isTexts, "a list of names")(value))],
  [
    "dependentRequired",
    expected(value => isRecord(value) && Object.values(value).every(isTexts), "an object of lists of names"),
  ],
])

function typeForm(value: unknown): string | null {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value]
  const wrong = names.find(name => bitsOfTypeName(name) === undefined)
  return wrong === undefined ? null : `has ${JSON.stringify(wrong)}, which is no type of JSON Schema`
}

function patternForm(value: unknown): string | null {
  if (typeof value !== "string") return "must be a text"
  return isPattern(value) ? null : `is no regular expression: ${JSON.stringify(value.slice(0, 60))}`
}

function isPattern(pattern: string): boolean {
  return ["u", ""].some(flags => {
    try {
      return new RegExp(pattern, flags) !== undefined
    } catch {
      return false
    }
  })
}

export function checkKeywords(document: SchemaDocument): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const seen = new Set<JsonRecord>()
  // no recursion: a chain of references is as long as its author likes
  const open: { readonly schema: JsonRecord; readonly pointer: string }[] = []
  const visit = (schema: unknown, pointer: string): void => {
    if (!isRecord(schema) || seen.has(schema)) return
    seen.add(schema)
    open.push({ schema, pointer })
  }
  visit(document.root, "")
  for (let at = 0; at < open.length && problems.length < mostProblems; at++) {
    const { schema, pointer } = open[at] ?? { schema: {}, pointer: "" }
    for (const [keyword, value] of Object.entries(schema)) {
      const message = forms.get(keyword)?.(value) ?? subschemaProblem(keyword, value)
      if (message !== null)
        problems.push({ message: `${keyword} ${message}.`, at: `${pointer}/${escaped(keyword)}` })
    }
    for (const keyword of ["$ref", "$dynamicRef", "$recursiveRef"]) {
      const reference = schema[keyword]
      if (typeof reference !== "string") continue
      const target = document.resolve(reference, schema)
      if (target === null)
        problems.push({ message: referenceProblem(reference), at: `${pointer}/${escaped(keyword)}` })
      else visit(target, reference.startsWith("#") ? reference.slice(1) : pointer)
    }
    for (const { value, pointer: at } of subschemasOf(schema, pointer)) visit(value, at)
  }
  return problems
}

function referenceProblem(reference: string): string {
  const shown = JSON.stringify(reference.slice(0, 120))
  return /^[a-z][a-z0-9+.-]*:|^\/\//iu.test(reference)
    ? `${shown} leads out of the file; fmap opens no addresses. Put the schema into this file, under $defs.`
    : `${shown} leads nowhere in this file.`
}

function subschemaProblem(keyword: string, value: unknown): string | null {
  const allowed = subschemaForms(keyword)
  if (allowed === null) return null
  const isSchema = (one: unknown) => typeof one === "boolean" || isRecord(one)
  const fits = allowed.some(form => {
    if (form === "schema") return isSchema(value)
    if (form === "schemas") return Array.isArray(value) && value.every(isSchema)
    return (
      isRecord(value) &&
      !isExactNumber(value) &&
      Object.values(value).every(one => isSchema(one) || (keyword === "dependencies" && isTexts(one)))
    )
  })
  if (fits) return null
  return allowed.includes("named schemas")
    ? "must be an object of schemas"
    : allowed.includes("schemas") && !allowed.includes("schema")
      ? "must be a list of schemas"
      : "must be a schema: an object, true or false"
}
