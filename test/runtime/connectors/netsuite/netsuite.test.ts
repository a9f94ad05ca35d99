// The connector of NetSuite against the simulated one: conversations, signatures, errors, faults, jobs, tables.
import { createVerify, generateKeyPairSync } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { signatureBase } from "../../../../runtime/connectors/http/oauth1.ts"
import { createNetSuite, type NetSuiteOptions } from "../../../../runtime/connectors/netsuite/netsuite.ts"
import { uuidOf } from "../../../../runtime/connectors/netsuite/netsuite-jobs.ts"
import type { SendRequest } from "../../../../runtime/connectors/port/connector.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { parseExact } from "../../../../runtime/formats/json/parse-exact.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { simulatedNetSuite } from "../../../../runtime/simulators/netsuite/netsuite-platform.ts"
import { endsExactlyOnce } from "../exactly-once.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const secretKeys = {
  NS_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  NS_CERT: "certificate-1",
  NS_CONSUMER: "consumer-key",
  NS_CONSUMER_SECRET: "consumer-secret",
  NS_TOKEN: "token-id",
  NS_TOKEN_SECRET: "token-secret",
}

const tokenBased = {
  kind: "token-based",
  consumerKey: "env:NS_CONSUMER",
  consumerSecret: "env:NS_CONSUMER_SECRET",
  tokenId: "env:NS_TOKEN",
  tokenSecret: "env:NS_TOKEN_SECRET",
} as const

const connect = (stage: Pick<Stage, "url" | "world" | "secrets">, more: Partial<NetSuiteOptions> = {}) =>
  createNetSuite(
    {
      system: "NetSuite",
      account: "1234567_SB1",
      baseUrl: stage.url,
      reach: "loopback",
      auth: {
        kind: "oauth2",
        clientId: "env:CLIENT_ID",
        certificateId: "env:NS_CERT",
        privateKey: "env:NS_KEY",
      },
      totalMs: 300,
      ...more,
    },
    stage,
  )
const stage = (platform: Platform = simulatedNetSuite(), options: Parameters<typeof stageOf>[1] = {}) =>
  stageOf(platform, { secrets: secretKeys, ...options })

const customer = (id: string, companyName = `Customer ${id}`): SendRequest => ({
  object: "customer",
  key: "externalId",
  fields: null,
  verb: "upsert",
  record: { externalId: id, companyName, subsidiary: { id: "1" } },
})

const order = (id: string, lines: readonly object[], more: object = {}): SendRequest => ({
  object: "salesOrder",
  key: "externalId",
  fields: null,
  verb: "upsert",
  answers: ["id", "tranId"],
  record: {
    externalId: id,
    entity: { externalId: "C-1" },
    tranDate: "2026-03-31",
    item: { items: lines },
    ...more,
  },
})

const withCustomer = () => {
  const platform = simulatedNetSuite()
  platform.load({ records: { customer: [{ externalId: "C-1", companyName: "Acme" }] }, serial: 10 })
  return platform
}
const golden = (name: string) => `../goldens/netsuite/${name}.txt`
/** Signatures differ by run: keys are made anew. */
const unsigned = (text: string) =>
  text
    .replace(/client_assertion=[\w.-]+/g, "client_assertion=<signed>")
    .replace(/oauth_signature="[^"]+"/g, 'oauth_signature="<signature>"')

