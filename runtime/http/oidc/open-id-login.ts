// Login at an OpenID Connect issuer: authorization code with PKCE, state and nonce. Flows in: the issuer, the client with a reference to its secret, which groups mean which roles. Flows out: a Login; whoever it lets in has exactly
// one role. Tokens go no further than here, but for the hint that signs people out.
import * as client from "openid-client"
import type { Reach } from "../../connectors/http/addresses.ts"
import { createHttpClient, type HttpClient } from "../../connectors/http/http-client.ts"
import type { SecretReference, Secrets } from "../../connectors/secrets/secrets.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import type { Role } from "../../flow/port/permissions.ts"
import type { World } from "../../flow/port/world.ts"
import type { KeyLookup } from "../auth/key-lookup.ts"
import type { Login, LoginRefused } from "../auth/login.ts"
import { isSubject, type Person, roleIn, wordsIn } from "../auth/person.ts"
import { createAttempts } from "../auth/sealed-attempt.ts"
import { type Claims, claimsVerifier } from "../auth/verify-token.ts"
import { issuerAt } from "./issuer.ts"
import { loginFailure } from "./login-failure.ts"

/** People have pages; `system` is a role of programs. */
export type PersonRoles = Readonly<Record<string, Exclude<Role, "system">>>

export interface OpenIdOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: SecretReference
  readonly roles: PersonRoles
  /** `groups` where absent. */
  readonly roleClaim?: string
  /** The name in the audit; `sub` where absent. */
  readonly subjectClaim?: string
  /** Beside `openid`. */
  readonly scopes?: readonly string[]
  /** What may stand in `aud` beside the client. */
  readonly audiences?: readonly string[]
  /** How long a session lasts at most; 480 where absent. */
  readonly sessionMinutes?: number
  readonly toleranceSeconds?: number
  /** Further hosts the issuer may lead to. */
  readonly hosts?: readonly string[]
  readonly reach?: Reach
  /** Keys of the issuer that tokens are judged by, too; absent: those its metadata leads to. */
  readonly keys?: KeyLookup
}

export interface OpenIdLogin extends Login {
  /** Of the issuer, for tokens that it signs. */
  readonly keys: KeyLookup
  /** Why nobody could come in now; undefined: the issuer answers, and its metadata fit. */
  look(): Promise<string | undefined>
  close(): Promise<void>
}

interface Parts {
  readonly secrets: Secrets
  readonly world: World
  /** Instead of one of our own: for tests. */
  readonly http?: HttpClient
}

