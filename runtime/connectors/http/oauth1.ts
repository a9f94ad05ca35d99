// OAuth 1.0a with HMAC-SHA256 (RFC 5849): each request is signed. Flows in: four references of secrets. Flows out: an authorizer. Time and chance come from the world.
import { createHmac } from "node:crypto"
import type { World } from "../../flow/port/world.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"
import type { Authorizer } from "./ask.ts"
import { withSecrets } from "./bearer-token.ts"
import type { HttpRequest } from "./http-client.ts"

export interface OAuth1Keys {
  readonly consumerKey: SecretReference
  readonly consumerSecret: SecretReference
  readonly tokenId: SecretReference
  readonly tokenSecret: SecretReference
}

type Pair = readonly [name: string, value: string]

export function oauth1(
  keys: OAuth1Keys,
  realm: string,
  urlOf: (request: HttpRequest) => URL,
  { secrets, world }: { readonly secrets: Secrets; readonly world: World },
): Authorizer {
  return {
    async headers(request) {
      return withSecrets(async () => {
        const [consumerKey, consumerSecret, token, tokenSecret] = await Promise.all(
          [keys.consumerKey, keys.consumerSecret, keys.tokenId, keys.tokenSecret].map(key =>
            secrets.get(key),
          ),
        )
        const url = urlOf(request)
        const oauth: readonly Pair[] = [
          ["oauth_consumer_key", consumerKey ?? ""],
          ["oauth_token", token ?? ""],
          ["oauth_signature_method", "HMAC-SHA256"],
          ["oauth_timestamp", String(Math.floor(world.now() / 1_000))],
          ["oauth_nonce", nonce(world)],
          ["oauth_version", "1.0"],
        ]
        const base = signatureBase(request.method, url, [...oauth, ...url.searchParams])
        const key = `${encoded(consumerSecret ?? "")}&${encoded(tokenSecret ?? "")}`
        const signature = createHmac("sha256", key).update(base).digest("base64")
        const parts = [["realm", realm] as const, ...oauth, ["oauth_signature", signature] as const]
        return {
          authorization: `OAuth ${parts.map(([name, value]) => `${name}="${encoded(value)}"`).join(", ")}`,
        }
      })
    },
    renew: () => false,
  }
}

/** `parameters`: all of them, of the query, the header and a form, without signature and realm. */
export function signatureBase(method: string, url: URL, parameters: readonly Pair[]): string {
  const sorted = parameters
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .toSorted(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")
  return [method.toUpperCase(), encoded(`${url.origin}${url.pathname}`), encoded(sorted)].join("&")
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Of RFC 3986: stricter than that of JavaScript. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

function nonce(world: World): string {
  return Array.from({ length: 24 }, () => letters[Math.floor(world.random() * letters.length)]).join("")
}
