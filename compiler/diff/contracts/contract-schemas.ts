// A contract as the two schemas a comparison needs. Flows in: its shape and the Plan. Flows out: what its writers send (the fields it names
// and no others: of the rest it knows nothing) and what its readers take (anything beside them, unless it is closed).
import { schemaOf } from "../../emit/json-schema/index.ts"
import type { Plan, PlanShape } from "../../plan/index.ts"
import { isRecord, type JsonRecord } from "../schema/json-values.ts"
import { readSchema, type SchemaDocument } from "../schema/schema-document.ts"

export interface ContractSchemas {
  readonly sent: SchemaDocument
  readonly taken: SchemaDocument
}

export function contractSchemas(shape: PlanShape, plan: Plan): ContractSchemas {
  const schema: unknown = schemaOf(shape, plan)
  const isClosed = shape.contract?.closed === true
  return {
    sent: document(shape.name, withRest(schema, "closed")),
    taken: document(shape.name, isClosed ? schema : withRest(schema, "open")),
  }
}

function document(name: string, schema: unknown): SchemaDocument {
  // By its text, as anybody else reads it: a number of more digits than a double tells apart keeps them all.
  const read = readSchema(name, JSON.stringify(schema))
  if (read.kind === "problems")
    throw new Error(`the schema of ${name} is none: ${JSON.stringify(read.problems)}`)
  return read.document
}

/** Of objects with named fields; dictionaries stay as they are. */
function withRest(schema: unknown, rest: "open" | "closed"): unknown {
  if (Array.isArray(schema)) return schema.map(item => withRest(item, rest))
  if (!isRecord(schema)) return schema
  const members = Object.entries(schema).map(([word, member]): readonly [string, unknown] =>
    data.has(word) || word.startsWith("x-")
      ? [word, member]
      : [word, named.has(word) ? withNames(member, rest) : withRest(member, rest)],
  )
  const hasFields = isRecord(schema.properties) && schema.type === "object"
  if (!hasFields) return Object.fromEntries(members)
  const open = members.filter(([word]) => word !== "additionalProperties")
  return Object.fromEntries(rest === "open" ? open : [...open, ["additionalProperties", false]])
}

const data = new Set(["enum", "const", "default"])
const named = new Set(["properties", "$defs"])

function withNames(members: unknown, rest: "open" | "closed"): JsonRecord {
  return Object.fromEntries(
    Object.entries(isRecord(members) ? members : {}).map(([name, schema]) => [name, withRest(schema, rest)]),
  )
}
