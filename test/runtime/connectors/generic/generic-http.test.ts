// A platform described by configuration against a simulated REST service.
import { describe, expect, test } from "vitest"
import { fillPath } from "../../../../runtime/connectors/generic/fill-path.ts"
import { createHttpSystem } from "../../../../runtime/connectors/generic/generic-http.ts"
import type {
  HttpNext,
  HttpObject,
  HttpSystemOptions,
} from "../../../../runtime/connectors/generic/http-options.ts"
import type { SendRequest, SendVerb } from "../../../../runtime/connectors/port/connector.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { simulatedRest } from "../../../../runtime/simulators/rest/rest-platform.ts"
import { endsExactlyOnce } from "../exactly-once.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, canary, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const subscriptions: HttpObject = {
  create: {
    method: "POST",
    path: "/subscriptions",
    wrap: "data",
    answerAt: ["data"],
    idempotency: { header: "Idempotency-Key", windowMs: 86_400_000 },
  },
  upsert: { method: "PUT", path: "/subscriptions/{key}", keyOnlyInPath: true, answerAt: ["data"] },
  update: {
    method: "PATCH",
    path: "/subscriptions/{key}",
    keyOnlyInPath: true,
    answerAt: ["data"],
    repeatable: true,
  },
  delete: { method: "DELETE", path: "/subscriptions/{key}", repeatable: true },
  find: { path: "/subscriptions?external_id={key}", at: ["data", "0"] },
  list: {
    path: "/subscriptions",
    query: { expand: "lines" },
    filters: { plan: "plan" },
    at: ["data"],
    next: { kind: "cursor", at: ["next_cursor"], query: "cursor" },
    changes: { since: "updated_since", idAt: ["id"], versionAt: ["updated_at"] },
  },
}

const connect = (
  stage: Pick<Stage, "url" | "world" | "secrets">,
  object = subscriptions,
  more: Partial<HttpSystemOptions> = {},
) =>
  createHttpSystem(
    {
      system: "Billing",
      baseUrl: stage.url,
      reach: "loopback",
      auth: {
        kind: "client-credentials",
        tokenUrl: "/oauth/token",
        clientId: "env:CLIENT_ID",
        clientSecret: "env:CLIENT_SECRET",
      },
      objects: { Subscription: object },
      errors: {
        codeAt: ["error", "code"],
        messageAt: ["error", "message"],
        failedWhen: { at: ["success"], equals: false },
        rules: [{ contains: "period is closed", failure: "rejected" }],
      },
      totalMs: 300,
      ...more,
    },
    stage,
  )

const subscription = (id: string, verb: SendVerb = "create", more: object = {}): SendRequest => ({
  object: "Subscription",
  key: "external_id",
  fields: null,
  verb,
  record: { external_id: id, name: `Plan ${id}`, ...more },
})

test("the conversation the description leads to", async () => {
  const stage = await stageOf(simulatedRest())
  const billing = connect(stage)
  const amount = new ExactNumber("12345678901234567.89")
  const created = await billing.send(subscription("S 1", "create", { amount }), call("key-1"))
  expect(created).toMatchObject({ outcome: "created", answer: { id: "subscriptions-2", amount } })
  // an answer that was lost: the same key, the same answer
  expect(await billing.send(subscription("S 1", "create", { amount }), call("key-1"))).toEqual(created)
  expect((await billing.find(subscription("S 1"), anySignal()))?.answer).toEqual(created.answer)
  expect((await billing.send(subscription("S 1", "update", { amount: 1 }), call())).outcome).toBe("updated")
  expect((await billing.send(subscription("S/2", "upsert"), call())).outcome).toBe("created")
  const outcomes = []
  for (let i = 0; i < 2; i++)
    outcomes.push((await billing.send(subscription("S 1", "delete"), call())).outcome)
  expect(outcomes).toEqual(["deleted", "unchanged"])
  await expect(conversation(stage.seen)).toMatchFileSnapshot("../goldens/generic/description.txt")
  await billing.close()
})

