// Webhooks in and out. The judge of signatures is the library of standardwebhooks.com.
import { createHmac } from "node:crypto"
import { request as httpRequest } from "node:http"
import { Webhook } from "standardwebhooks"
import { afterEach, describe, expect, test, vi } from "vitest"
import {
  type ReceiverParts,
  receiveWebhook,
  type WebhookEndpoint,
} from "../../../../runtime/connectors/webhooks/receive.ts"
import { createWebhookSender } from "../../../../runtime/connectors/webhooks/send-webhooks.ts"
import { standardHeaders } from "../../../../runtime/connectors/webhooks/signatures.ts"
import { serveWebhooks, type WebhookServer } from "../../../../runtime/connectors/webhooks/webhook-server.ts"
import type { Inbound } from "../../../../runtime/flow/port/event.ts"
import { BackPressure, RegionRefused, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import { anySignal, failureOf, noon, stageOf, testSecrets, worldAt } from "../harness.ts"

const secret = `whsec_${Buffer.from("a secret of 24 bytes....").toString("base64")}`
const endpoint: WebhookEndpoint = {
  path: "/hooks/orders",
  flow: "Orders",
  source: "shop",
  scheme: { kind: "standard" },
  secrets: ["env:HOOK_OLD", "env:HOOK"],
}

function receiver(more: Partial<WebhookEndpoint> = {}, append?: ReceiverParts["append"]) {
  const events: Inbound[] = []
  const parts: ReceiverParts = {
    endpoints: [{ ...endpoint, ...more }],
    append:
      append ??
      (async added => {
        events.push(...added)
        return { accepted: 1, duplicates: 0, conflicts: [] }
      }),
    secrets: testSecrets({
      HOOK: secret,
      HOOK_OLD: `whsec_${Buffer.from("the one before").toString("base64")}`,
    }),
    world: worldAt({ now: noon }),
  }
  return { events, parts }
}

const body = Buffer.from(`{"order":{"id":"O-1"},"amount":12345678901234567.89}`)
const hook = (headers: Record<string, string>, bytes: Uint8Array = body, path = endpoint.path) => ({
  method: "POST",
  path,
  headers: new Map(Object.entries(headers)),
  body: bytes,
})
const signed = () => standardHeaders(secret, "msg_1", body, noon)

afterEach(() => {
  vi.useRealTimers()
})

describe("signatures", () => {
  test("ours and those of the library agree, both ways", async () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] })
    const judge = new Webhook(secret)
    expect(judge.verify(body.toString(), signed())).toBeTruthy()
    const theirs = judge.sign("msg_2", new Date(noon), body.toString())
    const { parts } = receiver()
    const headers = {
      "webhook-id": "msg_2",
      "webhook-timestamp": String(noon / 1_000),
      "webhook-signature": theirs,
    }
    expect((await receiveWebhook(parts, hook(headers))).status).toBe(200)
  })

  const bad: readonly [string, Record<string, string>, Uint8Array?][] = [
    ["no headers", {}],
    ["another body", signed(), Buffer.from("{}")],
    ["another id", { ...signed(), "webhook-id": "msg_2" }],
    [
      "another secret",
      standardHeaders(`whsec_${Buffer.from("other").toString("base64")}`, "msg_1", body, noon),
    ],
    ["too old", standardHeaders(secret, "msg_1", body, noon - 301_000)],
    ["too new", standardHeaders(secret, "msg_1", body, noon + 301_000)],
    ["a time that is none", { ...signed(), "webhook-timestamp": "1e3" }],
    [
      "another version",
      { ...signed(), "webhook-signature": signed()["webhook-signature"]!.replace("v1,", "v2,") },
    ],
    ["an empty signature", { ...signed(), "webhook-signature": "v1," }],
  ]
  test.each(bad)("%s: 401, and nothing is kept", async (_, headers, bytes) => {
    const { parts, events } = receiver()
    expect(await receiveWebhook(parts, hook(headers, bytes))).toEqual({ status: 401 })
    expect(events).toEqual([])
  })

  test("several signatures, one of them ours; a time within five minutes", async () => {
    const { parts } = receiver()
    const both = { ...signed(), "webhook-signature": `v1,AAAA v1a,xyz ${signed()["webhook-signature"]}` }
    expect((await receiveWebhook(parts, hook(both))).status).toBe(200)
    expect(
      (await receiveWebhook(parts, hook(standardHeaders(secret, "msg_1", body, noon - 299_000)))).status,
    ).toBe(200)
  })

  test("an HMAC in a header, and a word both know", async () => {
    const mac = createHmac("sha256", secret).update(body)
    const hex = receiver({
      scheme: { kind: "hmac", header: "X-Hub-Signature-256", encoding: "hex", prefix: "sha256=" },
    })
    const digest = mac.digest("hex")
    expect(
      (await receiveWebhook(hex.parts, hook({ "x-hub-signature-256": `sha256=${digest}` }))).status,
    ).toBe(200)
    expect((await receiveWebhook(hex.parts, hook({ "x-hub-signature-256": digest }))).status).toBe(401)
    expect(
      (await receiveWebhook(hex.parts, hook({ "x-hub-signature-256": `sha256=${digest.slice(1)}` }))).status,
    ).toBe(401)
    const word = receiver({ scheme: { kind: "word", header: "X-Token" } })
    expect((await receiveWebhook(word.parts, hook({ "x-token": secret }))).status).toBe(200)
    expect((await receiveWebhook(word.parts, hook({ "x-token": "" }))).status).toBe(401)
  })
})

