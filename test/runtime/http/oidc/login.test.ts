// The login at an issuer, over real HTTP: the way there and back, the session, roles, where somebody goes on to, and signing out.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/index.ts"
import { type Action, permissions } from "../../../../runtime/flow/port/permissions.ts"
import { apiPrefix, apiRoutes } from "../../../../runtime/http/api/openapi.ts"
import { returnPath } from "../../../../runtime/http/auth/return-path.ts"
import { createAttempts } from "../../../../runtime/http/auth/sealed-attempt.ts"
import { createSessions } from "../../../../runtime/http/auth/sessions.ts"
import { allowed, customers, order, tokenOf } from "../harness.ts"
import { hostile } from "../hostile.ts"
import { type Console, people, startConsole, walker } from "./signing-in.ts"

let at: Console
beforeAll(async () => {
  at = await startConsole()
  await at.on.put(order("a1", { customer: customers.unknown }), order("a2", { customer: customers.lost }))
  await at.on.put(order("reused"), order("reused", { amount: "1.00" }))
})
afterAll(() => at.close())

describe("signing in", () => {
  test("the page of the login leads to the issuer, and still takes a token", async () => {
    const { text } = await walker(at).get("/login?to=%2Fexceptions%3Fstate%3Dopen")
    expect(text).toContain(`href="/login/begin?to=%2Fexceptions%3Fstate%3Dopen"`)
    expect(text).toContain(`Sign in at ${new URL(at.issuer.url).host}`)
    expect(text).toContain('<textarea class="token"')
  })
  test("a code with PKCE, state and nonce is asked for, and a session begins", async () => {
    const me = walker(at)
    at.issuer.people = [people["controller"] ?? { sub: "" }]
    const begun = await me.get("/login/begin?to=%2Fexceptions")
    const asked = new URL(begun.headers.get("location") ?? "")
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: "fmap-console",
      response_type: "code",
      redirect_uri: `${at.url}/login/callback`,
      scope: "openid",
      state: expect.stringMatching(/^[\w-]{43}$/u),
      nonce: expect.stringMatching(/^[\w-]{43}$/u),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/u),
      code_challenge_method: "S256",
    })
    const kept = begun.headers.get("set-cookie") ?? ""
    expect(kept).toMatch(/^fmap-login=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/u)
    expect(kept).not.toContain(asked.searchParams.get("state"))
    const back = (await me.get(asked.href)).headers.get("location") ?? ""
    const done = await me.get(back)
    expect(done.status, done.text).toBe(200)
    // an own page leads on: a cookie of the session is not sent on a way that began at another site
    expect(done.text).toContain('<meta http-equiv="refresh" content="0; url=/exceptions" />')
    expect(done.headers.get("referrer-policy")).toBe("no-referrer")
    expect(done.headers.get("cache-control")).toBe("no-store")
    expect(done.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^fmap-login=; Max-Age=0; Path=\/$/u),
      expect.stringMatching(/^fmap=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u),
    ])
    expect((await me.get("/audit")).text).toContain("carl")
  })
  test("behind a proxy that ends TLS its cookies are Secure, and of this host alone", async () => {
    const far = "https://fmap.example.com"
    const secure = await startConsole({}, () => ({ origins: () => [far] }))
    try {
      secure.issuer.redirects.push(`${far}/login/callback`)
      secure.issuer.people = [people["controller"] ?? { sub: "" }]
      const begun = await secure.on.service.fetch(new Request(`${far}/login/begin`))
      const kept = begun.headers.getSetCookie()[0] ?? ""
      expect(kept).toMatch(
        /^__Host-fmap-login=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
      )
      const back = await fetch(begun.headers.get("location") ?? "", { redirect: "manual" })
      const done = await secure.on.service.fetch(
        new Request(back.headers.get("location") ?? "", { headers: { cookie: kept.split(";")[0] ?? "" } }),
      )
      expect(done.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-fmap-login=; Max-Age=0; Path=\/; Secure$/u),
        expect.stringMatching(/^__Host-fmap=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/u),
      ])
    } finally {
      await secure.close()
    }
  })
  test("the session is a new one, and the one before is over", async () => {
    const me = walker(at)
    me.cookies.set("fmap", "chosen-by-somebody-else")
    await me.signIn(people["controller"])
    const first = me.cookies.get("fmap") ?? ""
    expect(first).not.toBe("chosen-by-somebody-else")
    await me.signIn(people["controller"])
    const old = walker(at)
    old.cookies.set("fmap", first)
    expect((await old.get("/")).status).toBe(303)
    expect((await me.get("/")).status).toBe(200)
  })
  test("who came in, and where from, stands in the audit", async () => {
    await walker(at).signIn({ sub: "nora", groups: ["finance-control"] })
    const { json } = await at.on.ask("/api/v1/audit?subject=nora", { as: "controller" })
    expect(json.records).toMatchObject([
      {
        actor: "nora",
        action: "sign-in",
        detail: { role: "controller", issuer: new URL(at.issuer.url).host },
      },
    ])
  })
  test("what comes back twice at once is taken once", async () => {
    const me = walker(at)
    at.issuer.people = [people["controller"] ?? { sub: "" }]
    const came = {
      query: new URL(await me.away()).searchParams,
      redirect: `${at.url}/login/callback`,
      kept: me.cookies.get("fmap-login") ?? "",
    }
    const both = await Promise.all([at.login.finish(came), at.login.finish(came)])
    expect(both).toMatchObject([{ kind: "person" }, { kind: "refused", code: "LOGIN_UNKNOWN" }])
  })
  test("a login goes on from where it began, in two browsers at once", async () => {
    const [one, two] = [walker(at), walker(at)]
    at.issuer.people = [people["operations"] ?? { sub: "" }]
    const first = await one.away("/flows")
    const second = await two.away("/trace")
    expect((await two.get(second)).text).toContain("url=/trace")
    expect((await one.get(first)).text).toContain("url=/flows")
  })
})

