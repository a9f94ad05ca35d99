// The console as a browser without scripts sees it: who comes in, what a form may do, what stands around every page.
import { parse } from "parse5"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type permissions, roles } from "../../../runtime/flow/port/permissions.ts"
import { createSessions } from "../../../runtime/http/auth/sessions.ts"
import {
  type Asked,
  allowed,
  customers,
  order,
  origin,
  serviceOn,
  settled,
  type TestService,
  tokenOf,
} from "./harness.ts"

let on: TestService
let number = 0
beforeAll(async () => {
  on = await serviceOn()
  await on.put(order("a1", { customer: customers.unknown }), order("a2", { customer: customers.lost }))
  number = (await on.open())["a1"] ?? 0
})
afterAll(() => on.close())

type Fields = Readonly<Record<string, string>> | (readonly [string, string])[]
const form = (fields: Fields) => new URLSearchParams(fields as Record<string, string>).toString()

async function post(
  path: string,
  fields: Fields,
  headers: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  return on.ask(path, {
    method: "POST",
    body: form(fields),
    headers: { "content-type": "application/x-www-form-urlencoded", origin, ...headers },
  })
}

async function signIn(role: string, subject = `one-of-${role}`, headers = {}): Promise<string> {
  const done = await post("/login", { token: await tokenOf(subject, { role }) }, headers)
  expect(done.status, done.text).toBe(303)
  return (done.headers.get("set-cookie") ?? "").split(";")[0] ?? ""
}

const see = async (path: string, role: string) => on.ask(path, { headers: { cookie: await signIn(role) } })

describe("coming in", () => {
  test("the cookie is for this site alone, not for scripts, and ends with the browser", async () => {
    const done = await post("/login", { token: await tokenOf("mara", { role: "controller" }) })
    expect([done.status, done.headers.get("location")]).toEqual([303, "/"])
    expect(done.headers.get("set-cookie")).toMatch(/^fmap=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u)
  })
  test("behind a proxy that ends TLS it is Secure, and of this host alone", async () => {
    const far = await serviceOn("sqlite", { origins: () => ["https://fmap.example.com"] })
    try {
      const done = await far.service.fetch(
        new Request("https://fmap.example.com/login", {
          method: "POST",
          headers: {
            origin: "https://fmap.example.com",
            "content-type": "application/x-www-form-urlencoded",
          },
          body: form({ token: await tokenOf("mara", { role: "controller" }) }),
        }),
      )
      expect(done.headers.get("set-cookie")).toMatch(
        /^__Host-fmap=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/u,
      )
    } finally {
      await far.close()
    }
  })
  test("a session somebody else chose is not taken", async () => {
    const chosen = "fmap=chosen-by-somebody-else"
    const cookie = await signIn("controller", "mara", { cookie: chosen })
    expect(cookie).not.toBe(chosen)
    expect((await on.ask("/", { headers: { cookie: chosen } })).status).toBe(303)
    // the one before ends when its browser signs in anew
    const second = await signIn("controller", "mara", { cookie })
    expect((await on.ask("/", { headers: { cookie } })).status).toBe(303)
    expect((await on.ask("/", { headers: { cookie: second } })).status).toBe(200)
  })
  test("who signs out is out", async () => {
    const cookie = await signIn("controller")
    expect((await post("/logout", {}, { cookie })).headers.get("location")).toBe("/login")
    expect((await on.ask("/", { headers: { cookie } })).headers.get("location")).toBe("/login")
  })
  test("programs have no pages, and a bad token says why", async () => {
    const program = await post("/login", { token: await tokenOf("shop", { role: "system" }) })
    expect([program.status, program.headers.get("set-cookie")]).toEqual([401, null])
    const late = await post("/login", {
      token: await tokenOf("mara", { role: "controller" }, { expires: "-5m" }),
    })
    expect(late.text).toContain("The token is over.")
  })
  test("after ten bad tokens an address waits, with a good one, too", async () => {
    const other = await serviceOn()
    try {
      const tried = async (token: string) =>
        (
          await other.ask("/login", {
            method: "POST",
            body: form({ token }),
            headers: { "content-type": "application/x-www-form-urlencoded", origin },
          })
        ).status
      for (let tries = 0; tries < 10; tries++) expect(await tried("x.y.z")).toBe(401)
      expect(await tried(await tokenOf("mara", { role: "controller" }))).toBe(429)
    } finally {
      await other.close()
    }
  })
  test("who came in stands in the audit", async () => {
    await signIn("controller", "nora")
    const { json } = await on.ask("/api/v1/audit?subject=nora", { as: "controller" })
    expect(json.records).toMatchObject([{ actor: "nora", action: "sign-in", detail: { role: "controller" } }])
  })
  test("a session ends with its token, when it is idle, and after eight hours", () => {
    let now = 0
    let words = 0
    const sessions = createSessions({ now: () => now } as never, () => `w${++words}`)
    const person = (until: number) => ({ subject: "m", role: "controller", until }) as const
    const minute = 60_000
    const ends = [sessions.begin(person(10 * minute)), sessions.begin(person(99 * 60 * minute))] as const
    now = 9 * minute
    expect(sessions.find(ends[0])).toBeDefined()
    now = 11 * minute
    expect(sessions.find(ends[0])).toBeUndefined()
    for (let at = 11; at < 8 * 60; at += 20) {
      now = at * minute
      expect(sessions.find(ends[1]), `after ${at} minutes`).toBeDefined()
    }
    now = 8 * 60 * minute
    expect(sessions.find(ends[1])).toBeUndefined()
    const idle = sessions.begin(person(99 * 60 * minute))
    now += 30 * minute
    expect(sessions.find(idle)).toBeUndefined()
  })
})

