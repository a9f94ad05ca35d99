// Spans of a process. Flows in: what the engine does. Flows out: spans to whatever SDK of OpenTelemetry the process was started with; where there is none, a sentence that says so.
import type { FoundPart } from "./part.ts"
import { peer } from "./peer.ts"

export async function tracesPart(version: string, say: (sentence: string) => void): Promise<FoundPart> {
  const [ours, api] = await Promise.all([
    peer("traces", "the package @opentelemetry/api", () => import("@fmap/runtime/observe/traces")),
    peer("traces", "the package @opentelemetry/api", () => import("@opentelemetry/api")),
  ])
  if (ours.kind === "problems") return ours
  if (api.kind === "problems") return api
  const { trace, isSpanContextValid } = api.peer
  const tracer = trace.getTracer("fmap", version)
  // One that is never ended goes nowhere.
  if (!isSpanContextValid(tracer.startSpan("is there an SDK?").spanContext()))
    say('"traces" finds no SDK of OpenTelemetry: start fmap with one, NODE_OPTIONS="--import ./traces.mjs".')
  return {
    kind: "part",
    part: { observer: ours.peer.traceObserver(tracer), close: () => flushed(trace.getTracerProvider()) },
  }
}

/** What an SDK holds back for a batch is not to be lost with the process. */
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