test("it declares what the description gives, and no more", () => {
  const stage = { url: "http://127.0.0.1:1", world: {} as Stage["world"], secrets: {} as Stage["secrets"] }
  const offers = (object: HttpObject, verb: SendVerb) =>
    connect(stage, object).idempotency(subscription("1"), verb)
  expect(offers(subscriptions, "create")).toEqual({ nativeKey: { windowMs: 86_400_000 }, lookUp: true })
  expect(offers(subscriptions, "ensure")).toEqual({ nativeKey: { windowMs: 86_400_000 }, lookUp: true })
  expect(offers(subscriptions, "upsert")).toEqual({ upsert: true, lookUp: true })
  expect(offers({ create: { method: "POST", path: "/x" } }, "create")).toEqual({})
})

describe("refusals", () => {
  const cases: readonly [string, SendRequest, string, string][] = [
    ["a status with a code", subscription("1", "create", { name: "" }), "rejected", "invalid"],
    ["200 that means no", subscription("1", "create", { name: "closed" }), "rejected", "closed"],
    [
      "a verb that is not described",
      { ...subscription("1", "update"), object: "Invoice" },
      "rejected",
      "NOT_OFFERED",
    ],
    [
      "a record without the key of its path",
      { ...subscription("1", "upsert"), record: { name: "n" } },
      "rejected",
      "NO_KEY",
    ],
    ["a key that would leave the path", subscription("..", "upsert"), "rejected", "BAD_VALUE"],
  ]
  test.each(cases)("%s", async (_, request, failure, code) => {
    const billing = connect(await stageOf(simulatedRest()))
    const failed = await failureOf(
      billing.send(request, call()).then(answer => Promise.reject(new Error(JSON.stringify(answer)))),
    )
    expect([failed.failure, failed.code]).toEqual([failure, code])
    await billing.close()
  })
  test("a key that was used with another request is a conflict; past its window it is not sent", async () => {
    const stage = await stageOf(simulatedRest())
    const billing = connect(stage)
    await billing.send(subscription("1"), call("k"))
    expect(await failureOf(billing.send(subscription("2"), call("k")))).toMatchObject({
      failure: "conflict",
      code: "idempotency_mismatch",
    })
    await billing.send(subscription("3"), { ...call("k"), sendKey: false })
    expect(stage.seen.at(-1)?.request.headers.has("idempotency-key")).toBe(false)
    await billing.close()
  })
})

describe("lists", () => {
  const platform = () => {
    const rest = simulatedRest({ pageSize: 2 })
    rest.load({
      collections: {
        subscriptions: ["a", "b", "c", "d", "e"].map((name, i) => ({
          name,
          plan: i < 3 ? "x" : "y",
          updated_at: `2026-03-0${9 - i}`,
        })),
      },
    })
    return rest
  }
  const ways: readonly HttpNext[] = [
    { kind: "cursor", at: ["next_cursor"], query: "cursor" },
    { kind: "link", at: ["next"] },
    { kind: "link-header" },
    { kind: "offset", query: "offset", limit: 2 },
  ]
  test.each(ways)("go on by $kind", async next => {
    const billing = connect(await stageOf(platform()), {
      list: { path: "/subscriptions", at: ["data"], next },
    })
    const records = await all(
      billing.read({ object: "Subscription", key: "id", fields: null, where: [] }, anySignal()),
    )
    expect(records.map(one => (one as { name: string }).name)).toEqual(["a", "b", "c", "d", "e"])
    await billing.close()
  })
  test("conditions are what the description knows", async () => {
    const billing = connect(await stageOf(platform()), {
      list: { path: "/subscriptions", at: ["data"], filters: { plan: "plan" }, next: ways[0]! },
    })
    const read = (field: string) =>
      all(
        billing.read(
          { object: "Subscription", key: "id", fields: null, where: [{ field, value: "y" }] },
          anySignal(),
        ),
      )
    expect((await read("plan")).map(one => (one as { name: string }).name)).toEqual(["d", "e"])
    expect(await failureOf(read("name"))).toMatchObject({ code: "NOT_OFFERED" })
    await billing.close()
  })
  test("a link that leads elsewhere is not followed", async () => {
    const elsewhere: Platform = {
      ...simulatedRest(),
      handle: () => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: `{"data":[1],"next":"http://169.254.169.254/latest"}`,
      }),
    }
    const billing = connect(
      await stageOf(elsewhere),
      { list: { path: "/subscriptions", at: ["data"], next: { kind: "link", at: ["next"] } } },
      { auth: { kind: "none" } },
    )
    const failed = await failureOf(
      all(billing.read({ object: "Subscription", key: "id", fields: null, where: [] }, anySignal())),
    )
    expect([failed.failure, failed.code]).toEqual(["rejected", "ADDRESS_REFUSED"])
    await billing.close()
  })
  test("changes come in the order of their versions, since the newest that was seen", async () => {
    const object: HttpObject = { list: { ...subscriptions.list!, query: {} } }
    const billing = connect(await stageOf(platform()), object)
    const poll = async (cursor: string | null) => {
      const pages = []
      for await (const page of billing.changes!(
        { object: "Subscription", key: "id", fields: null, cursor, notByUs: false },
        anySignal(),
      ))
        pages.push(page)
      return pages
    }
    const [page] = await poll(null)
    expect(page!.changes.map(({ id }) => id)).toEqual(
      ["5@2026-03-05", "4@2026-03-06", "3@2026-03-07", "2@2026-03-08", "1@2026-03-09"].map(
        id => `subscriptions-${id}`,
      ),
    )
    expect((await poll(page!.cursor)).flatMap(({ changes }) => changes.map(({ id }) => id))).toEqual([
      "subscriptions-1@2026-03-09",
    ])
    await billing.close()
  })
})

