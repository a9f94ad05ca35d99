// Types, doc comments and names of emitted TypeScript as text. Flows in: nodes. Flows out: pieces in the writer.
import { commentText, isIdentifier, stringLiteral } from "./escape.ts"
import type { TsMember, TsType } from "./nodes.ts"
import { indent, line, mark, outdent, put, type Writer } from "./writer.ts"

export function printDocs(writer: Writer, docs: string): void {
  if (docs === "") return
  const lines = docs.split(/\r\n|[\n\r]/).map(text => commentText(text).trimEnd())
  if (lines.length === 1) {
    put(writer, `/** ${lines.join("")} */`)
  } else {
    put(writer, "/**")
    for (const text of lines) {
      line(writer)
      put(writer, text === "" ? " *" : ` * ${text}`)
    }
    line(writer)
    put(writer, " */")
  }
  line(writer)
}

export function printType(writer: Writer, type: TsType, inUnion = false): void {
  switch (type.kind) {
    case "named":
      put(writer, safe(type.name))
      if (type.arguments.length === 0) return
      put(writer, "<")
      type.arguments.forEach((argument, position) => {
        if (position > 0) put(writer, ", ")
        printType(writer, argument)
      })
      put(writer, ">")
      return
    case "literal":
      put(writer, stringLiteral(type.value))
      return
    case "typeof":
      put(writer, `typeof ${safe(type.name)}`)
      return
    case "union":
      if (inUnion) put(writer, "(")
      type.of.forEach((part, position) => {
        if (position > 0) put(writer, " | ")
        printType(writer, part)
      })
      if (inUnion) put(writer, ")")
      return
    case "list":
      if (type.readonly && inUnion) put(writer, "(")
      if (type.readonly) put(writer, "readonly ")
      printType(writer, type.of, true)
      put(writer, "[]")
      if (type.readonly && inUnion) put(writer, ")")
      return
    case "dictionary":
      put(writer, "{ readonly [key: string]: ")
      printType(writer, type.of)
      put(writer, " }")
      return
    case "shape":
      if (type.members.length === 0) put(writer, "object")
      else if (type.members.some(entry => entry.docs !== "")) printMembers(writer, type.members)
      else {
        put(writer, "{ ")
        type.members.forEach((entry, position) => {
          if (position > 0) put(writer, "; ")
          printMember(writer, entry)
        })
        put(writer, " }")
      }
      return
  }
}

export function printMembers(writer: Writer, members: readonly TsMember[]): void {
  put(writer, "{")
  indent(writer)
  for (const entry of members) {
    line(writer)
    printDocs(writer, entry.docs)
    mark(writer, entry.at)
    printMember(writer, entry)
    put(writer, ";")
  }
  outdent(writer)
  line(writer)
  put(writer, "}")
}

function printMember(writer: Writer, entry: TsMember): void {
  const key =
    entry.key === "__proto__"
      ? '["__proto__"]'
      : isIdentifier(entry.key)
        ? entry.key
        : stringLiteral(entry.key)
  put(writer, `readonly ${key}${entry.optional ? "?" : ""}: `)
  printType(writer, entry.type)
}

/** Names are made by names.ts; anything else here is a bug that must not become code. */
export function safe(id: string): string {
  if (!isIdentifier(id)) throw new TypeError(`Not an identifier: ${JSON.stringify(id)}`)
  return id
}
