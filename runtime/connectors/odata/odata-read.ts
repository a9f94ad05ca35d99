// Reading by OData. Flows in: conditions or a cursor. Flows out: pages of records, by the links the service gives; a link that leads to another host is refused.
import { readJson } from "../../formats/json/read-json.ts"
import { ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { Change, ChangePage, ChangesRequest, ReadRequest } from "../port/connector.ts"
import { deletedId, listIn, withoutAnnotations } from "./odata-body.ts"
import type { ODataObject, ODataOptions } from "./odata-options.ts"
import { entityPath, filterText, odataLiteral, odataName } from "./odata-text.ts"

export interface ODataLine extends Line {
  readonly options: ODataOptions
}

export async function* readRecords(
  line: ODataLine,
  object: ODataObject,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const filter = filterText(request.where, object, line.options.version)
  const query = {
    ...line.options.readQuery,
    ...selection(request.fields),
    ...(filter === "" ? {} : { $filter: filter }),
    // pages of a service that sorts as it likes may overlap
    $orderby: object.keys.map(odataName).join(","),
  }
  for await (const { records } of pages(line, { url: odataName(object.set), query }, {}, signal))
    yield records.map(withoutAnnotations)
}

function selection(fields: readonly string[] | null): Record<string, string> {
  return fields === null ? {} : { $select: [...new Set(fields)].map(odataName).join(",") }
}

interface Page {
  readonly records: readonly unknown[]
  readonly delta: string | undefined
}

async function* pages(
  line: ODataLine,
  first: { readonly url: string; readonly query?: Readonly<Record<string, string>> },
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const { pageSize } = line.options
  const prefer = [headers["prefer"], pageSize === undefined ? undefined : `odata.maxpagesize=${pageSize}`]
    .filter(one => one !== undefined)
    .join(",")
  let question = first
  for (;;) {
    const all = prefer === "" ? {} : { prefer }
    const { body } = await ask(line, { method: "GET", ...question, headers: all, isSafe: true }, { signal })
    const list = listIn(body)
    if (list === undefined)
      throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer has no list of records.")
    if (list.records.length > 0 || list.delta !== undefined) yield list
    if (list.next === undefined) return
    question = { url: list.next }
  }
}

export async function* readChanges(
  line: ODataLine,
  object: ODataObject,
  request: ChangesRequest,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  if (object.tracked === true) return yield* trackedChanges(line, object, request, signal)
  const { modified } = object
  if (modified === undefined)
    throw notOffered(
      line.system,
      `${request.object} has neither \`modified\` nor \`tracked\` in the connection's options.`,
    )
  const { version, overlapMs = 120_000 } = line.options
  let furthest = request.cursor === null ? undefined : cursorText(request.cursor)
  const since = furthest === undefined ? undefined : new Date(Date.parse(furthest) - overlapMs).toISOString()
  const names = request.fields === null ? null : [...request.fields, ...object.keys, modified]
  const type = object.types?.[modified] ?? "datetimeoffset"
  const query = {
    ...line.options.readQuery,
    ...selection(names),
    ...(since === undefined
      ? {}
      : { $filter: `${odataName(modified)} ge ${odataLiteral(since, type, version)}` }),
    $orderby: [modified, ...object.keys].map(odataName).join(","),
  }
  for await (const { records } of pages(line, { url: odataName(object.set), query }, {}, signal)) {
    const changes = records.map((record): Change => {
      const at = instantText(memberOf(record, modified))
      const id = entityPath(object, record, version)
      if (at === undefined || id === undefined)
        throw failure(
          line,
          true,
          { failure: "transient" },
          "BAD_ANSWER",
          "A record has no key or no time of its change.",
        )
      return { id: `${id}@${at}`, version: at, kind: "updated", record: withoutAnnotations(record) }
    })
    for (const { version: at } of changes) if (furthest === undefined || at > furthest) furthest = at
    if (changes.length > 0 && furthest !== undefined) yield { changes, cursor: JSON.stringify([furthest]) }
  }
}

/** The service remembers what we have seen: its link is the cursor. Each answer is new, so its changes are told apart by their etags or by the link. */
async function* trackedChanges(
  line: ODataLine,
  object: ODataObject,
  request: ChangesRequest,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const { version } = line.options
  const start =
    request.cursor === null
      ? { url: odataName(object.set), query: { ...line.options.readQuery, ...selection(request.fields) } }
      : { url: cursorText(request.cursor) }
  const all: Change[] = []
  // the same reading once more gives the same ids
  const seen = request.cursor === null ? "first" : cursorText(request.cursor).slice(-60)
  let delta: string | undefined
  for await (const page of pages(line, start, { prefer: "odata.track-changes" }, signal)) {
    for (const record of page.records) {
      const gone = deletedId(record)
      const etag = scalarText(memberOf(record, "@odata.etag")) ?? seen
      const id = gone ?? entityPath(object, record, version)
      if (id === undefined)
        throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "A record has no key.")
      const number = /(\d+)/.exec(etag)?.[1] ?? "0"
      all.push({
        id: gone === undefined ? `${id}@${etag}` : `${id}@deleted.${seen}`,
        version: number,
        kind: gone === undefined ? "updated" : "deleted",
        record: withoutAnnotations(record),
      })
    }
    delta = page.delta ?? delta
  }
  // without the link nothing of this reading may be taken for read
  if (delta === undefined)
    throw failure(
      line,
      true,
      { failure: "transient" },
      "BAD_ANSWER",
      "The service gave no link for the changes to come; is change tracking on?",
    )
  if (all.length > 0 || request.cursor === null) yield { changes: all, cursor: JSON.stringify([delta]) }
}

function instantText(value: unknown): string | undefined {
  const text = scalarText(value) ?? ""
  const ms = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1]
  const at = ms === undefined ? Date.parse(text) : Number(ms)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

function cursorText(cursor: string): string {
  const read = readJson(cursor)
  const [text] = "ok" in read ? (listOf(read.ok) ?? []) : []
  if (typeof text !== "string") throw new RangeError("This is no cursor of OData.")
  return text
}
