// Metrics on a port of their own. Flows in: where it listens, who has the figures. Flows out: `/metrics` as Prometheus scrapes it, to whoever reaches the port; nothing else is answered.
import { createServer, type ServerResponse } from "node:http"

export type FoundPort =
  | { readonly kind: "port"; readonly url: string; close(): Promise<void> }
  | { readonly kind: "problem"; readonly problem: string }

export interface Figures {
  readonly contentType: string
  metrics(): Promise<string>
}

export async function metricsPort(host: string, port: number, figures: Figures): Promise<FoundPort> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8 << 10 },
    (request, response) => {
      const path = (request.url ?? "/").split("?")[0]
      if (path !== "/metrics") return answer(response, 404)
      if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405)
      figures.metrics().then(
        text => answer(response, 200, figures.contentType, request.method === "HEAD" ? "" : text),
        // the store does not answer now; Prometheus comes again
        () => answer(response, 503),
      )
    },
  )
  server.maxConnections = 100
  const listening = await new Promise<number | string>(resolve => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" ? "the port is taken" : error.message),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })
  if (typeof listening === "string")
    return { kind: "problem", problem: `cannot listen at ${host}:${port}: ${listening}` }
  return {
    kind: "port",
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listening}/metrics`,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, status: number, type?: string, body = ""): void {
  const headers = {
    "x-content-type-options": "nosniff",
    ...(type === undefined ? {} : { "content-type": type }),
  }
  response.writeHead(status, headers)
  response.end(body)
}
