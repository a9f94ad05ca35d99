// Reading from Salesforce. Flows in: an object, conditions or a cursor. Flows out: pages of records. Changes are read by instant and id together, because
// bulk updates share one instant, and from somewhat before the cursor, because transactions become visible late; both are named in the cursor.
import { readJson } from "../../formats/json/read-json.ts"
import { type Asker, ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, objectOf, textOf } from "../http/json-value.ts"
import type { Change, ChangePage, ChangesRequest, ObjectName, ReadRequest } from "../port/connector.ts"
import { readBulk } from "./bulk-read.ts"
import { soqlInstant, soqlName, soqlText, soqlValue } from "./soql.ts"

export interface SalesforceLine extends Line {
  readonly apiVersion: string
  /** How long a transaction may take to become visible. */
  readonly overlapMs: number
  /** From how many records on jobs load and read, and how long a job is waited for. */
  readonly bulk: { readonly loadFrom: number; readonly readFrom: number; readonly waitMs: number }
  /** Fields of an object by name, as `describe` gives them. */
  readonly described: Map<string, Promise<ReadonlyMap<string, string>>>
  ownUser(signal: AbortSignal): Promise<string | undefined>
}

export async function* readRecords(
  line: SalesforceLine,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const types = request.where.some(({ value }) => typeof value === "string")
    ? await fieldTypes(line, request.object, signal)
    : undefined
  const conditions = request.where.map(
    ({ field, value }) => `${soqlName(field)} = ${soqlValue(value, types?.get(field))}`,
  )
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`
  const fields = await fieldsOf(line, request, signal)
  const query = `SELECT ${fields.join(", ")} FROM ${soqlName(request.object)}${where} ORDER BY Id`
  const first = await firstPage(line, "query", query, signal)
  // paths lead to objects whose types nobody has asked for
  if (first.total >= line.bulk.readFrom && fields.every(name => !name.includes("."))) {
    yield* readBulk(line, query, await fieldTypes(line, request.object, signal), signal)
    return
  }
  for await (const records of pages(line, first, signal))
    yield records.map(record => withPaths(withoutAttributes(record), fields))
}

interface Page {
  readonly records: readonly unknown[]
  /** Of the whole query. */
  readonly total: number
  readonly next: string | undefined
}

/** The pages of a query, by the links the platform gives. */
async function* pages(
  line: SalesforceLine,
  first: Page,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  let page = first
  for (;;) {
    if (page.records.length > 0) yield page.records
    if (page.next === undefined) return
    page = await pageOf(line, { url: page.next }, signal)
  }
}

function firstPage(
  line: SalesforceLine,
  resource: "query" | "queryAll",
  q: string,
  signal: AbortSignal,
): Promise<Page> {
  return pageOf(line, { url: `/services/data/${line.apiVersion}/${resource}`, query: { q } }, signal)
}

async function pageOf(
  line: SalesforceLine,
  question: { readonly url: string; readonly query?: Record<string, string> },
  signal: AbortSignal,
): Promise<Page> {
  const { body } = await ask(line, { method: "GET", ...question, isSafe: true }, { signal })
  const records = listOf(memberOf(body, "records"))
  if (records === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer to a query has no records.")
  const next = memberOf(body, "done") === true ? undefined : textOf(memberOf(body, "nextRecordsUrl"))
  return { records, total: Number(memberOf(body, "totalSize") ?? 0), next }
}

interface Cursor {
  readonly at: string
  readonly id: string
}

export async function* readChanges(
  line: SalesforceLine,
  request: ChangesRequest,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const given = cursorOf(request.cursor)
  const fields = [...new Set([...(await fieldsOf(line, request, signal)), ...cursorFields])]
  const us = request.notByUs ? await line.ownUser(signal) : undefined
  if (request.notByUs && us === undefined)
    throw failure(
      line,
      true,
      { failure: "auth" },
      "UNKNOWN_USER",
      "The answer to the token request does not say who we are; `userId` of the system does, for changes `not by us`.",
    )
  const others = us === undefined ? "" : ` AND LastModifiedById != ${soqlText(us)}`
  let from: Cursor | undefined =
    given === undefined ? undefined : { at: before(given.at, line.overlapMs), id: "" }
  let furthest = given
  for (;;) {
    const behind =
      from === undefined
        ? "SystemModstamp != null"
        : `(SystemModstamp > ${soqlInstant(from.at)} OR (SystemModstamp = ${soqlInstant(from.at)} AND Id > ${soqlText(from.id)}))`
    const query = `SELECT ${fields.join(", ")} FROM ${soqlName(request.object)} WHERE ${behind}${others} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`
    let count = 0
    // one query may come in several pages; the next one goes on behind its last record, however the platform cuts it
    for await (const records of pages(line, await firstPage(line, "queryAll", query, signal), signal)) {
      const changes = records.map(record => changeOf(line, record, fields))
      const last: Cursor | undefined = changes.map(({ cursor }) => cursor).at(-1)
      if (last === undefined) break
      count += records.length
      from = last
      if (furthest === undefined || isBehind(last, furthest)) furthest = last
      yield {
        changes: changes.map(({ change }) => change),
        cursor: JSON.stringify([furthest.at, furthest.id]),
      }
    }
    if (count < pageSize) return
  }
}

const pageSize = 2_000
const cursorFields = ["Id", "SystemModstamp", "CreatedDate", "IsDeleted"]

function changeOf(
  line: Line,
  record: unknown,
  fields: readonly string[],
): { readonly change: Change; readonly cursor: Cursor } {
  const id = textOf(memberOf(record, "Id"))
  const stamp = textOf(memberOf(record, "SystemModstamp")) ?? ""
  if (id === undefined || !Number.isFinite(Date.parse(stamp)))
    throw failure(
      line,
      true,
      { failure: "transient" },
      "BAD_ANSWER",
      "A record has no Id or no SystemModstamp.",
    )
  const at = before(stamp, 0)
  const isNew = memberOf(record, "CreatedDate") === stamp
  const kind = memberOf(record, "IsDeleted") === true ? "deleted" : isNew ? "created" : "updated"
  return {
    change: { id: `${id}@${at}`, version: at, kind, record: withPaths(withoutAttributes(record), fields) },
    cursor: { at, id },
  }
}

function cursorOf(text: string | null): Cursor | undefined {
  if (text === null) return undefined
  const read = readJson(text)
  const [at, id] = "ok" in read ? (listOf(read.ok) ?? []) : []
  if (typeof at !== "string" || typeof id !== "string" || !Number.isFinite(Date.parse(at)))
    throw new RangeError("This is no cursor of Salesforce.")
  return { at, id }
}

function before(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString()
}

function isBehind(one: Cursor, other: Cursor): boolean {
  const difference = Date.parse(one.at) - Date.parse(other.at)
  return difference > 0 || (difference === 0 && one.id > other.id)
}

/** All fields where the reader names none. */
async function fieldsOf(
  line: SalesforceLine,
  { object, fields }: ObjectName,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (fields !== null) return fields.map(soqlName)
  return [...(await fieldTypes(line, object, signal)).keys()].map(soqlName)
}

function fieldTypes(
  line: SalesforceLine,
  object: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const known = line.described.get(object)
  if (known !== undefined) return known
  const asked = describe(line, object, { signal }).catch((error: unknown) => {
    line.described.delete(object)
    throw error
  })
  line.described.set(object, asked)
  return asked
}

async function describe(
  line: SalesforceLine,
  object: string,
  call: Asker,
): Promise<ReadonlyMap<string, string>> {
  const url = `/services/data/${line.apiVersion}/sobjects/${soqlName(object)}/describe`
  const { body } = await ask(line, { method: "GET", url, isSafe: true }, call)
  const types = new Map<string, string>()
  for (const field of listOf(memberOf(body, "fields")) ?? []) {
    const name = textOf(memberOf(field, "name"))
    const type = textOf(memberOf(field, "type"))
    // parts of compound fields are fields of their own
    if (name !== undefined && type !== undefined && type !== "address" && type !== "location")
      types.set(name, type)
  }
  return types
}

/** `attributes` say where a record lies, at the top and in records inside it; no contract has them. */
export function withoutAttributes(value: unknown): unknown {
  const list = listOf(value)
  if (list !== undefined) return list.map(withoutAttributes)
  const object = objectOf(value)
  if (object === undefined) return value
  const names = Object.keys(object).filter(
    name => name !== "attributes" || textOf(memberOf(object, name, "type")) === undefined,
  )
  return Object.fromEntries(names.map(name => [name, withoutAttributes(object[name])]))
}

/** Fields of related records, by the paths they were asked for: `Owner.Region__c` comes as a record `Owner`, or as null where there is none. */
function withPaths(record: unknown, fields: readonly string[]): unknown {
  const paths = fields.filter(name => name.includes("."))
  const object = objectOf(record)
  if (paths.length === 0 || object === undefined) return record
  const related = new Set(paths.map(path => path.slice(0, path.indexOf("."))))
  const asked = new Set(fields)
  const own = Object.entries(object).filter(([name]) => asked.has(name) || !related.has(name))
  const found = paths.map(path => [path, memberOf(object, ...path.split(".")) ?? null] as const)
  return Object.fromEntries([...own, ...found])
}
