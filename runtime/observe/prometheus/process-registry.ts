// The metrics of this process: a registry with those of Node in it, to which others are added. Flows in: nothing. Flows out: the registry.
import { collectDefaultMetrics, Registry } from "prom-client"

export function processRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
