// Spans of a process. Flows in: what the engine does. Flows out: spans to whatever SDK of OpenTelemetry the process was started with; where there is none, a sentence that says so.
import type { FoundPart } from "./part.ts"
import { peer } from "./peer.ts"

export async function tracesPart(version: string, say: (sentence: string) => void): Promise<FoundPart> {
  const found = await peer(
    "traces",
    "the package @opentelemetry/api",
    () => import("@fmap/runtime/observe/traces"),
  )
  if (found.kind === "problems") return found
  const { tracer, listens, flush } = found.peer.processTracer("fmap", version)
  if (!listens)
    say('"traces" finds no SDK of OpenTelemetry: start fmap with one, NODE_OPTIONS="--import ./traces.mjs".')
  return { kind: "part", part: { observer: found.peer.traceObserver(tracer), close: flush } }
}