describe("credentials", () => {
  test.each([
    [{ kind: "bearer", token: "env:CLIENT_SECRET" }, "authorization", `Bearer ${canary}`],
    [
      { kind: "basic", user: "env:CLIENT_ID", password: "env:CLIENT_SECRET" },
      "authorization",
      `Basic ${Buffer.from(`the-client-id:${canary}`).toString("base64")}`,
    ],
    [{ kind: "header", name: "X-Api-Key", value: "env:CLIENT_SECRET" }, "x-api-key", canary],
  ] as const)("%j", async (auth, header, value) => {
    const stage = await stageOf(simulatedRest())
    const billing = connect(stage, subscriptions, { auth })
    await billing.send(subscription("1"), call())
    expect(stage.seen[0]?.request.headers.get(header)).toBe(value)
    await billing.close()
  })
})

test("a value is one part of a path, whatever it says", () => {
  expect(fillPath("/a/{key}/b/{field}", "x/../y?z#", { field: "ü %2F" })).toBe(
    "/a/x%2F..%2Fy%3Fz%23/b/%C3%BC%20%252F",
  )
})

describe("faults on the way", () => {
  faultTests({
    platform: () => simulatedRest(),
    connect,
    send: billing => billing.send(subscription("1"), call()),
    read: billing => all(billing.read({ ...subscription("1"), where: [] }, anySignal())),
    isBusiness: ({ path }) => path !== "/oauth/token",
  })
})

describe("each record once, whatever goes wrong", () => {
  const keys = (platform: Platform) =>
    (
      (platform.dump() as { collections: { subscriptions?: { external_id: string }[] } }).collections
        .subscriptions ?? []
    ).map(one => one.external_id)
  const seeds = Array.from({ length: 10 }, (_, i) => i + 1)
  const { idempotency: _, ...withoutKey } = subscriptions.create!
  const { find: __, ...withoutFind } = subscriptions
  test.each([
    ["by a key alone", withoutFind, "create"],
    ["by looking alone", { ...subscriptions, create: withoutKey }, "create"],
    ["by upsert", subscriptions, "upsert"],
    ["by ensure", subscriptions, "ensure"],
  ] as const)("%s", async (_name, object, verb) => {
    const subject = {
      platform: () => simulatedRest(),
      connect: (stage: Stage) => connect(stage, object),
      request: (i: number) => subscription(`S-${i}`, verb),
      keys,
    }
    expect(await endsExactlyOnce(subject, seeds)).toBeGreaterThan(30)
  })
})
