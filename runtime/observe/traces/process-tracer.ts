// The tracer of this process. Flows in: who traces. Flows out: a tracer of whatever SDK of OpenTelemetry the process was started with, whether there is one, and how what it holds back is
// written.
import { isSpanContextValid, type Tracer, trace } from "@opentelemetry/api"

export interface ProcessTracer {
  readonly tracer: Tracer
  /** Is there an SDK? Without one spans go nowhere. */
  readonly listens: boolean
  /** What waits for a batch is not to be lost with the process. Never fails. */
  flush(): Promise<void>
}

export function processTracer(name: string, version: string): ProcessTracer {
  const tracer = trace.getTracer(name, version)
  return {
    tracer,
    // One that is never ended goes nowhere.
    listens: isSpanContextValid(tracer.startSpan("is there an SDK?").spanContext()),
    flush: () => flushed(trace.getTracerProvider()),
  }
}

async function flushed(provider: object): Promise<void> {
  const real =
    "getDelegate" in provider && typeof provider.getDelegate === "function"
      ? (provider.getDelegate() as object)
      : provider
  if (!("forceFlush" in real) || typeof real.forceFlush !== "function") return
  try {
    await real.forceFlush()
  } catch {
    // a collector that does not answer stops no one
  }
}