describe("forms of others", () => {
  const decision = { decision: "skip", reason: "they said so" }
  test.each([
    ["from another page", { origin: "https://evil.example" }],
    ["from a page that hides where it is", { origin: "null" }],
    ["that say nothing of where they come from", { origin: "" }],
    ["from another port of this machine", { origin: "http://127.0.0.1:9090" }],
    ["that the browser calls cross-site", { "sec-fetch-site": "cross-site" }],
    ["that the browser calls same-site", { "sec-fetch-site": "same-site" }],
  ])("%s do nothing", async (_, headers) => {
    const cookie = await signIn("controller")
    for (const path of [`/exceptions/${number}`, "/exceptions", "/logout"])
      expect((await post(path, { ...decision, number: String(number) }, { cookie, ...headers })).status).toBe(
        403,
      )
    expect(await on.open()).toMatchObject({ a1: number })
    expect((await on.ask("/", { headers: { cookie } })).status).toBe(200)
  })
  test("do not sign anybody in", async () => {
    const token = await tokenOf("mara", { role: "controller" })
    const done = await post("/login", { token }, { origin: "https://evil.example" })
    expect([done.status, done.headers.get("set-cookie")]).toEqual([403, null])
  })
  test("JSON is no form, and a cookie opens nothing of the API", async () => {
    const cookie = await signIn("controller")
    const json = await on.ask(`/exceptions/${number}`, { body: decision, headers: { cookie, origin } })
    expect(json.status).toBe(413)
    expect((await on.ask("/api/v1/stats", { headers: { cookie } })).status).toBe(401)
  })
  test("a page under another name (DNS rebinding) is refused", async () => {
    const cookie = await signIn("controller")
    const asked = await on.ask("/", { headers: { cookie, host: "evil.example" } })
    expect(asked.status).toBe(421)
  })
})

