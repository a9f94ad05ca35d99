// Credentials that many platforms take. Flows in: what the configuration says, with references of secrets. Flows out: an authorizer.
import type { World } from "../../flow/port/world.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"
import { type Authorizer, ask, failure, type Line } from "./ask.ts"
import { bearerToken, type Token, withSecrets } from "./bearer-token.ts"
import { memberOf, scalarText, textOf } from "./json-value.ts"
import { noAuthorizer } from "./no-authorizer.ts"

export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "bearer"; readonly token: SecretReference }
  | { readonly kind: "basic"; readonly user: SecretReference; readonly password: SecretReference }
  | { readonly kind: "header"; readonly name: string; readonly value: SecretReference }
  | {
      readonly kind: "client-credentials"
      /** Behind the base, or a whole URL of one of the connection's `hosts`. */
      readonly tokenUrl: string
      readonly clientId: SecretReference
      readonly clientSecret: SecretReference
      readonly scope?: string
      readonly resource?: string
    }

export function authorizerOf(credentials: Credentials, line: Omit<Line, "authorizer">): Authorizer {
  switch (credentials.kind) {
    case "none":
      return noAuthorizer
    case "bearer":
      return fixed(line, async secrets => ({
        authorization: `Bearer ${await secrets.get(credentials.token)}`,
      }))
    case "header":
      return fixed(line, async secrets => ({
        [credentials.name.toLowerCase()]: await secrets.get(credentials.value),
      }))
    case "basic":
      return fixed(line, async secrets => {
        const pair = `${await secrets.get(credentials.user)}:${await secrets.get(credentials.password)}`
        const text = Buffer.from(pair, "utf8").toString("base64")
        secrets.hide(text)
        return { authorization: `Basic ${text}` }
      })
    case "client-credentials":
      return bearerToken(async signal => {
        const form = await withSecrets(async () => ({
          grant_type: "client_credentials",
          client_id: await line.secrets.get(credentials.clientId),
          client_secret: await line.secrets.get(credentials.clientSecret),
          ...(credentials.scope === undefined ? {} : { scope: credentials.scope }),
          ...(credentials.resource === undefined ? {} : { resource: credentials.resource }),
        }))
        return (await askToken(line, credentials.tokenUrl, form, signal)).token
      }, line)
  }
}

/** As RFC 6749 has it. */
export async function askToken(
  line: Omit<Line, "authorizer">,
  url: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly token: Token; readonly answer: unknown }> {
  const headers = { "content-type": "application/x-www-form-urlencoded" }
  const body = new URLSearchParams(form).toString()
  const { body: answer } = await ask(
    { ...line, authorizer: noAuthorizer, errors: tokenErrors },
    { method: "POST", url, headers, body, isSafe: true },
    { signal },
  )
  const value = textOf(memberOf(answer, "access_token"))
  if (value === undefined)
    throw failure(
      line,
      true,
      { failure: "transient" },
      "BAD_ANSWER",
      "The answer of the token service has no access_token.",
    )
  const seconds = Number(scalarText(memberOf(answer, "expires_in")) ?? Number.NaN)
  const token = Number.isFinite(seconds) ? { value, lastsMs: seconds * 1_000 } : { value }
  return { token, answer }
}

/** Whatever a token service refuses, it refuses credentials. */
const tokenErrors: Line["errors"] = {
  rules: [
    { status: 400, failure: "auth" },
    { status: 403, failure: "auth" },
  ],
  read(body, { status }) {
    const code = textOf(memberOf(body, "error"))
    if (code === undefined)
      return status < 300 ? undefined : { codes: [], message: `The token service answered ${status}.` }
    return { codes: [code], message: textOf(memberOf(body, "error_description")) ?? code }
  },
}

function fixed(
  { secrets }: { readonly secrets: Secrets; readonly world: World },
  headers: (secrets: Secrets) => Promise<Record<string, string>>,
): Authorizer {
  // read at each request, so that a rotated secret is found
  return { headers: () => withSecrets(() => headers(secrets)), renew: () => false }
}
