// OData, version 2 as SAP speaks it and version 4 as Dynamics 365 Finance and Dataverse do, against simulated services.
import { describe, expect, test } from "vitest"
import { batchAnswers, batchBody } from "../../../../runtime/connectors/odata/multipart.ts"
import { createOData } from "../../../../runtime/connectors/odata/odata.ts"
import { errorIn } from "../../../../runtime/connectors/odata/odata-errors.ts"
import type { ODataOptions } from "../../../../runtime/connectors/odata/odata-options.ts"
import { entityPath, filterText, odataLiteral } from "../../../../runtime/connectors/odata/odata-text.ts"
import type { LoadRequest, SendRequest, SendVerb } from "../../../../runtime/connectors/port/connector.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import {
  simulatedDataverse,
  simulatedDynamicsFinance,
  simulatedSap,
} from "../../../../runtime/simulators/odata/services.ts"
import { endsExactlyOnce } from "../exactly-once.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

type On = Pick<Stage, "url" | "world" | "secrets">

const sap = (on: On, more: Partial<ODataOptions> = {}) =>
  createOData(
    {
      system: "SAP",
      baseUrl: `${on.url}/sap/opu/odata/sap/API_SALES_ORDER_SRV`,
      reach: "loopback",
      version: 2,
      auth: { kind: "basic", user: "env:CLIENT_ID", password: "env:CLIENT_SECRET" },
      totalMs: 300,
      objects: {
        A_SalesOrder: {
          set: "A_SalesOrder",
          keys: ["SalesOrder"],
          modified: "LastChangeDateTime",
          types: { SalesOrderDate: "date", LastChangeDateTime: "datetimeoffset" },
        },
      },
      ...more,
    },
    on,
  )

const microsoft = (
  on: On,
  root: string,
  objects: ODataOptions["objects"],
  more: Partial<ODataOptions> = {},
) =>
  createOData(
    {
      system: "Dynamics",
      baseUrl: `${on.url}${root}`,
      reach: "loopback",
      version: 4,
      auth: {
        kind: "client-credentials",
        tokenUrl: "/tenant/oauth2/v2.0/token",
        clientId: "env:CLIENT_ID",
        clientSecret: "env:CLIENT_SECRET",
        scope: `${on.url}/.default`,
      },
      totalMs: 300,
      objects,
      ...more,
    },
    on,
  )
const finance = (on: On, more: Partial<ODataOptions> = {}) =>
  microsoft(
    on,
    "/data",
    {
      SalesOrderHeadersV2: {
        set: "SalesOrderHeadersV2",
        keys: ["dataAreaId", "SalesOrderNumber"],
        always: { dataAreaId: "usmf" },
        modified: "ModifiedDateTime",
      },
      CustomersV3: {
        set: "CustomersV3",
        keys: ["dataAreaId", "CustomerAccount"],
        always: { dataAreaId: "usmf" },
      },
    },
    { readQuery: { "cross-company": "true" }, ...more },
  )
const dataverse = (on: On, more: Partial<ODataOptions> = {}) =>
  microsoft(
    on,
    "/api/data/v9.2",
    { accounts: { set: "accounts", keys: ["accountnumber"], tracked: true } },
    { patchUpserts: true, ...more },
  )

const order = (reference: string, verb: SendVerb = "create", more: object = {}): SendRequest => ({
  object: "A_SalesOrder",
  key: "PurchaseOrderByCustomer",
  fields: null,
  verb,
  record: {
    PurchaseOrderByCustomer: reference,
    SalesOrderType: "OR",
    SalesOrganization: "1010",
    SoldToParty: "10100001",
    TransactionCurrency: "EUR",
    ...more,
  },
})
const header = (reference: string, verb: SendVerb = "create", more: object = {}): SendRequest => ({
  object: "SalesOrderHeadersV2",
  key: "CustomerRequisitionNumber",
  fields: null,
  verb,
  record: { CustomerRequisitionNumber: reference, OrderingCustomerAccountNumber: "US-001", ...more },
})
const account = (number: string, verb: SendVerb = "upsert", more: object = {}): SendRequest => ({
  object: "accounts",
  key: "accountnumber",
  fields: null,
  verb,
  record: { accountnumber: number, name: `Account ${number}`, ...more },
})
const golden = (name: string) => `../goldens/odata/${name}.txt`

