// Records as XML. Flows in: a payload, the transport and the contract's shapes; flows out: elements in the order of the contract's fields, or why one cannot be
// written. Names come from the contract and were judged by the compiler; texts are escaped, so no value becomes markup.
import { pointer } from "../../results/pointer.ts"
import { textOfValue } from "../wire/scalar-text.ts"
import type { WireProblem } from "../wire/wire-record.ts"
import type { Holds, PayloadShape, XmlTransport } from "../wire/wire-spec.ts"
import { instance } from "./xml-names.ts"

export type WrittenXml = { readonly text: string } | { readonly problem: WireProblem }

/** What stands before, between and behind records. Without an element for lists a document is one record. */
export function xmlFrame(form: XmlTransport): { readonly before: string; readonly after: string } {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (form.list === null) return { before: declaration, after: "" }
  return { before: `${declaration}<${form.list}${declared(form)}>\n`, after: `</${form.list}>\n` }
}

export function writeXmlRecord(
  record: unknown,
  form: XmlTransport,
  shapes: readonly PayloadShape[],
): WrittenXml {
  const write: Writing = { shapes, problem: null }
  const text = recordText(write, form.root, record, 0, "", form.list === null ? declared(form) : "")
  return write.problem === null ? { text: `${text}\n` } : { problem: write.problem }
}

interface Writing {
  readonly shapes: readonly PayloadShape[]
  problem: WireProblem | null
}

function declared({ namespaces }: XmlTransport): string {
  return namespaces
    .map(({ prefix, uri }) => ` xmlns${prefix === "" ? "" : `:${prefix}`}="${attributeText(uri)}"`)
    .join("")
}

function recordText(
  write: Writing,
  name: string,
  record: unknown,
  shape: number,
  at: string,
  more = "",
): string {
  const members = (typeof record === "object" && record !== null ? record : {}) as Record<string, unknown>
  let attributes = more
  let inside = ""
  for (const { name: member, holds } of write.shapes[shape]?.fields ?? []) {
    const value: unknown = Object.hasOwn(members, member) ? members[member] : undefined
    if (value === undefined) continue
    const below = pointer(at, member)
    if (member.startsWith("@")) {
      if (value !== null)
        attributes += ` ${member.slice(1)}="${attributeText(scalarText(write, value, below))}"`
    } else if (member === "#text")
      inside += value === null ? "" : elementText(scalarText(write, value, below))
    else inside += memberText(write, member, value, holds, below)
  }
  return `<${name}${attributes}>${inside}</${name}>`
}

function memberText(write: Writing, name: string, value: unknown, holds: Holds, at: string): string {
  if (value === null) return `<${name} xmlns:xsi="${instance}" xsi:nil="true"/>`
  if (holds.kind === "record") return recordText(write, name, value, holds.shape, at)
  if (holds.kind !== "list") return `<${name}>${elementText(scalarText(write, value, at))}</${name}>`
  const { under, of } = holds
  if (under === null) return rowsText(write, name, value, of, at)
  const rows =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[under] : undefined
  return `<${name}>${rowsText(write, under, rows, of, pointer(at, under))}</${name}>`
}

function rowsText(write: Writing, name: string, rows: unknown, of: Holds, at: string): string {
  if (!Array.isArray(rows)) return ""
  return rows.map((row: unknown, i) => memberText(write, name, row, of, pointer(at, i))).join("")
}

/** Characters XML has no way to write, escaped or not. */
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function scalarText(write: Writing, value: unknown, at: string): string {
  const text = textOfValue(value)
  const message =
    text === undefined
      ? "An element cannot hold this value."
      : unwritable.test(text)
        ? "The text has a control character, which XML cannot hold."
        : null
  if (message !== null) write.problem ??= { code: "UNWRITABLE", message, pointer: at }
  return text ?? ""
}

function elementText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;")
}

function attributeText(text: string): string {
  return elementText(text).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;")
}