describe("events", () => {
  test("the id, the version, the payload with every digit, the traces", async () => {
    const { parts, events } = receiver({ versionAt: ["amount"] })
    const traces = {
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "x-correlation-id": "order-1",
    }
    await receiveWebhook(parts, hook({ ...signed(), ...traces }))
    expect(events).toMatchObject([
      {
        flow: "Orders",
        source: "shop",
        id: "msg_1",
        version: "12345678901234567.89",
        traceparent: traces.traceparent,
        correlationId: "order-1",
      },
    ])
    expect(String((events[0]!.payload as { amount: unknown }).amount)).toBe("12345678901234567.89")
  })
  test("where it may be, as its sender says; what is no region is no event", async () => {
    const { parts, events } = receiver()
    const said = async (regions: string) =>
      (await receiveWebhook(parts, hook({ ...signed(), "ce-regions": regions }))).status
    expect(await said("EU, UK")).toBe(200)
    expect(await said("")).toBe(200)
    expect(await said("EU,,UK")).toBe(400)
    expect(await said("E U")).toBe(400)
    expect(events.map(({ regions }) => regions)).toEqual([["EU", "UK"], undefined])
  })
  test("an id in the payload, a part of it as the event", async () => {
    const { parts, events } = receiver({ idAt: ["order", "id"], payloadAt: ["order"] })
    await receiveWebhook(parts, hook(signed()))
    expect(events).toMatchObject([{ id: "O-1", payload: { id: "O-1" } }])
  })
  test("without an id the same bytes are the same event", async () => {
    const { parts, events } = receiver({ scheme: { kind: "word", header: "x" } })
    for (let i = 0; i < 2; i++) await receiveWebhook(parts, hook({ x: secret }))
    expect(events[0]!.id).toBe(events[1]!.id)
    expect(events[0]!.id).toMatch(/^[0-9a-f]{64}$/)
  })
  test.each([
    ["no JSON", "{"],
    ["a key twice", `{"a":1,"a":2}`],
    ["too deep", "[".repeat(5_000) + "]".repeat(5_000)],
    ["no id where it should be", "{}"],
  ])("%s: 400", async (_, text) => {
    const { parts, events } = receiver({ idAt: ["order", "id"] })
    const bytes = Buffer.from(text)
    expect((await receiveWebhook(parts, hook(standardHeaders(secret, "m", bytes, noon), bytes))).status).toBe(
      400,
    )
    expect(events).toEqual([])
  })
})

describe("the answer waits for the ledger", () => {
  test("it says yes after append, not before", async () => {
    let append = () => undefined as undefined
    const { parts } = receiver(
      {},
      () =>
        new Promise(resolve => {
          append = () => void resolve({ accepted: 1, duplicates: 0, conflicts: [] }) as undefined
        }),
    )
    let status = 0
    const done = receiveWebhook(parts, hook(signed())).then(answer => {
      status = answer.status
    })
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(status).toBe(0)
    append()
    await done
    expect(status).toBe(200)
  })
  test.each([
    [
      "too much is open",
      new BackPressure("Orders", 5, 2_500),
      { status: 503, headers: { "retry-after": "3" } },
    ],
    ["the disk fails", new StoreFailed(new Error("EIO")), { status: 503, headers: { "retry-after": "30" } }],
  ])("%s: the sender comes again", async (_, error, answer) => {
    const { parts } = receiver({}, () => Promise.reject(error))
    expect(await receiveWebhook(parts, hook(signed()))).toEqual(answer)
  })
  test("an event that must not be kept here is refused for good", async () => {
    const { parts } = receiver({}, () => Promise.reject(new RegionRefused("it may be kept in EU")))
    expect(await receiveWebhook(parts, hook(signed()))).toEqual({ status: 422 })
  })
  test("our secret is missing: the sender comes again", async () => {
    const { parts } = receiver({ secrets: ["env:NOT_THERE"] })
    expect((await receiveWebhook(parts, hook(signed()))).status).toBe(503)
  })
})