describe("every page", () => {
  const paths = () => [
    "/",
    "/exceptions",
    `/exceptions?in=${encodeURIComponent("q order-desk")}&state=open`,
    `/exceptions/${number}`,
    "/flows",
    "/flows/Orders",
    "/trace?key=a1",
    "/trace",
    "/replay?flow=Orders",
    "/audit?verify=yes",
  ]
  test("without a session leads to the login, which remembers the page", async () => {
    for (const path of paths()) {
      const { status, headers, text } = await on.ask(path)
      const to = path === "/" ? "/login" : `/login?to=${encodeURIComponent(path)}`
      expect([path, status, headers.get("location"), text]).toEqual([path, 303, to, ""])
    }
    const done = await post("/login", {
      token: await tokenOf("mara", { role: "controller" }),
      to: `/exceptions/${number}`,
    })
    expect(done.headers.get("location")).toBe(`/exceptions/${number}`)
  })
  test("forms without a session do nothing", async () => {
    for (const path of [`/exceptions/${number}`, "/exceptions", "/logout"])
      expect((await post(path, { decision: "skip", reason: "x", number: String(number) })).status).toBe(401)
    expect(await on.open()).toMatchObject({ a1: number })
  })
  test("has a policy that lets nothing run, and is kept by nobody", async () => {
    for (const path of [...paths(), "/login"]) {
      const { headers, text, status } = await see(path, "controller")
      expect([path, status]).toEqual([path, 200])
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect(headers.get("cache-control")).toBe("no-store")
      expect(text).not.toMatch(/<script|\son[a-z]+=|style=/u)
    }
  })
  test("the way of a key stands above what was done, and leads to it", async () => {
    const { text } = await see("/trace?key=a1", "architect")
    expect(text).toContain('The way of <span class="mono">a1</span>')
    expect(text).toContain("<td>names a1</td>")
    const id = /href="#(event-[0-9a-f]+)"/u.exec(text)?.[1]
    expect(text).toContain(`<article id="${id}">`)
    expect(text).toContain(`/exceptions/${number}`)
    // Of an id there is no way.
    const byId = await see(`/trace?key=${id?.slice("event-".length)}`, "architect")
    expect(byId.text).toContain(`<article id="${id}">`)
    expect(byId.text).not.toContain("The way of")
  })
  test("is HTML a reader has nothing to say about", async () => {
    for (const path of [...paths(), "/login"]) {
      const problems: string[] = []
      parse((await see(path, "controller")).text, {
        onParseError: error => problems.push(`${path}: ${error.code}`),
        sourceCodeLocationInfo: true,
      })
      expect(problems).toEqual([])
    }
  })
  test.each(roles.filter(role => role !== "system"))("as %s has what the matrix says", async role => {
    const needs = {
      "/": "exceptions.read",
      "/exceptions": "exceptions.read",
      "/flows": "flows.read",
      "/trace": "trace.read",
      "/replay": "replay.rehearse",
      "/audit": "audit.read",
    } as const
    for (const [path, action] of Object.entries(needs)) {
      const { status, text } = await see(path, role)
      expect([path, status]).toEqual([path, allowed(role, action) ? 200 : 403])
      expect(text.includes('href="/audit"')).toBe(allowed(role, "audit.read"))
    }
    const offered = [
      ...(await see(`/exceptions/${number}`, role)).text.matchAll(/name="decision" value="(\w+)"/gu),
    ].map(([, verb]) => verb)
    expect(offered).toEqual(
      ["acknowledge", "assign", "retry", "edit", "skip", "reissue"].filter(verb =>
        allowed(
          role,
          verb === "acknowledge" || verb === "assign"
            ? "exceptions.care"
            : (`decide.${verb}` as keyof typeof permissions),
        ),
      ),
    )
  })
  test("what a role may not decide it does not decide by writing the form itself", async () => {
    const cookie = await signIn("architect")
    const done = await post(`/exceptions/${number}`, { decision: "skip", reason: "x" }, { cookie })
    expect([done.status, (await on.open())["a1"]]).toEqual([403, number])
  })
  test("shows labelled fields to those alone who may see them", async () => {
    const page = async (role: string) => (await see(`/exceptions/${number}`, role)).text
    expect(await page("controller")).toContain("a1@example.com")
    expect(await page("architect")).not.toContain("a1@example.com")
    expect(await page("operations")).not.toMatch(/name="field \/margin"/u)
    expect(await page("controller")).toMatch(/name="field \/margin"/u)
  })
})

