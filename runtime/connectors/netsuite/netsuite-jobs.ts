// Asynchronous requests: the only ones for which NetSuite reads an idempotency key. Flows in: a request. Flows out: the answer of its job. The same key again
// leads to the job of the first request, so a lost answer is found.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { type Answered, ask, failure, type Question } from "../http/ask.ts"
import { verdictOf } from "../http/error-table.ts"
import { listOf, memberOf, textOf } from "../http/json-value.ts"
import { netsuiteErrors } from "./netsuite-errors.ts"
import type { NetSuiteLine } from "./netsuite-send.ts"

/** How long after its end a job is remembered is not said; a day is what we count on. */
export const jobWindowMs = 24 * 60 * 60 * 1_000

export async function createByJob(line: NetSuiteLine, question: Question, call: Call): Promise<Answered> {
  const headers = {
    ...question.headers,
    prefer: "respond-async",
    ...(call.sendKey ? { "x-netsuite-idempotency-key": uuidOf(call.key) } : {}),
  }
  const submitted = await ask(line, { ...question, headers, takes: [400] }, call)
  const job = submitted.headers.get("location")
  if (submitted.status === 400 && !isRepeated(submitted.body)) throw refusal(line, submitted)
  if (job === undefined)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "BAD_ANSWER",
      "The answer to an asynchronous request names no job.",
    )
  await completed(line, job, call)
  return resultOf(line, job, call)
}

function isRepeated(body: unknown): boolean {
  return (listOf(memberOf(body, "o:errorDetails")) ?? []).some(
    detail => memberOf(detail, "o:errorCode") === "IDEMPOTENCY_ERROR",
  )
}

function refusal(line: NetSuiteLine, { status, headers, cookies, body }: Answered) {
  const text = netsuiteErrors.read(body, { status, headers, cookies, bytes: new Uint8Array(0) })
  const { codes, message } = text ?? { codes: [], message: "Refused." }
  const verdict = verdictOf(netsuiteErrors.rules, { status, codes, message, hasRetryAfter: false })
  return failure(line, false, verdict, codes[0] ?? "HTTP_400", message)
}

async function completed(line: NetSuiteLine, job: string, call: Call): Promise<void> {
  const end = line.world.now() + line.jobMs
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    const { body } = await waiting(line, () => ask(line, { method: "GET", url: job, isSafe: true }, call))
    if (memberOf(body, "completed") === true) return
    if (call.signal.aborted || line.world.now() >= end)
      throw failure(line, false, { failure: "in-doubt" }, "JOB_RUNS", `The job ${job} has not ended yet.`)
    await line.world.sleep(wait, call.signal)
  }
}

/** The answer the request would have had. */
async function resultOf(line: NetSuiteLine, job: string, call: Call): Promise<Answered> {
  const { body } = await waiting(line, () =>
    ask(line, { method: "GET", url: `${job}/task`, isSafe: true }, call),
  )
  const [task] = listOf(memberOf(body, "items")) ?? []
  const id = textOf(memberOf(task, "id"))
  if (id === undefined)
    throw failure(line, false, { failure: "in-doubt" }, "BAD_ANSWER", `The job ${job} has no task.`)
  const url = `${job}/task/${encodeURIComponent(id)}/result`
  return waiting(line, () => ask(line, { method: "GET", url, isSafe: false }, call))
}

/** The request has been taken: whatever goes wrong from here on, it may be done. Only its own refusals are as certain as its own answer. */
async function waiting<T>(line: NetSuiteLine, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CallFailed && (error.failure === "rejected" || error.failure === "conflict"))
      throw error
    const text = error instanceof Error ? error.message : String(error)
    throw failure(line, false, { failure: "in-doubt" }, "JOB_NOT_SEEN", text)
  }
}

/** A UUID (version 8: made of a hash of ours) of the key, the same for the same key. */
export function uuidOf(key: string): string {
  const hex = /^[0-9a-f]{32,}$/.test(key) ? key : Buffer.from(key.padEnd(16, "\0"), "utf8").toString("hex")
  const digits = [...hex.slice(0, 32)]
  digits[12] = "8"
  digits[16] = "89ab"[Number.parseInt(digits[16] ?? "0", 16) % 4] ?? "8"
  const text = digits.join("")
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  )
}
