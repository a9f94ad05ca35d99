// The door of @fmap/runtime/observe/traces. @opentelemetry/api is an optional peer.

export { type ProcessTracer, processTracer } from "./process-tracer.ts"
export { traceObserver } from "./trace-observer.ts"
