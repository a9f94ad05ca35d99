// A console people sign in to at an issuer, both on this machine over real HTTP, and a browser without scripts that walks between them. Flows in: options of the login. Flows out: both, and the walk.

import { SecretMissing } from "../../../../runtime/connectors/secrets/secrets.ts"
import { systemWorld } from "../../../../runtime/flow/index.ts"
import { originsOf, type ServiceParts, serveHttp } from "../../../../runtime/http/index.ts"
import { type OpenIdLogin, type OpenIdOptions, openIdLogin } from "../../../../runtime/http/oidc/index.ts"
import { serviceOn, type TestService } from "../harness.ts"
import { type Claimed, startIssuer, type TestIssuer } from "./issuer.ts"

export const roles = {
  "finance-operations": "operations",
  "finance-control": "controller",
  integration: "architect",
} as const

/** One person of each role. */
export const people: Readonly<Record<string, Claimed>> = {
  operations: { sub: "olga", groups: ["everybody", "finance-operations"] },
  controller: { sub: "carl", groups: ["finance-control"] },
  architect: { sub: "anna", groups: ["integration"] },
  none: { sub: "nobody", groups: ["everybody", "canteen"] },
}

export interface Console {
  readonly on: TestService
  readonly issuer: TestIssuer
  readonly login: OpenIdLogin
  readonly url: string
  /** What those are told who run the service. */
  readonly failures: string[]
  /** Undefined: it is not there. */
  readonly secretIs: (secret: string | undefined) => void
  /** Time passes for the console and its login; not for the issuer. */
  readonly pass: (ms: number) => void
  close(): Promise<void>
}

export async function startConsole(
  more: Partial<OpenIdOptions> = {},
  parts: (login: OpenIdLogin) => Partial<ServiceParts> = () => ({}),
): Promise<Console> {
  const issuer = await startIssuer()
  const failures: string[] = []
  let said: string | undefined = issuer.secret
  let later = 0
  const world = { ...systemWorld(), now: () => Date.now() + later }
  const secrets = {
    get: async (reference: string) => {
      if (said === undefined) throw new SecretMissing(`There is nothing at ${reference}`)
      return said
    },
    hide: () => undefined,
    mask: (text: string) => text,
  }
  const login = openIdLogin(
    {
      issuer: issuer.url,
      clientId: issuer.clientId,
      clientSecret: "env:CLIENT_SECRET",
      roles,
      reach: "loopback",
      ...more,
    },
    { secrets, world },
  )
  const origins: string[] = []
  const on = await serviceOn("sqlite", {
    origins: () => origins,
    world,
    login,
    failing: sentence => failures.push(sentence),
    ...parts(login),
  })
  const server = await serveHttp(on.service, { host: "127.0.0.1", port: 0, behindTls: false })
  origins.push(...originsOf("127.0.0.1", Number(new URL(server.url).port)))
  issuer.redirects.push(`${server.url}/login/callback`, `${server.url}/login`)
  return {
    on,
    issuer,
    login,
    url: server.url,
    failures,
    secretIs: secret => {
      said = secret
    },
    pass: ms => {
      later += ms
    },
    async close() {
      await server.stop()
      await login.close()
      await on.close()
      await issuer.stop()
    },
  }
}

export interface Page {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** One browser: it keeps cookies of the console, and follows nothing by itself. */
export interface Walker {
  readonly cookies: Map<string, string>
  get(url: string): Promise<Page>
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Page>
  /** To the issuer, and the address it leads back to. */
  away(to?: string): Promise<string>
  /** All the way; the page the console answers with. */
  signIn(person: Claimed | undefined, to?: string): Promise<Page>
}

export function walker({ url, issuer }: Pick<Console, "url" | "issuer">): Walker {
  const cookies = new Map<string, string>()
  async function ask(to: string, init: RequestInit): Promise<Page> {
    const target = new URL(to, url)
    const isOurs = target.port === new URL(url).port
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const answer = await fetch(target, {
      ...init,
      redirect: "manual",
      headers: { ...(isOurs && cookie !== "" ? { cookie } : {}), ...init.headers },
    })
    for (const line of isOurs ? answer.headers.getSetCookie() : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/u.exec(line) ?? []
      if (/Max-Age=0/iu.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const get = (to: string) => ask(to, {})
  async function away(to?: string): Promise<string> {
    const begun = await get(`/login/begin${to === undefined ? "" : `?to=${encodeURIComponent(to)}`}`)
    if (begun.status !== 303) throw new Error(`it did not begin: ${begun.status} ${begun.text}`)
    const back = await get(begun.headers.get("location") ?? "")
    if (back.status !== 302) throw new Error(`the issuer does not lead back: ${back.status} ${back.text}`)
    return back.headers.get("location") ?? ""
  }
  return {
    cookies,
    get,
    post: (path, fields = {}) =>
      ask(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", origin: url },
        body: new URLSearchParams(fields).toString(),
      }),
    away,
    async signIn(person, to) {
      if (person !== undefined) issuer.people = [person]
      return get(await away(to))
    },
  }
}
