// Webhooks coming in. Flows in: a request's method, path, headers and bytes. Flows out: an answer, which says yes only when the event is in the ledger. It knows no
// sockets: `webhook-server.ts` does.
import { createHash } from "node:crypto"
import type { Engine } from "../../flow/port/engine.ts"
import type { Inbound } from "../../flow/port/event.ts"
import { BackPressure, RegionRefused, StoreFailed } from "../../flow/port/failures.ts"
import { isRegion, regionsOfHeader } from "../../flow/port/regions.ts"
import type { World } from "../../flow/port/world.ts"
import { readJsonBytes } from "../../formats/json/read-json.ts"
import { valueAtPath } from "../generic/fill-path.ts"
import type { Path } from "../generic/http-options.ts"
import { scalarText } from "../http/json-value.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"
import { isSignedBy, type SignatureScheme } from "./signatures.ts"

export interface WebhookEndpoint {
  /** `/hooks/orders`. */
  readonly path: string
  readonly flow: string
  readonly source: string
  readonly scheme: SignatureScheme
  /** Any of them signs, so that they can be changed. */
  readonly secrets: readonly SecretReference[]
  /** Where the event's id stands in the payload; absent: `webhook-id` of `standard`, else a hash of the bytes. */
  readonly idAt?: Path
  readonly versionAt?: Path
  /** Which part of the payload is the event; all of it where absent. */
  readonly payloadAt?: Path
  /** Bytes; 1 MiB where absent. */
  readonly longest?: number
}

export interface ReceiverParts {
  readonly endpoints: readonly WebhookEndpoint[]
  readonly append: Engine["append"]
  readonly secrets: Secrets
  readonly world: World
}

export interface WebhookRequest {
  readonly method: string
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
}

export interface WebhookAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export const longestWebhook = 1 << 20

export function endpointAt(
  { endpoints }: Pick<ReceiverParts, "endpoints">,
  path: string,
): WebhookEndpoint | undefined {
  return endpoints.find(endpoint => endpoint.path === path)
}

/** Never says why: who is not the sender learns nothing. */
export async function receiveWebhook(parts: ReceiverParts, request: WebhookRequest): Promise<WebhookAnswer> {
  const endpoint = endpointAt(parts, request.path)
  if (endpoint === undefined) return { status: 404 }
  if (request.method !== "POST") return { status: 405, headers: { allow: "POST" } }
  if (request.body.length > (endpoint.longest ?? longestWebhook)) return { status: 413 }
  const secrets = await Promise.all(endpoint.secrets.map(reference => parts.secrets.get(reference))).catch(
    () => undefined,
  )
  // our secret is missing: the sender has to come again
  if (secrets === undefined) return { status: 503, headers: { "retry-after": "60" } }
  if (!isSignedBy(endpoint.scheme, request, secrets, parts.world.now())) return { status: 401 }
  const event = eventOf(endpoint, request)
  if (event === undefined) return { status: 400 }
  try {
    await parts.append([event])
    // a duplicate, and an id with another payload, too: that is an exception for people here, and no use to the sender
    return { status: 200 }
  } catch (error) {
    if (error instanceof BackPressure)
      return {
        status: 503,
        headers: { "retry-after": String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000))) },
      }
    // it must not be kept here: told, and not asked for again
    if (error instanceof RegionRefused) return { status: 422 }
    if (error instanceof StoreFailed) return { status: 503, headers: { "retry-after": "30" } }
    throw error
  }
}

function eventOf(endpoint: WebhookEndpoint, { headers, body }: WebhookRequest): Inbound | undefined {
  const read = readJsonBytes(body)
  if ("refused" in read) return undefined
  const payload = endpoint.payloadAt === undefined ? read.ok : valueAtPath(read.ok, endpoint.payloadAt)
  const id = idOf(endpoint, headers, body, read.ok)
  if (payload === undefined || id === undefined || id === "" || id.length > 500) return undefined
  const version =
    endpoint.versionAt === undefined ? undefined : scalarText(valueAtPath(read.ok, endpoint.versionAt))
  const traceparent = headers.get("traceparent")
  const correlationId = headers.get("x-correlation-id")
  const said = headers.get("ce-regions")
  const regions = said === undefined || said === "" ? undefined : regionsOfHeader(said)
  if (regions?.every(isRegion) === false) return undefined
  return {
    flow: endpoint.flow,
    source: endpoint.source,
    id,
    payload,
    ...(version === undefined ? {} : { version }),
    ...(traceparent !== undefined && /^[0-9a-f]{2}(?:-[0-9a-f]+){3}$/.test(traceparent)
      ? { traceparent }
      : {}),
    ...(correlationId !== undefined && /^[\x21-\x7e]{1,200}$/.test(correlationId) ? { correlationId } : {}),
    ...(regions === undefined ? {} : { regions }),
  }
}

function idOf(
  endpoint: WebhookEndpoint,
  headers: WebhookRequest["headers"],
  body: Uint8Array,
  document: unknown,
): string | undefined {
  if (endpoint.idAt !== undefined) return scalarText(valueAtPath(document, endpoint.idAt))
  if (endpoint.scheme.kind === "standard") return headers.get("webhook-id")
  return createHash("sha256").update(body).digest("hex")
}
