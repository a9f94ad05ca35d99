// Strings of a schema. Flows in: a schema of type string. Flows out: text with its length and pattern, or what its format means, and
// the wire form where the format tells one.
import type { ImportedType } from "../model.ts"
import { countOf, listOf, memberOf, numberTextOf, textOf } from "../tree/tree-value.ts"
import { figureType } from "./number-type.ts"
import { noteAt, type SchemaContext } from "./schema-context.ts"

export interface TypeAndWire {
  readonly type: ImportedType
  readonly wire: string | null
}

export function stringType(schema: unknown, at: string, context: SchemaContext): TypeAndWire {
  const format = textOf(schema, "format")
  switch (format) {
    case "date":
      return { type: { kind: "date" }, wire: null }
    case "date-time":
    case "datetime":
      return { type: { kind: "instant" }, wire: null }
    case "decimal":
    case "double":
    case "float":
    case "number":
      return { type: figureType(schema, at, context), wire: "text" }
    case "int32":
    case "int64":
    case "integer":
      return { type: { kind: "int", min: null, max: null }, wire: "text" }
    case null:
      break
    default:
      noteAt(context, "widened", at, `The format "${format}" is not checked.`)
  }
  if (isODataDate(schema)) {
    noteAt(context, "guessed", at, "Its example is a date as OData 2 writes it.", "likely")
    return { type: { kind: "date" }, wire: "odata2" }
  }
  return {
    type: {
      kind: "text",
      min: countOf(schema, "minLength"),
      max: countOf(schema, "maxLength"),
      measure: null,
      pattern: patternOf(schema, at, context),
    },
    wire: null,
  }
}

function isODataDate(schema: unknown): boolean {
  const examples = [memberOf(schema, "example"), ...(listOf(memberOf(schema, "examples")) ?? [])]
  return examples.some(example => typeof example === "string" && /^\/Date\(-?\d+\)\/$/.test(example))
}

/** A pattern of JSON Schema may match anywhere; one of a contract means the whole text. */
function patternOf(schema: unknown, at: string, context: SchemaContext): string | null {
  const pattern = textOf(schema, "pattern")
  if (pattern === null || pattern === "") return null
  const isAnchored = pattern.startsWith("^") && /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern)
  if (isAnchored) return pattern
  noteAt(context, "widened", at, `Its pattern "${pattern}" may match anywhere, and is not checked.`)
  return null
}

/** Strings that a schema lists, in its order. */
export function enumTexts(schema: unknown): readonly string[] | null {
  const values = listOf(memberOf(schema, "enum"))
  if (values === null) {
    const only = memberOf(schema, "const")
    return typeof only === "string" ? [only] : null
  }
  const texts = values.filter(value => value !== null)
  return texts.length > 0 && texts.every(value => typeof value === "string") ? texts : null
}

export function enumNumbers(schema: unknown): readonly string[] | null {
  const only = memberOf(schema, "const")
  const values = listOf(memberOf(schema, "enum")) ?? (only === undefined ? null : [only])
  const numbers = values?.filter(value => value !== null).map(numberTextOf) ?? []
  return numbers.length > 0 && numbers.every(number => number !== null) ? numbers : null
}
