// Spans of OpenTelemetry to a file, as JSON lines: NODE_OPTIONS="--import ./traces.mjs" npx fmap flow start. Flows in: what fmap tells the OpenTelemetry API, with `"traces": true` in
// fmap.flows.json. Flows out: traces.ndjson in the working folder. For a collector put its exporter in the place of this one, and a BatchSpanProcessor before it.
import { appendFileSync } from "node:fs"
import { trace } from "@opentelemetry/api"
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"

const toFile = {
  export(spans, done) {
    const lines = spans.map(span => {
      const { traceId, spanId } = span.spanContext()
      const { name, attributes, status, parentSpanContext } = span
      return `${JSON.stringify({ traceId, spanId, parent: parentSpanContext?.spanId, name, attributes, status })}\n`
    })
    appendFileSync("traces.ndjson", lines.join(""))
    done({ code: 0 })
  },
  shutdown: async () => undefined,
}

trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(toFile)] }))
