// Which schemas are sent and which are answered. Flows in: an OpenAPI description. Flows out: by place (`file#pointer`) of the schema:
// is it in a request, is it in an answer that is no error. Envelopes (`{ d: { results: [ … ] } }`) are looked through.
import { resolveReference } from "../schema/resolve-reference.ts"
import { noteAt, type SchemaAt, type SchemaContext } from "../schema/schema-context.ts"
import { entriesOf, listOf, memberOf, objectOf, textOf } from "../tree/tree-value.ts"

export interface BodyUse {
  sent: boolean
  answered: boolean
}

const methods: ReadonlySet<string> = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
])
const deepest = 12

export function bodiesOf(root: unknown, context: SchemaContext): ReadonlyMap<string, BodyUse> {
  const uses = new Map<string, BodyUse>()
  const take = (schema: unknown, at: string, use: keyof BodyUse) => {
    for (const place of referencesIn({ schema, at, file: "" }, context)) {
      const known = uses.get(place) ?? { sent: false, answered: false }
      known[use] = true
      uses.set(place, known)
    }
  }
  const groups = [
    ["paths", memberOf(root, "paths")],
    ["webhooks", memberOf(root, "webhooks")],
  ] as const
  for (const [group, items] of groups) {
    for (const [path, item] of entriesOf(items)) {
      for (const [method, operation] of entriesOf(deref(item, context))) {
        if (!methods.has(method) || objectOf(operation) === null) continue
        const at = `#/${group}/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`
        const request = deref(memberOf(operation, "requestBody"), context)
        // What a webhook sends is read.
        for (const schema of contentSchemas(request))
          take(schema, at, group === "webhooks" ? "answered" : "sent")
        for (const parameter of listOf(memberOf(operation, "parameters")) ?? [])
          if (textOf(parameter, "in") === "body") take(memberOf(parameter, "schema"), at, "sent")
        const responses = entriesOf(memberOf(operation, "responses"))
        const isSuccess = (status: string) => /^2/.test(status)
        // Beside an answer that says its status, `default` is an error.
        const hasSuccess = responses.some(([status]) => isSuccess(status))
        for (const [status, response] of responses) {
          if (!isSuccess(status) && (hasSuccess || status !== "default")) continue
          const answer = deref(response, context)
          for (const schema of contentSchemas(answer)) take(schema, at, "answered")
        }
      }
    }
  }
  return uses
}

function contentSchemas(body: unknown): readonly unknown[] {
  const own = memberOf(body, "schema")
  const inContent = entriesOf(memberOf(body, "content"))
    .filter(([type]) => /json|^\*\/\*$|x-www-form-urlencoded|ndjson/.test(type))
    .map(([, media]) => memberOf(media, "schema"))
  return [...(own === undefined ? [] : [own]), ...inContent]
}

/** References of requests and answers themselves. */
function deref(value: unknown, context: SchemaContext): unknown {
  let found = value
  for (let i = 0; i < 10; i++) {
    const reference = textOf(found, "$ref")
    if (reference === null) return found
    const target = resolveReference(reference, { schema: found, at: "#", file: "" }, context)
    if (!("schema" in target)) {
      context.problems.push(target)
      return undefined
    }
    if (target.file !== "") {
      noteAt(context, "dropped", target.at, "A part of the description in another file is left out.")
      return undefined
    }
    found = target.schema
  }
  return undefined
}

/** Places of the schemas that are named first on every way into a body. */
function referencesIn(body: SchemaAt, context: SchemaContext): readonly string[] {
  const found: string[] = []
  const visit = (schema: unknown, depth: number): void => {
    if (depth > deepest || objectOf(schema) === null) return
    const reference = textOf(schema, "$ref")
    if (reference !== null) {
      const target = resolveReference(reference, { ...body, schema }, context)
      if (!("schema" in target)) return
      found.push(target.at)
      // An envelope or a list with a name of its own: what it holds is a body, too.
      if (isList(target.schema) && target.file === "") visit(memberOf(target.schema, "items"), depth + 1)
      return
    }
    for (const keyword of ["allOf", "oneOf", "anyOf"])
      for (const part of listOf(memberOf(schema, keyword)) ?? []) visit(part, depth + 1)
    visit(memberOf(schema, "items"), depth + 1)
    for (const [, property] of entriesOf(memberOf(schema, "properties"))) visit(property, depth + 1)
  }
  visit(body.schema, 0)
  return found
}

function isList(schema: unknown): boolean {
  return memberOf(schema, "items") !== undefined
}
