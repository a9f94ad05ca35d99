// What an issuer, a browser or a network may do wrong, as a table: each leads to a page that says what it is, a code in the log, and no session. No secret, code or token is in any of them.
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose"
import { describe, expect, test } from "vitest"
import { type LoginProblem, loginProblems } from "../../../../runtime/http/index.ts"
import type { OpenIdOptions } from "../../../../runtime/http/oidc/index.ts"
import type { Twist } from "./issuer.ts"
import { type Console, people, startConsole, type Walker, walker } from "./signing-in.ts"

const now = () => Math.floor(Date.now() / 1_000)
const changed = (change: (right: JWTPayload) => JWTPayload): Twist => ({ claims: change })
const half = (token: string) => token.split(".").slice(0, 2).join(".")

async function byOtherKey(_: string, claims: JWTPayload): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256")
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k1" }).sign(privateKey)
}

/** The public key of the issuer as the secret of an HMAC. */
async function byPublicKey(at: Console, claims: JWTPayload): Promise<string> {
  const key = new TextEncoder().encode(JSON.stringify(await at.issuer.jwks()))
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(key)
}

interface Case {
  readonly options?: Partial<OpenIdOptions>
  readonly twist?: (at: Console) => Twist
  /** Before the way begins. */
  readonly before?: (at: Console, me: Walker) => unknown
  /** What the browser makes of the address that leads back. */
  readonly back?: (back: URL, at: Console, me: Walker) => Promise<void> | void
  readonly code: LoginProblem
  /** In the page, beside the sentence of the code. */
  readonly says?: string
  /** For who runs the service; undefined: it is nothing of theirs. */
  readonly operator?: string
}

