// The connector of Salesforce against the simulated one: conversations, errors, faults, changes.
import { describe, expect, test } from "vitest"
import type { SendRequest } from "../../../../runtime/connectors/port/connector.ts"
import {
  createSalesforce,
  type SalesforceOptions,
} from "../../../../runtime/connectors/salesforce/salesforce.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { simulatedSalesforce } from "../../../../runtime/simulators/salesforce/salesforce-platform.ts"
import { endsExactlyOnce } from "../exactly-once.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const connect = (stage: Pick<Stage, "url" | "world" | "secrets">, more: Partial<SalesforceOptions> = {}) =>
  createSalesforce(
    {
      system: "Salesforce",
      baseUrl: stage.url,
      reach: "loopback",
      apiVersion: "v62.0",
      auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
      totalMs: 300,
      ...more,
    },
    stage,
  )

const account = (id: string, name = `Customer ${id}`): SendRequest => ({
  object: "Account",
  key: "ExternalId__c",
  fields: ["Name", "ExternalId__c"],
  verb: "upsert",
  record: { ExternalId__c: id, Name: name },
})

const opportunity = (id: string, more: object = {}): SendRequest => ({
  object: "Opportunity",
  key: "ExternalId__c",
  fields: null,
  verb: "upsert",
  record: {
    ExternalId__c: id,
    Name: `Deal ${id}`,
    StageName: "Closed Won",
    CloseDate: "2026-03-31",
    ...more,
  },
})

const golden = (name: string) => `../goldens/salesforce/${name}.txt`

