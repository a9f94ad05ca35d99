// Where people sign in to the console. Flows in: what the configuration says of the issuer, the keys of tokens. Flows out: a login, where one is configured, and the keys that both go by at one issuer. Its library is loaded
// for it alone. Throws NotPossible where it cannot be.

import type { Secrets } from "@fmap/runtime/connectors"
import { NotPossible, type World } from "@fmap/runtime/flow"
import type { TokenKeys } from "@fmap/runtime/http"
import type { OpenIdLogin } from "@fmap/runtime/http/oidc"
import type { HttpConfig } from "./http-config.ts"

interface Opened {
  /** Those of the login, where tokens have none of their own. */
  readonly keys: TokenKeys
  readonly login?: OpenIdLogin
}

export async function openLogin(
  { login: config, tokens }: HttpConfig,
  said: TokenKeys | undefined,
  { secrets, world }: { readonly secrets: Secrets; readonly world: World },
): Promise<Opened> {
  if (config === undefined) return { keys: said ?? neither() }
  await secrets.get(config.clientSecret).catch((error: unknown) => {
    throw new NotPossible(
      "FM8505",
      `Nobody could sign in: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  const { lookupOf } = await import("@fmap/runtime/http")
  const { openIdLogin } = await import("@fmap/runtime/http/oidc")
  const isSame = config.issuer === tokens.issuer
  const find = said === undefined || said.kind === "secret" || !isSame ? undefined : lookupOf(said, world)
  const { issuer, clientId, clientSecret, roles, ...rest } = config
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const login = openIdLogin(
    { issuer, clientId, clientSecret, roles, ...given, ...(find === undefined ? {} : { keys: find }) },
    { secrets, world },
  )
  const shared: TokenKeys | undefined = find === undefined ? said : { kind: "lookup", find }
  return { keys: shared ?? (isSame ? { kind: "lookup", find: login.keys } : neither()), login }
}

function neither(): never {
  throw new NotPossible(
    "FM8505",
    '"http.tokens" needs either keys or secrets; it may go without at the issuer of "http.login" alone',
  )
}
