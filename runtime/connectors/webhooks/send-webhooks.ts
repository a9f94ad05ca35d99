// Webhooks going out: what `relay` of an engine publishes to. Flows in: messages. Flows out: signed posts to those who asked for their topics. The id of a message is the
// id of the webhook: it may come twice, and says so itself.

import type { Message } from "../../flow/port/engine.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { ask } from "../http/ask.ts"
import { withSecrets } from "../http/bearer-token.ts"
import type { ConnectionOptions } from "../http/connection.ts"
import { createHttpClient } from "../http/http-client.ts"
import { noAuthorizer } from "../http/no-authorizer.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers } from "../options/common-shapes.ts"
import { checkOptions, dictionary, type Shape, secret as secretReference, text } from "../options/shape.ts"
import type { SecretReference } from "../secrets/secrets.ts"
import { standardHeaders } from "./signatures.ts"

export interface WebhookTarget extends ConnectionOptions {
  readonly system: string
  readonly secret: SecretReference
  /** Topics, and the path each goes to. Others are not sent. */
  readonly topics: Readonly<Record<string, string>>
}

export interface WebhookSender {
  /** Throws CallFailed; undone, or done and not known. The receiver tells doubles by their id. */
  publish(message: Message, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

const shape = {
  ...connectionMembers,
  secret: secretReference,
  topics: dictionary(text),
} satisfies Record<keyof WebhookTarget, Shape>

export function createWebhookSender(
  target: WebhookTarget,
  { secrets, world, client }: Surroundings,
): WebhookSender {
  checkOptions(target, shape)
  const line = {
    system: target.system,
    client: client ?? createHttpClient(target),
    authorizer: noAuthorizer,
    // what a receiver says is not read, only its status
    errors: { rules: [{ status: 410, failure: "rejected" as const }], read: () => undefined },
    secrets,
    world,
  }
  return {
    async publish(message, signal) {
      const path = Object.hasOwn(target.topics, message.topic) ? target.topics[message.topic] : undefined
      if (path === undefined) return
      const body = writeJson({ type: message.topic, id: message.id, data: message.payload })
      const secret = await withSecrets(() => secrets.get(target.secret))
      const headers = {
        "content-type": "application/json",
        ...standardHeaders(secret, message.id, Buffer.from(body, "utf8"), world.now()),
      }
      const { correlationId, traceparent } = message
      const call = { signal, correlationId, ...(traceparent === undefined ? {} : { traceparent }) }
      await ask(line, { method: "POST", url: path, headers, body, isSafe: false, form: "bytes" }, call)
    },
    close: () => line.client.close(),
  }
}
