// What is between a console and its issuer while both go on: an issuer that is down and comes back, a secret that changes, keys that tokens share, networks that may be reached, tries that are counted, and canaries.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { connectionOf } from "../../../../runtime/connectors/http/connection.ts"
import type { HttpClient } from "../../../../runtime/connectors/http/http-client.ts"
import { systemWorld } from "../../../../runtime/flow/index.ts"
import { lookupOf, tokenVerifier } from "../../../../runtime/http/index.ts"
import { openIdLogin } from "../../../../runtime/http/oidc/index.ts"
import { customers, order, secrets } from "../harness.ts"
import { type Console, people, roles, startConsole, walker } from "./signing-in.ts"

async function withConsole(
  work: (at: Console) => Promise<void>,
  ...more: Parameters<typeof startConsole>
): Promise<void> {
  const at = await startConsole(...more)
  try {
    await work(at)
    expect(at.on.troubles).toEqual([])
  } finally {
    await at.close()
  }
}

const down = { answer: { "/.well-known/openid-configuration": { status: 503 } } } as const
const discoveries = ({ issuer }: Console) =>
  issuer.asked.filter(path => path.startsWith("/.well-known")).length

describe("an issuer that is down", () => {
  test("is told of, the login says so, and it comes back by itself", () =>
    withConsole(async at => {
      at.issuer.twist = down
      expect(await at.login.look()).toContain("status 503")
      const me = walker(at)
      const page = await me.get("/login/begin")
      expect([page.status, page.text.includes("cannot be reached from here at the moment")]).toEqual([
        503,
        true,
      ])
      expect((await me.get("/login")).status).toBe(200)
      expect((await me.post("/login", { token: "x.y.z" })).status).toBe(401)
      at.issuer.twist = {}
      // it rests for five seconds, so that many who wait ask once
      expect((await me.get("/login/begin")).status).toBe(503)
      expect(discoveries(at)).toBe(1)
      at.pass(5_001)
      expect((await me.signIn(people["controller"])).status).toBe(200)
    }))
  test("is asked once for all who wait", () =>
    withConsole(async at => {
      await Promise.all(Array.from({ length: 20 }, () => walker(at).get("/login/begin")))
      expect(discoveries(at)).toBe(1)
    }))
  test("after it was known is known on: its metadata are kept until they can be had again", () =>
    withConsole(async at => {
      expect(await at.login.look()).toBeUndefined()
      at.issuer.twist = down
      at.pass(60 * 60_000 + 1)
      expect((await walker(at).get("/login/begin")).status).toBe(303)
      expect(discoveries(at)).toBe(2)
      at.issuer.twist = {
        metadata: right => ({ ...right, authorization_endpoint: `${at.issuer.url}/moved` }),
      }
      at.pass(5_001)
      const moved = await walker(at).get("/login/begin")
      expect(moved.headers.get("location")).toContain(`${at.issuer.url}/moved?`)
    }))
})

describe("the client", () => {
  test.each([
    ["both", ["client_secret_basic", "client_secret_post"], "post"],
    ["the header alone", ["client_secret_basic"], "basic"],
    ["the body alone", ["client_secret_post"], "post"],
    ["nothing", undefined, "basic"],
  ] as const)("shows its secret by what the issuer says it takes: %s", (_, ways, way) =>
    withConsole(async at => {
      at.issuer.twist = { metadata: right => ({ ...right, token_endpoint_auth_methods_supported: ways }) }
      at.issuer.secret = "a secret: with + signs, %25 and – more"
      at.secretIs(at.issuer.secret)
      expect((await walker(at).signIn(people["controller"])).status).toBe(200)
      expect(at.issuer.ways).toEqual([way])
    }),
  )
  test("shows the secret as it is now", () =>
    withConsole(async at => {
      const me = walker(at)
      expect((await me.signIn(people["controller"])).status).toBe(200)
      at.issuer.secret = "another one, after it was changed"
      expect((await me.signIn(people["controller"])).status).toBe(502)
      at.secretIs(at.issuer.secret)
      expect((await me.signIn(people["controller"])).status).toBe(200)
    }))
  test("takes audiences beside its own where they are named", () =>
    withConsole(
      async at => {
        at.issuer.twist = {
          claims: right => ({ ...right, aud: [at.issuer.clientId, "api"], azp: at.issuer.clientId }),
        }
        expect((await walker(at).signIn(people["controller"])).status).toBe(200)
      },
      { audiences: ["api"] },
    ))
  test("bears as much as is configured", () =>
    withConsole(
      async at => {
        const now = Math.floor(Date.now() / 1_000)
        at.issuer.twist = { claims: right => ({ ...right, iat: now - 500, exp: now - 200 }) }
        expect((await walker(at).signIn(people["controller"])).status).toBe(200)
      },
      { toleranceSeconds: 300 },
    ))
  test("bears clocks that differ by what is tolerated", () =>
    withConsole(async at => {
      const now = Math.floor(Date.now() / 1_000)
      at.issuer.twist = { claims: right => ({ ...right, iat: now - 320, exp: now - 20 }) }
      expect((await walker(at).signIn(people["controller"])).status).toBe(200)
      at.issuer.twist = { claims: right => ({ ...right, iat: now + 20, nbf: now + 20, exp: now + 320 }) }
      expect((await walker(at).signIn(people["controller"])).status).toBe(200)
    }))
})