/** No page needs them: a session opens nothing of the API. */
const ofPrograms = ["flows.call", "targets.pause", "metrics.read", "api.read"] as const
type OfPages = Exclude<Action, (typeof ofPrograms)[number]>

describe("roles", () => {
  const [operations, controller, architect] = ["operations", "controller", "architect"] as const
  test.each([operations, controller, architect])(
    "%s, by a group: what the matrix says, action by action",
    async role => {
      const me = walker(at)
      expect((await me.signIn(people[role])).status).toBe(200)
      const open = await at.on.open()
      const look = (path: string) => async () => (await me.get(path)).status === 200
      const shows = (text: string) => async () =>
        (await me.get(`/exceptions/${open["a1"]}`)).text.includes(text)
      /** Offered is what may be; what is not offered is refused when it is sent all the same. */
      const decide =
        (decision: string, id = "a1") =>
        async () => {
          const path = `/exceptions/${open[id]}`
          if ((await me.get(path)).text.includes(`name="decision" value="${decision}"`)) return true
          const fields = { decision, reason: "to see", owner: "me", effect: "post", outcome: "not-done" }
          expect((await me.post(path, { ...fields, "field /customer": "C-2" })).status).toBe(403)
          return false
        }
      const ways: Readonly<Record<OfPages, () => Promise<boolean>>> = {
        "exceptions.read": look("/exceptions"),
        "exceptions.care": decide("assign"),
        "decide.retry": decide("retry"),
        "decide.skip": decide("skip"),
        "decide.edit": decide("edit"),
        "decide.settle": decide("settle", "a2"),
        "decide.reissue": decide("reissue"),
        "decide.close": decide("ignore", "reused"),
        "trace.read": look("/trace"),
        "stats.read": look("/flows"),
        "flows.read": look("/flows/Orders"),
        "replay.rehearse": look("/replay?flow=Orders"),
        "replay.deliver": async () =>
          (await me.post("/replay", { flow: "Orders", do: "deliver", reason: "to see" })).status === 200,
        "audit.read": look("/audit"),
        "see.personal": shows("a1@example.com"),
        "see.confidential": shows("12.5"),
      }
      expect([...Object.keys(ways), ...ofPrograms].toSorted()).toEqual(Object.keys(permissions).toSorted())
      const found = new Map<string, boolean>()
      for (const [action, way] of Object.entries(ways)) found.set(action, await way())
      expect(found).toEqual(
        new Map(Object.keys(ways).map(action => [action, allowed(role, action as Action)])),
      )
      expect(await at.on.open()).toEqual(open)
    },
  )
  test("a session opens nothing of the API", async () => {
    const me = walker(at)
    await me.signIn(people["controller"])
    for (const { method, path } of apiRoutes) {
      const asked = `${apiPrefix}${path.replaceAll(/\{\w+\}/gu, "1")}`
      const { status } = method === "GET" ? await me.get(asked) : await me.post(asked)
      expect([asked, status]).toEqual([asked, 401])
    }
  })
  test.each([
    ["no group that means a role", { groups: ["everybody", "canteen"] }, ["everybody", "canteen"]],
    ["no group at all", { groups: [] }, ["There is no group in the claim"]],
    ["no such claim", {}, ["There is no group in the claim"]],
    ["groups that are no texts", { groups: [{ name: "finance-control" }, 7] }, ["There is no group"]],
    ["a group by another case", { groups: ["Finance-Control"] }, ["Finance-Control"]],
    ["a group by another name in front", { groups: ["/finance-control"] }, ["/finance-control"]],
    ["the name of a role, which is no group", { groups: ["controller"] }, ["controller"]],
    ["the role of programs", { groups: ["system"] }, ["system"]],
    ["a name every object has", { groups: ["__proto__", "constructor"] }, ["__proto__", "constructor"]],
    ["groups in another claim", { roles: ["finance-control"] }, ["There is no group in the claim"]],
    ["groups of two roles", { groups: ["finance-control", "integration"] }, ["several roles", "integration"]],
    [
      "groups the issuer left out",
      { _claim_names: { groups: "s1" }, _claim_sources: { s1: { endpoint: "https://elsewhere.example" } } },
      ["left your groups out"],
    ],
    ["groups that want to be code", { groups: [hostile[0]] }, ["&lt;script&gt;window.ran=1"]],
  ])("%s: no access, and it says what was seen", async (_, claims, told) => {
    const me = walker(at)
    const page = await me.signIn({ sub: "mallory", ...claims })
    expect(page.status).toBe(403)
    for (const text of told) expect(page.text).toContain(text)
    expect(page.text).not.toContain("<script>")
    expect(me.cookies).toEqual(new Map())
    expect(at.on.logged.at(-1)).toMatchObject({
      route: "console from issuer",
      status: 403,
      because: expect.stringMatching(/^(?:NO_ROLE|SEVERAL_ROLES|GROUPS_ELSEWHERE)$/u),
      subject: undefined,
    })
  })
  test("of a hundred groups it shows forty, cut", async () => {
    const groups = Array.from({ length: 100 }, (_, i) => `group-${i}-${i === 0 ? "x".repeat(300) : ""}`)
    const page = await walker(at).signIn({ sub: "mallory", groups })
    expect(page.status).toBe(403)
    expect(page.text).toContain("group-39-")
    expect(page.text).not.toContain("group-40-")
    expect(page.text).toContain("and 60 more")
    expect(page.text).not.toContain("x".repeat(101))
  })
  test("a group that is gone is gone at the next login", async () => {
    const me = walker(at)
    await me.signIn({ sub: "carl", groups: ["finance-control"] })
    expect((await me.signIn({ sub: "carl", groups: [] })).status).toBe(403)
  })
  test("the claims of groups and of the name are those that are configured", async () => {
    const other = await startConsole({
      roleClaim: "app_roles",
      subjectClaim: "email",
      scopes: ["email", "openid"],
    })
    try {
      const claims = { sub: "0a1b", app_roles: "finance-control", groups: ["integration"] }
      const me = walker(other)
      expect((await me.signIn({ ...claims, email: "carl@example.com", email_verified: true })).status).toBe(
        200,
      )
      expect((await me.get("/audit")).text).toContain("carl@example.com")
      expect(other.issuer.asked.find(path => path.startsWith("/authorize"))).toContain("scope=openid+email&")
      const unproved = { ...claims, email: "boss@example.com", email_verified: false }
      for (const one of [unproved, claims, { ...claims, email: "a\nb" }]) {
        const refused = await walker(other).signIn(one)
        expect([refused.status, other.on.logged.at(-1)?.because]).toEqual([401, "TOKEN_REFUSED"])
      }
    } finally {
      await other.close()
    }
  })
})