describe("conversations", () => {
  test("an upsert creates, then updates, by the org's own external id", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const amount = new ExactNumber("12345678901234567.89")
    const created = await salesforce.send(account("A/1"), call())
    await salesforce.send(opportunity("D-1", { Amount: amount, Account: { ExternalId__c: "A/1" } }), call())
    const updated = await salesforce.send(account("A/1", "Acme & Söhne"), call())
    expect([created.outcome, updated.outcome]).toEqual(["created", "updated"])
    expect(created.answer["Id"]).toBe(updated.answer["Id"])
    const found = await salesforce.find(opportunity("D-1"), anySignal())
    expect(found?.answer["Amount"]).toEqual(amount)
    expect(found?.answer["AccountId"]).toBe(created.answer["Id"])
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("upsert"))
    await salesforce.close()
  })

  test("a query goes on behind nextRecordsUrl", async () => {
    const platform = simulatedSalesforce({ pageSize: 2 })
    platform.load({
      records: { Account: ["a", "b", "c", "d", "e"].map(id => ({ Name: `N ${id}`, ExternalId__c: id })) },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    const records = await all(
      salesforce.read(
        { object: "Account", key: "ExternalId__c", fields: ["ExternalId__c"], where: [] },
        anySignal(),
      ),
    )
    expect(records).toEqual(["a", "b", "c", "d", "e"].map(id => ({ ExternalId__c: id })))
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("query-pages"))
    await salesforce.close()
  })

  test("fields of related records are asked for, compared and given by their path", async () => {
    const platform = simulatedSalesforce()
    const [owner, deal, bare] = ["005000000000001AAA", "006000000000001AAA", "006000000000002AAA"]
    platform.load({
      records: {
        User: [{ Id: owner, Name: "Ines", Country: "Germany" }],
        Opportunity: [
          { Id: deal, Name: "A", StageName: "Prospecting", OwnerId: owner, IsClosed: false },
          { Id: bare, Name: "B", StageName: "Closed Lost", IsClosed: true },
        ],
        OpportunityLineItem: [{ OpportunityId: deal }, { OpportunityId: bare }],
      },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    const read = (object: string, fields: readonly string[], where: { field: string; value: unknown }[]) =>
      all(salesforce.read({ object, key: "Id", fields, where }, anySignal()))
    expect(await read("Opportunity", ["Name", "Owner.Name", "Owner.Country"], [])).toEqual([
      { Name: "A", "Owner.Name": "Ines", "Owner.Country": "Germany" },
      { Name: "B", "Owner.Name": null, "Owner.Country": null },
    ])
    const line = ["Opportunity.Name", "Opportunity.Owner.Country", "Opportunity.IsClosed"]
    expect(
      await read("OpportunityLineItem", line, [{ field: "Opportunity.IsClosed", value: false }]),
    ).toEqual([
      { "Opportunity.Name": "A", "Opportunity.Owner.Country": "Germany", "Opportunity.IsClosed": false },
    ])
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("related-fields"))
    await expect(read("Opportunity", ["Owner.Nothing"], [])).rejects.toThrow("No such column 'Owner.Nothing'")
    await salesforce.close()
  })

  test("a collection answers 200 and refuses some; a lock is tried again", async () => {
    const platform = simulatedSalesforce()
    platform.load({
      records: {
        Account: [
          { Name: "Two", ExternalId__c: "2" },
          { Name: "Two again", ExternalId__c: "2" },
        ],
      },
      locks: { "Account/3": 1 },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    const receipt = await salesforce.load?.(
      {
        object: "Account",
        key: "ExternalId__c",
        fields: null,
        mode: { kind: "add" },
        records: [
          { ExternalId__c: "1", Name: "One" },
          { ExternalId__c: "2", Name: "Two" },
          { ExternalId__c: "3", Name: "Three" },
          { ExternalId__c: "4", Name: "x".repeat(256) },
        ],
      },
      call(),
    )
    expect(receipt).toMatchObject({
      sent: 4,
      loaded: 2,
      ignored: 0,
      rejected: [
        { index: 1, code: "DUPLICATE_EXTERNAL_ID" },
        { index: 3, code: "STRING_TOO_LONG" },
      ],
    })
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("collection"))
    await salesforce.close()
  })
})

test("a load of more than 200 goes in several calls, each record once", async () => {
  const stage = await stageOf(simulatedSalesforce())
  const salesforce = connect(stage, { totalMs: 5_000 })
  const records = Array.from({ length: 450 }, (_, i) => ({ ExternalId__c: `A-${i}`, Name: `N ${i}` }))
  const request = {
    object: "Account",
    key: "ExternalId__c",
    fields: null,
    mode: { kind: "add" },
    records,
  } as const
  expect(await salesforce.load?.(request, call())).toEqual({
    sent: 450,
    loaded: 450,
    ignored: 0,
    rejected: [],
  })
  const sizes = stage.seen
    .slice(1)
    .map(({ request: { body } }) => JSON.parse(Buffer.from(body).toString()).records.length)
  expect(sizes).toEqual([200, 200, 50])
  await salesforce.close()
})

describe("what is asked of it twice", () => {
  test("create meets a duplicate, and the record is found", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const request = { ...account("A-1"), verb: "create" } as const
    expect(salesforce.idempotency(request, "create")).toEqual({ lookUp: true })
    await salesforce.send(request, call())
    const failed = await failureOf(salesforce.send(request, call()))
    expect([failed.failure, failed.code]).toEqual(["conflict", "DUPLICATE_VALUE"])
    expect((await salesforce.find(request, anySignal()))?.answer["Name"]).toBe("Customer A-1")
    await salesforce.close()
  })
  test("ensure leaves alone what is there", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const first = await salesforce.send({ ...account("A-1"), verb: "ensure" }, call())
    const second = await salesforce.send({ ...account("A-1", "Other name"), verb: "ensure" }, call())
    expect([first.outcome, second.outcome, second.answer["Name"]]).toEqual([
      "created",
      "unchanged",
      "Customer A-1",
    ])
    await salesforce.close()
  })
  test("an update creates nothing; a deletion may be asked for twice", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const failed = await failureOf(salesforce.send({ ...account("A-1"), verb: "update" }, call()))
    expect([failed.failure, failed.code]).toEqual(["rejected", "NOT_FOUND"])
    await salesforce.send(account("A-1"), call())
    expect((await salesforce.send({ ...account("A-1", "New"), verb: "update" }, call())).outcome).toBe(
      "updated",
    )
    const outcomes = []
    for (let i = 0; i < 2; i++)
      outcomes.push((await salesforce.send({ ...account("A-1"), verb: "delete" }, call())).outcome)
    expect(outcomes).toEqual(["deleted", "unchanged"])
    await salesforce.close()
  })
})

