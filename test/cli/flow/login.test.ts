// `http.login` of fmap.flows.json: people sign in to the console of `fmap flow serve` at an issuer on this machine; what cannot be, and what is loaded only then.
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { loginProblems } from "@fmap/runtime/http"
import { afterEach, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { readFlowConfig } from "../../../cli/flow/flow-config.ts"
import { startIssuer, type TestIssuer } from "../../runtime/http/oidc/issuer.ts"
import { people, roles, walker } from "../../runtime/http/oidc/signing-in.ts"
import { type FakeTerminal, fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { stories } from "./stories.ts"

const root = join(import.meta.dirname, "../../..")
const issuers: TestIssuer[] = []
afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer.stop()
})

async function issuerHere(): Promise<TestIssuer> {
  const issuer = await startIssuer()
  issuers.push(issuer)
  return issuer
}

const loginAt = ({ url, clientId }: TestIssuer) => ({
  issuer: url,
  clientId,
  clientSecret: "env:CLIENT_SECRET",
  roles,
  reach: "loopback",
})
/** Keys are those of the login's issuer. */
const tokensOf = ({ url }: TestIssuer) => ({ issuer: url, audience: "fmap-api", roleClaim: "groups", roles })

/** With a ledger, which `serve` does not make. */
async function project(http: object) {
  const story = stories.find(({ name }) => name === "held, put right, tried again, given up")
  const files = story?.files ?? {}
  const config = JSON.parse(files["fmap.flows.json"] ?? "{}") as object
  const folder = folderWith({ ...files, "fmap.flows.json": JSON.stringify(config) })
  const maker = fakeTerminal(folder)
  expect(await runCommandLine(["flow", "migrate"], maker), maker.written.comment).toBe(0)
  put(folder, { "fmap.flows.json": JSON.stringify({ ...config, http }) })
  return folder
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let looks = 0; looks < 600; looks++) {
    const found = look()
    if (found !== undefined) return found
    await new Promise(wake => setTimeout(wake, 50))
  }
  throw new Error("it never came")
}

/** Serves while `work` runs; what it said. */
async function served(
  http: object,
  environment: Readonly<Record<string, string>>,
  work: (url: string, terminal: FakeTerminal) => Promise<void>,
): Promise<string> {
  const terminal = fakeTerminal(await project({ listen: "127.0.0.1:0", ...http }), { environment })
  const serving = runCommandLine(["flow", "serve"], terminal)
  const url = await until(() => /API and console: (http:\S+)/u.exec(terminal.written.comment)?.[1])
  try {
    await work(url, terminal)
  } finally {
    terminal.interrupt()
  }
  expect(await serving).toBe(130)
  return terminal.written.comment
}

test("a person signs in at the issuer, a program comes with a token of it", async () => {
  const issuer = await issuerHere()
  const environment = { CLIENT_SECRET: issuer.secret }
  const said = await served({ tokens: tokensOf(issuer), login: loginAt(issuer) }, environment, async url => {
    issuer.redirects.push(`${url}/login/callback`)
    const me = walker({ url, issuer })
    expect((await me.signIn(people["controller"])).status).toBe(200)
    expect((await me.get("/audit")).text).toContain("carl")
    expect((await walker({ url, issuer }).signIn(people["none"])).text).toContain("canteen")
    const claims = { iss: issuer.url, aud: "fmap-api", sub: "robot", groups: ["integration"] }
    const token = await issuer.sign({ ...claims, exp: Math.floor(Date.now() / 1_000) + 60 })
    const who = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(await who.json()).toMatchObject({ subject: "robot", role: "architect" })
  })
  expect(said).not.toContain("login")
  for (const text of [issuer.secret, ...issuer.issued]) expect(said).not.toContain(text)
})

