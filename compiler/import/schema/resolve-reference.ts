// Where a `$ref` leads. Flows in: a reference and the file it stands in. Flows out: the schema and its place, or a problem: references
// to hosts are never fetched, those to files stay inside the folder of the source.
import type { ImportProblem } from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { entriesOf, listOf, memberOf, objectOf, textOf } from "../tree/tree-value.ts"
import type { SchemaAt, SchemaContext } from "./schema-context.ts"

export function resolveReference(
  reference: string,
  from: SchemaAt,
  context: SchemaContext,
): SchemaAt | ImportProblem {
  const hash = reference.indexOf("#")
  const filePart = hash === -1 ? reference : reference.slice(0, hash)
  const pointer = hash === -1 ? "" : reference.slice(hash + 1)
  const refuse = (message: string, help: string | null = null): ImportProblem => ({
    message,
    at: `${from.file === "" ? context.source.name : ""}${from.at}`,
    line: null,
    column: null,
    help,
  })
  const called = filePart === "" ? undefined : schemasById(context).get(filePart)
  if (called !== undefined) {
    const inside = pointer === "" || pointer.startsWith("/") ? follow(called.schema, pointer) : undefined
    if (inside === undefined) return refuse(`The reference "${reference}" leads nowhere.`)
    return { ...called, schema: inside, at: `${called.at}${pointer}` }
  }
  const file = filePart === "" ? from.file : fileOf(filePart, from, context, refuse)
  if (typeof file !== "string") return file
  const root = context.roots.get(file)
  const found = pointer.startsWith("/") || pointer === "" ? follow(root, pointer) : anchored(root, pointer)
  if (found === undefined) return refuse(`The reference "${reference}" leads nowhere.`)
  return { schema: found, at: `${file}#${pointer}`, file }
}

function fileOf(
  path: string,
  from: SchemaAt,
  context: SchemaContext,
  refuse: (message: string, help?: string | null) => ImportProblem,
): string | ImportProblem {
  // A document may call itself by its own address.
  const own = textOf(context.roots.get(from.file), "$id") ?? textOf(context.roots.get(from.file), "id")
  if (own !== null && (own === path || own.replace(/#$/, "") === path)) return from.file
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("//"))
    return refuse(
      `The reference "${path}" leads to a host; nothing is fetched.`,
      "Save what it names beside the file and let the reference name that file.",
    )
  let plain: string
  try {
    plain = decodeURIComponent(path)
  } catch {
    return refuse(`The reference "${path}" is no path.`)
  }
  const folder = from.file.includes("/") ? from.file.slice(0, from.file.lastIndexOf("/") + 1) : ""
  const read = context.source.beside(`${folder}${plain}`)
  if (read === null)
    return refuse(
      `The file "${plain}" of a reference is not there, or lies outside of the folder.`,
      "References stay inside the folder of the file that is imported.",
    )
  if (!context.roots.has(read.name)) {
    const tree = readTree(read)
    if (tree.kind === "problem") return tree.problem
    context.roots.set(read.name, tree.value)
  }
  return read.name
}

/** A document may hold schemas that have addresses of their own, and refer to them by these. */
function schemasById(context: SchemaContext): ReadonlyMap<string, SchemaAt> {
  if (context.ids !== null) return context.ids
  const found = new Map<string, SchemaAt>()
  const waiting: SchemaAt[] = [{ schema: context.roots.get(""), at: "#", file: "" }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { schema, at } = next
    const id = (textOf(schema, "$id") ?? textOf(schema, "id"))?.replace(/#$/, "") ?? ""
    if (id !== "" && !id.startsWith("#") && !found.has(id)) found.set(id, next)
    for (const [key, inner] of listOf(schema)?.map((item, i) => [String(i), item] as const) ??
      entriesOf(schema))
      if (typeof inner === "object" && inner !== null)
        waiting.push({
          schema: inner,
          at: `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
          file: "",
        })
  }
  context.ids = found
  return found
}

/** A JSON pointer; undefined where it leads nowhere. */
export function follow(root: unknown, pointer: string): unknown {
  let value = root
  for (const part of pointer.split("/").slice(1)) {
    const name = unescaped(part)
    const list = listOf(value)
    value = list === null ? memberOf(value, name) : /^\d{1,9}$/.test(name) ? list[Number(name)] : undefined
    if (value === undefined) return undefined
  }
  return value
}

export function unescaped(part: string): string {
  const plain = part.replaceAll("~1", "/").replaceAll("~0", "~")
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

/** `$anchor`, or the `$id: "#name"` of older drafts. */
function anchored(root: unknown, name: string): unknown {
  const waiting: unknown[] = [root]
  for (let seen = 0; waiting.length > 0 && seen < 1_000_000; seen++) {
    const value = waiting.pop()
    if (textOf(value, "$anchor") === name || textOf(value, "$dynamicAnchor") === name) return value
    if (textOf(value, "$id") === `#${name}` || textOf(value, "id") === `#${name}`) return value
    waiting.push(
      ...(listOf(value) ?? (objectOf(value) === null ? [] : entriesOf(value).map(([, inner]) => inner))),
    )
  }
  return undefined
}
