// Which format a source is in, by its content and, where that says nothing, its name. Flows in: the file. Flows out: a format, or
// null. A guess never loses anything: `--as` overrules it.

import type { ImportFormat } from "./formats.ts"
import type { ImportFile } from "./model.ts"
import { describesIn } from "./salesforce/salesforce.ts"
import { looksLikeJson, readTree } from "./tree/read-tree.ts"
import { listOf, memberOf, objectOf, textOf } from "./tree/tree-value.ts"

export function detectFormat(file: ImportFile): ImportFormat | null {
  const { text } = file
  const name = file.name.toLowerCase()
  if (/^\uFEFF?\s*</.test(text)) {
    if (/<(?:\w+:)?Edmx[\s>]/.test(text)) return "edmx"
    return /<(?:\w+:)?schema[\s>]/.test(text) ? "xsd" : name.endsWith(".edmx") ? "edmx" : "xsd"
  }
  if (/\.(?:csv|tsv)$/.test(name)) return "csv"
  if (/\.(?:ndjson|jsonl)$/.test(name)) return "json"
  if (
    !looksLikeJson(text) &&
    !/\.ya?ml$/.test(name) &&
    !/^\s*(?:openapi|swagger|\$schema|type|components)\s*:/m.test(text) &&
    !/^kind\s*:\s*["']?DataContract\b/m.test(text)
  )
    return text.trim() === "" ? null : "csv"
  const read = readTree(file)
  // The importer says what is wrong with it.
  if (read.kind === "problem") return byName(name) ?? (looksLikeJson(text) ? "json" : "openapi")
  return ofTree(read.value)
}

function byName(name: string): ImportFormat | null {
  if (name.endsWith(".cdm.json")) return "cdm"
  if (name.includes(".odcs.")) return "odcs"
  if (name.includes("openapi") || /\.ya?ml$/.test(name)) return "openapi"
  if (name.includes("describe")) return "salesforce"
  return name.includes("schema") ? "json-schema" : null
}

function ofTree(value: unknown): ImportFormat {
  if (textOf(value, "kind") === "DataContract") return "odcs"
  if (textOf(value, "openapi") !== null || textOf(value, "swagger") !== null) return "openapi"
  if (objectOf(memberOf(memberOf(value, "components"), "schemas")) !== null) return "openapi"
  if (memberOf(value, "jsonSchemaSemanticVersion") !== undefined) return "cdm"
  if ((listOf(value) ?? []).some(isSchema)) return "json-schema"
  if (describesIn(value).length > 0) return "salesforce"
  if (isNetSuite(value)) return "netsuite"
  return isSchema(value) ? "json-schema" : "json"
}

function isSchema(value: unknown): boolean {
  if (/json-schema\.org/.test(textOf(value, "$schema") ?? "")) return true
  if (objectOf(memberOf(value, "$defs")) !== null) return true
  const properties = objectOf(memberOf(value, "properties"))
  if (properties !== null)
    return Object.values(properties).every(each => typeof each === "boolean" || objectOf(each) !== null)
  const kinds = ["object", "array", "string", "number", "integer", "boolean", "null"]
  return (
    kinds.includes(textOf(value, "type") ?? "") &&
    (memberOf(value, "items") !== undefined || memberOf(value, "definitions") !== undefined)
  )
}

/** The Records Browser: record types by id, each with its fields. */
function isNetSuite(value: unknown): boolean {
  const records =
    listOf(memberOf(value, "records")) ??
    Object.values(objectOf(memberOf(value, "records")) ?? objectOf(value) ?? {})
  const [first] = records
  return (
    memberOf(first, "fields") !== undefined &&
    (memberOf(first, "sublists") !== undefined || textOf(first, "internalId") !== null)
  )
}