describe("SAP", () => {
  test("an order with its lines: token, look, create; the next change proves what it saw", async () => {
    const on = await stageOf(simulatedSap())
    const s4 = sap(on)
    const to_Item = [
      { Material: "TG11", RequestedQuantity: "2" },
      { Material: "TG12", RequestedQuantity: "1" },
    ]
    const created = await s4.send(
      order("D'1", "ensure", { to_Item, SalesOrderDate: "/Date(1774915200000)/" }),
      call(),
    )
    expect(created).toMatchObject({ outcome: "created", answer: { SalesOrder: "1000" } })
    expect((await s4.send(order("D'1", "ensure"), call())).outcome).toBe("unchanged")
    const updated = await s4.send(
      { ...order("D'1", "upsert"), record: { PurchaseOrderByCustomer: "D'1", CustomerPaymentTerms: "0004" } },
      call(),
    )
    expect(updated).toMatchObject({
      outcome: "updated",
      answer: { SalesOrder: "1000", CustomerPaymentTerms: "0004" },
    })
    await expect(conversation(on.seen)).toMatchFileSnapshot(golden("sap-order"))
    await s4.close()
  })

  test("a token that was refused is fetched anew, and the write goes once", async () => {
    const platform = simulatedSap()
    const on = await stageOf(platform)
    const s4 = sap(on)
    await s4.send(order("1"), call())
    platform.fault?.("expired-token")
    await s4.send(order("2"), call())
    const statuses = on.seen.map(({ request, answer }) => `${request.method} ${answer?.status}`)
    expect(statuses).toEqual(["GET 200", "POST 201", "POST 403", "GET 200", "POST 201"])
    await s4.close()
  })

  test("somebody changed it between our look and our write: nothing is written, and it is tried again", async () => {
    const platform = simulatedSap()
    let isFirst = true
    const on = await stageOf({
      ...platform,
      handle(request) {
        // another client is faster
        if (request.method === "PATCH" && isFirst) {
          isFirst = false
          platform.handle({
            ...request,
            headers: new Map([...request.headers, ["if-match", "*"]]),
            body: Buffer.from(`{"CustomerPaymentTerms":"9"}`),
          })
        }
        return platform.handle(request)
      },
    })
    const s4 = sap(on)
    await s4.send(order("1"), call())
    const change = {
      ...order("1", "update"),
      record: { PurchaseOrderByCustomer: "1", TransactionCurrency: "USD" },
    }
    expect(await failureOf(s4.send(change, call()))).toMatchObject({ failure: "transient" })
    expect((await s4.send(change, call())).answer).toMatchObject({
      TransactionCurrency: "USD",
      CustomerPaymentTerms: "9",
    })
    await s4.close()
  })

  const refusals: readonly [string, SendRequest, string, string][] = [
    ["a property the service has not", order("1", "create", { Nonsense: 1 }), "rejected", "UNKNOWN_PROPERTY"],
    ["a value that is required", order("1", "create", { SoldToParty: "" }), "rejected", "MISSING"],
    ["a number that is taken", order("1", "create", { SalesOrder: "777" }), "conflict", "DUPLICATE"],
    ["an update of what is not there", order("nobody's", "update"), "rejected", "NOT_FOUND"],
    ["a reference of several", order("twice", "upsert"), "rejected", "SEVERAL"],
    [
      "a document somebody has open",
      { ...order("open", "update"), record: { PurchaseOrderByCustomer: "open" } },
      "transient",
      "V1/042",
    ],
    ["a record without its key", { ...order("1"), record: {} }, "rejected", "NO_KEY"],
  ]
  test.each(refusals)("%s", async (_, request, failure, code) => {
    const platform = simulatedSap()
    const records = [
      { SalesOrder: "777", PurchaseOrderByCustomer: "x" },
      { SalesOrder: "1", PurchaseOrderByCustomer: "twice" },
      { SalesOrder: "2", PurchaseOrderByCustomer: "twice" },
      { SalesOrder: "3", PurchaseOrderByCustomer: "open" },
    ]
    platform.load({ records: { A_SalesOrder: records }, locks: { "3": 1 } })
    const s4 = sap(await stageOf(platform))
    const failed = await failureOf(s4.send(request, call()))
    expect([failed.failure, failed.code]).toEqual([failure, code])
    await s4.close()
  })

  test("pages by __next; days are asked for as days; links and deferred lists are left out", async () => {
    const platform = simulatedSap({ pageSize: 2 })
    const day = (i: number) => `/Date(${Date.parse("2026-03-31T00:00:00Z") + (i % 2) * 86_400_000})/`
    const records = Array.from({ length: 5 }, (_, i) => ({
      SalesOrder: String(i),
      SalesOrderDate: day(i),
      to_Item: { results: [] },
    }))
    platform.load({ records: { A_SalesOrder: records } })
    const on = await stageOf(platform)
    const s4 = sap(on)
    const read = (where: readonly { field: string; value: unknown }[]) =>
      all(s4.read({ object: "A_SalesOrder", key: "SalesOrder", fields: null, where }, anySignal()))
    expect(await read([])).toEqual(
      records.map(({ SalesOrder, SalesOrderDate }) => ({ SalesOrder, SalesOrderDate })),
    )
    expect(
      (await read([{ field: "SalesOrderDate", value: "2026-03-31" }])).map(
        one => (one as { SalesOrder: string }).SalesOrder,
      ),
    ).toEqual(["0", "2", "4"])
    await expect(conversation(on.seen)).toMatchFileSnapshot(golden("sap-pages"))
    await s4.close()
  })

  test("a batch: each record for itself, in order, counted once; the same load again changes what it created", async () => {
    const on = await stageOf(simulatedSap())
    const s4 = sap(on, { batchSize: 2, totalMs: 2_000 })
    const records = [
      order("1").record,
      order("2", "create", { SalesOrderType: "" }).record,
      order("3").record,
    ]
    const load: LoadRequest = {
      object: "A_SalesOrder",
      key: "PurchaseOrderByCustomer",
      fields: null,
      mode: { kind: "add" },
      records,
    }
    const receipt = {
      sent: 3,
      loaded: 2,
      ignored: 0,
      rejected: [{ index: 1, code: "MISSING", message: "Enter a value for SalesOrderType." }],
    }
    expect(await s4.load!(load, call("k"))).toEqual(receipt)
    await expect(conversation(on.seen)).toMatchFileSnapshot(golden("sap-batch"))
    expect(await s4.load!(load, call("k"))).toEqual(receipt)
    const orders = await all(
      s4.read(
        { object: "A_SalesOrder", key: "SalesOrder", fields: ["PurchaseOrderByCustomer"], where: [] },
        anySignal(),
      ),
    )
    expect(orders).toHaveLength(2)
    await s4.close()
  })
})

