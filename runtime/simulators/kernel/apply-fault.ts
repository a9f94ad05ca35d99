// A fault as it is seen on a socket. Flows in: a kind, the answer the platform would give, the response of Node. Flows out: what goes over the wire. Which
// faults let the platform do its work first is said here, in one place.
import type { ServerResponse } from "node:http"
import type { FaultKind } from "./faults.ts"
import type { Platform, SimAnswer } from "./platform.ts"

/** `handle` does the platform's work; it is called once or not at all. */
export async function applyFault(
  kind: FaultKind,
  platform: Platform,
  handle: () => SimAnswer,
  response: ServerResponse,
): Promise<void> {
  switch (kind) {
    case "reset-before":
      response.socket?.resetAndDestroy()
      return
    case "reset-after":
      handle()
      response.socket?.resetAndDestroy()
      return
    case "hang-before":
      return
    case "hang-after":
      handle()
      return
    case "reset-inside":
      return half(handle(), response)
    case "slow":
      return slowly(handle(), response)
    case "too-many":
      return write(withRetryAfter(platform.fault?.("too-many") ?? plain(429), "1"), response)
    case "too-many-without-retry-after":
      return write(platform.fault?.("too-many") ?? plain(429), response)
    case "unavailable":
      return write(withRetryAfter(platform.fault?.("unavailable") ?? plain(503), "1"), response)
    case "internal-before":
      return write(platform.fault?.("internal") ?? plain(500), response)
    case "internal-after":
      handle()
      return write(platform.fault?.("internal") ?? plain(500), response)
    case "bad-gateway":
      handle()
      return write(page(502, "Bad Gateway"), response)
    case "truncated": {
      const answer = handle()
      const bytes = bytesOf(answer)
      return write({ ...answer, body: bytes.subarray(0, Math.floor(bytes.length / 2)) }, response)
    }
    case "doubled": {
      const answer = handle()
      return write({ ...answer, body: Buffer.concat([bytesOf(answer), bytesOf(answer)]) }, response)
    }
    case "too-short":
      return lying(handle(), 10, response)
    case "too-long":
      return lying(handle(), -1, response)
    case "page":
      handle()
      return write(page(200, "Log in"), response)
    case "expired-token":
      return write(platform.fault?.("expired-token") ?? plain(401), response)
    case "redirect":
      return write(
        { status: 302, headers: { location: "http://169.254.169.254/latest/meta-data/" } },
        response,
      )
  }
}

export function write(answer: SimAnswer, response: ServerResponse): void {
  const bytes = bytesOf(answer)
  response.writeHead(answer.status, headersOf(answer, bytes.length))
  response.end(bytes)
}

function plain(status: number): SimAnswer {
  return { status, headers: { "content-type": "application/json" }, body: "{}" }
}

function page(status: number, title: string): SimAnswer {
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<!doctype html><title>${title}</title><h1>${title}</h1>`,
  }
}

function withRetryAfter(answer: SimAnswer, seconds: string): SimAnswer {
  return { ...answer, headers: { ...answer.headers, "retry-after": seconds } }
}

function bytesOf({ body }: SimAnswer): Uint8Array {
  return typeof body === "string" ? Buffer.from(body, "utf8") : (body ?? new Uint8Array(0))
}

function headersOf(answer: SimAnswer, length: number): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    headers[name] = typeof value === "string" ? value : [...value]
  return answer.status === 204 ? headers : { ...headers, "content-length": String(length) }
}

function half(answer: SimAnswer, response: ServerResponse): void {
  const bytes = bytesOf(answer)
  response.writeHead(answer.status, headersOf(answer, bytes.length + 1))
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.resetAndDestroy())
}

function lying(answer: SimAnswer, by: number, response: ServerResponse): void {
  const bytes = bytesOf(answer)
  const { socket } = response
  if (socket === null) return
  const headers = Object.entries(headersOf(answer, Math.max(0, bytes.length + by)))
  const lines = headers.map(([name, value]) => `${name}: ${String(value)}`)
  socket.write(`HTTP/1.1 ${answer.status} OK\r\n${lines.join("\r\n")}\r\n\r\n`)
  socket.end(bytes)
}

async function slowly(answer: SimAnswer, response: ServerResponse): Promise<void> {
  const bytes = bytesOf(answer)
  response.writeHead(answer.status, headersOf(answer, bytes.length))
  for (const byte of bytes) {
    if (response.destroyed) return
    response.write(Uint8Array.of(byte))
    await new Promise(resolve => setTimeout(resolve, 1_000))
  }
  response.end()
}
