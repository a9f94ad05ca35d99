// The service over loopback: what it answers to good, refused, broken and hostile requests, and that it does not start on
// reference data that must not be used.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readReferenceData } from "../../examples/closed-won/service/reference-data.ts"
import { orderService } from "../../examples/closed-won/service/server.ts"

const folder = fileURLToPath(new URL("../../examples/closed-won/", import.meta.url))
const sample = (name: string): string => readFileSync(join(folder, "samples", name), "utf8")

let server: ReturnType<typeof orderService>
let base: string
beforeAll(async () => {
  server = orderService((await readReferenceData(join(folder, "crosswalks"))).current)
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise(resolve => server.close(resolve)))

function post(body: string | Uint8Array): Promise<Response> {
  return fetch(`${base}/orders`, {
    method: "POST",
    body: typeof body === "string" ? body : new Uint8Array(body),
  })
}

test("an order comes back as NetSuite takes it, with its key", async () => {
  const response = await post(sample("pass.json"))
  expect(response.status).toBe(200)
  expect(response.headers.get("idempotency-key")).toBe("SF-0061G00000HhviAQAR")
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8")
  const order = (await response.json()) as { item: { items: { amount: number }[] } }
  expect(order.item.items.map(item => item.amount)).toEqual([5100, 38093, 84250.32, 4000, 162000, 0])
})

test("the same order twice has the same key and body", async () => {
  const [first, second] = await Promise.all([post(sample("pass.json")), post(sample("pass.json"))])
  expect(await first.text()).toBe(await second.text())
})

test("an amount of eighteen digits goes through to the last one", async () => {
  const whole = `{"opp":${sample("opportunities/huge.json")},"account":${sample("accounts/acme.json")},"asOf":"2026-03-31"}`
  const response = await post(whole)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('"rate":9007199254740993.01,"amount":9007199254740993.01')
})

test("a record that is wrong at its source is 422 with every issue", async () => {
  const response = await post(sample("rejected.json"))
  expect(response.status).toBe(422)
  const { status, issues } = (await response.json()) as {
    status: string
    issues: { code: string; pointer: string; at: string }[]
  }
  expect(status).toBe("rejected")
  expect(issues.map(issue => issue.code)).toEqual([
    "TOO_MANY_DECIMALS",
    "MISSING_FIELD",
    "TOO_LONG",
    "WRONG_TYPE",
  ])
  expect(issues[1]?.at).toMatch(/^contracts\/salesforce\.fmap:\d+:\d+$/)
})

test("a record that waits for reference data is 409", async () => {
  const response = await post(sample("held.json"))
  expect(response.status).toBe(409)
  const { issues } = (await response.json()) as { issues: { code: string }[] }
  expect(issues.map(issue => issue.code)).toEqual(["UNKNOWN_ITEM", "UNKNOWN_ITEM"])
})

describe("what is no JSON is 400 with the place", () => {
  test.each([
    ["cut off", '{"opp": {"Id": "0061', 1],
    ["a key twice", '{"opp": {},\n "opp": {}}', 2],
    ["two values", "{} {}", 1],
    ["empty", "", 1],
    ["NaN", '{\n"opp": NaN}', 2],
    ["ten thousand brackets", "[".repeat(10_000), 1],
  ])("%s", async (_, body, line) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: expect.stringMatching(/\w/),
      line,
      column: expect.any(Number),
    })
  })

  test("bytes that are not UTF-8", async () => {
    const response = await post(new Uint8Array([0x7b, 0xff, 0x7d]))
    expect(response.status).toBe(400)
  })
})

describe("what is JSON but no request is 422", () => {
  test.each([
    "null",
    "[]",
    '"x"',
    "1",
    "{}",
    '{"opp":null,"account":[],"asOf":1}',
    '{"__proto__":{"opp":1}}',
  ])("%s", async body => {
    const response = await post(body)
    expect(response.status).toBe(422)
    const { issues } = (await response.json()) as { issues: { code: string; root: string }[] }
    expect(issues.map(issue => `${issue.code} ${issue.root}`)).toEqual(
      expect.arrayContaining(["NOT_AN_OBJECT opp", "NOT_AN_OBJECT account"]),
    )
  })
})

test("more than a megabyte is 413", async () => {
  const response = await post(`{"opp":"${"x".repeat(1024 * 1024)}"}`).catch((error: unknown) => error)
  // The server closes at once; a client that still writes may see the reset instead of the answer.
  if (response instanceof Response) expect(response.status).toBe(413)
  else expect(response).toBeInstanceOf(TypeError)
  expect((await post(sample("pass.json"))).status).toBe(200)
})

test("other paths and methods", async () => {
  expect((await fetch(`${base}/`)).status).toBe(404)
  expect((await fetch(`${base}/orders`)).status).toBe(405)
  expect((await fetch(`${base}/orders`)).headers.get("allow")).toBe("POST")
  expect((await fetch(`${base}/health`, { method: "DELETE" })).status).toBe(405)
})

test("health says which reference data answers", async () => {
  const response = await fetch(`${base}/health`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    status: "ok",
    crosswalks: {
      CustomerByAccount: expect.stringMatching(/^[0-9a-f]{64}$/),
      ItemByProduct: expect.stringMatching(/^[0-9a-f]{64}$/),
      TermsByCustomer: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  })
})

describe("reference data that must not be used", () => {
  test.each([
    ["a key twice", "items.csv", "01t1G000000bH0WQAU,SUB-OTHER,true\n", /items\.csv:8: .*01t1G000000bH0WQAU/],
    ["a row too short", "customers.csv", "0015500000Xyy06AAB\n", /customers\.csv:8: The row has 1 cells/],
    [
      "a flag that is neither true nor false",
      "items.csv",
      "01t1G000000bHzzQAE,SUB-OTHER,yes\n",
      /items\.csv:8: Expected true or false/,
    ],
  ])("%s", async (_, file, row, message) => {
    const copy = mkdtempSync(join(tmpdir(), "fmap-service-"))
    try {
      cpSync(join(folder, "crosswalks"), copy, { recursive: true })
      writeFileSync(join(copy, file), readFileSync(join(copy, file), "utf8") + row)
      await expect(readReferenceData(copy)).rejects.toThrow(message)
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})

test("a new file is read without a restart; a bad one changes nothing", async () => {
  const copy = mkdtempSync(join(tmpdir(), "fmap-service-"))
  try {
    cpSync(join(folder, "crosswalks"), copy, { recursive: true })
    const reference = await readReferenceData(copy)
    const before = reference.current()
    const file = join(copy, "items.csv")
    const text = readFileSync(file, "utf8")
    expect(await reference.reload()).toEqual([])
    writeFileSync(file, `${text}01t1G000000bNewQAE,SUB-NEW,true\n`)
    expect(await reference.reload()).toEqual(["ItemByProduct"])
    expect(reference.current().ItemByProduct.find("01t1G000000bNewQAE")).toBe("SUB-NEW")
    expect(before.ItemByProduct.find("01t1G000000bNewQAE")).toBeUndefined()
    writeFileSync(file, text.replaceAll("true", "yes"))
    await expect(reference.reload()).rejects.toThrow(/items\.csv:2: Expected true or false/)
    expect(reference.current().ItemByProduct.find("01t1G000000bNewQAE")).toBe("SUB-NEW")
  } finally {
    rmSync(copy, { recursive: true })
  }
})
