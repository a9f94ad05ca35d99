// A large load by jobs of the Bulk API. Flows in: records with an external id. Flows out: first the ids of jobs that hold the data and do nothing yet, to be kept; then what became of each
// record. A lost answer is looked up by those ids: a job runs once, however often it is asked about.
import { CallFailed } from "../../flow/port/failures.ts"
import { readJson } from "../../formats/json/read-json.ts"
import { bytesOfRecords } from "../files/file-records.ts"
import { type Asker, failure } from "../http/ask.ts"
import { listOf, scalarText } from "../http/json-value.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import { type FlatRecord, flatRecord } from "./bulk-csv.ts"
import {
  closeJob,
  endedJob,
  isOver,
  type JobInfo,
  jobFailure,
  jobInfo,
  jobResults,
  newJob,
  uploadData,
} from "./bulk-job.ts"
import type { SalesforceLine } from "./salesforce-records.ts"
import { soqlName } from "./soql.ts"

/** What became of records: how many are there, which were refused, which only met a lock. */
export interface BulkEnd {
  readonly loaded: number
  readonly rejected: LoadReceipt["rejected"]
  readonly again: readonly number[]
}

/** A job and the place behind its last record. */
type Part = readonly [job: string, end: number]

/** Half of what an answer may have: the results repeat the data. The platform takes 100 MB. */
const longestData = 32 << 20

/** Undefined: it goes by the record services. Nothing is done until it is loaded. */
export async function prepareBulk(
  line: SalesforceLine,
  request: LoadRequest,
  call: Asker,
): Promise<string | undefined> {
  if (request.mode.kind !== "add" || request.records.length < line.bulk.loadFrom) return undefined
  const flat: FlatRecord[] = []
  for (const record of request.records) {
    const one = flatRecord(record)
    if (one === undefined) return undefined
    flat.push(one)
  }
  return JSON.stringify(await openJobs(line, request, flat, 0, call))
}

async function openJobs(
  line: SalesforceLine,
  request: LoadRequest,
  records: readonly FlatRecord[],
  start: number,
  call: Asker,
): Promise<readonly Part[]> {
  const bytes = dataOf(records)
  if (bytes.length <= longestData || records.length < 2) {
    const what = {
      object: soqlName(request.object),
      operation: "upsert",
      externalIdFieldName: soqlName(request.key),
      contentType: "CSV",
      columnDelimiter: "COMMA",
      lineEnding: "CRLF",
    }
    const id = await newJob(line, "ingest", what, call)
    await uploadData(line, id, bytes, call)
    return [[id, start + records.length]]
  }
  const half = Math.ceil(records.length / 2)
  return [
    ...(await openJobs(line, request, records.slice(0, half), start, call)),
    ...(await openJobs(line, request, records.slice(half), start + half, call)),
  ]
}

function dataOf(records: readonly FlatRecord[]): Uint8Array {
  const columns = [...new Set(records.flatMap(record => Object.keys(record)))]
  return bytesOfRecords(records, { kind: "csv", formulas: "keep" }, columns)
}

export async function loadBulk(
  line: SalesforceLine,
  request: LoadRequest,
  prepared: string,
  call: Asker,
): Promise<BulkEnd> {
  const end: { loaded: number; rejected: BulkEnd["rejected"][number][]; again: number[] } = {
    loaded: 0,
    rejected: [],
    again: [],
  }
  let start = 0
  for (const [job, behind] of partsOf(prepared, request.records.length)) {
    const part = await loadPart(line, request, job, start, behind, call)
    end.loaded += part.loaded
    end.rejected.push(...part.rejected)
    end.again.push(...part.again)
    start = behind
  }
  return end
}