describe("Dynamics 365 Finance", () => {
  test("every key has its company, and other companies are read, too", async () => {
    const platform = simulatedDynamicsFinance()
    platform.load({
      records: {
        SalesOrderHeadersV2: [
          { dataAreaId: "demf", SalesOrderNumber: "1", CustomerRequisitionNumber: "D-1" },
        ],
      },
    })
    const on = await stageOf(platform)
    const erp = finance(on)
    expect(
      await all(
        erp.read(
          { object: "SalesOrderHeadersV2", key: "SalesOrderNumber", fields: null, where: [] },
          anySignal(),
        ),
      ),
    ).toHaveLength(1)
    // the reference of another company is another order's
    const created = await erp.send(header("D-1", "ensure"), call())
    expect(created).toMatchObject({
      outcome: "created",
      answer: { dataAreaId: "usmf", SalesOrderNumber: "1001" },
    })
    const customer: SendRequest = {
      object: "CustomersV3",
      key: "CustomerAccount",
      fields: null,
      verb: "upsert",
      record: { CustomerAccount: "C-1", Name: "Acme" },
    }
    expect([(await erp.send(customer, call())).outcome, (await erp.send(customer, call())).outcome]).toEqual([
      "created",
      "updated",
    ])
    await expect(conversation(on.seen)).toMatchFileSnapshot(golden("finance"))
    await erp.close()
  })

  test("changes since the cursor, from somewhat before", async () => {
    const platform = simulatedDynamicsFinance({ pageSize: 1 })
    const at = (minute: number) => `2026-03-31T10:0${minute}:00Z`
    platform.load({
      records: {
        SalesOrderHeadersV2: [0, 1, 5].map(minute => ({
          dataAreaId: "usmf",
          SalesOrderNumber: `SO${minute}`,
          ModifiedDateTime: at(minute),
        })),
      },
    })
    const erp = finance(await stageOf(platform))
    const poll = async (cursor: string | null) => {
      const changes = []
      let last = cursor
      for await (const page of erp.changes!(
        { object: "SalesOrderHeadersV2", key: "SalesOrderNumber", fields: [], cursor, notByUs: false },
        anySignal(),
      )) {
        changes.push(...page.changes.map(({ id }) => id))
        last = page.cursor
      }
      return { changes, last }
    }
    const first = await poll(null)
    expect(first.changes).toEqual(
      [0, 1, 5].map(
        minute =>
          `SalesOrderHeadersV2(dataAreaId=%27usmf%27,SalesOrderNumber=%27SO${minute}%27)@2026-03-31T10:0${minute}:00.000Z`,
      ),
    )
    expect((await poll('["2026-03-31T10:02:30.000Z"]')).changes.map(id => id.slice(64, 67))).toHaveLength(2)
    expect((await poll(first.last)).changes).toHaveLength(1)
    await erp.close()
  })
})

