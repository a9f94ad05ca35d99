// The door of @fmap/runtime/observe/prometheus. prom-client is an optional peer.
export { engineMetrics } from "./engine-metrics.ts"
export { type LedgerMetricsOptions, ledgerMetrics } from "./ledger-metrics.ts"
export { processRegistry } from "./process-registry.ts"
