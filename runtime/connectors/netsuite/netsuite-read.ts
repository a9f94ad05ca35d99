// Reading from NetSuite. Flows in: an object and conditions, or a cursor. Flows out: pages of records. Tables are read by SuiteQL, page by page behind the last key:
// pages by offset shift while others write, and end at 100,000 rows. Records are listed by id, and each is read.

import { CallFailed } from "../../flow/port/failures.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { readJson } from "../../formats/json/read-json.ts"
import { ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, objectOf, scalarText, textOf, without } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { Change, ChangePage, ChangesRequest, ReadRequest } from "../port/connector.ts"
import { recordName } from "./names.ts"
import { recordPath } from "./netsuite-send.ts"

/** How an object of a contract is read by SuiteQL. Whoever writes the configuration writes this. */
export interface NetSuiteTable {
  /** `transactionline`. */
  readonly from: string
  /** Columns that tell its rows apart, together; `id` where absent. */
  readonly key?: readonly string[]
  /** Which rows belong to it: `type = 'SalesOrd'`. SuiteQL of the configuration's author. */
  readonly only?: string
  /** Columns that hold days. */
  readonly dates?: readonly string[]
  /** Column that tells when a row was changed last; without it there are no changes to read. */
  readonly modified?: string
}

export interface NetSuiteReader extends Line {
  readonly tables: Readonly<Record<string, NetSuiteTable>>
  readonly overlapMs: number
}

const pageSize = 1_000

export async function* readRecords(
  line: NetSuiteReader,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const table = tableOf(line, request.object)
  if (table === undefined) return yield* readEach(line, request, signal)
  const conditions = [
    ...(table.only === undefined ? [] : [`(${table.only})`]),
    ...request.where.map(
      ({ field, value }) =>
        `${recordName(field)} = ${sqlValue(value, table.dates?.includes(field) === true)}`,
    ),
  ]
  const wanted = request.fields === null ? undefined : request.fields.map(recordName)
  yield* keysetPages(line, table.from, { wanted, keys: table.key ?? ["id"], conditions, extra: [] }, signal)
}

interface Keyset {
  /** Undefined: all columns. */
  readonly wanted: readonly string[] | undefined
  readonly keys: readonly string[]
  readonly conditions: readonly string[]
  /** Columns and expressions read beside those wanted. */
  readonly extra: readonly string[]
}