describe("Dataverse", () => {
  test("one call creates or changes, by an alternate key; a create refuses what is there", async () => {
    const on = await stageOf(simulatedDataverse())
    const crm = dataverse(on)
    expect((await crm.send(account("A-1"), call())).outcome).toBe("created")
    expect(await crm.send(account("A-1", "upsert", { name: "New" }), call())).toMatchObject({
      outcome: "updated",
      answer: { name: "New" },
    })
    expect(await failureOf(crm.send(account("A-1", "create"), call()))).toMatchObject({ failure: "conflict" })
    expect((await crm.send(account("A-2", "create"), call())).outcome).toBe("created")
    const outcomes = []
    for (let i = 0; i < 2; i++) outcomes.push((await crm.send(account("A-2", "delete"), call())).outcome)
    expect(outcomes).toEqual(["deleted", "unchanged"])
    await expect(conversation(on.seen)).toMatchFileSnapshot(golden("dataverse"))
    await crm.close()
  })

  test("changes by the service's own link, deletions among them", async () => {
    const on = await stageOf(simulatedDataverse({ pageSize: 2 }))
    const crm = dataverse(on)
    for (const number of ["1", "2", "3"]) await crm.send(account(number), call())
    const poll = async (cursor: string | null) => {
      const pages = []
      for await (const page of crm.changes!(
        { object: "accounts", key: "accountnumber", fields: null, cursor, notByUs: false },
        anySignal(),
      ))
        pages.push(page)
      return pages
    }
    const [first] = await poll(null)
    expect(first!.changes).toHaveLength(3)
    expect(await poll(first!.cursor)).toEqual([])
    await crm.send(account("2", "upsert", { name: "changed" }), call())
    await crm.send(account("1", "delete"), call())
    const [second] = await poll(first!.cursor)
    expect(second!.changes.map(({ kind, record }) => [kind, (record as { name?: string }).name])).toEqual([
      ["updated", "changed"],
      ["deleted", undefined],
    ])
    // the same reading once more gives the same ids
    expect((await poll(first!.cursor))[0]!.changes.map(({ id }) => id)).toEqual(
      second!.changes.map(({ id }) => id),
    )
    await crm.close()
  })

  test("its limits are throttling", async () => {
    const limited: Platform = {
      ...simulatedDataverse(),
      handle: request =>
        request.path.endsWith("/token")
          ? {
              status: 200,
              headers: { "content-type": "application/json" },
              body: `{"access_token":"a-token-of-theirs"}`,
            }
          : {
              status: 429,
              headers: { "retry-after": "37", "content-type": "application/json" },
              body: `{"error":{"code":"0x80072322","message":"Number of requests exceeded the limit of 6000 over time window of 300 seconds."}}`,
            },
    }
    const crm = dataverse(await stageOf(limited))
    expect(await failureOf(crm.send(account("1"), call()))).toMatchObject({
      failure: "throttled",
      code: "0x80072322",
      retryAfterMs: 37_000,
    })
    await crm.close()
  })
})

