// What an engine does, as spans of OpenTelemetry. Flows in: facts of the engine, after they happened. Flows out: a span an attempt and one a call below it,
// both in the trace that the event came with. @opentelemetry/api is an optional peer; who exports is the process's affair.
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api"
import type { CallFact, EventNames, Observer } from "../../flow/port/observer.ts"
import { codeWord } from "../logs/code-word.ts"

export function traceObserver(tracer: Tracer): Observer {
  // calls are told before their attempt: they wait for its span
  const calls = new Map<string, CallFact[]>()
  return {
    called(fact) {
      const known = calls.get(fact.event)
      if (known === undefined) calls.set(fact.event, [fact])
      else known.push(fact)
    },
    attempt(fact) {
      const { flow, outcome, code, attempt, startedAt, endedAt } = fact
      const span = tracer.startSpan(
        `flow ${flow}`,
        {
          kind: SpanKind.CONSUMER,
          startTime: startedAt,
          attributes: { ...attributesOf(fact), "fmap.outcome": outcome, "fmap.attempt": attempt },
        },
        parentOf(fact.traceparent),
      )
      const below = trace.setSpan(ROOT_CONTEXT, span)
      for (const call of calls.get(fact.event) ?? []) callSpan(tracer, call, below)
      calls.delete(fact.event)
      if (outcome !== "done") span.setStatus({ code: SpanStatusCode.ERROR, ...messageOf(code) })
      span.end(endedAt)
    },
  }
}

function callSpan(tracer: Tracer, call: CallFact, below: Context): void {
  const { effect, target, outcome, code, startedAt, endedAt } = call
  const span = tracer.startSpan(
    `${target} ${effect}`,
    {
      kind: SpanKind.CLIENT,
      startTime: startedAt,
      attributes: {
        ...attributesOf(call),
        "fmap.target": target,
        "fmap.effect": effect,
        "fmap.outcome": outcome,
      },
    },
    below,
  )
  if (outcome !== "done") span.setStatus({ code: SpanStatusCode.ERROR, ...messageOf(code) })
  span.end(endedAt)
}

function messageOf(code: string | undefined): { readonly message?: string } {
  const message = codeWord(code)
  return message === undefined ? {} : { message }
}

function attributesOf({ event, flow, flowVersion, correlationId }: EventNames): Record<string, string> {
  return {
    "fmap.event": event,
    "fmap.flow": flow,
    "fmap.flow.version": flowVersion,
    "fmap.correlation_id": correlationId,
  }
}

/** W3C trace context, version 00; anything else begins a trace of its own. */
function parentOf(traceparent: string | undefined): Context {
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/u.exec(traceparent ?? "")
  const [, traceId = "", spanId = "", flags = ""] = parts ?? []
  if (parts === null || /^0+$/u.test(traceId) || /^0+$/u.test(spanId)) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16)
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
