// From the outbox to JetStream. Flows in: messages of `engine.relay`. Flows out: each in its stream when it resolves: the server has acknowledged it. A message
// that comes again has the same id, and the stream drops it inside of its duplicate window.
import type { JetStreamClient } from "@nats-io/jetstream"
import type { Message } from "../../flow/port/engine.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { headersOf } from "./event-headers.ts"

export interface PublishOptions {
  readonly client: Pick<JetStreamClient, "publish">
  /** Names this ledger among all that publish: `ce-source`. */
  readonly source: string
  /** Before the topic: `fmap.` makes `fmap.orders.booked` of `orders.booked`. */
  readonly prefix?: string
  readonly timeoutMs?: number
}

export function publishToJetStream(options: PublishOptions): (message: Message) => Promise<void> {
  const { client, source, prefix = "", timeoutMs = 5_000 } = options
  return async message => {
    await client.publish(`${prefix}${message.topic}`, writeJson(message.payload), {
      msgID: message.id,
      headers: headersOf(message, source),
      timeout: timeoutMs,
    })
  }
}
