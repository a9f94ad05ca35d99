// Jobs of a simulated org's Bulk API 2.0. Flows in: requests below `jobs/`. Flows out: answers. A job is worked on when it is closed, and is seen to run for one look more; data that is put there twice makes it
// fail, as at the platform. Jobs are not part of the kept state.

import { memberOf, textOf } from "../../connectors/http/json-value.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { readJson } from "../../formats/json/read-json.ts"
import { csvRows, csvText } from "../anaplan/csv-text.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { SimAnswer, SimRequest } from "../kernel/platform.ts"
import { MalformedQuery } from "../kernel/query-parser.ts"
import { fieldOf, type Org, type OrgRecord, upsert } from "./org.ts"
import { recordId } from "./record-id.ts"
import { runQuery } from "./run-query.ts"
import { parseSoql } from "./soql.ts"

type Rows = readonly (readonly string[])[]

interface Job {
  readonly id: string
  readonly kind: "ingest" | "query"
  readonly object: string
  readonly field: string
  readonly lineEnding: string
  state: string
  message: string
  uploads: number
  header: readonly string[]
  rows: Rows
  /** With Id and whether it was created in front; with Id and error in front; as they came. */
  good: Rows
  bad: Rows
  left: Rows
  looks: number
}

export interface BulkJobs {
  readonly jobs: Map<string, Job>
  serial: number
}

export interface BulkRules {
  /** Who writes. */
  readonly by: string
  /** The job that holds more fails behind so many records. */
  readonly stopsAfter: number | undefined
}

export function bulkRequest(
  bulk: BulkJobs,
  org: Org,
  request: SimRequest,
  [kind = "", id, part]: readonly string[],
  rules: BulkRules,
): SimAnswer {
  if (kind !== "ingest" && kind !== "query") return refused(404, "NOT_FOUND", "There is no such resource.")
  if (id === undefined) return opened(bulk, org, kind, request)
  const job = bulk.jobs.get(id)
  if (job === undefined || job.kind !== kind)
    return refused(404, "NOT_FOUND", "The requested resource does not exist")
  if (part === "batches" && request.method === "PUT") return uploaded(job, request)
  if (part !== undefined) return results(job, part, request)
  if (request.method === "PATCH") return patched(org, job, request, rules)
  if (job.state === "UploadComplete" && job.looks++ > 0)
    job.state = job.message === "" ? "JobComplete" : "Failed"
  return jsonAnswer(200, shown(job))
}

function opened(bulk: BulkJobs, org: Org, kind: Job["kind"], request: SimRequest): SimAnswer {
  const body = jsonOf(request.body)
  const job: Job = {
    id: recordId("750", ++bulk.serial),
    kind,
    object: textOf(memberOf(body, "object")) ?? "",
    field: textOf(memberOf(body, "externalIdFieldName")) ?? "",
    lineEnding: textOf(memberOf(body, "lineEnding")) ?? "LF",
    state: kind === "query" ? "UploadComplete" : "Open",
    message: "",
    uploads: 0,
    header: [],
    rows: [],
    good: [],
    bad: [],
    left: [],
    looks: 0,
  }
  const problem =
    kind === "query" ? asked(org, job, textOf(memberOf(body, "query")) ?? "") : unknownObject(org, job)
  if (problem !== undefined) return problem
  bulk.jobs.set(job.id, job)
  return jsonAnswer(200, shown(job))
}

function unknownObject(org: Org, { object, field }: Job): SimAnswer | undefined {
  const shape = Object.hasOwn(org.objects, object) ? org.objects[object] : undefined
  if (shape === undefined) return refused(400, "INVALIDENTITY", `Unable to find object: ${object}`)
  return fieldOf(shape, field)?.externalId === true
    ? undefined
    : refused(400, "INVALIDJOB", `Field name provided, ${field} does not match an External ID for ${object}`)
}

function asked(org: Org, job: Job, query: string): SimAnswer | undefined {
  try {
    const soql = parseSoql(query)
    const found = runQuery(org, soql, false)
    if (!Array.isArray(found)) return jsonAnswer(400, [found])
    job.header = soql.fields
    job.rows = (found as readonly OrgRecord[]).map(record => soql.fields.map(name => cellText(record[name])))
    return undefined
  } catch (error) {
    if (error instanceof MalformedQuery) return refused(400, "MALFORMED_QUERY", error.message)
    throw error
  }
}

function uploaded(job: Job, request: SimRequest): SimAnswer {
  if (job.state !== "Open") return refused(400, "INVALIDJOBSTATE", "The job takes no data any more.")
  const text = Buffer.from(request.body).toString("utf8")
  const [header = [], ...rows] = csvRows(text)
  job.uploads++
  job.header = header
  job.rows = rows
  if ((job.lineEnding === "CRLF") !== text.includes("\r\n"))
    job.message = "InvalidBatch : LineEnding is invalid on user data."
  return { status: 201 }
}

