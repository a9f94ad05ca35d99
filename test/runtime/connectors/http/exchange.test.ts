// What goes over the wire, and when a failure means "not done": the line between before and after.
import { createServer, type RequestListener, type Server } from "node:http"
import { afterEach, describe, expect, test } from "vitest"
import { type ErrorRule, verdictOf } from "../../../../runtime/connectors/http/error-table.ts"
import { ExchangeFailed } from "../../../../runtime/connectors/http/exchange.ts"
import { createHttpClient } from "../../../../runtime/connectors/http/http-client.ts"
import { retryAfterMs } from "../../../../runtime/connectors/http/retry-after.ts"
import { anySignal, noon } from "../harness.ts"

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function urlOf(listener: RequestListener) {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

const stageOf = (work: Promise<unknown>) =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ExchangeFailed ? `${error.stage} ${error.code}` : String(error)),
  )

test("a request that waits for a connection has not gone out: it is not done, and never goes out later", async () => {
  const asked: string[] = []
  const url = await urlOf(request => void asked.push(request.url ?? ""))
  const client = createHttpClient({ baseUrl: url, reach: "loopback", connections: 1, totalMs: 150 })
  const [first, second] = await Promise.all([
    stageOf(client.exchange({ method: "POST", url: "/first" }, anySignal())),
    stageOf(client.exchange({ method: "POST", url: "/second" }, anySignal())),
  ])
  expect([first, second]).toEqual(["after TOTAL_TIMEOUT", "before TOTAL_TIMEOUT"])
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(asked).toEqual(["/first"])
  await client.close()
})

test("work that was stopped: before it began nothing goes out, while it runs nobody knows", async () => {
  const asked: string[] = []
  const stop = new AbortController()
  const url = await urlOf(request => {
    asked.push(request.url ?? "")
    stop.abort()
  })
  const client = createHttpClient({ baseUrl: url, reach: "loopback" })
  expect(await stageOf(client.exchange({ method: "POST", url: "/" }, stop.signal))).toBe("after INTERRUPTED")
  expect(await stageOf(client.exchange({ method: "POST", url: "/" }, stop.signal))).toBe("before INTERRUPTED")
  expect(asked).toEqual(["/"])
  await client.close()
})

test("an answer that is too long is dropped while it comes", async () => {
  const url = await urlOf((_, response) => {
    for (let i = 0; i < 100; i++) response.write("x".repeat(1_000))
    response.end()
  })
  const client = createHttpClient({ baseUrl: url, reach: "loopback", longestAnswer: 10_000 })
  expect(await stageOf(client.exchange({ method: "GET", url: "/" }, anySignal()))).toBe(
    "after ANSWER_TOO_LONG",
  )
  await client.close()
})

test("blanks in a query are %20, a plus is %2B, cookies stay apart", async () => {
  let asked = ""
  const url = await urlOf((request, response) => {
    asked = request.url ?? ""
    response.setHeader("set-cookie", ["a=1; Path=/", "b=2"])
    response.end()
  })
  const client = createHttpClient({ baseUrl: `${url}/base`, reach: "loopback" })
  const answer = await client.exchange({ method: "GET", url: "query", query: { q: "a b+c" } }, anySignal())
  expect(asked).toBe("/base/query?q=a%20b%2Bc")
  expect(answer.cookies).toEqual(["a=1; Path=/", "b=2"])
  await client.close()
})

test("Retry-After in seconds, as a day, as nonsense", () => {
  const cases: readonly [string | undefined, number | undefined][] = [
    ["0", 0],
    ["120", 120_000],
    ["1.5", 1_500],
    ["Tue, 31 Mar 2026 12:00:30 GMT", 30_000],
    ["Tue, 31 Mar 2026 11:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["soon", undefined],
    ["-5", undefined],
    [undefined, undefined],
  ]
  expect(cases.map(([text]) => retryAfterMs(text, noon))).toEqual(cases.map(([, ms]) => ms))
})

describe("rules for errors", () => {
  const rules: readonly ErrorRule[] = [
    { status: 400, code: "BUSY", failure: "transient" },
    { code: "LIMIT", failure: "throttled", retryAfterMs: 5_000 },
    { status: 400, says: /already exists/, failure: "conflict" },
  ]
  const answer = { status: 400, codes: [] as string[], message: "", hasRetryAfter: false }
  test("the first that fits decides, then those of HTTP", () => {
    expect(verdictOf(rules, { ...answer, codes: ["LIMIT", "BUSY"] })).toMatchObject({ failure: "transient" })
    expect(verdictOf(rules, { ...answer, codes: ["LIMIT"] })).toMatchObject({
      failure: "throttled",
      retryAfterMs: 5_000,
    })
    expect(verdictOf(rules, { ...answer, message: "It already exists." })).toMatchObject({
      failure: "conflict",
    })
  })
  const byStatus: readonly [number, string][] = [
    [200, "rejected"],
    [302, "rejected"],
    [400, "rejected"],
    [401, "auth"],
    [403, "rejected"],
    [404, "rejected"],
    [408, "in-doubt"],
    [409, "conflict"],
    [412, "conflict"],
    [422, "rejected"],
    [423, "transient"],
    [425, "transient"],
    [429, "throttled"],
    [500, "in-doubt"],
    [501, "rejected"],
    [502, "in-doubt"],
    [503, "in-doubt"],
    [504, "in-doubt"],
  ]
  test.each(byStatus)("%i without a rule is %s", (status, failure) =>
    expect(verdictOf([], { ...answer, status }).failure).toBe(failure),
  )
  test("503 with a time to come back is throttling", () =>
    expect(verdictOf([], { ...answer, status: 503, hasRetryAfter: true }).failure).toBe("throttled"))
})
