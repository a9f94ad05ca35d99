// The service: API, console, health and webhooks as one function of a request. Flows in: requests and the address they come from. Flows out: answers. Every route but /health and webhooks (which are
// signed) asks who it is and whether the role may; what no rule covers is refused.
import { Hono } from "hono"
import { receiveWebhook } from "../connectors/webhooks/receive.ts"
import { sql } from "../flow/ledger/statement.ts"
import { may } from "../flow/port/permissions.ts"
import { readJsonBytes } from "../formats/json/read-json.ts"
import { writeJson } from "../formats/json/write-json.ts"
import { apiPrefix, apiRoutes } from "./api/openapi.ts"
import type { Answer, Route } from "./api/route.ts"
import type { Person } from "./auth/person.ts"
import { createThrottle } from "./auth/throttle.ts"
import type { ConsoleEnv } from "./console/console-door.ts"
import { addConsole } from "./console/console-routes.ts"
import { correlationOf } from "./correlation.ts"
import { isProblem, type Problem, problem, problemCodes, problemDocument } from "./problem.ts"
import { readBody } from "./read-body.ts"
import { refusalWords } from "./refusal-words.ts"
import type { ServiceParts } from "./service-parts.ts"

export interface Service {
  /** `address`: of who asks, for throttling alone. */
  fetch(request: Request, from?: { readonly address: string }): Promise<Response>
  /** Every route there is, for tests that walk them. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
}

const longestBody = 1 << 20
const deepestBody = 64

export function createService(parts: ServiceParts): Service {
  const app = new Hono<ConsoleEnv>({ strict: true })
  const throttle = createThrottle(60, 60_000, parts.world)

  app.use(async (context, next) => {
    const begun = parts.world.now()
    context.set("route", "none")
    await next()
    for (const [name, value] of Object.entries(alwaysHeaders))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    const [person, because] = [context.get("person"), context.get("because")]
    parts.log?.({
      method: context.req.method,
      route: context.get("route"),
      status: context.res.status,
      tookMs: parts.world.now() - begun,
      subject: person?.subject,
      role: person?.role,
      ...(because === undefined ? {} : { because }),
      ...correlationOf(context.req.raw.headers),
    })
  })
  app.onError(error => {
    parts.troubled?.(error)
    return respond(problem("DEFECT", "Nothing more is known here; the log of the service has it"))
  })
  app.notFound(() => respond(problem("NOT_FOUND", "There is nothing here")))

  app.get("/health", context => {
    context.set("route", "health")
    return respond({ status: 200, body: { status: "alive" } })
  })
  app.get("/health/ready", async context => {
    context.set("route", "ready")
    const ready = await parts.ledger
      .run(function* () {
        yield sql`SELECT count(*) AS n FROM target`
        return true
      })
      .catch(() => false)
    return respond({ status: ready ? 200 : 503, body: { status: ready ? "ready" : "not ready" } })
  })

  for (const route of apiRoutes)
    app.on(route.method, `${apiPrefix}${route.path.replaceAll(/\{(\w+)\}/gu, ":$1")}`, async context => {
      context.set("route", route.id)
      const address = context.env?.address ?? ""
      const known = await whoAsks(context.req.raw, address)
      if (isProblem(known)) return respond(known)
      context.set("person", known)
      return respond(await answered(parts, route, known, context.req.raw, context.req.param()))
    })

  for (const endpoint of parts.webhooks?.endpoints ?? []) {
    const { webhooks } = parts
    app.all(endpoint.path, async context => {
      context.set("route", `webhook ${endpoint.flow}`)
      const body = await readBody(context.req.raw, endpoint.longest ?? longestBody)
      if (body === undefined) return new Response(null, { status: 413 })
      const { status, headers = {} } = await receiveWebhook(
        {
          endpoints: webhooks?.endpoints ?? [],
          append: parts.engine.append,
          secrets: webhooks?.secrets ?? noSecrets,
          world: parts.world,
        },
        {
          method: context.req.method,
          path: endpoint.path,
          headers: new Map(context.req.raw.headers),
          body,
        },
      )
      return new Response(null, { status, headers })
    })
  }

  addConsole(app, parts)

  async function whoAsks(
    request: Request,
    address: string,
  ): Promise<Person | (Problem & { kind: "problem" })> {
    const seconds = throttle.waits(address)
    if (seconds > 0)
      return problem("TOO_MANY_TRIES", `Try again in ${seconds} seconds`, { retryAfterSeconds: seconds })
    const token = /^Bearer ([\w.-]+)$/iu.exec(request.headers.get("authorization") ?? "")?.[1]
    if (token === undefined) return problem("UNAUTHENTICATED", "Send a bearer token")
    const verified = await parts.verify(token).catch((error: unknown) => {
      parts.troubled?.(error)
      return undefined
    })
    if (verified === undefined)
      return problem("KEYS_MISSING", "Keys or secrets of tokens cannot be read", { retryAfterSeconds: 60 })
    if (verified.kind === "person") return verified.person
    if (verified.known) return problem("FORBIDDEN", verified.why)
    throttle.failed(address)
    return problem("UNAUTHENTICATED", verified.why)
  }

  return {
    fetch: async (request, from = { address: "" }) => app.fetch(request, from),
    routes: app.routes
      .filter(({ method, path }) => !(method === "ALL" && path === "/*"))
      .map(({ method, path }) => ({ method, path })),
  }
}

const noSecrets = {
  get: async () => "",
  hide: () => undefined,
  mask: (text: string) => text,
}

const alwaysHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const

async function answered(
  parts: ServiceParts,
  route: Route,
  person: Person,
  request: Request,
  path: Readonly<Record<string, string>>,
): Promise<Answer | Problem> {
  if (!may(person.role, route.action))
    return problem("FORBIDDEN", `${route.action} is not for ${person.role}`)
  const read = await inputOf(route, request, path)
  if (isProblem(read)) return read
  return route.answer({
    parts,
    person,
    headers: request.headers,
    signal: request.signal,
    ...read,
  } as never)
}

async function inputOf(
  route: Route,
  request: Request,
  path: Readonly<Record<string, string>>,
): Promise<
  | Problem
  | { readonly kind: "input"; readonly path: unknown; readonly query: unknown; readonly body: unknown }
> {
  const query = new URL(request.url).searchParams
  const twice = [...query.keys()].find((name, i, all) => all.indexOf(name) !== i)
  if (twice !== undefined) return problem("BAD_REQUEST", `${twice.slice(0, 40)} is said twice`)
  const given = { path, query: Object.fromEntries(query), body: undefined as unknown }
  if (route.body !== undefined) {
    const body = await jsonBody(request)
    if (isProblem(body)) return body
    given.body = body.value
  }
  const forms = { path: route.parameters, query: route.query, body: route.body }
  for (const part of ["path", "query", "body"] as const) {
    const form = forms[part]
    if (form === undefined) continue
    const judged = form.safeParse(given[part])
    if (!judged.success) {
      const [first] = judged.error.issues
      const place = [part, ...(first?.path ?? [])].map(String).join(".")
      return part === "path"
        ? problem("NOT_FOUND", "There is nothing here")
        : problem(
            "BAD_REQUEST",
            `${place.slice(0, 200)}: ${first === undefined ? "it does not fit" : refusalWords(first, given[part])}`,
          )
    }
    given[part] = judged.data as never
  }
  return { kind: "input", ...given }
}

async function jsonBody(
  request: Request,
): Promise<Problem | { readonly kind: "json"; readonly value: unknown }> {
  const type = request.headers.get("content-type") ?? ""
  if (!/^application\/json(?:;\s*charset=utf-8)?$/iu.test(type))
    return problem("NOT_JSON", "Send application/json")
  const bytes = await readBody(request, longestBody)
  if (bytes === undefined) return problem("TOO_LARGE", `At most ${longestBody} bytes are read`)
  const read = readJsonBytes(bytes, { depth: deepestBody })
  return "ok" in read
    ? { kind: "json", value: read.ok }
    : problem(
        "BAD_REQUEST",
        `Line ${read.refused.line}, column ${read.refused.column}: ${read.refused.message}`,
      )
}

function respond(answer: Answer | Problem): Response {
  if (isProblem(answer)) {
    const headers = new Headers({ "content-type": "application/problem+json" })
    if (answer.retryAfterSeconds !== undefined) headers.set("retry-after", String(answer.retryAfterSeconds))
    if (answer.code === "UNAUTHENTICATED") headers.set("www-authenticate", 'Bearer realm="fmap"')
    return new Response(writeJson(problemDocument(answer)), {
      status: problemCodes[answer.code].status,
      headers,
    })
  }
  const { status, body, text, headers = {} } = answer
  return text === undefined
    ? new Response(writeJson(body ?? null), {
        status,
        headers: { ...headers, "content-type": "application/json" },
      })
    : new Response(text.content, { status, headers: { ...headers, "content-type": text.type } })
}