describe("on a port", () => {
  let server: WebhookServer | undefined
  afterEach(() => server?.stop())
  const post = (path: string, bytes: Uint8Array, headers: Record<string, string>, method = "POST") =>
    new Promise<number>((resolve, reject) => {
      const outgoing = httpRequest(`${server!.url}${path}`, { method, headers }, response => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      outgoing.on("error", reject)
      outgoing.end(bytes)
    })

  test("signed posts are taken, others are not, and nothing is read beyond a limit", async () => {
    const { parts, events } = receiver({ longest: 100 })
    server = await serveWebhooks({ ...parts, port: 0 })
    expect(await post(endpoint.path, body, signed())).toBe(200)
    expect(await post(endpoint.path, body, {})).toBe(401)
    expect(await post("/hooks/other", Buffer.alloc(0), {})).toBe(404)
    expect(await post(endpoint.path, Buffer.alloc(0), {}, "GET")).toBe(405)
    const long = Buffer.alloc(101, 0x20)
    expect(await post(endpoint.path, long, standardHeaders(secret, "m", long, noon))).toBe(413)
    expect(await post(endpoint.path, long, { "transfer-encoding": "chunked" })).toBe(413)
    expect(events).toHaveLength(1)
  })

  test("a defect of ours is 500, and is told", async () => {
    const told: unknown[] = []
    const { parts } = receiver({}, () => Promise.reject(new TypeError("a bug")))
    server = await serveWebhooks({ ...parts, port: 0, troubled: error => void told.push(error) })
    expect(await post(endpoint.path, body, signed())).toBe(500)
    expect(told).toMatchObject([{ message: "a bug" }])
  })
})

describe("out", () => {
  const message = {
    id: "m-1",
    topic: "orders.booked",
    payload: { total: "10.00" },
    correlationId: "order-1",
    causationId: "e-1",
    traceparent: undefined,
  }
  const sender = (url: string, secrets = testSecrets({ HOOK: secret })) =>
    createWebhookSender(
      {
        system: "Shop",
        baseUrl: url,
        reach: "loopback",
        secret: "env:HOOK",
        topics: { "orders.booked": "/in" },
      },
      { secrets, world: worldAt({ now: noon }) },
    )

  test("what we send is what we take", async () => {
    const { parts, events } = receiver({ path: "/in", payloadAt: ["data"] })
    const server = await serveWebhooks({ ...parts, port: 0 })
    const out = sender(server.url)
    await out.publish(message, anySignal())
    await out.publish({ ...message, topic: "orders.else" }, anySignal())
    expect(events).toMatchObject([{ id: "m-1", payload: { total: "10.00" }, correlationId: "order-1" }])
    await out.close()
    await server.stop()
  })
  test.each([
    [200, "done"],
    [401, "auth"],
    [410, "rejected"],
    [429, "throttled"],
    [500, "in-doubt"],
  ])("an answer %i means %s", async (status, failure) => {
    const stage = await stageOf({
      name: "x",
      dump: () => null,
      load: () => undefined,
      handle: () => ({ status, body: "whatever" }),
    })
    const out = sender(stage.url)
    if (failure === "done") await out.publish(message, anySignal())
    else expect((await failureOf(out.publish(message, anySignal()))).failure).toBe(failure)
    await out.close()
  })
  test("nobody is posted to inside, unless the connection says so", async () => {
    expect(() =>
      createWebhookSender(
        { system: "Shop", baseUrl: "https://10.0.0.1", secret: "env:HOOK", topics: {} },
        { secrets: testSecrets(), world: worldAt({ now: noon }) },
      ),
    ).toThrow(RangeError)
  })
})