test("an issuer that is down stops nothing: it is told of, and the login says so", async () => {
  const issuer = await issuerHere()
  await issuer.stop()
  const environment = { CLIENT_SECRET: issuer.secret }
  const said = await served(
    { tokens: tokensOf(issuer), login: loginAt(issuer) },
    environment,
    async (url, { written }) => {
      await until(() => (written.comment.includes("Nobody can sign in") ? true : undefined))
      const page = await fetch(`${url}/login/begin`, { redirect: "manual" })
      expect([page.status, (await page.text()).includes("cannot be reached from here")]).toEqual([503, true])
      expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    },
  )
  const host = new URL(issuer.url).host
  expect(said).toContain(
    `login: Nobody can sign in at ${host} now. The issuer cannot be reached (ECONNREFUSED).`,
  )
})

test.each([
  ["without the client's secret", {}, {}, {}, "Nobody could sign in: There is nothing at env:CLIENT_SECRET"],
  [
    "with the secret itself instead of where it is",
    { clientSecret: "canary-of-a-secret" },
    {},
    { CLIENT_SECRET: "x" },
    '"http.login.clientSecret"',
  ],
  ["with no group that means a role", { roles: {} }, {}, { CLIENT_SECRET: "x" }, '"http.login.roles"'],
  [
    "with a group of people that is a program",
    { roles: { all: "system" } },
    {},
    { CLIENT_SECRET: "x" },
    '"http.login.roles.all"',
  ],
  [
    "at an issuer in the clear",
    { issuer: "http://login.example.com/" },
    { keys: "https://login.example.com/keys" },
    { CLIENT_SECRET: "x" },
    "The issuer of the login: baseUrl is not https",
  ],
  [
    "at another issuer than tokens without keys",
    { issuer: "https://login.example.com/" },
    {},
    { CLIENT_SECRET: "x" },
    '"http.tokens" needs either keys or secrets',
  ],
  [
    "that lasts for ever",
    { sessionMinutes: 100_000 },
    {},
    { CLIENT_SECRET: "x" },
    '"http.login.sessionMinutes"',
  ],
])("a login %s is not served", async (_, login, tokens, environment, told) => {
  const issuer = await issuerHere()
  const http = { tokens: { ...tokensOf(issuer), ...tokens }, login: { ...loginAt(issuer), ...login } }
  const terminal = fakeTerminal(await project(http), { environment })
  expect(await runCommandLine(["flow", "serve"], terminal)).toBe(2)
  expect(terminal.written.comment).toContain(told)
  expect(terminal.written.comment).not.toContain("canary")
})

test("the worked example of specs/console.md is a configuration", () => {
  const text = readFileSync(join(root, "specs/console.md"), "utf8")
  const example = /<!-- login -->\n```json\n([\s\S]*?)```/u.exec(text)?.[1] ?? ""
  const folder = folderWith({ "fmap.flows.json": example })
  expect(readFlowConfig(folder, folder, undefined)).toMatchObject({
    kind: "config",
    config: { http: { login: { clientId: "fmap-console" } } },
  })
})

test("every code of a login stands in specs/console.md, with its status", () => {
  const rows = readFileSync(join(root, "specs/console.md"), "utf8").split("\n")
  for (const [code, { status }] of Object.entries(loginProblems))
    expect(rows.filter(row => row.includes(`\`${code}\``) && row.includes(`| ${status} |`))).toHaveLength(1)
})

test("its library is loaded where a login is configured, and nowhere else", () => {
  const script = `
    import { registerHooks } from "node:module"
    const seen = new Set()
    registerHooks({ resolve(specifier, context, next) { seen.add(specifier); return next(specifier, context) } })
    for (const file of ["cli/flow/open-http.ts", "cli/verbs/flow-serve.ts", "runtime/http/index.ts"]) await import(${JSON.stringify(`${root}/`)} + file)
    await import("@fmap/runtime/http")
    const before = seen.has("openid-client")
    await import("@fmap/runtime/http/oidc")
    console.log(before, seen.has("openid-client"))`
  const words = ["--conditions=fmap-source", "--input-type=module", "-e", script]
  expect(execFileSync(process.execPath, words, { cwd: join(root, "cli"), encoding: "utf8" }).trim()).toBe(
    "false true",
  )
})