describe("where it goes on to", () => {
  const pages = [
    "/exceptions",
    "/exceptions/4",
    "/exceptions?state=open&code=A",
    "/flows/Orders",
    "/trace?key=SO%2F1",
  ]
  test.each(pages)("%s is a page of ours", path => expect(returnPath(path)).toBe(path))
  test.each([
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/exceptions/..//evil.example",
    "/.//evil.example",
    "/exceptions/../..//evil.example/exceptions",
    "/%2e%2e//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/login",
    "/login/begin",
    "/login/leave",
    "/logout",
    "/api/v1/exceptions",
    "/hooks/x",
    "/exceptions/1/2",
    "/exceptionsevil",
    "/@evil.example",
    "/exceptions@evil.example",
    "http:exceptions",
    "?x",
    "",
    `/trace?key=${"x".repeat(2_000)}`,
  ])("%j is none, and leads to the queues", async wanted => {
    expect(returnPath(wanted)).toBe("/")
    const page = await walker(at).signIn(people["controller"], wanted)
    expect(page.text).toContain('content="0; url=/" />')
    expect(page.text).not.toContain("evil")
    const asked = await walker(at).get(`/login?${new URLSearchParams({ to: wanted })}`)
    expect(asked.text).toContain('name="to" value="/"')
    expect(asked.text).toContain('href="/login/begin?to=%2F"')
    const token = await tokenOf("mara", { role: "controller" })
    expect((await walker(at).post("/login", { token, to: wanted })).headers.get("location")).toBe("/")
  })
})