const tokenCases: Readonly<Record<string, Case>> = {
  "another nonce": { twist: () => changed(right => ({ ...right, nonce: "another" })), code: "TOKEN_NONCE" },
  "no nonce": {
    twist: () => changed(({ nonce: _, ...right }) => right),
    code: "TOKEN_REFUSED",
    operator: "lacks a claim",
  },
  "the audience of another client": {
    twist: () => changed(right => ({ ...right, aud: "payroll" })),
    code: "TOKEN_AUDIENCE",
    operator: "meant for another client",
  },
  "another audience beside ours": {
    twist: ({ issuer }) =>
      changed(right => ({ ...right, aud: [issuer.clientId, "payroll"], azp: issuer.clientId })),
    code: "TOKEN_AUDIENCE",
    operator: "meant for others, too",
  },
  "another party it was handed to": {
    twist: ({ issuer }) => changed(right => ({ ...right, aud: [issuer.clientId, "api"], azp: "payroll" })),
    options: { audiences: ["api"] },
    code: "TOKEN_AUDIENCE",
    operator: "meant for another client",
  },
  "another issuer": {
    twist: () => changed(right => ({ ...right, iss: "https://evil.example" })),
    code: "TOKEN_ISSUER",
    operator: "names another issuer",
  },
  "its issuer with a slash behind": {
    twist: () => changed(right => ({ ...right, iss: `${right.iss}/` })),
    code: "TOKEN_ISSUER",
    operator: "names another issuer",
  },
  "a token that is over": {
    twist: () => changed(right => ({ ...right, iat: now() - 900, exp: now() - 31 })),
    code: "TOKEN_TIME",
    operator: "look at both clocks",
  },
  "a token that is not good yet": {
    twist: () => changed(right => ({ ...right, nbf: now() + 90 })),
    code: "TOKEN_TIME",
    operator: "look at both clocks",
  },
  "a token of the future": {
    twist: () => changed(right => ({ ...right, iat: now() + 3_600, exp: now() + 7_200 })),
    code: "TOKEN_TIME",
    operator: "look at both clocks",
  },
  "a clock that differs by more than is tolerated": {
    twist: () => changed(right => ({ ...right, iat: now() - 305, exp: now() - 5 })),
    options: { toleranceSeconds: 2 },
    code: "TOKEN_TIME",
    operator: "look at both clocks",
  },
  "no subject": {
    twist: () => changed(({ sub: _, ...right }) => right),
    code: "TOKEN_REFUSED",
    operator: "lacks a claim",
  },
  "no end": {
    twist: () => changed(({ exp: _, ...right }) => right),
    code: "TOKEN_REFUSED",
    operator: "lacks a claim",
  },
  "the algorithm none": {
    twist: () => ({ idToken: (_, claims) => new UnsecuredJWT(claims).encode() }),
    code: "TOKEN_ALGORITHM",
    operator: "algorithm",
  },
  "the algorithm none, which its metadata allow": {
    twist: () => ({
      metadata: right => ({ ...right, id_token_signing_alg_values_supported: ["none", "RS256"] }),
      idToken: (_, claims) => new UnsecuredJWT(claims).encode(),
    }),
    code: "TOKEN_REFUSED",
    operator: "could not be read",
  },
  "the algorithm none with a signature": {
    twist: () => ({
      metadata: right => ({ ...right, id_token_signing_alg_values_supported: ["none", "RS256"] }),
      idToken: (right, claims) => `${new UnsecuredJWT(claims).encode()}${right.split(".")[2]}`,
    }),
    code: "TOKEN_ALGORITHM",
    operator: "algorithm",
  },
  "a public key used as a secret": {
    twist: at => ({ idToken: (_, claims) => byPublicKey(at, claims) }),
    code: "TOKEN_ALGORITHM",
    operator: "algorithm",
  },
  "a public key used as a secret, which its metadata allow": {
    twist: at => ({
      metadata: right => ({ ...right, id_token_signing_alg_values_supported: ["HS256"] }),
      idToken: (_, claims) => byPublicKey(at, claims),
    }),
    code: "TOKEN_ALGORITHM",
    operator: "algorithm",
  },
  "the key of somebody else": {
    twist: () => ({ idToken: byOtherKey }),
    code: "TOKEN_SIGNATURE",
    operator: "not signed with a key of the issuer",
  },
  "claims that were changed after signing": {
    twist: () => ({
      idToken: right => {
        const [head = "", claims = "", signature = ""] = right.split(".")
        const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as object
        const other = Buffer.from(JSON.stringify({ ...read, groups: ["finance-control"] })).toString(
          "base64url",
        )
        return `${head}.${other}.${signature}`
      },
    }),
    code: "TOKEN_SIGNATURE",
    operator: "not signed with a key of the issuer",
  },
  "no signature": {
    twist: () => ({ idToken: right => `${half(right)}.` }),
    code: "TOKEN_REFUSED",
    operator: "could not be read",
  },
  "a token that is none": {
    twist: () => ({ idToken: () => "canary-of-a-token" }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "a token of more than is read": {
    twist: () => changed(right => ({ ...right, much: "x".repeat(9_000) })),
    code: "TOKEN_REFUSED",
    operator: "could not be read",
  },
}

const answerAt = (path: string, answer: object) => (): Twist => ({
  answer: { [path]: { status: 200, ...answer } },
})
const metadataWith = (more: object) => (): Twist => ({ metadata: right => ({ ...right, ...more }) })

const issuerCases: Readonly<Record<string, Case>> = {
  "an issuer that is down": {
    before: at => at.issuer.stop(),
    code: "ISSUER_DOWN",
    operator: "cannot be reached (ECONNREFUSED)",
  },
  "an issuer that fails": {
    twist: answerAt("/.well-known/openid-configuration", { status: 503 }),
    code: "ISSUER_DOWN",
    operator: "status 503",
  },
  "metadata that are a page": {
    twist: answerAt("/.well-known/openid-configuration", { text: "<html>" }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "metadata that lead on to another host": {
    twist: answerAt("/.well-known/openid-configuration", {
      status: 302,
      headers: { location: "http://169.254.169.254/latest/meta-data" },
    }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "metadata of more than is read": {
    twist: answerAt("/.well-known/openid-configuration", { body: { much: "x".repeat(2 << 20) } }),
    code: "ISSUER_DOWN",
    operator: "ANSWER_TOO_LONG",
  },
  "metadata of another issuer": {
    twist: metadataWith({ issuer: "https://evil.example" }),
    code: "ISSUER_WRONG",
    operator: "OpenID Connect",
  },
  "metadata of any tenant": {
    twist: metadataWith({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" }),
    code: "ISSUER_WRONG",
    operator: "OpenID Connect",
  },
  "metadata without an address for tokens": {
    twist: metadataWith({ token_endpoint: undefined }),
    code: "ISSUER_WRONG",
    operator: "no token_endpoint",
  },
  "tokens at the address of a cloud's credentials": {
    twist: metadataWith({ token_endpoint: "http://169.254.169.254/latest" }),
    code: "ISSUER_WRONG",
    operator: "token_endpoint of the issuer leads to 169.254.169.254, which is no host of this connection",
  },
  "keys of another host": {
    twist: metadataWith({ jwks_uri: "https://evil.example/keys" }),
    code: "ISSUER_WRONG",
    operator: "jwks_uri of the issuer leads to evil.example",
  },
  "a login at another host": {
    twist: metadataWith({ authorization_endpoint: "https://evil.example/authorize" }),
    code: "ISSUER_WRONG",
    operator: "authorization_endpoint of the issuer leads to evil.example",
  },
  "a login that is a script": {
    twist: metadataWith({ authorization_endpoint: "javascript:alert(1)" }),
    code: "ISSUER_WRONG",
    operator: "authorization_endpoint",
  },
  "a sign-out at another host": {
    twist: metadataWith({ end_session_endpoint: "https://evil.example/leave" }),
    code: "ISSUER_WRONG",
    operator: "end_session_endpoint",
  },
  "another port of its host": {
    twist: metadataWith({ token_endpoint: "http://localhost:5432/" }),
    code: "ISSUER_WRONG",
    operator: "token_endpoint",
  },
  "no way to say a secret": {
    twist: metadataWith({ token_endpoint_auth_methods_supported: ["private_key_jwt"] }),
    code: "ISSUER_WRONG",
    operator: "takes no client secret",
  },
  "a wrong secret": {
    before: at => at.secretIs("canary-of-a-wrong-secret"),
    code: "CLIENT_REFUSED",
    says: "invalid_client",
    operator: "does not take the client or its secret",
  },
  "a secret that is not there": {
    before: at => at.secretIs(undefined),
    code: "SECRET_MISSING",
    operator: "nothing at env:CLIENT_SECRET",
  },
  "tokens that are refused for another reason": {
    twist: answerAt("/token", { status: 400, body: { error: "unsupported_grant_type" } }),
    code: "ISSUER_WRONG",
    says: "unsupported_grant_type",
    operator: "unsupported_grant_type",
  },
  "a refusal that wants to be code": {
    twist: answerAt("/token", { status: 400, body: { error: "<script>window.ran=1</script>" } }),
    code: "ISSUER_WRONG",
    says: "another_error",
    operator: "another_error",
  },
  "a 401 with a challenge": {
    twist: answerAt("/token", { status: 401, text: "", headers: { "www-authenticate": 'Basic realm="x"' } }),
    code: "CLIENT_REFUSED",
    operator: "does not take the client",
  },
  "tokens that are a page": {
    twist: answerAt("/token", { text: "<html>" }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "a failure where tokens are made": {
    twist: answerAt("/token", { status: 500, text: "" }),
    code: "ISSUER_DOWN",
    operator: "status 500",
  },
  "tokens that lead on": {
    twist: answerAt("/token", { status: 307, headers: { location: "http://127.0.0.1:1/" } }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "no ID token": {
    twist: answerAt("/token", { body: { access_token: "canary-of-access", token_type: "Bearer" } }),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "keys that cannot be had": {
    twist: answerAt("/keys", { status: 503 }),
    code: "ISSUER_DOWN",
    operator: "or its keys",
  },
  "keys that are none": {
    twist: answerAt("/keys", { body: { keys: "none" } }),
    code: "ISSUER_DOWN",
    operator: "or its keys",
  },
  "keys without the one that signed": {
    twist: answerAt("/keys", { body: { keys: [] } }),
    code: "TOKEN_SIGNATURE",
    operator: "not signed with a key of the issuer",
  },
}

const said = (more: Readonly<Record<string, string>>) => (back: URL) => {
  back.searchParams.delete("code")
  for (const [name, value] of Object.entries(more)) back.searchParams.set(name, value)
}

const browserCases: Readonly<Record<string, Case>> = {
  "a person the issuer does not let in": {
    back: said({ error: "access_denied", error_description: "canary of a description" }),
    code: "ISSUER_REFUSED",
    says: "access_denied",
  },
  "an error that wants to be code": {
    back: said({ error: "<script>window.ran=1</script>" }),
    code: "ISSUER_REFUSED",
    says: "another_error",
  },
  "a client the issuer does not know": {
    back: said({ error: "unauthorized_client" }),
    code: "CLIENT_REFUSED",
    says: "unauthorized_client",
    operator: "registration",
  },
  "a scope the issuer does not know": {
    back: said({ error: "invalid_scope" }),
    code: "CLIENT_REFUSED",
    says: "invalid_scope",
    operator: "registration",
  },
  "an issuer that asks for patience": {
    back: said({ error: "temporarily_unavailable" }),
    code: "ISSUER_DOWN",
    operator: "temporarily_unavailable",
  },
  "another state": { back: back => back.searchParams.set("state", "another"), code: "LOGIN_UNKNOWN" },
  "no state": { back: back => back.searchParams.delete("state"), code: "LOGIN_UNKNOWN" },
  "two states": {
    back: back => back.searchParams.append("state", back.searchParams.get("state") ?? ""),
    code: "LOGIN_UNKNOWN",
  },
  "an error with another state": {
    back: back => {
      said({ error: "access_denied" })(back)
      back.searchParams.set("state", "another")
    },
    code: "LOGIN_UNKNOWN",
  },
  "a browser that began nothing": { back: (_, __, me) => me.cookies.clear(), code: "LOGIN_UNKNOWN" },
  "a login of another browser": {
    back: async (back, at, me) => {
      const mallory = walker(at)
      back.href = await mallory.away()
      await me.get("/login/begin")
    },
    code: "LOGIN_UNKNOWN",
  },
  "a cookie that was changed": {
    back: (_, __, me) => {
      const sealed = me.cookies.get("fmap-login") ?? ""
      me.cookies.set("fmap-login", `${sealed.slice(0, -3)}${sealed.endsWith("AAA") ? "BBB" : "AAA"}`)
    },
    code: "LOGIN_UNKNOWN",
  },
  "another name of ours than it began at": {
    back: back => {
      back.hostname = "localhost"
    },
    code: "LOGIN_UNKNOWN",
  },
  "a code that was used": {
    back: async (back, at, me) => {
      const kept = new Map(me.cookies)
      await me.get(back.href)
      at.on.logged.length = 0
      me.cookies.clear()
      for (const [name, value] of kept) me.cookies.set(name, value)
    },
    code: "LOGIN_UNKNOWN",
  },
  "a code that is over": {
    back: back => back.searchParams.set("code", "canary-of-a-code"),
    code: "CODE_OVER",
    says: "invalid_grant",
  },
  "the code of somebody else": {
    back: async (back, at) => {
      const other = new URL(await walker(at).away())
      back.searchParams.set("code", other.searchParams.get("code") ?? "")
    },
    code: "CODE_OVER",
    says: "invalid_grant",
  },
  "two codes": {
    back: back => back.searchParams.append("code", "canary-of-a-code"),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "no code": {
    back: back => back.searchParams.delete("code"),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "another issuer that says it answers": {
    back: back => back.searchParams.set("iss", "https://evil.example"),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "an issuer that does not say who it is, and said it would": {
    back: back => back.searchParams.delete("iss"),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
  "a token in the address": {
    back: back => back.searchParams.set("id_token", "canary-of-a-token"),
    code: "ISSUER_WRONG",
    operator: "not one of OpenID Connect",
  },
}

const canaries = /canary/u

describe.each(Object.entries({ ...tokenCases, ...issuerCases, ...browserCases }))("%s", (_, one) => {
  test(`is ${one.code}: a page, a line of the log, no session`, async () => {
    const at = await startConsole(one.options)
    try {
      const me = walker(at)
      at.issuer.people = [people["operations"] ?? { sub: "" }]
      at.issuer.twist = one.twist?.(at) ?? {}
      await one.before?.(at, me)
      const begun = await me.get("/login/begin?to=%2Fexceptions")
      let page = begun
      if (begun.status === 303) {
        const led = await me.get(begun.headers.get("location") ?? "")
        const back = new URL(led.headers.get("location") ?? "")
        await one.back?.(back, at, me)
        page = await me.get(back.href)
      }
      const { status, says } = loginProblems[one.code]
      expect([page.status, page.text.includes(says)], page.text).toEqual([status, true])
      expect(page.text).toContain(one.says ?? says)
      expect(page.text).not.toContain("<script>")
      expect(me.cookies.has("fmap")).toBe(false)
      expect(at.on.logged.at(-1)).toMatchObject({ status, because: one.code, subject: undefined })
      const told = at.failures.join("\n")
      if (one.operator === undefined)
        expect(told).toMatch(one.code === "ISSUER_WRONG" ? /ISSUER_WRONG/u : /^$/u)
      else expect(told).toContain(one.operator)
      expect(at.on.troubles).toEqual([])
      for (const place of [page.text, told, JSON.stringify(at.on.logged)]) {
        expect(place).not.toMatch(canaries)
        for (const secret of [at.issuer.secret, ...at.issuer.issued]) expect(place).not.toContain(secret)
      }
    } finally {
      await at.close()
    }
  })
})
