// Jobs of the Bulk API 2.0. Flows in: what a job is to do, its data. Flows out: its id; how it ended; its results as rows. Until a job is closed nothing is done, and it can be asked for by
// its id for seven days after.
import type { CallFailed } from "../../flow/port/failures.ts"
import { splitCsv } from "../../formats/csv/split-csv.ts"
import { type Answered, type Asker, ask, failure } from "../http/ask.ts"
import { memberOf, scalarText, textOf } from "../http/json-value.ts"
import type { SalesforceLine } from "./salesforce-records.ts"

export interface JobInfo {
  /** `Open`, `UploadComplete`, `InProgress`, `JobComplete`, `Failed`, `Aborted`. */
  readonly state: string
  readonly processed: number
  readonly failed: number
  readonly message: string
}

type Kind = "ingest" | "query"

/** Nothing is changed by it: a lost answer leaves an open job behind, which the platform clears away. */
export async function newJob(
  line: SalesforceLine,
  kind: Kind,
  what: Readonly<Record<string, string>>,
  call: Asker,
): Promise<string> {
  const { body } = await ask(
    line,
    { method: "POST", url: placeOf(line, kind), ...json(what), isSafe: true },
    call,
  )
  const id = textOf(memberOf(body, "id"))
  if (id === undefined || !/^[A-Za-z0-9]{15,18}$/.test(id))
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer names no job.")
  return id
}

/** Once for each job: data that is there twice makes it fail. */
export async function uploadData(
  line: SalesforceLine,
  id: string,
  body: Uint8Array,
  call: Asker,
): Promise<void> {
  const headers = { "content-type": "text/csv; charset=UTF-8" }
  const url = `${placeOf(line, "ingest", id)}/batches`
  await ask(line, { method: "PUT", url, headers, body, isSafe: true, form: "bytes" }, call)
}

/** From here on the platform works. */
export async function closeJob(line: SalesforceLine, id: string, call: Asker): Promise<void> {
  const url = placeOf(line, "ingest", id)
  await ask(line, { method: "PATCH", url, ...json({ state: "UploadComplete" }), isSafe: false }, call)
}

/** Undefined: there is no such job, or none any more. */
export async function jobInfo(
  line: SalesforceLine,
  kind: Kind,
  id: string,
  call: Asker,
): Promise<JobInfo | undefined> {
  const { status, body } = await ask(
    line,
    { method: "GET", url: placeOf(line, kind, id), isSafe: true, takes: [404] },
    call,
  )
  if (status === 404) return undefined
  const count = (name: string) => Number(scalarText(memberOf(body, name)) ?? 0)
  return {
    state: textOf(memberOf(body, "state")) ?? "",
    processed: count("numberRecordsProcessed"),
    failed: count("numberRecordsFailed"),
    message: textOf(memberOf(body, "errorMessage")) ?? "",
  }
}

/** Waits for the end. A job that goes on beyond the time is left in doubt; whoever asks again finds it. */
export async function endedJob(line: SalesforceLine, kind: Kind, id: string, call: Asker): Promise<JobInfo> {
  const end = line.world.now() + line.bulk.waitMs
  for (let wait = 1_000; ; wait = Math.min(wait * 2, 30_000)) {
    const info = await jobInfo(line, kind, id, call)
    if (info === undefined)
      throw failure(line, kind === "query", { failure: "in-doubt" }, "JOB_GONE", `There is no job ${id}.`)
    if (isOver(info)) return info
    if (call.signal.aborted || line.world.now() >= end)
      throw failure(
        line,
        kind === "query",
        { failure: "in-doubt" },
        "JOB_RUNS",
        `The job ${id} has not ended yet.`,
      )
    await line.world.sleep(wait, call.signal)
  }
}

export function isOver({ state }: JobInfo): boolean {
  return state === "JobComplete" || state === "Failed" || state === "Aborted"
}

/** Why a job failed: `InvalidBatch : Field name not found : Foo__c`. */
export function jobFailure(line: SalesforceLine, { state, message }: JobInfo): CallFailed {
  const code = /^(\w+)\s*:/.exec(message)?.[1] ?? (state === "Aborted" ? "ABORTED" : "JOB_FAILED")
  const verdict = /ExceededQuota/i.test(code)
    ? ({ failure: "throttled", retryAfterMs: 15 * 60_000 } as const)
    : ({ failure: "rejected" } as const)
  return failure(line, false, verdict, code, message || "The job ended without a reason.")
}

export interface Results {
  /** By column. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Of the next part; undefined: this was the last one. */
  readonly locator: string | undefined
}

export async function jobResults(
  line: SalesforceLine,
  kind: Kind,
  id: string,
  part: string,
  query: Readonly<Record<string, string>>,
  call: Asker,
): Promise<Results> {
  const question = {
    method: "GET",
    url: `${placeOf(line, kind, id)}/${part}`,
    query,
    headers: { accept: "text/csv" },
    isSafe: true,
    form: "bytes",
  } as const
  const { headers, body }: Answered = await ask(line, question, call)
  const rows: Record<string, string>[] = []
  let names: readonly string[] | undefined
  for await (const row of splitCsv(body instanceof Uint8Array ? [body] : [], form)) {
    if ("problem" in row || (names !== undefined && row.cells.length !== names.length))
      throw failure(
        line,
        true,
        { failure: "transient" },
        "BAD_ANSWER",
        `Line ${row.line} of the results is no row.`,
      )
    if (names === undefined) names = row.cells
    else rows.push(recordOf(names, row.cells))
  }
  const locator = headers.get("sforce-locator")
  return { rows, locator: locator === "null" || locator === "" ? undefined : locator }
}

const form = { delimiter: ",", quote: '"', encoding: "utf-8" } as const

function recordOf(names: readonly string[], cells: readonly string[]): Record<string, string> {
  const record = Object.create(null) as Record<string, string>
  for (const [i, name] of names.entries()) record[name] = cells[i] ?? ""
  return record
}

function placeOf({ apiVersion }: SalesforceLine, kind: Kind, id?: string): string {
  return `/services/data/${apiVersion}/jobs/${kind}${id === undefined ? "" : `/${id}`}`
}

function json(value: unknown) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) }
}
