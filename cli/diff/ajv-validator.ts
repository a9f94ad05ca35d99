// Ajv as the validator that confirms payloads. Flows in: a schema document. Flows out: whether it lets a payload through, or null where Ajv
// cannot read it. It sees nothing of how the payloads were found, and runs patterns in linear time where they are regular.
import { type Accepts, createPatterns, type SchemaDocument } from "@fmap/compiler"
import { isExactNumber, writeJson } from "@fmap/runtime"
import { Ajv, type Options } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { assertContent } from "./content-keywords.ts"

/** Longer texts are not tried against a pattern that may take exponential time. */
const longestRisk = 20

export function ajvValidator(document: SchemaDocument): Accepts | null {
  const { schemas, widest } = extentOf(document.root)
  if (schemas > mostSchemas) return null
  const options: Options = {
    strict: false,
    logger: false,
    validateSchema: false,
    // otherwise each field is one block deeper in what Ajv writes, and thousands of fields take minutes; choices within choices, in turn, take
    // for ever when each is walked to its end
    allErrors: widest > wide,
    code: { regExp: patternEngine(), optimize: false },
  }
  const ajv = document.legacy ? new Ajv(options) : new Ajv2020(options)
  addFormats.default(ajv)
  assertContent(ajv)
  try {
    // Ajv counts in doubles; a payload that only exact numbers tell apart is not confirmed
    const validate = ajv.compile(JSON.parse(writeJson(readable(document.root))) as object)
    let neverEnds = false
    return payload => {
      if (neverEnds) return false
      try {
        return validate(payload) === true
      } catch {
        // it refers to itself without going inside
        neverEnds = true
        return false
      }
    }
  } catch {
    return null
  }
}

/** Schemas that Ajv is asked to compile, and members side by side from which on they are wide. */
const mostSchemas = 20_000
const wide = 100

interface Extent {
  readonly schemas: number
  readonly widest: number
}

function extentOf(root: unknown): Extent {
  let [schemas, widest] = [0, 0]
  const open: unknown[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null || isExactNumber(value)) continue
    const members = Object.entries(value)
    schemas++
    widest = Math.max(widest, members.length)
    for (const [word, member] of members) if (!data.has(word)) open.push(member)
  }
  return { schemas, widest }
}

const data = new Set(["const", "enum", "default", "examples"])

/** As Ajv reads it: the dialect is chosen already, bounds of draft-04 become those of draft-07, and an empty list lets nothing through. */
function readable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(readable)
  if (typeof schema !== "object" || schema === null || isExactNumber(schema)) return schema
  const words = new Map<string, unknown>(
    Object.entries(schema).map(([word, is]) => [word, data.has(word) ? is : readable(is)]),
  )
  if (typeof words.get("$schema") === "string") words.delete("$schema")
  for (const [strict, plain] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const flag = words.get(strict)
    if (typeof flag !== "boolean") continue
    words.delete(strict)
    if (flag && words.has(plain)) words.set(strict, words.get(plain))
  }
  const values = words.get("enum")
  if (!Array.isArray(values) || values.length > 0) return Object.fromEntries(words)
  words.delete("enum")
  return { allOf: [Object.fromEntries(words), false] }
}

function patternEngine() {
  const patterns = createPatterns()
  const engine = (pattern: string, flags: string) => {
    const expression = new RegExp(pattern, flags)
    const test = (text: string): boolean =>
      patterns.matches(pattern, text) ?? (text.length <= longestRisk && expression.test(text))
    return Object.assign(expression, { test })
  }
  return Object.assign(engine, { code: "new RegExp" })
}
