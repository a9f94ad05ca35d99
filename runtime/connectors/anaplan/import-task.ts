// One import: the file in pieces, the task, its end. Flows in: the bytes. Flows out: what the platform says about its rows. Until the task is asked for nothing is done, so
// what fails before is tried again; from then on it is in doubt, unless the platform itself says that it failed.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, scalarText, textOf } from "../http/json-value.ts"
import type { AnaplanImport } from "./anaplan-options.ts"

export interface AnaplanLine extends Line {
  /** `workspaces/{w}/models/{m}` */
  readonly base: string
  readonly chunkBytes: number
  readonly taskMs: number
}

export interface ImportEnd {
  readonly successful: boolean
  /** Undefined: the platform gives no counts. */
  readonly counts: { readonly success: number; readonly total: number } | undefined
  /** Rows that failed; undefined: the platform does not say. */
  readonly failed: number | undefined
  readonly messages: readonly string[]
  /** Asks for the rows that failed, as bytes of CSV; they may be gone. Absent: there are none. */
  readonly dump: (() => Promise<Uint8Array | undefined>) | undefined
}

export async function runImport(
  line: AnaplanLine,
  object: AnaplanImport,
  bytes: Uint8Array,
  call: Call,
): Promise<ImportEnd> {
  await upload(line, object, bytes, call)
  const actions =
    object.process === undefined ? `imports/${id(object.import)}` : `processes/${id(object.process)}`
  const tasks = `${line.base}/${actions}/tasks`
  const started = await ask(
    line,
    { method: "POST", url: tasks, ...json({ localeName: "en_US" }), isSafe: false },
    call,
  )
  const task = textOf(memberOf(started.body, "task", "taskId"))
  if (task === undefined)
    throw failure(line, false, { failure: "in-doubt" }, "BAD_ANSWER", "The answer names no task.")
  return inDoubt(line, async () => {
    const result = await ended(line, `${tasks}/${id(task)}`, call)
    const nested = listOf(memberOf(result, "nestedResults"))?.find(
      one => scalarText(memberOf(one, "objectId")) === object.import,
    )
    const own = object.process === undefined ? result : (nested ?? result)
    const dumps = object.process === undefined ? "dump" : `dumps/${id(object.import)}`
    const hasDump = memberOf(own, "failureDumpAvailable") === true
    return {
      successful: memberOf(result, "successful") === true,
      counts: countsOf(own),
      messages: messagesOf(own),
      failed: sumOf(own, "failedCount"),
      dump: hasDump
        ? () => inDoubt(line, () => dumpOf(line, `${tasks}/${id(task)}/${dumps}`, call))
        : undefined,
    }
  })
}

/** Content of a file changes nothing in the model: a piece that was lost is sent again. */
async function upload(
  line: AnaplanLine,
  object: AnaplanImport,
  bytes: Uint8Array,
  call: Call,
): Promise<void> {
  const file = `${line.base}/files/${id(object.file)}`
  const count = Math.max(1, Math.ceil(bytes.length / line.chunkBytes))
  await ask(line, { method: "POST", url: file, ...json({ chunkCount: count }), isSafe: true }, call)
  for (let i = 0; i < count; i++) {
    const body = bytes.subarray(i * line.chunkBytes, (i + 1) * line.chunkBytes)
    const headers = { "content-type": "application/octet-stream" }
    await ask(
      line,
      { method: "PUT", url: `${file}/chunks/${i}`, headers, body, isSafe: true, form: "bytes" },
      call,
    )
  }
}

async function ended(line: AnaplanLine, url: string, call: Call): Promise<unknown> {
  const end = line.world.now() + line.taskMs
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    const { body } = await ask(line, { method: "GET", url, isSafe: true }, call)
    const state = textOf(memberOf(body, "task", "taskState"))
    if (state === "COMPLETE") return memberOf(body, "task", "result")
    if (state === "CANCELLED")
      throw failure(line, false, { failure: "in-doubt" }, "CANCELLED", "The import was cancelled.")
    if (call.signal.aborted || line.world.now() >= end)
      throw failure(line, false, { failure: "in-doubt" }, "TASK_RUNS", "The import has not ended yet.")
    await line.world.sleep(wait, call.signal)
  }
}

async function dumpOf(line: AnaplanLine, url: string, call: Call): Promise<Uint8Array | undefined> {
  const { status, body } = await ask(
    line,
    { method: "GET", url: `${url}/chunks`, isSafe: true, takes: [404] },
    call,
  )
  // one file for each user and import: a later import has taken its place
  if (status === 404) return undefined
  const parts: Uint8Array[] = []
  for (const chunk of listOf(memberOf(body, "chunks")) ?? []) {
    const number = scalarText(memberOf(chunk, "id")) ?? ""
    const part = await ask(
      line,
      {
        method: "GET",
        url: `${url}/chunks/${id(number)}`,
        headers: { accept: "application/octet-stream" },
        isSafe: true,
        form: "bytes",
      },
      call,
    )
    if (part.body instanceof Uint8Array) parts.push(part.body)
  }
  return Buffer.concat(parts)
}

function countsOf(result: unknown): ImportEnd["counts"] {
  const [success, total] = [sumOf(result, "successRowCount"), sumOf(result, "totalRowCount")]
  return success === undefined || total === undefined ? undefined : { success, total }
}

/** Over all details; `values` of a detail are names and values in turn. Undefined: none has that name. */
function sumOf(result: unknown, name: string): number | undefined {
  let sum: number | undefined
  for (const detail of listOf(memberOf(result, "details")) ?? []) {
    const values = (listOf(memberOf(detail, "values")) ?? []).map(value => scalarText(value) ?? "")
    const at = values.findIndex((value, i) => i % 2 === 0 && value === name)
    const count = at < 0 ? Number.NaN : Number(values[at + 1])
    if (Number.isSafeInteger(count)) sum = (sum ?? 0) + count
  }
  return sum
}

function messagesOf(result: unknown): readonly string[] {
  return (listOf(memberOf(result, "details")) ?? []).flatMap(
    detail => textOf(memberOf(detail, "localMessageText")) ?? [],
  )
}

async function inDoubt<T>(line: AnaplanLine, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CallFailed && error.failure === "in-doubt") throw error
    const text = error instanceof Error ? error.message : String(error)
    throw failure(line, false, { failure: "in-doubt" }, "TASK_NOT_SEEN", text)
  }
}

function json(value: unknown) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) }
}

export function id(text: string): string {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(text)) return text
  throw new CallFailed("rejected", "BAD_ID", `${JSON.stringify(text.slice(0, 40))} is no id of Anaplan.`)
}
