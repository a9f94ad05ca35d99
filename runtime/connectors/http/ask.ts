// One question to a platform. Flows in: a request, how the platform says no, whether asking changes something. Flows out: the answer, read; or CallFailed
// of the right class with a text that holds no secret. It retries nothing but one expired token: a refused credential means nothing was done.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import type { World } from "../../flow/port/world.ts"
import type { Secrets } from "../secrets/secrets.ts"
import { addressRefused } from "./checked-lookup.ts"
import { type ErrorRule, type Verdict, verdictOf } from "./error-table.ts"
import { ExchangeFailed, type HttpAnswer } from "./exchange.ts"
import type { HttpClient, HttpRequest } from "./http-client.ts"
import { type AnswerForm, readAnswer } from "./read-answer.ts"
import { retryAfterMs } from "./retry-after.ts"

export interface PlatformErrors {
  readonly rules: readonly ErrorRule[]
  /** What an answer says went wrong, whatever its status; undefined: nothing. A body that cannot be read is undefined. */
  read(body: unknown, answer: HttpAnswer): ErrorText | undefined
}

export interface ErrorText {
  readonly codes: readonly string[]
  readonly message: string
}

export interface Authorizer {
  /** Headers of a request. May fetch a token first, and throws CallFailed. */
  headers(request: HttpRequest, signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  /** The credentials of that request were refused: true when other ones may be had now. */
  renew(headers: Readonly<Record<string, string>>): boolean
}

/** One system as its connector talks to it. */
export interface Line {
  readonly system: string
  readonly client: HttpClient
  readonly authorizer: Authorizer
  readonly errors: PlatformErrors
  readonly secrets: Secrets
  readonly world: World
}

export interface Question extends HttpRequest {
  /** Nothing changes at the platform: a lost answer is a reason to ask again, not a doubt. */
  readonly isSafe: boolean
  /** `json` where absent. */
  readonly form?: AnswerForm
  /** Statuses that are answers and no failures, beside 2xx: their bodies are not read for errors. */
  readonly takes?: readonly number[]
}

export interface Answered {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly cookies: readonly string[]
  /** Undefined where the answer is empty. */
  readonly body: unknown
}

export type Asker = Pick<Call, "signal"> & Partial<Pick<Call, "correlationId" | "traceparent">>

export async function ask(line: Line, question: Question, call: Asker): Promise<Answered> {
  const first = await askOnce(line, question, call)
  if (!(first instanceof Refused)) return first
  if (first.failed.failure !== "auth" || !line.authorizer.renew(first.sent)) throw first.failed
  const second = await askOnce(line, question, call)
  if (second instanceof Refused) throw second.failed
  return second
}

class Refused {
  readonly failed: CallFailed
  readonly sent: Readonly<Record<string, string>>

  constructor(failed: CallFailed, sent: Readonly<Record<string, string>>) {
    this.failed = failed
    this.sent = sent
  }
}

async function askOnce(line: Line, question: Question, call: Asker): Promise<Answered | Refused> {
  const credentials = await line.authorizer.headers(question, call.signal)
  const request: HttpRequest = {
    ...question,
    headers: { ...question.headers, ...correlationHeaders(call), ...credentials },
  }
  let answer: HttpAnswer
  try {
    answer = await line.client.exchange(request, call.signal)
  } catch (error) {
    throw lost(line, error, question.isSafe)
  }
  const isExpected = (question.takes ?? []).includes(answer.status)
  const isTaken = answer.status < 300 || isExpected
  // what is fetched as a file is refused in words
  const form = question.form === "bytes" && !isTaken ? "json" : (question.form ?? "json")
  const read = readAnswer(answer, form)
  const said = isExpected ? undefined : line.errors.read("body" in read ? read.body : undefined, answer)
  if (isTaken && "body" in read && said === undefined)
    return { status: answer.status, headers: answer.headers, cookies: answer.cookies, body: read.body }
  if (isTaken && said === undefined) {
    const message = "problem" in read ? read.problem : ""
    throw failure(line, question.isSafe, { failure: "in-doubt" }, "BAD_ANSWER", message)
  }
  const text = said ?? { codes: [], message: `${line.system} answered ${answer.status}.` }
  const after = answer.headers.get("retry-after")
  const verdict = verdictOf(line.errors.rules, {
    status: answer.status,
    codes: text.codes,
    message: text.message,
    hasRetryAfter: after !== undefined,
  })
  const wait = retryAfterMs(after, line.world.now()) ?? verdict.retryAfterMs
  const full = { failure: verdict.failure, ...(wait === undefined ? {} : { retryAfterMs: wait }) }
  const code =
    text.codes[0] ?? (answer.status >= 300 && answer.status < 400 ? "REDIRECT" : `HTTP_${answer.status}`)
  return new Refused(failure(line, question.isSafe, full, code, text.message), credentials)
}

/** What never goes out, however often it is tried. */
const ourMistakes: ReadonlySet<string> = new Set([addressRefused, "BAD_HEADER", "UND_ERR_INVALID_ARG"])

/** What a failure on the way means: nothing was asked, or nobody knows. */
export function lost(line: Pick<Line, "system" | "secrets">, error: unknown, isSafe: boolean): CallFailed {
  if (error instanceof CallFailed) return error
  if (!(error instanceof ExchangeFailed)) throw error
  const isOurs = ourMistakes.has(error.code)
  const verdict: Verdict = {
    failure: isOurs ? "rejected" : error.stage === "before" ? "transient" : "in-doubt",
  }
  return failure(line, isSafe, verdict, error.code, error.message)
}

/** The text people are shown: of the platform, at most 500 characters, without secrets. A question that changes nothing leaves no doubt. */
export function failure(
  { system, secrets }: Pick<Line, "system" | "secrets">,
  isSafe: boolean,
  { failure: found, retryAfterMs: wait }: Verdict,
  code: string,
  message: string,
): CallFailed {
  const kind = isSafe && found === "in-doubt" ? "transient" : found
  return new CallFailed(
    kind,
    secrets.mask(code).slice(0, 80),
    secrets.mask(`${system}: ${message}`).slice(0, 500),
    wait,
  )
}

function correlationHeaders({ correlationId, traceparent }: Asker): Record<string, string> {
  return {
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(correlationId === undefined || !/^[\x21-\x7e]{1,200}$/.test(correlationId)
      ? {}
      : { "x-correlation-id": correlationId }),
  }
}