describe("the end of a session", () => {
  test.each([
    [{}, 29, true],
    [{}, 31, false],
    [{ sessionMinutes: 5 }, 4, true],
    [{ sessionMinutes: 5 }, 5, false],
  ] as const)("with %j is after %i minutes: still there %s", async (options, minutes, isThere) => {
    const other = await startConsole(options)
    try {
      const me = walker(other)
      await me.signIn(people["controller"])
      other.pass(minutes * 60_000)
      expect((await me.get("/")).status).toBe(isThere ? 200 : 303)
    } finally {
      await other.close()
    }
  })
  test("leads on to the issuer for two minutes", () => {
    let now = 0
    const sessions = createSessions({ ...systemWorld(), now: () => now }, () => "word")
    const leave = () => {
      sessions.leave(
        sessions.begin({ subject: "m", role: "controller", until: 1e9 }, "hint"),
        "https://onward",
      )
      expect([sessions.find("word"), sessions.hintOf("word")]).toEqual([undefined, undefined])
    }
    leave()
    now = 2 * 60_000 - 1
    expect([sessions.onward("word"), sessions.onward("word")]).toEqual(["https://onward", undefined])
    leave()
    now += 2 * 60_000
    expect(sessions.onward("word")).toBeUndefined()
  })
})

describe("signing out", () => {
  test("it ends here at once, and then at the issuer, which comes back", async () => {
    const me = walker(at)
    await me.signIn(people["controller"])
    const word = me.cookies.get("fmap") ?? ""
    const page = await me.post("/logout")
    expect(page.text).toContain('<meta http-equiv="refresh" content="0; url=/login/leave" />')
    expect((await me.get("/")).status).toBe(303)
    const away = await me.get("/login/leave")
    const to = new URL(away.headers.get("location") ?? "")
    expect(`${to.origin}${to.pathname}`).toBe(`${at.issuer.url}/leave`)
    expect(to.searchParams.get("client_id")).toBe(at.issuer.clientId)
    const back = await me.get(to.href)
    expect([back.status, back.headers.get("location")]).toEqual([302, `${at.url}/login`])
    expect(me.cookies.has("fmap")).toBe(false)
    // only once, and to nobody else
    me.cookies.set("fmap", word)
    expect((await me.get("/login/leave")).headers.get("location")).toBe("/login")
  })
  test("where the issuer offers nothing, it ends here", async () => {
    const plain = await startConsole()
    plain.issuer.twist = { metadata: ({ end_session_endpoint: _, ...rest }) => rest }
    try {
      const me = walker(plain)
      await me.signIn(people["controller"])
      const page = await me.post("/logout")
      expect([page.status, page.headers.get("location")]).toEqual([303, "/login"])
      expect((await me.get("/")).status).toBe(303)
    } finally {
      await plain.close()
    }
  })
  test("who came with a token leaves without the issuer", async () => {
    const me = walker(at)
    await me.post("/login", { token: await tokenOf("mara", { role: "controller" }) })
    expect((await me.post("/logout")).headers.get("location")).toBe("/login")
  })
  test("a form of others, or nobody's, signs nobody out", async () => {
    const me = walker(at)
    expect((await me.post("/logout")).status).toBe(401)
    await me.signIn(people["controller"])
    const foreign = await fetch(`${at.url}/logout`, {
      method: "POST",
      headers: { origin: at.issuer.url, cookie: `fmap=${me.cookies.get("fmap")}` },
    })
    expect(foreign.status).toBe(403)
    expect((await me.get("/")).status).toBe(200)
  })
})

describe("what lies with the browser", () => {
  const attempt = { state: "s", nonce: "n", verifier: "v", redirect: "r", to: "/" }
  test("opens for this process alone, unchanged, for ten minutes, until it is taken", async () => {
    let now = Date.UTC(2026, 0, 1)
    const world = { ...systemWorld(), now: () => now }
    const attempts = createAttempts(world)
    const sealed = await attempts.seal(attempt)
    for (const [name, value] of Object.entries(attempt).filter(([, { length }]) => length > 1))
      expect([name, sealed.includes(value)]).toEqual([name, false])
    expect(await attempts.open(sealed)).toEqual(attempt)
    expect(await createAttempts(world).open(sealed)).toBeUndefined()
    for (let at = 0; at < sealed.length; at += 7) {
      const other = sealed[at] === "A" ? "B" : "A"
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect([at, await attempts.open(changed)]).toEqual([at, undefined])
    }
    for (const text of ["", "x", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30."])
      expect(await attempts.open(text)).toBeUndefined()
    const other = await attempts.seal({ ...attempt, state: "other" })
    now += 10 * 60_000 - 1_000
    expect(await attempts.open(sealed)).toEqual(attempt)
    expect([attempts.take(attempt), attempts.take(attempt)]).toEqual([true, false])
    expect(await attempts.open(other)).toMatchObject({ state: "other" })
    now += 2_000
    expect(await attempts.open(other)).toBeUndefined()
  })
})

test("nothing was a defect", () => expect(at.on.troubles).toEqual([]))