describe("errors of the platform", () => {
  const cases: readonly [string, SendRequest, string, string][] = [
    ["a field the object has not", opportunity("D", { Nope__c: 1 }), "rejected", "INVALID_FIELD"],
    [
      "a required field",
      { ...account("A"), record: { ExternalId__c: "A" } },
      "rejected",
      "REQUIRED_FIELD_MISSING",
    ],
    ["a text that is too long", account("A", "x".repeat(256)), "rejected", "STRING_TOO_LONG"],
    [
      "a value outside a picklist",
      opportunity("D", { ForecastCategoryName: "Maybe" }),
      "rejected",
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    ],
    [
      "an external id that is nobody's",
      opportunity("D", { Account: { ExternalId__c: "?" } }),
      "rejected",
      "INVALID_FIELD",
    ],
    ["two records of one external id", account("double"), "rejected", "MULTIPLE_CHOICES"],
    ["a record somebody else holds", account("locked"), "transient", "UNABLE_TO_LOCK_ROW"],
    ["a record without its key", { ...account("A"), record: { Name: "x" } }, "rejected", "NO_KEY"],
    [
      "a key the org has not",
      { ...account("A"), key: "Id__c", record: { Id__c: "1" }, verb: "ensure" },
      "rejected",
      "NOT_FOUND",
    ],
    ["a name that is none", { ...account("A"), object: "Account/../Order" }, "rejected", "BAD_NAME"],
  ]
  test.each(cases)("%s", async (_, request, failure, code) => {
    const platform = simulatedSalesforce()
    platform.load({
      records: {
        Account: [
          { Name: "1", ExternalId__c: "double" },
          { Name: "2", ExternalId__c: "double" },
        ],
      },
      locks: { "Account/locked": 1 },
    })
    const salesforce = connect(await stageOf(platform))
    const failed = await failureOf(salesforce.send(request, call()))
    expect([failed.failure, failed.code]).toEqual([failure, code])
    await salesforce.close()
  })

  test("the org's limit of requests asks for a quarter of an hour", async () => {
    const salesforce = connect(await stageOf(simulatedSalesforce({ dailyRequests: 0 })))
    const failed = await failureOf(salesforce.send(account("A"), call()))
    expect([failed.failure, failed.code, failed.retryAfterMs]).toEqual([
      "throttled",
      "REQUEST_LIMIT_EXCEEDED",
      900_000,
    ])
    await salesforce.close()
  })
  test("a secret that is not there, and a token for another org", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const auth = {
      kind: "client-credentials",
      clientId: "env:CLIENT_ID",
      clientSecret: "env:NOT_THERE",
    } as const
    expect(await failureOf(connect(stage, { auth }).send(account("A"), call()))).toMatchObject({
      failure: "auth",
      code: "SECRET_MISSING",
    })
    const other = connect({ ...stage, url: stage.url.replace("127.0.0.1", "localhost") })
    expect(await failureOf(other.send(account("A"), call()))).toMatchObject({
      failure: "auth",
      code: "OTHER_INSTANCE",
    })
  })
})

