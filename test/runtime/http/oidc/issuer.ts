// A small OpenID Connect issuer on this machine: metadata, keys, login, tokens, sign-out, over real HTTP and signed with jose. It is strict where an issuer is: registered client and redirect, secret, PKCE, codes that are taken
// once. Flows in: who signs in, and what it does wrong. Flows out: an issuer that remembers what it handed out.
import { createHash, randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose"

export interface Claimed {
  readonly sub: string
  readonly [claim: string]: unknown
}

/** What it does otherwise than it should. */
export interface Twist {
  readonly metadata?: (right: Record<string, unknown>) => unknown
  /** Query of the way back. */
  readonly back?: (right: URLSearchParams) => void
  readonly claims?: (right: JWTPayload) => JWTPayload
  /** The whole ID token, made of the right one. */
  readonly idToken?: (right: string, claims: JWTPayload) => string | Promise<string>
  /** The whole answer of a path. */
  readonly answer?: Readonly<Record<string, Answer>>
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestIssuer {
  readonly url: string
  readonly clientId: string
  /** As it takes it now. */
  secret: string
  /** Who is signed in there; several: it asks in a page. */
  people: readonly Claimed[]
  twist: Twist
  /** Redirects that are registered, for login and sign-out. */
  readonly redirects: string[]
  /** Codes and tokens it handed out. */
  readonly issued: string[]
  /** Paths that were asked, with their queries. */
  readonly asked: string[]
  /** How clients said who they are. */
  readonly ways: ("basic" | "post")[]
  /** A token of its own for anybody. */
  sign(claims: JWTPayload, alg?: string): Promise<string>
  jwks(): Promise<object>
  stop(): Promise<void>
}

interface Login {
  readonly query: URLSearchParams
  readonly person: Claimed
}

export async function startIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
  const codes = new Map<string, Login>()
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo

  const signed = (claims: JWTPayload, key: CryptoKey, alg: string) =>
    new SignJWT(claims).setProtectedHeader({ alg, kid: "k1" }).sign(key)
  const issuer: TestIssuer = {
    // another site than 127.0.0.1, as an issuer is one
    url: `http://localhost:${port}`,
    clientId: "fmap-console",
    secret: `secret-of-the-client-${randomBytes(12).toString("hex")}`,
    people: [],
    twist: {},
    redirects: [],
    issued: [],
    asked: [],
    ways: [],
    sign: (claims, alg = "RS256") => signed(claims, privateKey, alg),
    jwks: async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" }] }),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const metadata = () => ({
    issuer: issuer.url,
    authorization_endpoint: `${issuer.url}/authorize`,
    token_endpoint: `${issuer.url}/token`,
    jwks_uri: `${issuer.url}/keys`,
    end_session_endpoint: `${issuer.url}/leave`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  })

  function keep(text: string): string {
    issuer.issued.push(text)
    return text
  }

  function back(query: URLSearchParams, person: Claimed): string {
    const code = keep(randomBytes(24).toString("base64url"))
    codes.set(code, { query, person })
    const to = new URL(query.get("redirect_uri") ?? "")
    to.searchParams.set("code", code)
    to.searchParams.set("state", query.get("state") ?? "")
    to.searchParams.set("iss", issuer.url)
    issuer.twist.back?.(to.searchParams)
    return to.href
  }

  function authorize(query: URLSearchParams): Answer {
    if (
      query.get("client_id") !== issuer.clientId ||
      !issuer.redirects.includes(query.get("redirect_uri") ?? "")
    )
      return { status: 400, text: "an unknown client or redirect" }
    const isGood =
      query.get("response_type") === "code" &&
      query.get("code_challenge_method") === "S256" &&
      (query.get("code_challenge") ?? "").length === 43 &&
      (query.get("scope") ?? "").split(" ").includes("openid") &&
      (query.get("nonce") ?? "").length > 20
    if (!isGood) return { status: 400, text: "not a request this issuer takes" }
    const [only, ...more] = issuer.people
    const chosen = query.get("person")
    const person = more.length === 0 ? only : issuer.people.find(({ sub }) => sub === chosen)
    if (person !== undefined) return { status: 302, headers: { location: back(query, person) } }
    const links = issuer.people.map(({ sub }) => {
      const chosen = new URLSearchParams([...query, ["person", sub]])
      return `<p><a href="/authorize?${chosen.toString().replaceAll("&", "&amp;")}">${sub}</a></p>`
    })
    return { status: 200, text: `<!doctype html><title>Issuer</title><h1>Who are you?</h1>${links.join("")}` }
  }

  /** By the header where there is one (form-encoded, RFC 6749, 2.3.1), else by the body. */
  function isClient(authorization: string | undefined, form: URLSearchParams): boolean {
    const basic = Buffer.from(authorization?.replace(/^Basic /u, "") ?? "", "base64")
      .toString()
      .split(":")
    const [id, secret] =
      authorization === undefined
        ? [form.get("client_id"), form.get("client_secret")]
        : basic.map(text => decodeURIComponent(text.replaceAll("+", " ")))
    issuer.ways.push(authorization === undefined ? "post" : "basic")
    return id === issuer.clientId && secret === issuer.secret
  }

  async function tokens(request: IncomingMessage): Promise<Answer> {
    let text = ""
    for await (const chunk of request) text += String(chunk)
    const form = new URLSearchParams(text)
    if (!isClient(request.headers.authorization, form))
      return { status: 401, body: { error: "invalid_client" } }
    const code = form.get("code") ?? ""
    const login = codes.get(code)
    codes.delete(code)
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url")
    if (
      login === undefined ||
      form.get("grant_type") !== "authorization_code" ||
      login.query.get("redirect_uri") !== form.get("redirect_uri") ||
      login.query.get("code_challenge") !== challenge
    )
      return { status: 400, body: { error: "invalid_grant", error_description: `code ${code} is over` } }
    const now = Math.floor(Date.now() / 1_000)
    const right = {
      iss: issuer.url,
      aud: issuer.clientId,
      iat: now,
      exp: now + 300,
      nonce: login.query.get("nonce") ?? "",
      ...login.person,
    }
    const claims = issuer.twist.claims?.(right) ?? right
    const token = await signed(claims, privateKey, "RS256")
    return {
      status: 200,
      body: {
        access_token: keep(randomBytes(24).toString("base64url")),
        token_type: "Bearer",
        expires_in: 300,
        id_token: keep((await issuer.twist.idToken?.(token, claims)) ?? token),
      },
    }
  }

  async function answerOf(request: IncomingMessage, url: URL): Promise<Answer> {
    const twisted = issuer.twist.answer?.[url.pathname]
    if (twisted !== undefined) return twisted
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return { status: 200, body: issuer.twist.metadata?.(metadata()) ?? metadata() }
      case "/keys":
        return { status: 200, body: await issuer.jwks() }
      case "/authorize":
        return authorize(url.searchParams)
      case "/token":
        return tokens(request)
      case "/leave": {
        const to = url.searchParams.get("post_logout_redirect_uri") ?? ""
        const isKnown = issuer.issued.includes(url.searchParams.get("id_token_hint") ?? "")
        return isKnown && issuer.redirects.includes(to)
          ? { status: 302, headers: { location: to } }
          : { status: 400, text: "nobody to sign out" }
      }
      default:
        return { status: 404, text: "nothing here" }
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    issuer.asked.push(request.url ?? "")
    const {
      status,
      body,
      text,
      headers = {},
    } = await answerOf(request, new URL(request.url ?? "/", issuer.url))
    response.writeHead(status, {
      "content-type": body === undefined ? "text/html; charset=utf-8" : "application/json",
      ...headers,
    })
    response.end(text ?? (body === undefined ? "" : JSON.stringify(body)))
  }
  return issuer
}