async function* keysetPages(
  line: Line,
  from: string,
  { wanted, keys, conditions, extra }: Keyset,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const added = wanted === undefined ? [] : keys.filter(key => !wanted.includes(key))
  const columns = [...(wanted ?? [`${recordName(from)}.*`]), ...added.map(recordName), ...extra].join(", ")
  let behind: string | undefined
  for (;;) {
    const where = [...conditions, ...(behind === undefined ? [] : [behind])]
    const q = `SELECT ${columns} FROM ${recordName(from)}${where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`} ORDER BY ${keys.map(recordName).join(", ")}`
    const { items, hasMore } = await suiteql(line, q, signal)
    const last = items.at(-1)
    if (last === undefined) return
    yield items.map(row =>
      objectOf(row) === undefined ? row : without(objectOf(row) ?? {}, "links", ...added),
    )
    if (!hasMore) return
    behind = behindKeys(
      keys,
      keys.map(key => memberOf(last, key)),
    )
  }
}

/** `(a > 1 OR (a = 1 AND b > 2))`: what stands behind these values in order. */
function behindKeys(keys: readonly string[], values: readonly unknown[]): string {
  const ways = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((before, j) => `${recordName(before)} = ${sqlValue(values[j], false)}`)
    return `(${[...equal, `${recordName(key)} > ${sqlValue(values[i], false)}`].join(" AND ")})`
  })
  return `(${ways.join(" OR ")})`
}

async function suiteql(
  line: Line,
  q: string,
  signal: AbortSignal,
): Promise<{ readonly items: readonly unknown[]; readonly hasMore: boolean }> {
  const { body } = await ask(
    line,
    {
      method: "POST",
      url: "/services/rest/query/v1/suiteql",
      query: { limit: String(pageSize) },
      headers: { "content-type": "application/json", prefer: "transient" },
      body: JSON.stringify({ q }),
      isSafe: true,
    },
    { signal },
  )
  const items = listOf(memberOf(body, "items"))
  if (items === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer to a query has no items.")
  return { items, hasMore: memberOf(body, "hasMore") === true }
}

/** Collections of records give ids only. */
async function* readEach(
  line: NetSuiteReader,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const q = request.where.map(({ field, value }) => `${recordName(field)} IS ${quoted(value)}`).join(" AND ")
  const url = `${recordPath}${recordName(request.object)}`
  for (let offset = 0; ; offset += pageSize) {
    const query = { limit: String(pageSize), offset: String(offset), ...(q === "" ? {} : { q }) }
    const { body } = await ask(line, { method: "GET", url, query, isSafe: true }, { signal })
    const records: unknown[] = []
    for (const item of listOf(memberOf(body, "items")) ?? []) {
      const id = scalarText(memberOf(item, "id")) ?? ""
      const place = `${url}/${encodeURIComponent(id)}`
      const { status, body: record } = await ask(
        line,
        { method: "GET", url: place, query: { expandSubResources: "true" }, isSafe: true, takes: [404] },
        { signal },
      )
      // deleted since it was listed
      if (status !== 404) records.push(record)
    }
    if (records.length > 0) yield records
    if (memberOf(body, "hasMore") !== true) return
  }
}

const stampName = "fmap_modified"
const keyName = "fmap_key"

export async function* readChanges(
  line: NetSuiteReader,
  request: ChangesRequest,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const table = tableOf(line, request.object)
  if (table?.modified === undefined)
    throw notOffered(
      line.system,
      `${request.object} has no table with a modified column in the connection's options.`,
    )
  const modified = recordName(table.modified)
  let furthest = request.cursor === null ? undefined : stampOf(request.cursor)
  const since = furthest === undefined ? undefined : timeText(Date.parse(furthest) - line.overlapMs)
  const [key = "id"] = table.key ?? []
  const conditions = [
    ...(table.only === undefined ? [] : [`(${table.only})`]),
    ...(since === undefined ? [] : [`${modified} >= TO_DATE('${since}', 'YYYY-MM-DD HH24:MI:SS')`]),
  ]
  const wanted = request.fields === null ? undefined : request.fields.map(recordName)
  const extra = [
    `TO_CHAR(${modified}, 'YYYY-MM-DD HH24:MI:SS') AS ${stampName}`,
    `${recordName(key)} AS ${keyName}`,
  ]
  // by key and not by time: rows that change while they are read move in time, and would be met twice or never
  const rows: unknown[] = []
  for await (const page of keysetPages(
    line,
    table.from,
    { wanted, keys: table.key ?? ["id"], conditions, extra },
    signal,
  ))
    rows.push(...page)
  const changes = rows
    .map(row => changeOf(line, row))
    .toSorted((a, b) => (a.version < b.version ? -1 : a.version > b.version ? 1 : 0))
  for (const { version } of changes) if (furthest === undefined || version > furthest) furthest = version
  if (changes.length > 0 && furthest !== undefined) yield { changes, cursor: JSON.stringify([furthest]) }
}

function changeOf(line: Line, row: unknown): Change {
  const stamp = textOf(memberOf(row, stampName))
  const id = scalarText(memberOf(row, keyName))
  if (stamp === undefined || id === undefined)
    throw failure(
      line,
      true,
      { failure: "transient" },
      "BAD_ANSWER",
      "A row has no key or no time of its change.",
    )
  const version = `${stamp.replace(" ", "T")}Z`
  return {
    id: `${id}@${version}`,
    version,
    kind: "updated",
    record: without(objectOf(row) ?? {}, stampName, keyName, "links"),
  }
}

function stampOf(cursor: string): string {
  const read = readJson(cursor)
  const [stamp] = "ok" in read ? (listOf(read.ok) ?? []) : []
  if (typeof stamp !== "string" || !Number.isFinite(Date.parse(stamp)))
    throw new RangeError("This is no cursor of NetSuite.")
  return stamp
}

function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ")
}

function tableOf(line: NetSuiteReader, object: string): NetSuiteTable | undefined {
  return Object.hasOwn(line.tables, object) ? line.tables[object] : undefined
}

export function sqlValue(value: unknown, isDate: boolean): string {
  if (isExactNumber(value)) return value.text
  if (typeof value === "number") return String(value)
  // truth values are letters in every table
  if (typeof value === "boolean") return value ? "'T'" : "'F'"
  if (typeof value !== "string")
    throw new CallFailed("rejected", "BAD_VALUE", "Only texts, numbers and truth values can be asked for.")
  if (!isDate) return `'${value.replaceAll("'", "''")}'`
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `TO_DATE('${value}', 'YYYY-MM-DD')`
  throw new CallFailed("rejected", "BAD_VALUE", `${JSON.stringify(value.slice(0, 40))} is no day.`)
}

/** In a filter of a collection. */
function quoted(value: unknown): string {
  if (typeof value === "string") return `"${value.replace(/["\\]/g, "\\$&")}"`
  return sqlValue(value, false).replaceAll("'", "")
}
