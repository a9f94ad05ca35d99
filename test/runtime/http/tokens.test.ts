// Tokens: each way to forge, stretch or misuse one is a line. A token is good in one way only.
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { NotPossible, systemWorld } from "../../../runtime/flow/index.ts"
import { tokenVerifier, type Verifier } from "../../../runtime/http/auth/verify-token.ts"
import { serveHttp } from "../../../runtime/http/serve-http.ts"
import { audience, issuer, origin, secret, secrets, serviceOn, type TestService, tokenOf } from "./harness.ts"

const world = systemWorld()
const bytes = new TextEncoder().encode(secret)
const plain = () => new SignJWT({ role: "controller" }).setProtectedHeader({ alg: "HS256" })
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
const claims = { sub: "mara", iss: issuer, aud: audience, exp: 4_102_444_800, role: "controller" }

const forged: readonly (readonly [string, () => Promise<string> | string])[] = [
  [
    "without a signature",
    () =>
      new UnsecuredJWT({ role: "controller" })
        .setSubject("m")
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime("1h")
        .encode(),
  ],
  ["alg none, with something for a signature", () => `${base64({ alg: "none" })}.${base64(claims)}.AAAA`],
  ["alg NONE", () => `${base64({ alg: "NONE" })}.${base64(claims)}.AAAA`],
  [
    "another secret",
    () => tokenOf("mara", { role: "controller" }, { key: "another secret, also of more than 32 bytes" }),
  ],
  ["another algorithm than is allowed", () => tokenOf("mara", { role: "controller" }, { alg: "HS512" })],
  ["over", () => tokenOf("mara", { role: "controller" }, { expires: "-2m" })],
  ["that never ends", () => plain().setSubject("m").setIssuer(issuer).setAudience(audience).sign(bytes)],
  [
    "not yet",
    () =>
      plain()
        .setSubject("m")
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime("2h")
        .setNotBefore("1h")
        .sign(bytes),
  ],
  [
    "for another audience",
    () => plain().setSubject("m").setIssuer(issuer).setAudience("others").setExpirationTime("1h").sign(bytes),
  ],
  ["for no audience", () => plain().setSubject("m").setIssuer(issuer).setExpirationTime("1h").sign(bytes)],
  [
    "of another issuer",
    () =>
      plain()
        .setSubject("m")
        .setIssuer("https://evil.example")
        .setAudience(audience)
        .setExpirationTime("1h")
        .sign(bytes),
  ],
  ["of no issuer", () => plain().setSubject("m").setAudience(audience).setExpirationTime("1h").sign(bytes)],
  ["of nobody", () => plain().setIssuer(issuer).setAudience(audience).setExpirationTime("1h").sign(bytes)],
  ["of a subject that breaks lines", () => tokenOf("mara\nadmin", { role: "controller" })],
  ["of a subject without end", () => tokenOf("m".repeat(201), { role: "controller" })],
  [
    "with its claims changed",
    async () => {
      const [header, , signature] = (await tokenOf("mara", { role: "architect" })).split(".")
      return `${header}.${base64(claims)}.${signature}`
    },
  ],
  [
    "with a critical header nobody knows",
    () =>
      new SignJWT({ role: "controller" })
        .setProtectedHeader({ alg: "HS256", crit: ["x"], x: 1 } as never)
        .setSubject("m")
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime("1h")
        .sign(bytes, { crit: { x: true } }),
  ],
  ["that is no token", () => "not.a.token"],
  ["of nine kilobytes", () => `${"a".repeat(9_000)}.b.c`],
]

describe("a shared secret", () => {
  const verify = tokenVerifier(
    { issuer, audience, algorithms: ["HS256"], keys: { kind: "secret", secrets, references: ["env:S"] } },
    world,
  )
  test("signs a person in one role", async () => {
    expect(await verify(await tokenOf("mara", { role: "controller" }))).toMatchObject({
      kind: "person",
      person: { subject: "mara", role: "controller" },
    })
  })
  test.each(forged)("%s: nobody", async (_, make) => {
    expect(await verify(await make())).toMatchObject({ kind: "refused", known: false })
  })
  test("a clock that is a little off is borne", async () => {
    expect(await verify(await tokenOf("mara", { role: "controller" }, { expires: "-10s" }))).toMatchObject({
      kind: "person",
    })
  })
  test.each([
    ["no role", {}],
    ["a role nobody knows", { role: "admin" }],
    ["a role that is no text", { role: { controller: true } }],
    ["two roles", { role: ["operations", "controller"] }],
    ["__proto__", { role: "__proto__" }],
  ])("a person with %s may not enter", async (_, said) => {
    expect(await verify(await tokenOf("mara", said))).toMatchObject({ kind: "refused", known: true })
  })
  test("groups of a directory mean roles", async () => {
    const rules = {
      issuer,
      audience,
      keys: { kind: "secret", secrets, references: ["env:S"] },
      role: { claim: "groups", means: { "fin-ctrl": "controller", "fin-ops": "operations" } },
    } as const
    const token = await tokenOf("ana", { groups: ["everyone", "fin-ctrl"], role: "operations" })
    expect(await tokenVerifier(rules, world)(token)).toMatchObject({ person: { role: "controller" } })
  })
  test("any of two secrets signs while one is changed for the other", async () => {
    const both = {
      ...secrets,
      get: async (name: string) => (name === "env:NEW" ? "the new secret, of more than 32 bytes" : secret),
    }
    const keys = { kind: "secret", secrets: both, references: ["env:NEW", "env:OLD"] } as const
    const verifies = tokenVerifier({ issuer, audience, keys }, world)
    for (const key of [secret, "the new secret, of more than 32 bytes"])
      expect(await verifies(await tokenOf("m", { role: "controller" }, { key }))).toMatchObject({
        kind: "person",
      })
  })
  test("a short one signs nothing", async () => {
    const short = { ...secrets, get: async () => "short" }
    const keys = { kind: "secret", secrets: short, references: ["env:S"] } as const
    await expect(
      tokenVerifier({ issuer, audience, keys }, world)(await tokenOf("m", { role: "controller" })),
    ).rejects.toThrow(NotPossible)
  })
})

