// Credentials of NetSuite. Flows in: references of secrets. Flows out: an authorizer: tokens for a signed assertion (OAuth 2.0, machine to machine), or a
// signature for each request (token-based authentication).
import type { Authorizer, Line } from "../http/ask.ts"
import { bearerToken, withSecrets } from "../http/bearer-token.ts"
import { askToken } from "../http/credentials.ts"
import { type OAuth1Keys, oauth1 } from "../http/oauth1.ts"
import { type AssertionAlgorithm, signedAssertion } from "../http/signed-assertion.ts"
import type { SecretReference } from "../secrets/secrets.ts"

export type NetSuiteAuth =
  | {
      readonly kind: "oauth2"
      readonly clientId: SecretReference
      /** Of the certificate as NetSuite lists it. */
      readonly certificateId: SecretReference
      /** PEM. */
      readonly privateKey: SecretReference
      /** PS256 where absent. */
      readonly algorithm?: AssertionAlgorithm
    }
  | ({ readonly kind: "token-based" } & OAuth1Keys)

const tokenPath = "/services/rest/auth/oauth2/v1/token"

export function netsuiteAuthorizer(
  auth: NetSuiteAuth,
  account: string,
  line: Omit<Line, "authorizer">,
): Authorizer {
  if (auth.kind === "token-based") return oauth1(auth, account, line.client.urlOf, line)
  return bearerToken(async signal => {
    const assertion = await withSecrets(async () => {
      const now = Math.floor(line.world.now() / 1_000)
      const claims = {
        iss: await line.secrets.get(auth.clientId),
        scope: ["rest_webservices"],
        aud: line.client.urlOf({ url: tokenPath }).href,
        iat: now,
        exp: now + 300,
      }
      const kid = await line.secrets.get(auth.certificateId)
      return signedAssertion(claims, await line.secrets.get(auth.privateKey), auth.algorithm ?? "PS256", {
        kid,
      })
    })
    line.secrets.hide(assertion)
    const form = {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }
    return (await askToken(line, tokenPath, form, signal)).token
  }, line)
}
