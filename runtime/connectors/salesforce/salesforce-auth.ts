// Tokens of Salesforce. Flows in: references of secrets. Flows out: an authorizer. Client credentials, or an assertion signed with the org's own key; the
// instance the token is for has to be the one the connection names.
import type { World } from "../../flow/port/world.ts"
import { type Authorizer, failure, type Line } from "../http/ask.ts"
import { bearerToken, type Token, withSecrets } from "../http/bearer-token.ts"
import { askToken } from "../http/credentials.ts"
import { memberOf, textOf } from "../http/json-value.ts"
import { signedAssertion } from "../http/signed-assertion.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"

export type SalesforceAuth =
  | {
      readonly kind: "client-credentials"
      readonly clientId: SecretReference
      readonly clientSecret: SecretReference
    }
  | {
      readonly kind: "jwt-bearer"
      readonly clientId: SecretReference
      /** The login name the connected app acts as. */
      readonly user: string
      /** PEM. */
      readonly privateKey: SecretReference
      /** `https://login.salesforce.com` or that of a sandbox: https://test.salesforce.com. */
      readonly audience: string
    }

/** Who the token is for, as far as the answer says: id of the user. */
export interface SalesforceSession extends Authorizer {
  userId(signal: AbortSignal): Promise<string | undefined>
}

/** Sessions last as an org says; asking for a token twice an hour costs nothing. */
const lastsMs = 30 * 60_000

export function salesforceSession(auth: SalesforceAuth, line: Omit<Line, "authorizer">): SalesforceSession {
  let user: string | undefined
  const authorizer = bearerToken(async (signal): Promise<Token> => {
    const form = await formOf(auth, line.secrets, line.world)
    const { token, answer } = await askToken(line, "/services/oauth2/token", form, signal)
    const instance = textOf(memberOf(answer, "instance_url"))
    if (
      instance !== undefined &&
      URL.canParse(instance) &&
      new URL(instance).host !== line.client.connection.base.host
    )
      throw failure(
        line,
        true,
        { failure: "auth" },
        "OTHER_INSTANCE",
        `The token is for ${new URL(instance).host}; the connection's baseUrl is another org.`,
      )
    user = textOf(memberOf(answer, "id"))?.split("/").at(-1)
    return { value: token.value, lastsMs }
  }, line)
  return {
    ...authorizer,
    async userId(signal) {
      await authorizer.headers({ method: "GET", url: "" }, signal)
      return user
    },
  }
}

async function formOf(auth: SalesforceAuth, secrets: Secrets, world: World): Promise<Record<string, string>> {
  return withSecrets(async () => {
    const clientId = await secrets.get(auth.clientId)
    if (auth.kind === "client-credentials")
      return {
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: await secrets.get(auth.clientSecret),
      }
    const claims = {
      iss: clientId,
      sub: auth.user,
      aud: auth.audience,
      exp: Math.floor(world.now() / 1_000) + 180,
    }
    const assertion = signedAssertion(claims, await secrets.get(auth.privateKey), "RS256")
    secrets.hide(assertion)
    return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }
  })
}
