// The door of @fmap/runtime/observe/traces. @opentelemetry/api is an optional peer.
export { traceObserver } from "./trace-observer.ts"
