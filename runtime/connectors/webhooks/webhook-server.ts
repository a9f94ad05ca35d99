// Webhooks on a port. Flows in: requests of strangers. Flows out: answers. Bodies are read up to their limit only, slow senders are let go, and encryption is the work of
// the proxy before it.
import { createServer, type IncomingMessage } from "node:http"
import {
  endpointAt,
  longestWebhook,
  type ReceiverParts,
  receiveWebhook,
  type WebhookAnswer,
} from "./receive.ts"

export interface WebhookServerOptions extends ReceiverParts {
  readonly port: number
  /** `127.0.0.1` where absent. */
  readonly host?: string
  /** Told of what is a defect of ours; the sender gets 500 and comes again. */
  readonly troubled?: (error: unknown) => void
}

export interface WebhookServer {
  readonly url: string
  stop(): Promise<void>
}

export function serveWebhooks(options: WebhookServerOptions): Promise<WebhookServer> {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 << 10 },
    (incoming, response) => {
      const answer = ({ status, headers = {} }: WebhookAnswer) => {
        response.writeHead(status, { ...headers, "content-length": "0" })
        response.end()
      }
      handled(options, incoming).then(answer, (error: unknown) => {
        options.troubled?.(error)
        if (response.headersSent || response.destroyed) response.destroy()
        else answer({ status: 500 })
      })
    },
  )
  server.maxConnections = 1_000
  const host = options.host ?? "127.0.0.1"
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port, host, () => {
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : options.port
      resolve({
        url: `http://${host}:${port}`,
        stop: () =>
          new Promise(done => {
            server.close(() => done())
            server.closeIdleConnections()
          }),
      })
    })
  })
}

async function handled(options: WebhookServerOptions, incoming: IncomingMessage): Promise<WebhookAnswer> {
  const path = (incoming.url ?? "/").split("?")[0] ?? "/"
  const endpoint = endpointAt(options, path)
  // what nobody listens to is not read
  const longest = endpoint === undefined ? 0 : (endpoint.longest ?? longestWebhook)
  if (endpoint !== undefined && Number(incoming.headers["content-length"] ?? 0) > longest)
    return { status: 413, headers: { connection: "close" } }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > longest)
      return { status: endpoint === undefined ? 404 : 413, headers: { connection: "close" } }
    parts.push(chunk)
  }
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === "string") headers.set(name, value)
  return receiveWebhook(options, {
    method: incoming.method ?? "GET",
    path,
    headers,
    body: Buffer.concat(parts),
  })
}
