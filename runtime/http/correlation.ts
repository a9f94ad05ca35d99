// What a request says it belongs to. Flows in: its headers. Flows out: a correlation id and a trace, where they are such; what is none is left out: it would stand on every row and in every line of a log.

export interface Correlation {
  readonly correlationId?: string
  readonly traceparent?: string
}

export function correlationOf(headers: Pick<Headers, "get">): Correlation {
  const [traceparent, correlationId] = [headers.get("traceparent"), headers.get("x-correlation-id")]
  return {
    ...(traceparent !== null && /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/u.test(traceparent)
      ? { traceparent }
      : {}),
    ...(correlationId !== null && /^[\x21-\x7e]{1,200}$/u.test(correlationId) ? { correlationId } : {}),
  }
}
