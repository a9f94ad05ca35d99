// JSON Schema, draft 4 to 2020-12. Flows in: one schema or a list of them. Flows out: a contract for each, and for the definitions
// nothing refers to where the root itself describes no object; records for the rest.
import type { Importer } from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { entriesOf, listOf, memberOf, objectOf, textOf } from "../tree/tree-value.ts"
import { type ContractFacts, finish, jsonSystem, versionFrom } from "./finish.ts"
import { mergeAllOf } from "./merge-all-of.ts"
import { nameFor, type SchemaAt, type SchemaContext, schemaContext } from "./schema-context.ts"
import { schemaDocs } from "./schema-docs.ts"
import { declareRecord, readWaiting, schemaType } from "./schema-type.ts"
import { noteUnread } from "./unread-keywords.ts"

export const jsonSchema: Importer = (source, wish) => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const context = schemaContext(source, read.value)
  const contracts = new Map<string, ContractFacts>()
  const list = listOf(read.value)
  const roots: readonly SchemaAt[] =
    list === null
      ? [{ schema: read.value, at: "#", file: "" }]
      : list.map((schema, i) => ({ schema, at: `#/${i}`, file: "" }))
  const promise = (place: SchemaAt, name: string) => {
    contracts.set(name, {
      version: versionFrom(textOf(place.schema, "version")),
      direction: wish.direction ?? "both",
    })
  }
  for (const root of roots) {
    const name = rootName(root, roots.length === 1 ? baseName(source.name) : "Schema", context)
    const merged = { ...root, schema: mergeAllOf(root, context) }
    if (entriesOf(memberOf(merged.schema, "properties")).length > 0) {
      const own = nameFor(context, root.at, name)
      promise(root, own)
      noteUnread(merged.schema, root.at, context)
      declareRecord(merged, own, context)
    } else ofDefinitions(root, name, context, promise)
  }
  const system = jsonSystem(
    wish.system ?? baseName(source.name),
    list === null ? schemaDocs(read.value, null) : [],
  )
  return finish(context, system, contracts)
}

/** A root that only holds definitions, refers to one, or is a list of them. */
function ofDefinitions(
  root: SchemaAt,
  name: string,
  context: SchemaContext,
  promise: (place: SchemaAt, name: string) => void,
): void {
  const { type } = schemaType(root, name, context)
  const element = type.kind === "list" ? type.element : type
  const rooted = element.kind === "named" ? [element.name] : element.kind === "union" ? element.members : []
  for (const each of rooted) promise(root, each)
  readWaiting(context)
  for (const keyword of ["$defs", "definitions"]) {
    for (const [key, schema] of entriesOf(memberOf(root.schema, keyword))) {
      const at = `${root.at}/${keyword}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`
      if (objectOf(schema) === null || context.names.has(at)) continue
      const { type: own } = schemaType({ ...root, schema: { $ref: at }, at }, key, context)
      if (own.kind === "named" && rooted.length === 0) promise({ ...root, schema }, own.name)
    }
  }
}

function rootName(root: SchemaAt, fallback: string, context: SchemaContext): string {
  const title = textOf(root.schema, "title")
  if (title !== null && title.trim() !== "" && title.length <= 80) return title
  const id = textOf(root.schema, "$id") ?? textOf(root.schema, "id")
  const last = id
    ?.replace(/#.*$/, "")
    .split("/")
    .filter(part => part !== "")
    .at(-1)
    ?.replace(/\.(?:schema\.)?json$/i, "")
  return last === undefined || last === "" || context.declared.has(last) ? fallback : last
}

/** `deal.schema.json` is deal. */
export function baseName(file: string): string {
  const last = file.split(/[\\/]/).at(-1) ?? file
  const base = last.replace(/(?:\.(?:openapi|schema|describe|cdm))?\.[A-Za-z0-9]+$/, "")
  return /\p{L}/u.test(base) ? base : "Source"
}
