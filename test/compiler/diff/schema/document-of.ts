// A schema written in a test as a document. Flows in: a JSON value. Flows out: the document; what is no schema fails the test.
import { type SchemaDocument, schemaOfValue } from "@fmap/compiler"

export function documentOf(schema: unknown, name = "schema.json"): SchemaDocument {
  const read = schemaOfValue(name, schema)
  if (read.kind === "problems") throw new Error(JSON.stringify(read.problems))
  return read.document
}
