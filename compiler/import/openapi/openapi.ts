// OpenAPI 3.0 and 3.1 (and the definitions of Swagger 2). Flows in: a description. Flows out: a contract for each schema that is sent
// or answered, reads or writes as it is; records for what is inside them.
import type { ImportedDeclaration, Importer, ImportProblem } from "../model.ts"
import { type ContractFacts, finish, jsonSystem, versionFrom } from "../schema/finish.ts"
import { baseName } from "../schema/json-schema.ts"
import { schemaContext } from "../schema/schema-context.ts"
import { schemaType } from "../schema/schema-type.ts"
import { usedNames } from "../settle/used-names.ts"
import { readTree } from "../tree/read-tree.ts"
import { entriesOf, memberOf, objectOf, textOf } from "../tree/tree-value.ts"
import { bodiesOf } from "./bodies-of.ts"

export const openapi: Importer = (source, wish) => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const root = read.value
  const holder =
    objectOf(memberOf(memberOf(root, "components"), "schemas")) === null
      ? "definitions"
      : "components/schemas"
  const schemas =
    holder === "definitions"
      ? memberOf(root, "definitions")
      : memberOf(memberOf(root, "components"), "schemas")
  if (objectOf(schemas) === null && objectOf(memberOf(root, "paths")) === null)
    return { kind: "unreadable", problems: [noApi(source.name)] }
  const context = schemaContext(source, root)
  const bodies = bodiesOf(root, context)
  const contracts = new Map<string, ContractFacts>()
  const version = versionFrom(textOf(memberOf(root, "info"), "version"))
  const asked = new Set((wish.only ?? []).flatMap(word => word.split(",")).map(word => word.trim()))
  const isAsked = (key: string) => [...asked].some(word => word === key || word.startsWith(`${key}.`))
  const named = new Set<string>()
  for (const [key] of entriesOf(schemas)) {
    const at = `#/${holder}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`
    // What no request and no answer holds is read where nothing else is known, or somebody asks for it.
    if (bodies.size > 0 && !bodies.has(at) && !isAsked(key)) continue
    const { type } = schemaType({ schema: { $ref: at }, at, file: "" }, key, context)
    if (type.kind === "named") named.add(type.name)
  }
  for (const [at, body] of bodies) {
    const name = context.names.get(at)
    if (name === undefined) continue
    const direction = body.sent && body.answered ? "both" : body.sent ? "writes" : "reads"
    contracts.set(name, { version, direction: wish.direction ?? direction })
  }
  // A description without paths: what nothing else holds is a promise of its own.
  if (contracts.size === 0) {
    const all = finish(context, jsonSystem("", []), new Map())
    const held = new Set(all.kind === "imported" ? all.imported.declarations.flatMap(heldNames) : [])
    for (const name of named)
      if (!held.has(name)) contracts.set(name, { version, direction: wish.direction ?? "both" })
  }
  const title = textOf(memberOf(root, "info"), "title")
  const description = textOf(memberOf(root, "info"), "description")
  const name = wish.system ?? (title === null || !/\p{L}/u.test(title) ? baseName(source.name) : title)
  return finish(context, jsonSystem(name, description === null ? [] : [description]), contracts)
}

function heldNames(declaration: ImportedDeclaration): readonly string[] {
  return declaration.kind === "enum" ? [] : declaration.fields.flatMap(field => usedNames(field.type))
}

function noApi(at: string): ImportProblem {
  return {
    message: "It describes no schemas: it has neither components nor paths.",
    at,
    line: null,
    column: null,
    help: null,
  }
}
