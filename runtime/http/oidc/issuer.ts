// What is known of an issuer: its metadata and its keys. Flows in: its name, and how it may be reached. Flows out: metadata that was checked, kept for an hour, and longer while it cannot be had again; keys by the head of a
// token. It throws what loginFailure reads.
import * as client from "openid-client"
import { type Connection, targetProblem } from "../../connectors/http/connection.ts"
import type { HttpClient } from "../../connectors/http/http-client.ts"
import type { World } from "../../flow/port/world.ts"
import { type KeyLookup, remoteKeys } from "../auth/key-lookup.ts"
import { issuerFetch } from "./issuer-fetch.ts"
import { LoginFailed } from "./login-failure.ts"

export interface Issuer {
  metadata(): Promise<client.ServerMetadata>
  /** One that asks by the connection, for one login; its secret is of now. */
  configuration(secret: string): Promise<client.Configuration>
  readonly keys: KeyLookup
}

const freshMs = 60 * 60_000
/** Between two tries at an issuer that did not answer. */
const restMs = 5_000
const timeoutSeconds = 10

export function issuerAt(
  name: string,
  clientId: string,
  toleranceSeconds: number,
  http: HttpClient,
  world: World,
): Issuer {
  const ask = issuerFetch(http)
  const isPlain = http.connection.base.protocol === "http:"
  let held: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined
  let failed: { readonly error: unknown; readonly at: number } | undefined
  let asking: Promise<client.ServerMetadata> | undefined
  let keys: { readonly address: string; readonly find: KeyLookup } | undefined

  async function discover(): Promise<client.ServerMetadata> {
    const found = await client.discovery(new URL(name), clientId, undefined, undefined, {
      [client.customFetch]: ask,
      timeout: timeoutSeconds,
      execute: isPlain ? [client.allowInsecureRequests] : [],
    })
    const metadata = found.serverMetadata()
    checkMetadata(metadata, name, http.connection)
    return metadata
  }

  async function metadata(): Promise<client.ServerMetadata> {
    const now = world.now()
    if (held !== undefined && now - held.at < freshMs) return held.metadata
    if (failed !== undefined && now - failed.at < restMs) {
      if (held !== undefined) return held.metadata
      throw failed.error
    }
    asking ??= discover().finally(() => {
      asking = undefined
    })
    try {
      const found = await asking
      held = { metadata: found, at: world.now() }
      failed = undefined
      return found
    } catch (error) {
      failed = { error, at: world.now() }
      if (held !== undefined) return held.metadata
      throw error
    }
  }

  return {
    metadata,
    async configuration(secret) {
      const found = await metadata()
      const made = new client.Configuration(
        found,
        clientId,
        { [client.clockTolerance]: toleranceSeconds },
        authenticationOf(found, secret),
      )
      made.timeout = timeoutSeconds
      made[client.customFetch] = ask
      if (isPlain) client.allowInsecureRequests(made)
      return made
    },
    async keys(head, token) {
      const { jwks_uri: address = "" } = await metadata()
      if (keys?.address !== address) keys = { address, find: remoteKeys(address, ask as typeof fetch) }
      return keys.find(head, token)
    },
  }
}

/** What stands in metadata is the issuer's word: it is held to its name, and to the hosts it may send browsers and us to. */
function checkMetadata(metadata: client.ServerMetadata, name: string, connection: Connection): void {
  if (!URL.canParse(metadata.issuer) || new URL(metadata.issuer).href !== new URL(name).href)
    throw new LoginFailed("ISSUER_WRONG", "The metadata of the issuer names another issuer.")
  const needed = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const
  for (const member of [...needed, "end_session_endpoint"] as const) {
    const address = metadata[member]
    if (address === undefined && member === "end_session_endpoint") continue
    if (typeof address !== "string" || !URL.canParse(address))
      throw new LoginFailed("ISSUER_WRONG", `The metadata of the issuer has no ${member} that is a URL.`)
    const url = new URL(address)
    const problem = targetProblem(url, connection)
    if (problem !== undefined)
      throw new LoginFailed(
        "ISSUER_WRONG",
        `${member} of the issuer leads to ${url.host}, which ${problem}; name the host in \`hosts\` where that is right.`,
      )
  }
}

/** In the body where the issuer takes it there: in the header the secret has to be encoded, and not every issuer decodes what is. */
function authenticationOf(metadata: client.ServerMetadata, secret: string): client.ClientAuth {
  // absent: by the specification it is this one
  const ways = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
  if (ways.includes("client_secret_post")) return client.ClientSecretPost(secret)
  if (ways.includes("client_secret_basic")) return client.ClientSecretBasic(secret)
  throw new LoginFailed("ISSUER_WRONG", "The issuer takes no client secret at its token endpoint.")
}
