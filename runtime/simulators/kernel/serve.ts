// A platform on a port of this machine. Flows in: a platform, faults, a clock. Flows out: an address to reach it at, and what was asked and answered. Requests
// are handled one by one, in the order they came.
import { createServer, type IncomingMessage, type Server } from "node:http"
import { applyFault, write } from "./apply-fault.ts"
import type { FaultKind, Faults } from "./faults.ts"
import type { Platform, SimAnswer, SimRequest } from "./platform.ts"

export interface ServeOptions {
  /** 0 or absent: any that is free. */
  readonly port?: number
  readonly now: () => number
  /** Which fault befalls the request of that number, from 0. */
  readonly faults?: Faults
  /** What is called for every request: for logs, and for tests. */
  readonly saw?: (exchange: Seen) => void
  /** Bytes of a request; 128 MiB where absent. */
  readonly longestRequest?: number
}

export interface Seen {
  readonly request: SimRequest
  /** Undefined where a fault kept the platform from the request. */
  readonly answer: SimAnswer | undefined
  readonly fault: FaultKind | undefined
}

export interface Simulator {
  readonly url: string
  readonly requests: () => number
  stop(): Promise<void>
}

export async function serve(platform: Platform, options: ServeOptions): Promise<Simulator> {
  let count = 0
  let origin = ""
  const server = createServer((incoming, response) => {
    bodyOf(incoming, options.longestRequest ?? 128 << 20)
      .then(body => {
        if (body === undefined) return write({ status: 413 }, response)
        const request = requestOf(incoming, body, options.now(), origin)
        const number = count++
        const fault = options.faults?.(number, request)
        let answer: SimAnswer | undefined
        const handle = () => {
          answer = platform.handle(request)
          return answer
        }
        const done =
          fault === undefined ? write(handle(), response) : applyFault(fault, platform, handle, response)
        options.saw?.({ request, answer, fault })
        return done
      })
      .catch((error: unknown) => {
        // a defect of the simulator: whoever runs it should see it
        if (!response.headersSent) write({ status: 599, body: String(error) }, response)
        else response.destroy()
      })
  })
  origin = await listening(server, options.port ?? 0)
  return {
    url: origin,
    requests: () => count,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`)
    })
  })
}

async function bodyOf(incoming: IncomingMessage, longest: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > longest) return undefined
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

function requestOf(incoming: IncomingMessage, body: Uint8Array, now: number, origin: string): SimRequest {
  const url = new URL(incoming.url ?? "/", origin)
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, typeof value === "string" ? value : value.join(", "))
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    segments: url.pathname
      .split("/")
      .filter(part => part !== "")
      .map(decoded),
    query: url.searchParams,
    headers,
    body,
    now,
    origin,
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