test("an assertion is signed with the org's own key", async () => {
  const { generateKeyPairSync, createVerify } = await import("node:crypto")
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  const stage = await stageOf(simulatedSalesforce(), { secrets: { KEY: pem } })
  const salesforce = connect(stage, {
    auth: {
      kind: "jwt-bearer",
      clientId: "env:CLIENT_ID",
      user: "fmap@example.com",
      privateKey: "env:KEY",
      audience: "https://login.salesforce.com",
    },
  })
  await salesforce.send(account("A"), call())
  const form = new URLSearchParams(Buffer.from(stage.seen[0]!.request.body).toString())
  const [head, claims, signature] = form.get("assertion")!.split(".")
  expect(
    createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(publicKey, signature!, "base64url"),
  ).toBe(true)
  expect(JSON.parse(Buffer.from(claims!, "base64url").toString())).toEqual({
    iss: "the-client-id",
    sub: "fmap@example.com",
    aud: "https://login.salesforce.com",
    exp: stage.clock.now / 1_000 + 180,
  })
  await salesforce.close()
})

describe("reading", () => {
  test("values of conditions are values, whatever they say", async () => {
    const platform = simulatedSalesforce()
    const names = ["O'Hara", "' OR Name != '", "back\\slash", "2026-03-31"]
    platform.load({
      records: {
        Account: names.map(Name => ({ Name })),
        Opportunity: [
          { Name: "d", StageName: "s", CloseDate: "2026-03-31" },
          { Name: "e", StageName: "s", CloseDate: "2026-04-01" },
        ],
      },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    for (const value of names) {
      const request = { object: "Account", key: "Id", fields: ["Name"], where: [{ field: "Name", value }] }
      expect(await all(salesforce.read(request, anySignal()))).toEqual([{ Name: value }])
    }
    // a day is compared with a field of days without quotes
    const request = {
      object: "Opportunity",
      key: "Id",
      fields: ["Name"],
      where: [{ field: "CloseDate", value: "2026-03-31" }],
    }
    expect(await all(salesforce.read(request, anySignal()))).toEqual([{ Name: "d" }])
    const bad = { ...request, where: [{ field: "CloseDate", value: "2026-03-31 OR Name != null" }] }
    expect((await failureOf(all(salesforce.read(bad, anySignal())))).code).toBe("BAD_VALUE")
    await salesforce.close()
  })

  test("all fields where none are named", async () => {
    const platform = simulatedSalesforce()
    platform.load({ records: { Product2: [{ Name: "P", ProductCode: "P-1" }] } })
    const salesforce = connect(await stageOf(platform))
    const [record] = await all(
      salesforce.read({ object: "Product2", key: "Id", fields: null, where: [] }, anySignal()),
    )
    expect(record).toMatchObject({ Name: "P", ProductCode: "P-1", IsDeleted: false, Family: null })
    await salesforce.close()
  })
})

describe("changes", () => {
  const request = { object: "Account", key: "ExternalId__c", fields: ["Name"], notByUs: false } as const
  const pagesOf = async (stage: Stage, cursor: string | null, more: object = {}) => {
    const salesforce = connect(stage)
    const pages = []
    for await (const page of salesforce.changes!({ ...request, cursor, ...more }, anySignal()))
      pages.push(page)
    await salesforce.close()
    return pages
  }
  const ids = (pages: Awaited<ReturnType<typeof pagesOf>>) =>
    pages.flatMap(page => page.changes.map(change => (change.record as { Name: string }).Name))

  test("records of one instant over several pages are all read, once each", async () => {
    const platform = simulatedSalesforce({ pageSize: 3 })
    const at = "2026-03-31T10:00:00.000+0000"
    const records = Array.from({ length: 10 }, (_, i) => ({ Name: `N${i}`, SystemModstamp: at }))
    platform.load({ records: { Account: records } })
    const stage = await stageOf(platform)
    const pages = await pagesOf(stage, null)
    expect(pages.map(page => page.changes.length)).toEqual([3, 3, 3, 1])
    expect(ids(pages)).toEqual(records.map(({ Name }) => Name))
    // from the cursor of the second page on: what is behind it, and what may have become visible late
    const rest = await pagesOf(stage, pages[1]!.cursor)
    expect(new Set(ids(rest))).toEqual(new Set(ids(pages)))
    expect(rest.at(-1)?.cursor).toBe(pages.at(-1)?.cursor)
  })

  test("a record that becomes visible late is not missed; the same change has the same id", async () => {
    const platform = simulatedSalesforce()
    platform.load({
      records: { Account: [{ Name: "first", SystemModstamp: "2026-03-31T10:00:30.000+0000" }] },
    })
    const stage = await stageOf(platform)
    const [page] = await pagesOf(stage, null)
    const state = platform.dump() as { records: { Account: object[] } }
    state.records.Account.push({ Name: "late", SystemModstamp: "2026-03-31T10:00:00.000+0000" })
    platform.load(state)
    const again = await pagesOf(stage, page!.cursor)
    expect(ids(again)).toEqual(["late", "first"])
    expect(again[0]!.changes[1]).toEqual(page!.changes[0])
    expect(again[0]!.cursor).toBe(page!.cursor)
  })

  test("created, updated and deleted; ours are left out where that is asked", async () => {
    const platform = simulatedSalesforce()
    const [before, later] = ["2026-03-31T09:00:00.000+0000", "2026-03-31T10:00:00.000+0000"]
    platform.load({
      records: {
        Account: [
          { Name: "new", CreatedDate: later, SystemModstamp: later },
          { Name: "changed", CreatedDate: before, SystemModstamp: later },
          { Name: "gone", CreatedDate: before, SystemModstamp: later, IsDeleted: true },
        ],
      },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    await salesforce.send(account("ours"), call())
    await salesforce.close()
    const pages = await pagesOf(stage, null)
    expect(
      pages.flatMap(page =>
        page.changes.map(({ kind, record }) => [(record as { Name: string }).Name, kind]),
      ),
    ).toEqual([
      ["new", "created"],
      ["changed", "updated"],
      ["gone", "deleted"],
      ["Customer ours", "created"],
    ])
    expect(ids(await pagesOf(stage, null, { notByUs: true }))).not.toContain("Customer ours")
  })

  test("not by us, where the token does not say who we are", async () => {
    const platform = simulatedSalesforce()
    const silent: Platform = {
      ...platform,
      handle: request => {
        const answer = platform.handle(request)
        if (!request.path.endsWith("/token")) return answer
        const { id: _, ...rest } = JSON.parse(String(answer.body))
        return { ...answer, body: JSON.stringify(rest) }
      },
    }
    const stage = await stageOf(silent)
    await expect(pagesOf(stage, null, { notByUs: true })).rejects.toThrow("`userId` of the system does")
    expect(await pagesOf(stage, null)).toEqual([])
  })

  test("nothing new gives no page", async () => {
    expect(await pagesOf(await stageOf(simulatedSalesforce()), null)).toEqual([])
  })
})

describe("faults on the way", () => {
  faultTests({
    platform: () => simulatedSalesforce(),
    connect,
    send: salesforce => salesforce.send(account("A-1"), call()),
    read: salesforce => all(salesforce.read({ ...account("A-1"), where: [] }, anySignal())),
    isBusiness: ({ path }) => !path.endsWith("/token"),
    differs: { unavailable: ["transient", "transient"] },
  })
})

describe("each record once, whatever goes wrong", () => {
  const keys = (platform: { dump(): unknown }) =>
    ((platform.dump() as { records: { Account?: { ExternalId__c: string }[] } }).records.Account ?? []).map(
      ({ ExternalId__c }) => ExternalId__c,
    )
  test.each(["upsert", "create", "ensure"] as const)("by %s", async verb => {
    const subject = {
      platform: () => simulatedSalesforce(),
      connect,
      request: (i: number) => ({ ...account(`A-${i}`), verb }),
      keys,
    }
    const faults = await endsExactlyOnce(
      subject,
      Array.from({ length: 12 }, (_, i) => i + 1),
    )
    expect(faults).toBeGreaterThan(50)
  })
})
