// The API as a whole: its description is true of it, every route asks who it is, and each role may do what the matrix says.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Action, permissions, roles } from "../../../runtime/flow/port/permissions.ts"
import { apiPrefix, apiRoutes, openApiDocument } from "../../../runtime/http/api/openapi.ts"
import type { Route } from "../../../runtime/http/api/route.ts"
import { actionOf } from "../../../runtime/http/work/show-exception.ts"
import { allowed, customers, everyRole, order, serviceOn, type TestService } from "./harness.ts"

let on: TestService
let number = 0
beforeAll(async () => {
  on = await serviceOn("sqlite", { metrics: async () => "fmap_events 1\n" })
  await on.put(order("a1", { customer: customers.unknown }))
  number = (await on.open())["a1"] ?? 0
})
afterAll(() => on.close())

/** A request each route takes, so that what is judged is who asks. */
const bodies: Readonly<Record<string, object>> = {
  acknowledgeException: {},
  assignException: { owner: "desk" },
  decideInBulk: { numbers: [999], decision: "skip", reason: "no" },
  callFlow: order("call-1"),
  rehearseReplay: { selection: { flow: "Orders" } },
  deliverReplay: { selection: { queue: "none" }, reason: "no" },
  reissueReplay: { selection: { queue: "none" }, reason: "no" },
  pauseTarget: { until: "2999-01-01T00:00:00Z", reason: "no" },
  editException: { reason: "no", changes: [{ pointer: "/nowhere/at/all", value: 1 }] },
  settleException: { reason: "no", effect: "none", outcome: { kind: "not-done" } },
}

function requestOf(route: Route) {
  const path = route.path
    .replace("{number}", String(number))
    .replace("{name}", route.path.startsWith("/targets") ? "nobody" : "Orders")
  const query = route.id === "trace" ? "?key=a1" : ""
  const body = route.method === "POST" ? (bodies[route.id] ?? { reason: "no" }) : undefined
  return [`${apiPrefix}${path}${query}`, body === undefined ? {} : { body }] as const
}

describe("every route", () => {
  test("that is served is one of the API, or health", () => {
    const served = on.service.routes.filter(({ path }) => path.startsWith(apiPrefix))
    expect(served.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      apiRoutes
        .map(({ method, path }) => `${method} ${apiPrefix}${path.replaceAll(/\{(\w+)\}/gu, ":$1")}`)
        .toSorted(),
    )
  })
  test("of the service that says nothing of who asks is /health", async () => {
    const open: string[] = []
    for (const { method, path } of on.service.routes) {
      const { status } = await on.ask(path.replaceAll(/:\w+/gu, "1"), {
        method,
        ...(method === "POST" ? { body: {} } : {}),
      })
      if (status < 300) open.push(`${method} ${path}`)
    }
    expect(
      open.filter(one => !/^GET \/(?:health(?:\/ready)?|login|style\.css|icon\.svg)$/u.test(one)),
    ).toEqual([])
  })
  test.each(apiRoutes.map(route => [route.id, route] as const))("%s asks who it is", async (_, route) => {
    const [path, options] = requestOf(route)
    const nobody = await on.ask(path, options)
    expect([nobody.status, nobody.json.code]).toEqual([401, "UNAUTHENTICATED"])
    expect(nobody.headers.get("www-authenticate")).toBe('Bearer realm="fmap"')
  })

  const cells = apiRoutes.flatMap(route => everyRole.map(role => [route.id, role, route] as const))
  test.each(cells)("%s as %s: as the matrix says", async (_, role, route) => {
    const [path, options] = requestOf(route)
    const { status, json } = await on.ask(path, { ...options, as: role })
    if (allowed(role, route.action)) expect(status).not.toBe(403)
    else expect([status, json.code]).toEqual([403, "FORBIDDEN"])
  })
  test("of decisions is judged in bulk, too", async () => {
    for (const decision of ["acknowledge", "assign", "retry", "skip", "resolve", "ignore"] as const)
      for (const role of roles.filter(one => allowed(one, "exceptions.read"))) {
        const { json } = await on.ask("/api/v1/exceptions/bulk", {
          as: role,
          body: { numbers: [999_999], decision, owner: "x", reason: "no" },
        })
        expect([decision, role, json.results[0].problem.code]).toEqual([
          decision,
          role,
          allowed(role, actionOf[decision]) ? "NOT_FOUND" : "FORBIDDEN",
        ])
      }
  })
})

test("the matrix of the documentation is the matrix", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../specs/console.md"), "utf8")
  const rows = (Object.keys(permissions) as readonly Action[]).map(
    action => `| \`${action}\` |${roles.map(role => (allowed(role, action) ? " yes |" : " |")).join("")}`,
  )
  expect(page).toContain(`| | ${roles.join(" | ")} |\n|---|---|---|---|---|\n${rows.join("\n")}\n`)
})

test("every action of the matrix stands in the way of something", () => {
  const guarded = new Set<Action>([
    ...apiRoutes.map(({ action }) => action),
    ...Object.values(actionOf),
    "see.personal",
    "see.confidential",
  ])
  expect([...guarded].toSorted()).toEqual(Object.keys(permissions).toSorted())
})

