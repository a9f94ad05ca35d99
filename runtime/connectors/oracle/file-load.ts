// A load of Oracle Fusion by files (FBDI). Flows in: records, how their files look, the job that imports them. Flows out: counts. CSV without a header goes up in an archive, a job reads it, and its end and log
// tell the rest. A job has no key of ours: one that may have been begun is in doubt, unless the import itself refuses what is there.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { type Asker, ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, objectOf, scalarText, textOf } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import { readZip } from "../zip/read-zip.ts"
import { writeZip } from "../zip/write-zip.ts"

export interface OracleImport {
  /** Package and name: `/oracle/apps/ess/financials/generalLedger/programs/common,JournalImportLauncher`. */
  readonly job: string
  /** Of the job, in its order; an empty one is written as `#NULL`. */
  readonly parameters: readonly string[]
  /** `InterfaceDetails=15,ImportOption=Y,PurgeOption=Y`. */
  readonly jobOptions?: string
  readonly files: readonly OracleFile[]
  /** The import refuses what it has already by a key in the rows, as that of invoices does: then it may be sent twice. */
  readonly refusesDuplicates?: true
}

export interface OracleFile {
  /** As the template calls it: `GlInterface.csv`. */
  readonly name: string
  /** Wire names by column; a column that begins with `=` has the text behind it in every row: `=NEW`; an empty one is empty. */
  readonly columns: readonly string[]
  /** The list inside a record that gives the rows; absent: each record is one. Columns of the record are `/Name` there. */
  readonly of?: string
}

export interface FileLine extends Line {
  readonly jobMs: number
}

/** Bytes of a log. */
const longestLog = 8 << 20

export async function loadByFile(
  line: FileLine,
  how: OracleImport,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind !== "add")
    throw notOffered(line.system, "An import of files replaces nothing; `add` sends rows to it.")
  const sent = request.records.length
  const none = { sent, loaded: sent, ignored: 0, rejected: [] }
  if (sent === 0) return none
  const files = how.files.map(file => ({ name: file.name, bytes: rowsOf(file, request.records) }))
  const job = await begun(line, how, request.object, writeZip(files), call)
  const state = await ended(line, job, call)
  if (state === "SUCCEEDED") return none
  const log = line.secrets.mask(await logOf(line, job, call)).slice(0, 500)
  if (state === "WARNING")
    // how many rows it means is in words only: one is counted as left out, so that the load does not reconcile
    return { sent, loaded: sent - 1, ignored: 0, rejected: [{ index: null, code: state, message: log }] }
  throw failure(
    line,
    false,
    { failure: "rejected" },
    `JOB_${state}`,
    `The job ${job} ended as ${state}. ${log}`,
  )
}

async function begun(
  line: FileLine,
  how: OracleImport,
  object: string,
  archive: Uint8Array,
  call: Call,
): Promise<string> {
  const content = {
    OperationName: "importBulkData",
    DocumentContent: Buffer.from(archive).toString("base64"),
    ContentType: "zip",
    // told back in the platform's list of files: a person who settles a doubt looks for it
    FileName: `${object.replace(/[^A-Za-z0-9]/g, "")}-${call.key.replace(/[^A-Za-z0-9]/g, "").slice(0, 32)}.zip`,
    JobName: how.job,
    ParameterList: how.parameters.map(text => (text === "" ? "#NULL" : text)).join(","),
    CallbackURL: "#NULL",
    NotificationCode: "10",
    ...(how.jobOptions === undefined ? {} : { JobOptions: how.jobOptions }),
  }
  const { body } = await ask(
    line,
    {
      method: "POST",
      url: "erpintegrations",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(content),
      isSafe: false,
    },
    call,
  )
  const job = scalarText(memberOf(body, "ReqstId"))
  if (job === undefined || !/^[1-9][0-9]{0,18}$/.test(job))
    throw failure(line, false, { failure: "in-doubt" }, "BAD_ANSWER", "The answer to an import names no job.")
  return job
}

const going: ReadonlySet<string> = new Set([
  "WAIT",
  "READY",
  "RUNNING",
  "COMPLETED",
  "BLOCKED",
  "HOLD",
  "PAUSED",
  "PENDING_VALIDATION",
  "SCHEDULE_ENDED",
  "ERROR_AUTO_RETRY",
])

/** Looks are repeated where one is lost: they change nothing, and the doubt about a whole load is dear. */
async function ended(line: FileLine, job: string, call: Call): Promise<string> {
  const end = line.world.now() + line.jobMs
  let last = ""
  for (let wait = 1_000; ; wait = Math.min(wait * 2, 30_000)) {
    let pause = wait
    try {
      const item = await details(line, `ESSJobStatusRF;requestId=${job}`, call)
      const state = textOf(memberOf(item, "RequestStatus")) ?? ""
      if (state !== "" && !going.has(state)) return state
      last = state
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      if (error.failure !== "transient" && error.failure !== "throttled")
        throw unseen(line, job, error.message)
      last = error.message
      pause = Math.max(wait, error.retryAfterMs ?? 0)
    }
    if (call.signal.aborted || line.world.now() >= end) throw unseen(line, job, last)
    await line.world.sleep(pause, call.signal)
  }
}

function unseen(line: FileLine, job: string, why: string): CallFailed {
  return failure(line, false, { failure: "in-doubt" }, "JOB_RUNS", `The job ${job} has not ended yet: ${why}`)
}

/** What stands in its log; empty where it cannot be had. */
async function logOf(line: FileLine, job: string, call: Call): Promise<string> {
  try {
    const item = await details(line, `ESSExecutionDetailsRF;requestId=${job},fileType=LOG`, call)
    const content = textOf(memberOf(item, "DocumentContent")) ?? ""
    const read = readZip(Buffer.from(content, "base64"), longestLog)
    if ("problem" in read) return `Its log cannot be read: ${read.problem}`
    return read.files.map(({ bytes }) => Buffer.from(bytes).toString("utf8").trim()).join("\n")
  } catch (error) {
    if (error instanceof CallFailed) return `Its log cannot be had: ${error.message}`
    throw error
  }
}

async function details(line: Line, finder: string, call: Asker): Promise<unknown> {
  const question = { method: "GET", url: "erpintegrations", query: { finder }, isSafe: true } as const
  const { body } = await ask(line, question, call)
  const [item] = listOf(memberOf(body, "items")) ?? []
  return item
}

function rowsOf({ name, columns, of }: OracleFile, records: LoadRequest["records"]): Uint8Array {
  const rows = records.flatMap((record, index) => {
    const inner = of === undefined ? [record] : (listOf(memberOf(record, of)) ?? [])
    return inner.map(row =>
      columns.map(column => cellOf(column, row, record, `${name}, record ${index + 1}`)),
    )
  })
  return Buffer.from(rows.map(cells => `${cells.map(quoted).join(",")}\n`).join(""), "utf8")
}

function cellOf(column: string, row: unknown, record: unknown, place: string): string {
  if (column === "" || column.startsWith("=")) return column.slice(1)
  const value = column.startsWith("/") ? memberOf(record, column.slice(1)) : memberOf(row, column)
  if (value === undefined || value === null) return ""
  const text = objectOf(value) === undefined ? scalarText(value) : undefined
  if (text === undefined)
    throw new CallFailed("rejected", "UNWRITABLE", `${column} is a record or a list (${place}).`)
  return text
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
