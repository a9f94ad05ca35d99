// TypeScript types of a JSON Schema that comes from outside. Flows in: a schema as data and the name of its root type. Flows out: the
// text of declarations. Nothing is fetched or read, and nothing of the schema becomes code: the library's own back doors
// (`tsType`, `tsEnumNames`) are closed and comments cannot end early.
import { compile, type JSONSchema } from "json-schema-to-typescript"

export type SchemaTypes = { readonly types: string } | { readonly problem: string }

/** Fails with a sentence for what is no schema or refers to something outside itself. */
export async function typesFromSchema(schema: unknown, name: string): Promise<SchemaTypes> {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    return { problem: "A JSON Schema must be an object to give types." }
  }
  try {
    const types = await compile(harmless(schema) as JSONSchema, name, {
      bannerComment: "",
      // Its formatter would be five times the size of the whole command line, for two blanks a level.
      format: false,
      // `$ref`s inside the schema only: types must not depend on a network or a disk.
      $refOptions: { resolve: { file: false, http: false, external: false } },
      unknownAny: true,
      unreachableDefinitions: false,
    })
    return { types: indented(types) }
  } catch (error) {
    return { problem: `The schema gives no types: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** Two blanks a level; the text is the library's own, so braces stand only at the ends of its lines. */
function indented(text: string): string {
  let depth = 0
  let comment = false
  const lines = text.split("\n").map(line => {
    const bare = line.trim()
    if (bare.startsWith("/**")) comment = true
    if (!comment && bare.startsWith("}")) depth--
    const shown =
      bare === "" ? "" : "  ".repeat(depth) + (comment && bare.startsWith("*") ? ` ${bare}` : bare)
    if (!comment && bare.endsWith("{")) depth++
    if (bare.endsWith("*/")) comment = false
    return shown
  })
  return lines.join("\n")
}

const backDoors = new Set(["tsType", "tsEnumNames"])
const comments = new Set(["description", "title", "$comment", "$id", "id"])

/** A copy (the library writes into its input). Below `properties` and the like a name is a name, not a keyword. */
function harmless(schema: object): object {
  return copy(schema, false) as object
}

const nameSpaces = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"])
const data = new Set(["enum", "const", "default", "examples"])

function copy(value: unknown, names: boolean): unknown {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(item => copy(item, false))
  const kept = Object.entries(value).filter(([name]) => names || !backDoors.has(name))
  return Object.fromEntries(
    kept.map(([name, member]) => {
      if (!names && comments.has(name))
        return [name, typeof member === "string" ? member.replaceAll("*/", "*\\/") : member]
      return [name, !names && data.has(name) ? member : copy(member, !names && nameSpaces.has(name))]
    }),
  )
}
