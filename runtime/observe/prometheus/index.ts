// The door of @fmap/runtime/observe/prometheus. prom-client is an optional peer.
export { engineMetrics } from "./engine-metrics.ts"
export { httpMetrics, type Requested } from "./http-metrics.ts"
export { groupNames, type LedgerMetricsOptions, ledgerMetrics } from "./ledger-metrics.ts"
export { processRegistry } from "./process-registry.ts"