/** Throws NotPossible for options that cannot be. */
export function openIdLogin(options: OpenIdOptions, { secrets, world, http: given }: Parts): OpenIdLogin {
  const { clientId, roleClaim = "groups", subjectClaim = "sub", toleranceSeconds = 30 } = options
  const http = given ?? clientOf(options)
  const issuer = issuerAt(options.issuer, clientId, toleranceSeconds, http, world)
  const attempts = createAttempts(world)
  const scope = [...new Set(["openid", ...(options.scopes ?? [])])].join(" ")
  const keys = options.keys ?? issuer.keys
  const configured = async () => issuer.configuration(await secrets.get(options.clientSecret))

  /** What the library does not look at: the signature, audiences beside ours, a time before it was signed. */
  async function judged(
    token: string,
    name: string,
  ): Promise<LoginRefused | { kind: "claims"; claims: Claims }> {
    const verify = claimsVerifier(
      { issuer: name, audience: clientId, keys: { kind: "lookup", find: keys }, toleranceSeconds },
      world,
    )
    const verified = await verify(token)
    if (verified.kind === "refused") return unverified[verified.why]
    const { aud, iat } = verified.claims
    const known = [clientId, ...(options.audiences ?? [])]
    if ([aud].flat().some(one => typeof one !== "string" || !known.includes(one)))
      return { kind: "refused", code: "TOKEN_AUDIENCE", operator: "An ID token was meant for others, too." }
    if (typeof iat !== "number" || iat * 1_000 > world.now() + toleranceSeconds * 1_000)
      return unverified.over
    return verified
  }

  function personOf(claims: Claims): LoginRefused | { kind: "person"; person: Person } {
    const subject = Object.hasOwn(claims, subjectClaim) ? claims[subjectClaim] : undefined
    const isUnproved = subjectClaim === "email" && claims["email_verified"] === false
    if (!isSubject(subject) || isUnproved)
      return {
        kind: "refused",
        code: "TOKEN_REFUSED",
        operator: `An ID token has no ${subjectClaim} that names a person.`,
      }
    const role = roleIn(claims, { claim: roleClaim, means: options.roles })
    if (role === "none" && isElsewhere(claims, roleClaim))
      return { kind: "refused", code: "GROUPS_ELSEWHERE" }
    if (role === "none" || role === "several")
      return {
        kind: "refused",
        code: role === "none" ? "NO_ROLE" : "SEVERAL_ROLES",
        seen: { claim: roleClaim, words: wordsIn(claims, roleClaim) },
      }
    const until = world.now() + (options.sessionMinutes ?? 480) * 60_000
    return { kind: "person", person: { subject, role, until } }
  }

  return {
    name: http.connection.base.host,
    keys: issuer.keys,
    async look() {
      try {
        await issuer.metadata()
        return undefined
      } catch (error) {
        return loginFailure(error).operator
      }
    },
    async begin({ redirect, to }) {
      try {
        const configuration = await configured()
        const [state, nonce, verifier] = [
          client.randomState(),
          client.randomNonce(),
          client.randomPKCECodeVerifier(),
        ]
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: redirect,
          scope,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        })
        return {
          kind: "away",
          url: url.href,
          kept: await attempts.seal({ state, nonce, verifier, redirect, to }),
        }
      } catch (error) {
        return loginFailure(error)
      }
    },
    async finish({ redirect, query, kept }) {
      const attempt = await attempts.open(kept)
      const [state, ...more] = query.getAll("state")
      // Who does not bring what this browser was given tells us nothing, not even an error.
      if (
        attempt === undefined ||
        attempt.redirect !== redirect ||
        state !== attempt.state ||
        more.length > 0 ||
        !attempts.take(attempt)
      )
        return { kind: "refused", code: "LOGIN_UNKNOWN" }
      try {
        const came = new URL(redirect)
        came.search = query.toString()
        const configuration = await configured()
        const { id_token: token } = await client.authorizationCodeGrant(configuration, came, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        })
        const read = await judged(token ?? "", configuration.serverMetadata().issuer)
        if (read.kind === "refused") return read
        const found = personOf(read.claims)
        return found.kind === "refused" ? found : { ...found, to: attempt.to, hint: token ?? "" }
      } catch (error) {
        return loginFailure(error)
      }
    },
    async leave(hint, back) {
      try {
        const configuration = await configured()
        if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
        return client.buildEndSessionUrl(configuration, {
          post_logout_redirect_uri: back,
          id_token_hint: hint,
        }).href
      } catch {
        return undefined
      }
    },
    close: () => http.close(),
  }
}

const unverified = {
  over: {
    kind: "refused",
    code: "TOKEN_TIME",
    operator: "An ID token was over, or not good yet: look at both clocks.",
  },
  algorithm: {
    kind: "refused",
    code: "TOKEN_ALGORITHM",
    operator: "An ID token came with an algorithm that is not taken.",
  },
  signature: {
    kind: "refused",
    code: "TOKEN_SIGNATURE",
    operator: "An ID token was not signed with a key of the issuer.",
  },
  unreadable: {
    kind: "refused",
    code: "TOKEN_REFUSED",
    operator: "An ID token could not be read, or has more than 8 KiB.",
  },
} as const satisfies Readonly<Record<string, LoginRefused>>

/** Of many groups an issuer may say only where they can be asked for (OpenID Connect Core, 5.6.2). */
function isElsewhere(claims: Claims, claim: string): boolean {
  const names = claims["_claim_names"]
  return typeof names === "object" && names !== null && Object.hasOwn(names, claim)
}

function clientOf({ issuer, hosts, reach }: OpenIdOptions): HttpClient {
  try {
    return createHttpClient({
      baseUrl: issuer,
      ...(hosts === undefined ? {} : { hosts }),
      ...(reach === undefined ? {} : { reach }),
      connections: 4,
      connectMs: 5_000,
      headersMs: 10_000,
      bodyMs: 10_000,
      totalMs: 10_000,
      longestAnswer: 1 << 20,
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new NotPossible("FM8505", `The issuer of the login: ${error.message}`)
  }
}