describe("conversations", () => {
  test("an order is written by our own id, its lines replaced, its number read back", async () => {
    const on = await stage(withCustomer())
    const netsuite = connect(on)
    const lines = [
      { item: { id: "7" }, quantity: 2, rate: new ExactNumber("123456789012345.67890123") },
      { item: { id: "8" }, quantity: 1, rate: 10 },
    ]
    const first = await netsuite.send(order("D-1", lines), call())
    const second = await netsuite.send(order("D-1", lines), call())
    expect(first).toEqual({ answer: { externalId: "D-1", id: "12", tranId: "SO1012" }, outcome: "updated" })
    expect(second).toEqual(first)
    const found = await netsuite.find(order("D-1", []), anySignal())
    expect((found!.answer["item"] as { items: { rate: unknown }[] }).items.map(({ rate }) => rate)).toEqual([
      new ExactNumber("123456789012345.67890123"),
      10,
    ])
    await expect(unsigned(conversation(on.seen))).toMatchFileSnapshot(golden("upsert"))
    await netsuite.close()
  })

  test("a signature for each request, without tokens", async () => {
    const on = await stage()
    const netsuite = connect(on, { auth: tokenBased })
    await netsuite.send(customer("C-1"), call())
    await expect(unsigned(conversation(on.seen))).toMatchFileSnapshot(golden("token-based"))
    await netsuite.close()
  })

  test("a create by a job; the same key again leads to the same job", async () => {
    const on = await stage(withCustomer())
    const netsuite = connect(on, { createByJob: true })
    const request = {
      ...order("D-1", [{ item: { id: "7" }, quantity: 1 }]),
      verb: "create",
      answers: ["id"],
    } as const
    expect(netsuite.idempotency(request, "create")).toEqual({
      nativeKey: { windowMs: 86_400_000 },
      lookUp: true,
    })
    const first = await netsuite.send(request, call("a".repeat(64)))
    const second = await netsuite.send(request, call("a".repeat(64)))
    expect(second).toEqual(first)
    await expect(unsigned(conversation(on.seen))).toMatchFileSnapshot(golden("job"))
    await netsuite.close()
  })

  test("a table is read behind its last key, page by page", async () => {
    const platform = simulatedNetSuite()
    const rows = Array.from({ length: 2_050 }, (_, i) => ({
      transaction: String(100 + Math.floor(i / 10)),
      id: i % 10,
      foreignamount: -1 - i,
      trandate: i % 2 === 0 ? "2026-03-31" : "2026-04-30",
      memo: "it's",
    }))
    platform.load({ tables: { transactionline: rows } })
    const on = await stage(platform)
    const netsuite = connect(on, {
      totalMs: 5_000,
      tables: {
        GlLine: {
          from: "transactionline",
          key: ["transaction", "id"],
          only: "foreignamount <= 0",
          dates: ["trandate"],
        },
      },
    })
    const request = { object: "GlLine", key: "id", fields: ["foreignamount"] }
    const found = await all(
      netsuite.read({ ...request, where: [{ field: "memo", value: "it's" }] }, anySignal()),
    )
    expect(found).toEqual(rows.map(({ foreignamount }) => ({ foreignamount })))
    expect(
      await all(
        netsuite.read({ ...request, where: [{ field: "trandate", value: "2026-03-31" }] }, anySignal()),
      ),
    ).toHaveLength(1_025)
    const queries = on.seen.flatMap(({ request: { body, path } }) =>
      path.endsWith("suiteql") ? [JSON.parse(Buffer.from(body).toString()).q] : [],
    )
    await expect(queries.join("\n")).toMatchFileSnapshot(golden("suiteql"))
    await netsuite.close()
  })
})