describe("text of URLs", () => {
  const literals: readonly [unknown, Parameters<typeof odataLiteral>[1], string, string][] = [
    ["O'Hara' or 1 eq 1", undefined, "'O''Hara'' or 1 eq 1'", "'O''Hara'' or 1 eq 1'"],
    [12.5, undefined, "12.5", "12.5"],
    [true, undefined, "true", "true"],
    [null, undefined, "null", "null"],
    ["12.50", "decimal", "12.50M", "12.50"],
    ["9007199254740993", "int64", "9007199254740993L", "9007199254740993"],
    ["/Date(1774915200000)/", "date", "datetime'2026-03-31T00:00:00'", "2026-03-31"],
    ["2026-03-31T10:00:00Z", "datetime", "datetime'2026-03-31T10:00:00'", "2026-03-31T10:00:00.000Z"],
    [
      "2026-03-31T10:00:00Z",
      "datetimeoffset",
      "datetimeoffset'2026-03-31T10:00:00.000Z'",
      "2026-03-31T10:00:00.000Z",
    ],
    [
      "00000000-0000-0000-0000-00000000000a",
      "guid",
      "guid'00000000-0000-0000-0000-00000000000a'",
      "00000000-0000-0000-0000-00000000000a",
    ],
  ]
  test.each(literals)("%j as %s", (value, type, v2, v4) => {
    expect([odataLiteral(value, type, 2), odataLiteral(value, type, 4)]).toEqual([v2, v4])
  })
  test.each([
    ["1 or 1 eq 1", "number"],
    ["x' or 'a' eq 'a", "guid"],
    ["yesterday", "date"],
    [{ a: 1 }, undefined],
  ] as const)("%j is no %s", (value, type) =>
    expect(() => odataLiteral(value, type, 4)).toThrow(/cannot stand/),
  )
  test("keys and filters", () => {
    const object = { set: "S", keys: ["a", "b"], always: { a: "1" } }
    expect(entityPath(object, { b: "x/y'z" }, 4)).toBe("S(a=%271%27,b=%27x%2Fy%27%27z%27)")
    expect(entityPath({ set: "S", keys: ["a"] }, { a: "1" }, 2)).toBe("S(%271%27)")
    expect(entityPath(object, {}, 4)).toBeUndefined()
    expect(
      filterText(
        [
          { field: "a", value: "x" },
          { field: "b", value: 1 },
        ],
        object,
        4,
      ),
    ).toBe("a eq 'x' and b eq 1")
    expect(() => filterText([{ field: "a eq 1 or b", value: 1 }], object, 4)).toThrow("is no name")
  })
})

