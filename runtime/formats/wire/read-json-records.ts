// Records of JSON documents: one, or the items of the list an envelope holds. Flows in: bytes and what is known of the contract; flows out: records as they come,
// with their places, and a notice where the list goes on in another document. Memory does not grow with the list.
import { type JsonRefusal, readJson, readJsonBytes } from "../json/read-json.ts"
import { type SplitItem, splitItems } from "../json/split-items.ts"
import { hasMore, itemsIn, listPaths, recordCleaner, unwrapped } from "./envelope.ts"
import type { Chunks, WireNotice, WireProblem, WireRecord } from "./wire-record.ts"
import type { WireSpec } from "./wire-spec.ts"

type Cleaned = { readonly value: unknown } | { readonly problem: WireProblem }

/** `list`: whether a document with nothing around it is one record, must be a list of them, or may be. */
export async function* readJsonRecords(
  chunks: Chunks,
  spec: WireSpec,
  list: "never" | "must" | "may" = "never",
): AsyncGenerator<WireRecord | WireNotice, void, undefined> {
  const kind = envelopeOf(spec)
  const clean = kind === null ? (value: unknown): Cleaned => ({ value }) : recordCleaner(kind, spec)
  const paths =
    kind === null ? (list === "never" ? [] : [[]]) : listPaths(kind, spec.shapes[0] ?? { fields: [] })
  let number = 0
  for await (const part of splitItems(chunks, paths)) {
    if (part.kind !== "rest") {
      number++
      yield { number, ...itemOf(part, clean) }
      continue
    }
    const read = readJsonBytes(part.bytes)
    if ("refused" in read) {
      // lines are those of the document without its items
      const place = part.hasList ? "" : placeOf(read.refused)
      yield { number: number + 1, place, problem: read.refused }
    } else if (part.hasList) {
      if (kind !== null && hasMore(read.ok, kind)) yield { notice: goesOn }
    } else if (list === "must" && kind === null)
      yield {
        number: 1,
        place: "",
        problem: { code: "WRONG_TYPE", message: "--each wants a JSON list of records." },
      }
    else yield { number: 1, place: "", ...clean(kind === null ? read.ok : unwrapped(read.ok, kind)) }
  }
}

/** The records of a document that has been read: a line of NDJSON. `hasMore`: it tells of others. */
export function recordsOfDocument(
  document: unknown,
  spec: WireSpec,
): { readonly records: readonly Cleaned[]; readonly hasMore: boolean } {
  const kind = envelopeOf(spec)
  if (kind === null) return { records: [{ value: document }], hasMore: false }
  const clean = recordCleaner(kind, spec)
  const items = itemsIn(document, kind, spec.shapes[0] ?? { fields: [] })
  return items === undefined
    ? { records: [clean(unwrapped(document, kind))], hasMore: false }
    : { records: items.map(clean), hasMore: hasMore(document, kind) }
}

export const goesOn: WireProblem = {
  code: "INCOMPLETE_LIST",
  message: "The list goes on in another document, which was not read.",
}

function envelopeOf({ transport }: WireSpec): "odata2" | "odata4" | "netsuite" | null {
  switch (transport?.kind) {
    case "odata2":
    case "odata4":
    case "netsuite":
      return transport.kind
    default:
      return null
  }
}

function itemOf(part: Exclude<SplitItem, { kind: "rest" }>, clean: (value: unknown) => Cleaned) {
  if (part.kind === "too big")
    return {
      place: "",
      problem: { code: "TOO_BIG", message: "The document has more than 256 MB; NDJSON has no such limit." },
    }
  const { line } = part
  const place = `line ${line}`
  if (part.kind === "broken") {
    const code =
      part.problem === "not UTF-8" ? "BAD_UTF8" : part.problem === "too long" ? "TOO_LONG" : "BAD_JSON"
    return { place, problem: { code, message: `The item is ${part.problem}.` } }
  }
  const read = readJson(part.text)
  if ("ok" in read) return { place, ...clean(read.ok) }
  const { code, message } = read.refused
  return { place: `line ${line + read.refused.line - 1}`, problem: { code, message } }
}

function placeOf(refused: JsonRefusal): string {
  return `line ${refused.line}, column ${refused.column}`
}