async function loadPart(
  line: SalesforceLine,
  request: LoadRequest,
  job: string,
  start: number,
  end: number,
  call: Asker,
): Promise<BulkEnd> {
  const found = await jobInfo(line, "ingest", job, call)
  const isDead = found === undefined || found.state === "Failed" || found.state === "Aborted"
  // it ended before we came and did not do it all; the external id decides what it had done
  const id = isDead ? await anew(line, request, start, end, call) : job
  const info = isDead ? await jobInfo(line, "ingest", id, call) : found
  if (info?.state === "Open") await closeJob(line, id, call)
  const last =
    info !== undefined && isOver(info) ? info : await taken(line, () => endedJob(line, "ingest", id, call))
  if (last.state !== "JobComplete" && last.processed === 0) throw jobFailure(line, last)
  return taken(line, () => endOf(line, request, id, start, end, last, call))
}

async function anew(
  line: SalesforceLine,
  request: LoadRequest,
  start: number,
  end: number,
  call: Asker,
): Promise<string> {
  const flat = request.records.slice(start, end).map(record => flatRecord(record) ?? {})
  const [part] = await openJobs(line, request, flat, start, call)
  return part?.[0] ?? ""
}

/** Each record of the job once: refused ones by their external id, those the platform did not come to, the others. */
async function endOf(
  line: SalesforceLine,
  request: LoadRequest,
  id: string,
  start: number,
  end: number,
  info: JobInfo,
  call: Asker,
): Promise<BulkEnd> {
  const sent = end - start
  const places = placesOf(request, start, end)
  const failed = info.failed > 0 ? (await jobResults(line, "ingest", id, "failedResults", {}, call)).rows : []
  const left =
    info.processed < sent ? (await jobResults(line, "ingest", id, "unprocessedrecords", {}, call)).rows : []
  if (failed.length !== info.failed || info.processed + left.length !== sent)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "COUNTS_DIFFER",
      `The job ${id} tells of ${info.processed} records, ${failed.length} refused and ${left.length} left; ${sent} were sent.`,
    )
  const rejected: BulkEnd["rejected"][number][] = []
  const again: number[] = []
  for (const row of failed) {
    const [code = "UNKNOWN", ...words] = (row["sf__Error"] ?? "").split(":")
    const index = places.get(row[request.key] ?? "")?.shift() ?? null
    const message = line.secrets.mask(words.join(":").replace(/:?-*\s*$/, "") || "No reason given.")
    if (code === "UNABLE_TO_LOCK_ROW" && index !== null) again.push(index)
    else rejected.push({ index, code: code || "UNKNOWN", message: message.slice(0, 500) })
  }
  const why = line.secrets.mask(info.message || `The job ended as ${info.state}.`).slice(0, 500)
  for (const row of left) {
    const index = places.get(row[request.key] ?? "")?.shift() ?? null
    rejected.push({ index, code: "UNPROCESSED", message: why })
  }
  return { loaded: info.processed - info.failed, rejected, again }
}

/** Where records of an external id stand; of two with the same one the results do not say which. */
function placesOf({ records, key }: LoadRequest, start: number, end: number): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (let index = start; index < end; index++) {
    const text = scalarText(records[index]?.[key]) ?? ""
    const known = places.get(text)
    if (known === undefined) places.set(text, [index])
    else known.push(index)
  }
  return places
}

/** The job is closed: whatever is not heard of it may be done. */
async function taken<T>(line: SalesforceLine, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CallFailed) || error.failure === "in-doubt") throw error
    throw failure(line, false, { failure: "in-doubt" }, "JOB_NOT_SEEN", error.message)
  }
}

/** Throws a RangeError: what was kept is not ours. */
function partsOf(prepared: string, count: number): readonly Part[] {
  const read = readJson(prepared)
  const parts = ("ok" in read ? (listOf(read.ok) ?? []) : []).flatMap((one): readonly Part[] => {
    const [job, end] = listOf(one) ?? []
    return typeof job === "string" && typeof end === "number" ? [[job, end]] : []
  })
  if (parts.at(-1)?.[1] !== count) throw new RangeError("These jobs are not of this load.")
  return parts
}