describe("public keys", () => {
  let verify: Verifier
  let good: string
  let confused: string
  let stranger: string
  beforeAll(async () => {
    const [ours, other] = [
      await generateKeyPair("RS256", { extractable: true }),
      await generateKeyPair("RS256"),
    ]
    const jwk = { ...(await exportJWK(ours.publicKey)), kid: "k1", alg: "RS256" }
    verify = tokenVerifier(
      { issuer, audience, keys: { kind: "keys", load: async () => ({ keys: [jwk] }) } },
      world,
    )
    const said = (alg: string) =>
      new SignJWT({ role: "controller" })
        .setProtectedHeader({ alg, kid: "k1" })
        .setSubject("mara")
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime("1h")
    good = await said("RS256").sign(ours.privateKey)
    stranger = await said("RS256").sign(other.privateKey)
    // the public key everybody knows, taken for the secret of an HMAC
    confused = await said("HS256").sign(new TextEncoder().encode(await exportSPKI(ours.publicKey)))
  })
  test("sign a person", async () => expect(await verify(good)).toMatchObject({ kind: "person" }))
  test("are no secret of an HMAC", async () =>
    expect(await verify(confused)).toMatchObject({ kind: "refused", known: false }))
  test("of others sign nobody", async () =>
    expect(await verify(stranger)).toMatchObject({ kind: "refused", known: false }))
  test("and HMACs do not go together", () => {
    const keys = { kind: "keys", load: async () => ({ keys: [] }) } as const
    expect(() => tokenVerifier({ issuer, audience, keys, algorithms: ["RS256", "HS256"] }, world)).toThrow(
      "HS256 is no algorithm for public keys",
    )
    expect(() => tokenVerifier({ issuer, audience, keys, algorithms: ["none"] }, world)).toThrow(NotPossible)
  })
  test("are fetched by https alone", () => {
    const keys = { kind: "address", url: "http://login.example/keys" } as const
    expect(() => tokenVerifier({ issuer, audience, keys }, world)).toThrow(NotPossible)
  })
  test.each([
    ["no issuer", { issuer: "", audience }],
    ["no audience", { issuer, audience: "" }],
    ["clocks an hour apart", { issuer, audience, toleranceSeconds: 3_600 }],
  ])("rules with %s are none", (_, rules) => {
    const keys = { kind: "keys", load: async () => ({ keys: [] }) } as const
    expect(() => tokenVerifier({ ...rules, keys }, world)).toThrow(NotPossible)
  })
})

describe("over HTTP", () => {
  let on: TestService
  beforeAll(async () => {
    on = await serviceOn()
  })
  afterAll(() => on.close())
  test("where keys cannot be read nobody is judged, and nobody enters", async () => {
    const verify = async () => {
      throw new NotPossible("FM8505", "gone")
    }
    const blind = await serviceOn("sqlite", { verify })
    try {
      const api = await blind.ask("/api/v1/stats", { as: "controller" })
      expect([api.status, api.json.code, api.headers.get("retry-after")]).toEqual([503, "KEYS_MISSING", "60"])
      const page = await blind.ask("/login", {
        body: "token=x",
        headers: { "content-type": "application/x-www-form-urlencoded", origin },
      })
      expect([page.status, page.headers.get("set-cookie")]).toEqual([503, null])
      expect(blind.troubles).toHaveLength(2)
    } finally {
      await blind.close()
    }
  })
  test("behind a proxy an address is the one the proxy added, and no other", async () => {
    const seen: string[] = []
    const fetched = async (_: Request, from?: { readonly address: string }) => {
      seen.push(from?.address ?? "")
      return new Response()
    }
    for (const behindTls of [true, false]) {
      const server = await serveHttp({ fetch: fetched }, { host: "127.0.0.1", port: 0, behindTls })
      await fetch(server.url, { headers: { "x-forwarded-for": "1.2.3.4, 10.0.0.7" } })
      await server.stop()
    }
    expect(seen).toEqual(["10.0.0.7", "127.0.0.1"])
  })
  test.each(["0.0.0.0", "192.168.1.2", "fmap.example.com", "::"])(
    "%s is not listened to in the clear",
    async host => {
      await expect(
        serveHttp({ fetch: async () => new Response() }, { host, port: 0, behindTls: false }),
      ).rejects.toThrow("in the clear")
    },
  )
  test("who fails too often waits, and what was sent is in no answer and no log", async () => {
    const token = await tokenOf(
      "mara",
      { role: "controller" },
      { key: "a canary of a secret: canary-3f9a, long" },
    )
    const answers = []
    for (let tries = 0; tries < 61; tries++) answers.push(await on.ask("/api/v1/stats", { token }))
    expect(answers[0]?.status).toBe(401)
    expect(answers[60]?.status).toBe(429)
    expect(Number(answers[60]?.headers.get("retry-after"))).toBeGreaterThan(0)
    const told = JSON.stringify([answers.map(({ text }) => text), on.logged])
    expect(told).not.toContain(token.split(".")[2])
    expect(on.logged.every(({ subject }) => subject === undefined)).toBe(true)
  })
})