describe("deciding", () => {
  const decide = async (one: number, role: string, fields: Readonly<Record<string, string>>) =>
    post(`/exceptions/${one}`, { reason: "because", ...fields }, { cookie: await signIn(role) })
  const shown = async (one: number) => (await on.ask(`/api/v1/exceptions/${one}`, { as: "controller" })).json

  test("an edit that breaks the contract says where, and keeps what was typed", async () => {
    const done = await decide(number, "operations", { decision: "edit", "field /customer": "" })
    expect(done.status).toBe(422)
    expect(done.text).toContain("breaks its contract at /customer. Nothing was done.")
    expect(done.text).toMatch(/<details open>/u)
    expect(done.text).toContain(">because</textarea>")
  })
  test("an edit changes what was changed, and nothing else", async () => {
    const fields = { "field /customer": customers.good, "field /margin": "999", "field /id": "a1" }
    const done = await decide(number, "operations", { decision: "edit", ...fields })
    expect([done.status, done.headers.get("location")]).toEqual([303, `/exceptions/${number}?done=edit`])
    await settled(on.engine)
    expect((await shown(number)).record).toEqual(order("a1"))
  })
  test("a reason is needed", async () => {
    const two = (await on.open())["a2"] ?? 0
    expect((await decide(two, "operations", { decision: "skip", reason: "  " })).status).toBe(400)
    expect(
      (await decide(two, "operations", { decision: "settle", effect: "post", outcome: "done", receipt: "{" }))
        .status,
    ).toBe(400)
    expect((await decide(two, "operations", { decision: "nothing" })).status).toBe(400)
    expect(await on.open()).toMatchObject({ a2: two })
  })
  test("a doubt is settled", async () => {
    const two = (await on.open())["a2"] ?? 0
    await decide(two, "operations", {
      decision: "settle",
      effect: "post",
      outcome: "done",
      receipt: '{"number":"SO-8"}',
    })
    await settled(on.engine)
    expect((await shown(two)).history.effects[0].receipt).toEqual({ number: "SO-8" })
  })
  test("who comes second is told by whom it was decided", async () => {
    const done = await decide(number, "controller", { decision: "retry" })
    expect(done.status).toBe(409)
    expect(done.text).toContain("by one-of-operations")
  })
  test("those that are ticked are decided together", async () => {
    await on.put(order("t1", { customer: customers.unknown }), order("t2", { customer: customers.unknown }))
    const open = await on.open()
    const ticked = ["t1", "t2"].map(id => ["number", String(open[id])] as const)
    const cookie = await signIn("operations")
    const none = await post(
      "/exceptions",
      [
        ["decision", "skip"],
        ["reason", "x"],
      ],
      { cookie },
    )
    expect(none.status).toBe(400)
    const done = await post(
      "/exceptions",
      [["decision", "skip"], ["reason", "a test of the shop"], ...ticked, ["number", "9999"]],
      { cookie },
    )
    expect(done.status).toBe(409)
    expect(done.text).toContain("Skip: 2 exceptions.")
    expect(done.text).toContain("There is no exception 9999.")
    expect(Object.keys(await on.open())).not.toEqual(expect.arrayContaining(["t1"]))
  })
  test("two people say so before everything is issued again", async () => {
    await on.put(order("r1", { customer: customers.refused }))
    const one = (await on.open())["r1"] ?? 0
    const first = await decide(one, "operations", { decision: "reissue" })
    expect(first.headers.get("location")).toBe(`/exceptions/${one}?done=reissue&second=1`)
    const page = (await see(`/exceptions/${one}?done=reissue&second=1`, "controller")).text
    expect(page).toContain("A second person of another role has to say so, too.")
    expect(page).toContain("one-of-operations has said so")
    const second = await decide(one, "controller", { decision: "reissue" })
    expect(second.headers.get("location")).toBe(`/exceptions/${one}?done=reissue`)
  })
  test("nothing was a defect", () => expect(on.troubles).toEqual([]))
})
