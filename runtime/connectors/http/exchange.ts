// One request and its answer over a pool of undici. Flows in: the request as bytes. Flows out: the answer as bytes, or a failure that knows whether
// the request had gone out: what decides between "not done" and "nobody knows". It reads no answer.
import type { Dispatcher, Pool } from "undici"

export interface HttpAnswer {
  readonly status: number
  /** By name in lower case; several of one name are joined with a comma, cookies are in `cookies`. */
  readonly headers: ReadonlyMap<string, string>
  readonly cookies: readonly string[]
  readonly bytes: Uint8Array
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"

/** `before`: nothing of the request went out. `after`: it did, or some of it. */
export class ExchangeFailed extends Error {
  override readonly name = "ExchangeFailed"
  readonly stage: "before" | "after"
  readonly code: string

  constructor(stage: "before" | "after", code: string, message: string) {
    super(message)
    this.stage = stage
    this.code = code
  }
}

export interface RawRequest {
  readonly origin: string
  readonly path: string
  readonly method: HttpMethod
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

export interface ExchangeLimits {
  readonly totalMs: number
  readonly longestAnswer: number
}

export function exchange(
  pool: Pool,
  request: RawRequest,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let stage: "before" | "after" = "before"
    let controller: Dispatcher.DispatchController | undefined
    let isOver = false
    let status = 0
    let heads: NodeJS.Dict<string | string[]> = {}
    let size = 0
    const parts: Uint8Array[] = []

    const end = (finish: () => void) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      signal.removeEventListener("abort", interrupt)
      finish()
    }
    const stop = (code: string, message: string) =>
      end(() => {
        const failure = new ExchangeFailed(stage, code, message)
        controller?.abort(failure)
        reject(failure)
      })
    const interrupt = () => stop("INTERRUPTED", "The work was stopped while the call ran.")
    const timer = setTimeout(
      () => stop("TOTAL_TIMEOUT", `No whole answer within ${limits.totalMs} ms.`),
      limits.totalMs,
    )
    if (signal.aborted) return interrupt()
    signal.addEventListener("abort", interrupt, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // still in the queue of the pool when it was given up: now it must not go out
        if (isOver) return started.abort(new ExchangeFailed(stage, "INTERRUPTED", "Given up."))
        controller = started
        stage = "after"
      },
      onResponseStart(_, code, headers) {
        status = code
        heads = headers
      },
      onResponseData(_, chunk) {
        size += chunk.length
        if (size > limits.longestAnswer)
          return stop("ANSWER_TOO_LONG", `The answer has more than ${limits.longestAnswer} bytes.`)
        parts.push(new Uint8Array(chunk))
      },
      onResponseEnd() {
        end(() => resolve(answerOf(status, heads, parts, size)))
      },
      onResponseError(_, error) {
        end(() => reject(new ExchangeFailed(stage, codeOf(error), messageOf(error))))
      },
    }
    pool.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        // never behind another answer on one connection
        idempotent: false,
      },
      handler,
    )
  })
}

function answerOf(
  status: number,
  heads: NodeJS.Dict<string | string[]>,
  parts: readonly Uint8Array[],
  size: number,
): HttpAnswer {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(heads)) {
    if (value === undefined || name === "set-cookie") continue
    headers.set(name, typeof value === "string" ? value : value.join(", "))
  }
  const cookies = heads["set-cookie"] ?? []
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { status, headers, cookies: typeof cookies === "string" ? [cookies] : cookies, bytes }
}

function codeOf(error: Error): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === "string" && code !== "" ? code : "NETWORK"
}

/** Of several attempts at one name the first reason. */
function messageOf(error: Error): string {
  const { errors } = error as { readonly errors?: readonly unknown[] }
  const first = errors?.[0]
  return error.message === "" && first instanceof Error ? first.message : error.message
}