function patched(org: Org, job: Job, request: SimRequest, rules: BulkRules): SimAnswer {
  const state = textOf(memberOf(jsonOf(request.body), "state"))
  if (state === "Aborted") job.state = "Aborted"
  else if (job.state !== "Open") return refused(400, "INVALIDJOBSTATE", `Invalid job state: ${job.state}`)
  else {
    job.state = "UploadComplete"
    if (job.uploads > 1) job.message = `InvalidBatch : Found multiple contents for job: <${job.id}>`
    if (job.message === "") work(org, job, request.now, rules)
  }
  return jsonAnswer(200, shown(job))
}

function work(org: Org, job: Job, now: number, { by, stopsAfter }: BulkRules): void {
  const shape = org.objects[job.object]
  const stranger = job.header.find(
    name => shape === undefined || (!name.includes(".") && fieldOf(shape, name) === undefined),
  )
  if (stranger !== undefined) {
    job.message = `InvalidBatch : Field name not found : ${stranger}`
    return
  }
  const done = job.rows.slice(0, stopsAfter)
  job.left = job.rows.slice(done.length)
  if (job.left.length > 0) job.message = "InternalServerError : The job was stopped."
  const at = new Date(now).toISOString().replace("Z", "+0000")
  const [good, bad]: [string[][], string[][]] = [[], []]
  for (const row of done) {
    const values = valuesOf(org, job, row)
    const key = row[job.header.indexOf(job.field)] ?? ""
    const written = upsert(org, { object: job.object, values, at, by }, job.field, key)
    if ("id" in written) good.push([written.id, String(written.created), ...row])
    else bad.push(["", errorText(written, job.field), ...row])
  }
  job.good = good
  job.bad = bad
}

function errorText(written: Exclude<ReturnType<typeof upsert>, { id: string }>, field: string): string {
  if ("several" in written) return `DUPLICATE_EXTERNAL_ID:${field}: more than one record found:${field} --`
  const [error] = written.errors
  return `${error?.errorCode ?? ""}:${error?.message ?? ""}:${error?.fields.join(" ") ?? ""} --`
}

/** An empty cell leaves a field alone, `#N/A` empties it. */
function valuesOf(org: Org, job: Job, row: readonly string[]): OrgRecord {
  const shape = org.objects[job.object]
  const values: OrgRecord = {}
  for (const [i, name] of job.header.entries()) {
    const cell = row[i] ?? ""
    const [first = "", inner] = name.split(".")
    if (cell === "") continue
    const type = shape === undefined ? undefined : fieldOf(shape, first)?.type
    const value = cell === "#N/A" ? null : typed(cell, type)
    values[first] = inner === undefined ? value : { [inner]: value }
  }
  return values
}

function typed(cell: string, type: string | undefined): unknown {
  if (type === "boolean") return /^true$/i.test(cell)
  if (!["currency", "double", "percent", "int"].includes(type ?? "")) return cell
  const read = readJson(cell)
  return "ok" in read && (typeof read.ok === "number" || isExactNumber(read.ok)) ? read.ok : cell
}

function results(job: Job, part: string, request: SimRequest): SimAnswer {
  if (!["JobComplete", "Failed", "Aborted"].includes(job.state))
    return refused(400, "INVALIDJOBSTATE", "The job has not ended.")
  if (job.kind === "query" && part === "results") {
    const start = Number(request.query.get("locator") ?? 0)
    const end = start + Number(request.query.get("maxRecords") ?? 50_000)
    return csv([job.header, ...job.rows.slice(start, end)], {
      "sforce-locator": end < job.rows.length ? String(end) : "null",
      "sforce-numberofrecords": String(job.rows.slice(start, end).length),
    })
  }
  if (part === "successfulResults") return csv([["sf__Id", "sf__Created", ...job.header], ...job.good])
  if (part === "failedResults") return csv([["sf__Id", "sf__Error", ...job.header], ...job.bad])
  if (part === "unprocessedrecords") return csv([job.header, ...job.left])
  return refused(404, "NOT_FOUND", "The requested resource does not exist")
}

function csv(rows: Rows, headers: Readonly<Record<string, string>> = {}): SimAnswer {
  return { status: 200, headers: { "content-type": "text/csv", ...headers }, body: csvText(rows) }
}

function cellText(value: unknown): string {
  return value === null || value === undefined ? "" : isExactNumber(value) ? value.text : String(value)
}

function shown(job: Job): unknown {
  const isOver = job.state !== "UploadComplete" && job.state !== "Open"
  const processed = job.kind === "query" ? job.rows.length : job.good.length + job.bad.length
  return {
    id: job.id,
    operation: job.kind === "query" ? "query" : "upsert",
    ...(job.kind === "query" ? {} : { object: job.object, externalIdFieldName: job.field }),
    contentType: "CSV",
    state: job.state,
    ...(isOver && job.message !== "" ? { errorMessage: job.message } : {}),
    numberRecordsProcessed: isOver ? processed : 0,
    ...(job.kind === "query" ? {} : { numberRecordsFailed: isOver ? job.bad.length : 0 }),
  }
}

function refused(status: number, errorCode: string, message: string): SimAnswer {
  return jsonAnswer(status, [{ errorCode, message }])
}