describe("what is sent", () => {
  test("names nobody knows are an error, where the platform alone would say nothing", async () => {
    const platform = simulatedNetSuite()
    const on = await stage(platform)
    const netsuite = connect(on)
    const request = { ...customer("C-1"), record: { ...customer("C-1").record, compnayName: "typo" } }
    const failed = await failureOf(netsuite.send(request, call()))
    expect([failed.failure, failed.code, failed.message]).toEqual([
      "rejected",
      "INVALID_CONTENT",
      "NetSuite: Error while accessing a resource. Unknown reference or field name 'compnayName' of customer. (compnayName)",
    ])
    // the same without the header: written, and the name is lost
    const { authorization } = Object.fromEntries(on.seen.at(-1)!.request.headers)
    const answer = await fetch(`${on.url}/services/rest/record/v1/customer/eid:C-2`, {
      method: "PUT",
      headers: { authorization: authorization! },
      body: JSON.stringify({ companyName: "x", subsidiary: { id: "1" }, compnayName: "typo" }),
    })
    expect(answer.status).toBe(204)
    await netsuite.close()
  })

  test("lines that were not replaced would be there twice", async () => {
    const platform = withCustomer()
    const on = await stage(platform)
    const netsuite = connect(on)
    await netsuite.send(order("D-1", [{ item: { id: "7" }, quantity: 1 }]), call())
    const { authorization } = Object.fromEntries(on.seen.at(-1)!.request.headers)
    const lines = () =>
      (platform.dump() as { records: { salesOrder: { item: { items: unknown[] } }[] } }).records
        .salesOrder[0]!.item.items.length
    await netsuite.send(order("D-1", [{ item: { id: "7" }, quantity: 1 }]), call())
    expect(lines()).toBe(1)
    await fetch(`${on.url}/services/rest/record/v1/salesOrder/eid:D-1`, {
      method: "PUT",
      headers: { authorization: authorization! },
      body: JSON.stringify({ item: { items: [{ item: { id: "7" }, quantity: 1 }] } }),
    })
    expect(lines()).toBe(2)
    await netsuite.close()
  })

  test("the bases of signatures are those of RFC 5849", () => {
    const url = new URL("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b")
    const form: [string, string][] = [
      ["c2", ""],
      ["a3", "2 q"],
    ]
    const oauth: [string, string][] = [
      ["oauth_consumer_key", "9djdj82h48djs9d2"],
      ["oauth_token", "kkk9d7dh3k39sjv7"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", "137131201"],
      ["oauth_nonce", "7d8f3e4a"],
    ]
    expect(signatureBase("post", url, [...url.searchParams, ...oauth, ...form])).toBe(
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
    )
  })

  test("the assertion is signed by PS256 and names the certificate", async () => {
    const on = await stage()
    const netsuite = connect(on)
    await netsuite.send(customer("C-1"), call())
    const form = new URLSearchParams(Buffer.from(on.seen[0]!.request.body).toString())
    const [head, claims, signature] = form.get("client_assertion")!.split(".")
    const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString())
    expect(json(head!)).toEqual({ typ: "JWT", alg: "PS256", kid: "certificate-1" })
    expect(json(claims!)).toMatchObject({
      iss: "the-client-id",
      scope: ["rest_webservices"],
      aud: `${on.url}/services/rest/auth/oauth2/v1/token`,
    })
    const verify = createVerify("sha256").update(`${head}.${claims}`)
    expect(verify.verify({ key: publicKey, padding: 6, saltLength: 32 }, signature!, "base64url")).toBe(true)
    await netsuite.close()
  })

  test("keys of ours become UUIDs, the same for the same", () => {
    const key = "d6eb1a13062029b7576e509e89c809bf99a6bfd83b6e0d417b7b3472b027511d"
    expect(uuidOf(key)).toBe("d6eb1a13-0620-89b7-976e-509e89c809bf")
    expect(uuidOf("short")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe("what is asked of it twice", () => {
  test("create meets what is there; ensure leaves it; update makes nothing; a deletion may be asked twice", async () => {
    const netsuite = connect(await stage())
    const request = { ...customer("C-1"), verb: "create" } as const
    expect((await netsuite.send(request, call())).outcome).toBe("created")
    expect(await failureOf(netsuite.send(request, call()))).toMatchObject({ failure: "conflict" })
    expect(
      (await netsuite.send({ ...customer("C-1", "Other"), verb: "ensure" }, call())).answer["companyName"],
    ).toBe("Customer C-1")
    expect(await failureOf(netsuite.send({ ...customer("C-2"), verb: "update" }, call()))).toMatchObject({
      failure: "rejected",
      code: "NONEXISTENT_ID",
    })
    const outcomes = []
    for (let i = 0; i < 2; i++)
      outcomes.push((await netsuite.send({ ...customer("C-1"), verb: "delete" }, call())).outcome)
    expect(outcomes).toEqual(["deleted", "unchanged"])
    await netsuite.close()
  })

  test("a number that cannot be read back leaves a doubt, which the next try clears", async () => {
    let reads = 0
    const on = await stage(withCustomer(), {
      faults: (_, request) => (request.method === "GET" && reads++ === 0 ? "reset-before" : undefined),
    })
    const netsuite = connect(on)
    const failed = await failureOf(netsuite.send(order("D-1", []), call()))
    expect([failed.failure, failed.code]).toEqual(["in-doubt", "NOT_READ_BACK"])
    expect((await netsuite.send(order("D-1", []), call())).answer["tranId"]).toBe("SO1012")
    await netsuite.close()
  })
})

describe("errors of the platform", () => {
  const cases: readonly [string, SendRequest, string, string][] = [
    [
      "a reference that is nobody's",
      { ...order("D", []), record: { ...order("D", []).record, entity: { externalId: "?" } } },
      "rejected",
      "INVALID_KEY_OR_REF",
    ],
    [
      "a field that is required",
      { ...customer("C"), record: { externalId: "C", companyName: "x" } },
      "rejected",
      "USER_ERROR",
    ],
    [
      "a record type that is none",
      { ...customer("C"), object: "nothing" },
      "rejected",
      "NONEXISTENT_RECORD_TYPE",
    ],
    ["an upsert by another key", { ...customer("C"), key: "companyName" }, "rejected", "NO_UPSERT"],
    ["a name with a path in it", { ...customer("C"), object: "customer/../invoice" }, "rejected", "BAD_NAME"],
  ]
  test.each(cases)("%s", async (_, request, failure, code) => {
    const netsuite = connect(await stage())
    const failed = await failureOf(netsuite.send(request, call()))
    expect([failed.failure, failed.code]).toEqual([failure, code])
    await netsuite.close()
  })

  const recordedPath = join(
    import.meta.dirname,
    "../../../../../shared/data/derived/train/netsuite/errors/idempotency-duplicate.json",
  )
  test("a recorded refusal of a repeated key is read for what it is", async () => {
    const recorded = parseExact(readFileSync(recordedPath, "utf8"))
    const { netsuiteErrors } = await import("../../../../runtime/connectors/netsuite/netsuite-errors.ts")
    const answer = { status: 400, headers: new Map(), cookies: [], bytes: new Uint8Array(0) }
    expect(netsuiteErrors.read("ok" in recorded ? recorded.ok : null, answer)?.codes).toEqual([
      "IDEMPOTENCY_ERROR",
    ])
  })
})

describe("reading", () => {
  test("records are listed by id, and each is read whole", async () => {
    const platform = simulatedNetSuite()
    platform.load({
      records: {
        customer: [
          { externalId: "a", companyName: 'Say "hi"', subsidiary: { id: "1" } },
          { externalId: "b", companyName: "B" },
        ],
      },
    })
    const netsuite = connect(await stage(platform))
    const read = (where: readonly { field: string; value: unknown }[]) =>
      all(netsuite.read({ object: "customer", key: "externalId", fields: null, where }, anySignal()))
    expect((await read([])).map(one => (one as { externalId: string }).externalId)).toEqual(["a", "b"])
    expect(await read([{ field: "companyName", value: 'Say "hi"' }])).toMatchObject([
      { externalId: "a", subsidiary: { id: "1" } },
    ])
    await netsuite.close()
  })

  test("changes come with their times, from somewhat before the cursor", async () => {
    const platform = simulatedNetSuite()
    platform.load({
      records: {
        salesOrder: [
          { tranId: "SO1", lastModifiedDate: "2026-03-31T10:00:00Z" },
          { tranId: "SO2", lastModifiedDate: "2026-03-31T09:00:00Z" },
        ],
        invoice: [{ tranId: "INV1", lastModifiedDate: "2026-03-31T11:00:00Z" }],
      },
    })
    const netsuite = connect(await stage(platform), {
      tables: {
        SalesOrder: { from: "transaction", only: "type = 'SalesOrd'", modified: "lastmodifieddate" },
      },
    })
    const poll = async (cursor: string | null) => {
      const pages = []
      for await (const page of netsuite.changes!(
        { object: "SalesOrder", key: "id", fields: ["tranid"], cursor, notByUs: false },
        anySignal(),
      ))
        pages.push(page)
      return pages
    }
    const [page] = await poll(null)
    expect(page).toEqual({
      changes: [
        {
          id: "2@2026-03-31T09:00:00Z",
          version: "2026-03-31T09:00:00Z",
          kind: "updated",
          record: { tranid: "SO2" },
        },
        {
          id: "1@2026-03-31T10:00:00Z",
          version: "2026-03-31T10:00:00Z",
          kind: "updated",
          record: { tranid: "SO1" },
        },
      ],
      cursor: '["2026-03-31T10:00:00Z"]',
    })
    const again = await poll(page!.cursor)
    expect(again.flatMap(({ changes }) => changes.map(({ id }) => id))).toEqual(["1@2026-03-31T10:00:00Z"])
    await netsuite.close()
  })
})

test("a load counts each record once, and stops for what is not a record's own", async () => {
  const on = await stage()
  const netsuite = connect(on)
  const records = [customer("1").record, { externalId: "2" }, customer("3").record, { companyName: "no key" }]
  const request = {
    object: "customer",
    key: "externalId",
    fields: null,
    mode: { kind: "add" },
    records,
  } as const
  expect(await netsuite.load!(request, call())).toMatchObject({
    sent: 4,
    loaded: 2,
    ignored: 0,
    rejected: [
      { index: 1, code: "USER_ERROR" },
      { index: 3, code: "NO_KEY" },
    ],
  })
  await netsuite.close()
  await on.simulator.stop()
  const lonely = connect(on)
  expect(await failureOf(lonely.load!(request, call()))).toMatchObject({ failure: "transient" })
  await lonely.close()
})

test("no more requests at one time than the connection has", async () => {
  let running = 0
  let most = 0
  const { createServer } = await import("node:http")
  const server = createServer((_, response) => {
    most = Math.max(most, ++running)
    setTimeout(() => {
      running--
      response.writeHead(204, { location: "/x/1" }).end()
    }, 20)
  })
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
  const on = await stage()
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const netsuite = connect({ ...on, url }, { auth: tokenBased, connections: 3, totalMs: 5_000 })
  await Promise.all(Array.from({ length: 12 }, (_, i) => netsuite.send(customer(`C-${i}`), call())))
  expect(most).toBe(3)
  await netsuite.close()
  server.close()
})

describe("faults on the way", () => {
  faultTests({
    platform: () => simulatedNetSuite(),
    secrets: secretKeys,
    connect,
    send: netsuite => netsuite.send(customer("C-1"), call()),
    read: netsuite => all(netsuite.read({ ...customer("C-1"), where: [] }, anySignal())),
    isBusiness: ({ path }) => !path.endsWith("/token"),
    // 204: there is nothing in the answer that could be cut, doubled or slow
    differs: Object.fromEntries(
      ["slow", "truncated", "doubled", "too-short", "too-long"].map(fault => [fault, ["done", "transient"]]),
    ),
  })
})

describe("each record once, whatever goes wrong", () => {
  const keys = (platform: Platform) =>
    ((platform.dump() as { records: { customer?: { externalId: string }[] } }).records.customer ?? []).map(
      ({ externalId }) => externalId,
    )
  const seeds = Array.from({ length: 10 }, (_, i) => i + 1)
  test.each(["upsert", "create", "ensure"] as const)("by %s", async verb => {
    const subject = {
      platform: () => simulatedNetSuite(),
      secrets: secretKeys,
      connect,
      request: (i: number) => ({ ...customer(`C-${i}`), verb }),
      keys,
    }
    expect(await endsExactlyOnce(subject, seeds)).toBeGreaterThan(40)
  })
  test("by jobs with a key, and nothing else to go by", async () => {
    const subject = {
      platform: () => simulatedNetSuite(),
      secrets: secretKeys,
      connect: (on: Stage) => {
        const netsuite = connect(on, { createByJob: true })
        return { ...netsuite, idempotency: () => ({ nativeKey: { windowMs: 86_400_000 } }) }
      },
      request: (i: number) => ({ ...customer(`C-${i}`), verb: "create" as const }),
      keys,
      rate: 0.15,
    }
    expect(await endsExactlyOnce(subject, seeds)).toBeGreaterThan(30)
  })
})