describe("keys", () => {
  test("of the login's issuer judge its tokens for programs, too", () =>
    withConsole(
      async at => {
        const claims = {
          iss: at.issuer.url,
          sub: "robot",
          groups: ["integration"],
          exp: Date.now() / 1_000 + 60,
        }
        const token = await at.issuer.sign({ ...claims, aud: "fmap-api" })
        expect((await at.on.ask("/api/v1/me", { token })).json).toMatchObject({
          subject: "robot",
          role: "architect",
        })
        expect(at.issuer.asked.filter(path => path === "/keys")).toHaveLength(1)
        expect((await walker(at).signIn(people["controller"])).status).toBe(200)
        expect(at.issuer.asked.filter(path => path === "/keys")).toHaveLength(1)
        // a token of the login is none of the API
        const other = await at.on.ask("/api/v1/me", { token: at.issuer.issued.at(-1) ?? "" })
        expect(other.status).toBe(401)
      },
      {},
      login => ({
        verify: tokenVerifier(
          {
            issuer: `http://${login.name}`,
            audience: "fmap-api",
            keys: { kind: "lookup", find: login.keys },
            role: { claim: "groups", means: roles },
          },
          systemWorld(),
        ),
      }),
    ))
  test("that cannot be had judge nobody: the token is not blamed for it", () =>
    withConsole(
      async at => {
        const claims = {
          iss: at.issuer.url,
          sub: "robot",
          groups: ["integration"],
          exp: Date.now() / 1_000 + 60,
        }
        const token = await at.issuer.sign({ ...claims, aud: "fmap-api" })
        for (const answer of [
          { status: 503 },
          { status: 200, text: "<html>" },
          { status: 200, body: { keys: 1 } },
        ]) {
          at.issuer.twist = { answer: { "/keys": answer } }
          const asked = await at.on.ask("/api/v1/me", { token })
          expect([answer, asked.status, asked.json.code]).toEqual([answer, 503, "KEYS_MISSING"])
        }
        expect(at.on.troubles.length).toBe(3)
        at.on.troubles.length = 0
      },
      {},
      login => ({
        verify: (token: string) =>
          tokenVerifier(
            {
              issuer: `http://${login.name}`,
              audience: "fmap-api",
              keys: { kind: "address", url: `http://${login.name}/keys` },
            },
            systemWorld(),
          )(token),
      }),
    ))
  test("that tokens are judged by judge the login, where they are given", () => {
    let keys: object = { keys: [] }
    const find = lookupOf({ kind: "keys", load: async () => keys }, systemWorld())
    return withConsole(
      async at => {
        const refused = await walker(at).signIn(people["controller"])
        expect([refused.status, at.on.logged.at(-1)?.because]).toEqual([401, "TOKEN_SIGNATURE"])
        expect(at.issuer.asked).not.toContain("/keys")
      },
      { keys: find },
    ).then(() =>
      withConsole(
        async at => {
          keys = await at.issuer.jwks()
          expect((await walker(at).signIn(people["controller"])).status).toBe(200)
          expect(at.issuer.asked).not.toContain("/keys")
        },
        { keys: lookupOf({ kind: "keys", load: async () => keys }, systemWorld()) },
      ),
    )
  })
})

test.each([
  ["https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/{tenantid}/v2.0"],
  ["https://a.b2clogin.com/a.onmicrosoft.com/v2.0", "https://login.microsoftonline.com/other/v2.0"],
])("an issuer of many tenants is none: %s", async (issuer, named) => {
  const login = openIdLogin(
    { issuer, clientId: "c", clientSecret: "env:X", roles },
    { secrets, world: systemWorld(), http: clientThatSays({ issuer: named }) },
  )
  expect(await login.look()).toContain("names another issuer")
})

