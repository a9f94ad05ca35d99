// How events stand in messages of NATS: CloudEvents 1.0 in binary mode, the payload as JSON and its attributes as headers. Flows in: messages and events.
// Flows out: the other. Written by hand after the specification: six attributes.
import { headers, type MsgHdrs } from "@nats-io/transport-node"
import type { Message } from "../../flow/port/engine.ts"
import type { Inbound } from "../../flow/port/event.ts"
import { regionsOfHeader } from "../../flow/port/regions.ts"
import { parseExact } from "../../formats/json/parse-exact.ts"

const own = {
  id: "ce-id",
  source: "ce-source",
  type: "ce-type",
  version: "ce-specversion",
  correlationId: "ce-correlationid",
  causationId: "ce-causationid",
  object: "ce-subject",
  order: "ce-sequence",
  traceparent: "traceparent",
  regions: "ce-regions",
} as const

export function headersOf(message: Message, source: string): MsgHdrs {
  const all = headers()
  all.set(own.version, "1.0")
  all.set(own.id, message.id)
  all.set(own.source, source)
  all.set(own.type, message.topic)
  all.set("content-type", "application/json")
  all.set(own.correlationId, message.correlationId)
  all.set(own.causationId, message.causationId)
  if (message.traceparent !== undefined) all.set(own.traceparent, message.traceparent)
  if (message.regions !== undefined) all.set(own.regions, message.regions.join(","))
  return all
}

export interface Arrived {
  readonly stream: string
  readonly sequence: number
  readonly subject: string
  readonly headers: MsgHdrs | undefined
  readonly data: Uint8Array
}

/** The event, or why there is none. What has no id of its own is told apart by its place in the stream, which never changes. */
export function eventOf(
  message: Arrived,
  flow: string,
): { readonly event: Inbound } | { readonly problem: string } {
  const text = textOf(message.data)
  if (text === undefined) return { problem: "The message is not text in UTF-8." }
  const read = parseExact(text)
  if ("refused" in read) return { problem: "The message is no JSON." }
  const header = (name: string): string | undefined => {
    const value = message.headers?.get(name)
    return value === undefined || value === "" ? undefined : value
  }
  const optional = <K extends string>(key: K, value: string | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: string }
  const id = header(own.id)
  const regions = header(own.regions)
  return {
    event: {
      flow,
      source: id === undefined ? `nats:${message.stream}` : (header(own.source) ?? `nats:${message.stream}`),
      id: id ?? header("Nats-Msg-Id") ?? String(message.sequence),
      payload: read.ok,
      ...optional("correlationId", header(own.correlationId)),
      ...optional("causationId", header(own.causationId)),
      ...optional("traceparent", header(own.traceparent)),
      ...optional("object", header(own.object)),
      ...optional("version", header(own.order)),
      ...(regions === undefined ? {} : { regions: regionsOfHeader(regions) }),
    },
  }
}

function textOf(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data)
  } catch {
    return undefined
  }
}
