// Metrics on a port of their own. Flows in: the section `metrics`, the engine's numbers and the last readings of watches. Flows out: `/metrics` as Prometheus scrapes it, to whoever reaches
// the port; nothing else is answered.
import { createServer, type ServerResponse } from "node:http"
import type { Engine, World } from "@fmap/runtime/flow"
import type { Reading } from "@fmap/runtime/observe"
import type { MetricsSettings } from "./machines-config.ts"
import type { FoundPart } from "./part.ts"
import { peer } from "./peer.ts"

export interface MetricsParts {
  readonly engine: Pick<Engine, "stats">
  readonly world: World
  readonly readings: () => readonly Reading[]
  readonly say: (sentence: string) => void
}

export async function metricsPart(settings: MetricsSettings, parts: MetricsParts): Promise<FoundPart> {
  const { engine, world, readings, say } = parts
  const found = await peer(
    "metrics",
    "the package prom-client",
    () => import("@fmap/runtime/observe/prometheus"),
  )
  if (found.kind === "problems") return found
  const { engineMetrics, ledgerMetrics, processRegistry } = found.peer
  const registry = processRegistry()
  const observer = engineMetrics(registry)
  ledgerMetrics(registry, { engine, world, readings, amounts: settings.amounts })

  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8 << 10 },
    (request, response) => {
      const path = (request.url ?? "/").split("?")[0]
      if (path !== "/metrics") return answer(response, 404)
      if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405)
      registry.metrics().then(
        text => answer(response, 200, registry.contentType, request.method === "HEAD" ? "" : text),
        // the store does not answer now; Prometheus comes again
        () => answer(response, 503),
      )
    },
  )
  server.maxConnections = 100
  const { host, port } = settings
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
    return { kind: "problems", problems: [`"metrics" cannot listen at ${host}:${port}: ${listening}.`] }
  say(`Metrics at http://${host.includes(":") ? `[${host}]` : host}:${listening}/metrics.`)
  return {
    kind: "part",
    part: {
      observer,
      close: () =>
        new Promise(done => {
          server.close(() => done())
          server.closeAllConnections()
        }),
    },
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
