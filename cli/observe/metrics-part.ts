// The metrics of a process. Flows in: the section `metrics`, the engine's numbers and the last readings of watches. Flows out: figures on a port of their own where this process works on the ledger, and
// for the API, where people and programs say who they are.
import type { Engine, World } from "@fmap/runtime/flow"
import type { Reading, Watch } from "@fmap/runtime/observe"
import { problem } from "../terminal/problem.ts"
import type { MetricsSettings } from "./machines-config.ts"
import { metricsPort } from "./metrics-port.ts"
import type { FoundPart } from "./part.ts"
import { peer } from "./peer.ts"

export interface MetricsParts {
  readonly engine: Pick<Engine, "stats">
  readonly world: World
  readonly readings: () => readonly Reading[] | Promise<readonly Reading[]>
  /** What the readings are of. */
  readonly watches: readonly Watch[]
  readonly say: (sentence: string) => void
  /** Has it a port? One beside a process that works does not: the two would want the same. */
  readonly onPort: boolean
}

export async function metricsPart(settings: MetricsSettings, parts: MetricsParts): Promise<FoundPart> {
  const { engine, world, readings, watches, say, onPort } = parts
  const found = await peer(
    "metrics",
    "the package prom-client",
    () => import("@fmap/runtime/observe/prometheus"),
  )
  if (found.kind === "problems") return found
  const { engineMetrics, groupNames, httpMetrics, ledgerMetrics, processRegistry } = found.peer
  const registry = processRegistry()
  const requested = httpMetrics(registry)
  const observer = onPort ? engineMetrics(registry) : undefined
  ledgerMetrics(registry, {
    engine,
    world,
    readings,
    groups: groupNames(watches),
    amounts: settings.amounts,
  })
  const part = {
    requested,
    metrics: () => registry.metrics(),
    ...(observer === undefined ? {} : { observer }),
  }
  if (!onPort) return { kind: "part", part }
  const { host, port } = settings
  const opened = await metricsPort(host, port, registry)
  if (opened.kind === "problem")
    return { kind: "problems", problems: [problem("FM8504", `"metrics" ${opened.problem}.`)] }
  say(`Metrics at ${opened.url}.`)
  return { kind: "part", part: { ...part, close: opened.close } }
}
