// Requests to API and console, as metrics of Prometheus: of this process, since it began. Flows in: what the service tells of each. Flows out: a histogram in a registry. Labels are names of routes and
// statuses, so that their number has a bound whatever is asked for.
import { Histogram, type Registry } from "prom-client"

/** As `@fmap/runtime/http` tells it. */
export interface Requested {
  readonly route: string
  readonly status: number
  readonly tookMs: number
}

export function httpMetrics(registry: Registry): (entry: Requested) => void {
  const requests = new Histogram({
    name: "fmap_http_request_seconds",
    help: "Requests to API and console, by route and status.",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  return ({ route, status, tookMs }) => requests.observe({ route, status }, tookMs / 1_000)
}
