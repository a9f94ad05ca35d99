// The entry of folders that others put files into or take them from. Flows in: a system. Flows out: its entry, with folders beside the configuration.
import { fileNamed } from "./file-named.ts"
import {
  byName,
  isWritten,
  type JsonObject,
  noSimulator,
  type Template,
  type UsedObject,
} from "./template.ts"

export const files: Template = {
  simulator: noSimulator,
  prepare: ({ fileName, objects }) => ({
    entry: {
      kind: "files",
      objects: byName(objects, object => objectOf(object, `./folders/${fileName}/${fileNamed(object.name)}`)),
    },
    notes: ["its folders are beside this file; name others where files come from elsewhere."],
  }),
}

function objectOf(object: UsedObject, folder: string): JsonObject {
  const { needs, transport, fields } = object
  const isCsv = transport?.kind === "csv"
  return {
    format: isCsv
      ? { kind: "csv", delimiter: transport.delimiter, quote: transport.quote, encoding: transport.encoding }
      : { kind: "ndjson" },
    ending: isCsv ? ".csv" : ".ndjson",
    ...(needs.has("changes")
      ? { inbox: `${folder}/inbox`, processed: `${folder}/processed`, refused: `${folder}/refused` }
      : {}),
    ...(needs.has("read") ? { shelf: `${folder}/shelf` } : {}),
    ...(isWritten(object) ? { outbox: `${folder}/outbox` } : {}),
    ...(isWritten(object) && isCsv ? { columns: fields.map(field => field.name) } : {}),
  }
}