describe("batches as text", () => {
  test("an answer that was cut is none", () => {
    const whole = "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b--\r\n"
    expect(batchAnswers(whole, "multipart/mixed; boundary=b")).toEqual([{ status: 204, body: undefined }])
    for (let end = 0; end < whole.length - 4; end++)
      expect(batchAnswers(whole.slice(0, end), "multipart/mixed; boundary=b") ?? []).toEqual([])
    expect(batchAnswers(whole, "text/html")).toBeUndefined()
  })
  test("a body cannot end its part", () => {
    const body = batchBody([{ method: "POST", path: "S", headers: {}, body: '{"a":"\\r\\n--b--"}' }], "b")
    expect(body.split("\r\n--b--")).toHaveLength(2)
  })
})

test("errors of both versions say the same, with their details", () => {
  const details = [{ code: "C2", message: "And this." }]
  const wanted = { codes: ["C1", "C2"], message: "First. ; And this.".replace(" ;", ";") }
  expect(
    errorIn({
      error: { code: "C1", message: { lang: "en", value: "First." }, innererror: { errordetails: details } },
    }),
  ).toEqual(wanted)
  expect(errorIn({ error: { code: "C1", message: "First.", details } })).toEqual(wanted)
  expect(errorIn({ error: "x" })).toBeUndefined()
})

describe("faults on the way", () => {
  describe("SAP", () =>
    faultTests({
      platform: () => simulatedSap(),
      connect: sap,
      send: s4 => s4.send(order("1"), call()),
      read: s4 => all(s4.read({ ...order("1"), where: [] }, anySignal())),
      // the root is where tokens come from
      isBusiness: ({ path }) => path.includes("A_SalesOrder"),
    }))
  describe("Dataverse", () =>
    faultTests({
      platform: () => simulatedDataverse(),
      connect: dataverse,
      send: crm => crm.send(account("1"), call()),
      read: crm => all(crm.read({ ...account("1"), where: [] }, anySignal())),
      isBusiness: ({ path }) => !path.endsWith("/token"),
    }))
})

describe("each record once, whatever goes wrong", () => {
  const keysOf = (set: string, key: string) => (platform: Platform) =>
    ((platform.dump() as { records: Record<string, Record<string, string>[]> }).records[set] ?? []).map(
      record => String(record[key]),
    )
  const seeds = Array.from({ length: 8 }, (_, i) => i + 1)
  const sapSubject = (verb: SendVerb) => ({
    platform: () => simulatedSap(),
    connect: sap,
    request: (i: number) => order(`R-${i}`, verb),
    keys: keysOf("A_SalesOrder", "PurchaseOrderByCustomer"),
  })
  const financeSubject = (verb: SendVerb) => ({
    platform: () => simulatedDynamicsFinance(),
    connect: finance,
    request: (i: number) => header(`R-${i}`, verb),
    keys: keysOf("SalesOrderHeadersV2", "CustomerRequisitionNumber"),
  })
  const dataverseSubject = (verb: SendVerb) => ({
    platform: () => simulatedDataverse(),
    connect: dataverse,
    request: (i: number) => account(`R-${i}`, verb),
    keys: keysOf("accounts", "accountnumber"),
  })
  test.each([
    ["SAP by create", sapSubject("create")],
    ["SAP by upsert", sapSubject("upsert")],
    ["Finance by ensure", financeSubject("ensure")],
    ["Dataverse by upsert", dataverseSubject("upsert")],
    ["Dataverse by create", dataverseSubject("create")],
  ] as const)("%s", async (_, subject) => {
    expect(await endsExactlyOnce({ ...subject, rate: 0.3 }, seeds)).toBeGreaterThan(20)
  })
})