/** The issuer, without a network. */
function clientThatSays(body: object): HttpClient {
  return {
    connection: connectionOf({ baseUrl: "https://login.microsoftonline.com" }),
    urlOf: ({ url }) => new URL(url),
    exchange: async () => ({
      status: 200,
      headers: new Map([["content-type", "application/json"]]),
      cookies: [],
      bytes: new TextEncoder().encode(JSON.stringify(body)),
    }),
    close: async () => undefined,
  }
}

describe("what it may reach", () => {
  const options = { clientId: "c", clientSecret: "env:X", roles }
  const made =
    (issuer: string, more = {}) =>
    () =>
      openIdLogin({ ...options, issuer, ...more }, { secrets, world: systemWorld() })
  test.each([
    ["http://login.example.com/", {}, "is not https"],
    ["http://127.0.0.1:1/", {}, "is an address the connection may not reach"],
    ["https://10.0.0.7/", {}, "is an address the connection may not reach"],
    ["https://10.0.0.7/", { reach: "loopback" }, "is an address the connection may not reach"],
    ["https://169.254.169.254/", { reach: "private" }, "is an address the connection may not reach"],
    ["https://who:what@login.example.com/", {}, "holds credentials"],
    ["login.example.com", {}, "is no URL"],
    ["file:///etc/passwd", {}, "is not https"],
  ])("not %s with %j", (issuer, more, told) => {
    expect(made(issuer, more)).toThrow(told)
  })
  test("a name that leads to this machine is not reached where only public networks may be", async () => {
    const login = made("https://localhost:1/")()
    expect(await login.look()).toContain("leads to an address this connection may not reach")
    await login.close()
  })
})

test("after ten tries that failed an address waits, whichever way it tries", () =>
  withConsole(async at => {
    const me = walker(at)
    // neither who has no role counts, nor a page of somebody else that sends browsers here
    for (let tries = 0; tries < 12; tries++) {
      expect((await me.signIn(people["none"])).status).toBe(403)
      expect((await walker(at).get("/login/callback?code=x&state=y")).status).toBe(401)
    }
    at.issuer.twist = { claims: right => ({ ...right, nonce: "another" }) }
    for (let tries = 0; tries < 9; tries++) expect((await me.signIn(people["controller"])).status).toBe(401)
    const last = await me.away()
    expect((await me.post("/login", { token: "x.y.z" })).status).toBe(401)
    for (const path of ["/login/begin", last]) expect((await me.get(path)).status).toBe(429)
    expect((await me.post("/login", { token: "x.y.z" })).status).toBe(429)
    expect((await me.get("/login")).status).toBe(200)
  }))

test("secrets, codes and tokens are in no page, no log and no ledger", () =>
  withConsole(async at => {
    await at.on.put(order("a1", { customer: customers.unknown }))
    const told: string[] = []
    const words: string[] = []
    for (const role of ["operations", "controller", "architect", "none"]) {
      const me = walker(at)
      told.push((await me.signIn(people[role])).text)
      words.push(...me.cookies.values())
      for (const path of ["/", "/exceptions", "/exceptions/1", "/flows", "/trace?key=a1", "/audit", "/login"])
        told.push((await me.get(path)).text)
      told.push((await me.post("/logout")).text)
    }
    // one of them failed, which is told of
    at.secretIs("canary-of-a-wrong-secret-1234567890")
    told.push((await walker(at).signIn(people["controller"])).text)
    const folder = at.on.folder ?? ""
    const ledger = readdirSync(folder).map(name => readFileSync(join(folder, name), "latin1"))
    expect(ledger.join("")).toContain("sign-in")
    const logged = JSON.stringify([at.on.logged, at.on.troubles, at.failures])
    expect(at.failures).toHaveLength(1)
    expect(at.issuer.issued.length).toBeGreaterThan(12)
    const canaries = [
      at.issuer.secret,
      "canary-of-a-wrong-secret-1234567890",
      ...words,
      ...at.issuer.issued.flatMap(text => [text, text.split(".")[2] ?? text]),
    ]
    for (const canary of canaries) {
      expect(canary.length).toBeGreaterThan(20)
      for (const place of [told.join(""), logged, ledger.join("")]) expect(place.includes(canary)).toBe(false)
    }
  }))

test("nothing of it is there where no issuer is configured", async () => {
  const { serviceOn } = await import("../harness.ts")
  const on = await serviceOn()
  try {
    for (const path of ["/login/begin", "/login/callback?code=x&state=y", "/login/leave"])
      expect([path, (await on.ask(path)).status]).toEqual([path, 404])
    expect((await on.ask("/login")).text).not.toContain("/login/begin")
  } finally {
    await on.close()
  }
})