describe("the description", () => {
  const document = openApiDocument() as {
    readonly openapi: string
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    readonly components: object
  }
  interface Operation {
    readonly operationId: string
    readonly parameters?: readonly { readonly name: string; readonly in: string }[]
    readonly responses: Readonly<
      Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
    >
  }

  test("is the one that is published", () => {
    const published = readFileSync(join(import.meta.dirname, "../../../specs/schemas/fmap.api.json"), "utf8")
    expect(JSON.parse(published)).toEqual(document)
  })
  test("is served", async () => {
    expect((await on.ask("/api/v1/openapi.json", { as: "system" })).json).toEqual(document)
  })
  test("has operations of one name each, and says every name in a path", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map(one => ({ path, ...one })),
    )
    const names = operations.map(({ operationId }) => operationId)
    expect(names).toEqual([...new Set(names)])
    for (const { path, parameters = [] } of operations)
      expect(parameters.filter(one => one.in === "path").map(({ name }) => name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name),
      )
  })

  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  test.each(apiRoutes.map(route => [route.id, route] as const))(
    "of %s fits what it answers to each role, with and without what it needs",
    async (_, route) => {
      const [path, options] = requestOf(route)
      for (const asked of [
        { ...options, as: "controller" },
        { ...options, as: "operations" },
        { ...options, as: "system" },
        options,
      ]) {
        const { status, json, headers } = await on.ask(path, asked)
        const operation = document.paths[`${apiPrefix}${route.path}`]?.[route.method.toLowerCase()]
        const said = operation?.responses[String(status)]
        expect(
          said,
          `${route.id} answers ${status}, and nobody says so: ${JSON.stringify(json)}`,
        ).toBeDefined()
        const type = (headers.get("content-type") ?? "").split(";")[0] ?? ""
        const schema = said?.content?.[type]?.schema
        if (schema === undefined) continue
        const validate = ajv.compile({ ...schema, components: document.components })
        validate(json)
        expect(validate.errors ?? [], JSON.stringify(json)).toEqual([])
      }
    },
  )
  test("its schemas are schemas", () => {
    for (const methods of Object.values(document.paths))
      for (const { responses } of Object.values(methods))
        for (const { content } of Object.values(responses))
          for (const { schema } of Object.values(content ?? {}))
            expect(ajv.validateSchema({ ...schema, components: document.components })).toBe(true)
  })
})

describe("requests nobody should send", () => {
  const as = "operations"
  const assign = (body: unknown, headers = {}) =>
    on.ask(`/api/v1/exceptions/${number}/assign`, { as, body, headers })
  test.each([
    ["no JSON", "{", {}, 400, "BAD_REQUEST"],
    ["a form", "owner=me", { "content-type": "application/x-www-form-urlencoded" }, 415, "NOT_JSON"],
    ["text, as pages of others can send it", "{}", { "content-type": "text/plain" }, 415, "NOT_JSON"],
    ["a member nobody knows", { owner: "me", admin: true }, {}, 400, "BAD_REQUEST"],
    ["a key twice", '{"owner":"a","owner":"b"}', {}, 400, "BAD_REQUEST"],
    ["__proto__", '{"owner":"a","__proto__":{"x":1}}', {}, 400, "BAD_REQUEST"],
    ["half a character", '{"owner":"\\ud800"}', {}, 400, "BAD_REQUEST"],
    ["a thousand levels", `{"owner":${"[".repeat(1_000)}${"]".repeat(1_000)}}`, {}, 400, "BAD_REQUEST"],
    ["two megabytes", `{"owner":"${"x".repeat(2 << 20)}"}`, {}, 413, "TOO_LARGE"],
    ["an owner that is none", { owner: "" }, {}, 400, "BAD_REQUEST"],
  ] as const)("%s", async (_, body, headers, status, code) => {
    const asked = await assign(body, headers)
    expect([asked.status, asked.json.code]).toEqual([status, code])
    expect(asked.headers.get("content-type")).toBe("application/problem+json")
  })
  test.each([
    ["a query nobody knows", "exceptions?admin=1"],
    ["a query said twice", "exceptions?code=a&code=b"],
    ["a page that is none", "exceptions?limit=100000"],
    ["a cursor that is none", "exceptions?after=1;DROP"],
  ])("%s", async (_, path) => {
    const { status, json } = await on.ask(`/api/v1/${path}`, { as })
    expect([status, json.code]).toEqual([400, "BAD_REQUEST"])
  })
  test.each([
    ["a reason that says nothing", "exceptions/1/retry", { reason: " " }, "body.reason: it has to say why"],
    [
      "a reason of thousands of words",
      "exceptions/1/retry",
      { reason: "a".repeat(2_001) },
      "body.reason: it takes at most 2,000 characters",
    ],
    ["no reason", "exceptions/1/retry", {}, "body.reason: a text that says why is needed"],
    ["no time", "targets/erp/pause", { reason: "closed" }, "body.until: it is missing"],
  ] as const)("%s is told in words", async (_, path, body, detail) => {
    const { status, json } = await on.ask(`/api/v1/${path}`, { as: "operations:mara", body })
    expect([status, json.detail]).toEqual([400, `${detail}.`])
  })
  test("what is not there, and what is there for other methods, is not found", async () => {
    expect((await on.ask("/api/v1/nothing", { as })).status).toBe(404)
    expect((await on.ask("/api/v1/stats", { as, method: "DELETE" })).status).toBe(404)
    expect((await on.ask("/../../etc/passwd", { as })).status).toBe(404)
  })
  test("no answer may be kept, framed, or taken for something else", async () => {
    for (const path of ["/health", "/api/v1/stats", "/nothing"]) {
      const { headers } = await on.ask(path)
      expect(headers.get("cache-control")).toBe("no-store")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
    }
  })
  test("health is told to everybody, and nothing with it", async () => {
    expect((await on.ask("/health")).json).toEqual({ status: "alive" })
    expect((await on.ask("/health/ready")).json).toEqual({ status: "ready" })
  })
  test("nothing was a defect", () => expect(on.troubles).toEqual([]))
})
