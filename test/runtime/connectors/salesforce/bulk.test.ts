// Large loads and queries of Salesforce by jobs of the Bulk API 2.0: conversations, what becomes of each record, jobs that end early, and each job once whatever goes wrong on the way.
import { describe, expect, test } from "vitest"
import type { Connector, LoadReceipt, LoadRequest } from "../../../../runtime/connectors/port/connector.ts"
import {
  createSalesforce,
  type SalesforceOptions,
} from "../../../../runtime/connectors/salesforce/salesforce.ts"
import { CallFailed } from "../../../../runtime/flow/port/failures.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { everydayFaults, seededFaults } from "../../../../runtime/simulators/kernel/faults.ts"
import type { Seen } from "../../../../runtime/simulators/kernel/serve.ts"
import {
  type SimulatedSalesforceOptions,
  simulatedSalesforce,
} from "../../../../runtime/simulators/salesforce/salesforce-platform.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const connect = (stage: Stage, more: Partial<SalesforceOptions> = {}) =>
  createSalesforce(
    {
      system: "Salesforce",
      baseUrl: stage.url,
      reach: "loopback",
      apiVersion: "v62.0",
      auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
      totalMs: 2_000,
      bulkLoadFrom: 3,
      ...more,
    },
    stage,
  )

const accounts = (...records: LoadRequest["records"]): LoadRequest => ({
  object: "Account",
  key: "ExternalId__c",
  fields: null,
  mode: { kind: "add" },
  records,
})
const plain = (count: number) =>
  accounts(...Array.from({ length: count }, (_, i) => ({ ExternalId__c: `A-${i}`, Name: `N ${i}` })))

/** As the executor does: what is prepared is kept. */
async function load(connector: Connector, request: LoadRequest): Promise<LoadReceipt> {
  const prepared = await connector.prepareLoad?.(request, { signal: anySignal() })
  return loadPrepared(connector, request, prepared)
}
async function loadPrepared(connector: Connector, request: LoadRequest, prepared: string | undefined) {
  const receipt = await connector.load?.(prepared === undefined ? request : { ...request, prepared }, call())
  if (receipt === undefined) throw new Error("it takes no loads")
  return receipt
}

const recordsOf = (platform: { dump(): unknown }, object = "Account") =>
  (platform.dump() as { records: Record<string, Record<string, unknown>[]> }).records[object] ?? []

const golden = (name: string) => `../goldens/salesforce/${name}.txt`

/** Jobs that the platform closed, with doubles. */
const closed = (seen: readonly Seen[]) =>
  seen.flatMap(({ request, answer }) =>
    request.method === "PATCH" && request.path.includes("/jobs/") && answer?.status === 200
      ? [request.segments[5]]
      : [],
  )

describe("a load", () => {
  test("goes by a job: values, empty ones, references, and what was refused, record by record", async () => {
    const platform = simulatedSalesforce()
    platform.load({
      records: {
        Account: [{ Name: "Parent", ExternalId__c: "P" }],
        Opportunity: [
          {
            Name: "Old",
            StageName: "Open",
            CloseDate: "2026-01-01",
            ExternalId__c: "D-1",
            Type: "Renewal",
            CurrencyIsoCode: "EUR",
          },
        ],
      },
      locks: { "Opportunity/D-4": 1 },
    })
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    const deal = (id: string, more: object) => ({
      ExternalId__c: id,
      Name: `Deal ${id}`,
      StageName: "Closed Won",
      CloseDate: "2026-03-31",
      ...more,
    })
    const request: LoadRequest = {
      ...accounts(
        deal("D-1", { Type: null, Amount: new ExactNumber("12345678901234567.89") }),
        deal("D-2", { Name: 'Quotes " and, commas\nand lines', Account: { ExternalId__c: "P" } }),
        deal("D-3", { Name: "x".repeat(121) }),
        deal("D-4", { Amount: 10 }),
        deal("D-5", { Account: { ExternalId__c: "nobody" } }),
      ),
      object: "Opportunity",
    }
    expect(await load(salesforce, request)).toEqual({
      sent: 5,
      loaded: 3,
      ignored: 0,
      rejected: [
        { index: 2, code: "STRING_TOO_LONG", message: expect.stringContaining("max length=120") },
        { index: 4, code: "INVALID_FIELD", message: expect.stringContaining("nobody") },
      ],
    })
    const [one, two, four] = recordsOf(platform, "Opportunity")
    expect(one).toMatchObject({
      Type: null,
      CurrencyIsoCode: "EUR",
      Amount: new ExactNumber("12345678901234567.89"),
    })
    expect(two).toMatchObject({
      Name: 'Quotes " and, commas\nand lines',
      AccountId: recordsOf(platform)[0]?.["Id"],
    })
    expect(four).toMatchObject({ ExternalId__c: "D-4", Amount: 10 })
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("bulk-load"))
    await salesforce.close()
  })

  const byServices: readonly [string, LoadRequest, Partial<SalesforceOptions>?][] = [
    ["fewer records than the threshold", plain(2)],
    ["another threshold", plain(4), { bulkLoadFrom: 5 }],
    ["a list in a record", accounts(...plain(3).records, { ExternalId__c: "L", Name: ["a"] })],
    [
      "a text that a cell would empty the field with",
      accounts(...plain(3).records, { ExternalId__c: "N", Name: "#N/A" }),
    ],
  ]
  test.each(byServices)("goes by the record services: %s", async (_, request, more) => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage, more)
    expect(await salesforce.prepareLoad?.(request, { signal: anySignal() })).toBeUndefined()
    const receipt = await load(salesforce, request)
    expect(receipt.sent).toBe(receipt.loaded + receipt.rejected.length)
    expect(stage.seen.some(({ request: { path } }) => path.includes("/jobs/"))).toBe(false)
    await salesforce.close()
  })

  test("prepared, it has done nothing; asked twice, the job runs once", async () => {
    const platform = simulatedSalesforce()
    const stage = await stageOf(platform)
    const salesforce = connect(stage)
    const prepared = await salesforce.prepareLoad?.(plain(3), { signal: anySignal() })
    expect(recordsOf(platform)).toEqual([])
    const first = await loadPrepared(salesforce, plain(3), prepared)
    const stamps = recordsOf(platform).map(record => record["SystemModstamp"])
    stage.clock.now += 3_600_000
    expect(await loadPrepared(salesforce, plain(3), prepared)).toEqual(first)
    expect(recordsOf(platform).map(record => record["SystemModstamp"])).toEqual(stamps)
    expect(closed(stage.seen)).toHaveLength(1)
    await salesforce.close()
  })

  test("the jobs of another load are not taken for this one's", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const prepared = await salesforce.prepareLoad?.(plain(3), { signal: anySignal() })
    await expect(loadPrepared(salesforce, plain(4), prepared)).rejects.toThrow("not of this load")
    await salesforce.close()
  })
})

describe("jobs that end early", () => {
  test("stopped half way: what it did not come to is rejected by record", async () => {
    const stage = await stageOf(simulatedSalesforce({ jobStopsAfter: 2 }))
    const salesforce = connect(stage)
    const receipt = await load(salesforce, plain(4))
    const message = "InternalServerError : The job was stopped."
    expect(receipt).toEqual({
      sent: 4,
      loaded: 2,
      ignored: 0,
      rejected: [2, 3].map(index => ({ index, code: "UNPROCESSED", message })),
    })
    await salesforce.close()
  })

  test("a field the object has not: all of it is refused", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const failed = await failureOf(
      load(salesforce, accounts(...plain(3).records, { ExternalId__c: "x", Nope__c: "1" })),
    )
    expect([failed.failure, failed.code]).toEqual(["rejected", "InvalidBatch"])
    expect(failed.message).toContain("Nope__c")
    await salesforce.close()
  })

  const refused: readonly [string, Partial<LoadRequest>, string][] = [
    ["an object the org has not", { object: "Nothing__c" }, "INVALIDENTITY"],
    ["a key that is no external id", { key: "Name" }, "INVALIDJOB"],
    ["a name that is none", { object: "Account/../Order" }, "BAD_NAME"],
  ]
  test.each(refused)("%s: refused before anything is done", async (_, more, code) => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const failed = await failureOf(load(salesforce, { ...plain(3), ...more }))
    expect([failed.failure, failed.code]).toEqual(["rejected", code])
    await salesforce.close()
  })

  test("found dead or gone when it is asked for again, it is loaded anew", async () => {
    const stage = await stageOf(simulatedSalesforce())
    const salesforce = connect(stage)
    const gone = JSON.stringify([["750000000000000AAA", 3]])
    expect((await loadPrepared(salesforce, plain(3), gone)).loaded).toBe(3)
    await salesforce.close()
    const platform = simulatedSalesforce({ jobStopsAfter: 1 })
    const other = await stageOf(platform)
    const once = connect(other)
    const prepared = await once.prepareLoad?.(plain(3), { signal: anySignal() })
    await loadPrepared(once, plain(3), prepared)
    expect((await loadPrepared(once, plain(3), prepared)).rejected).toHaveLength(2)
    expect(new Set(closed(other.seen)).size).toBe(2)
    await once.close()
  })

  test("a job that runs longer than it is waited for is in doubt, and found later", async () => {
    const platform = simulatedSalesforce()
    const stage = await stageOf({ ...platform, handle: request => stuck(platform.handle(request)) })
    const salesforce = connect(stage, { bulkMs: 60_000 })
    const failed = await failureOf(load(salesforce, plain(3)))
    expect([failed.failure, failed.code]).toEqual(["in-doubt", "JOB_RUNS"])
    await salesforce.close()
  })
})

/** It never says that it has ended. */
function stuck(answer: ReturnType<ReturnType<typeof simulatedSalesforce>["handle"]>) {
  const { body } = answer
  return typeof body === "string" ? { ...answer, body: body.replace("JobComplete", "InProgress") } : answer
}

describe("a query", () => {
  const many = (options: SimulatedSalesforceOptions = {}) => {
    const platform = simulatedSalesforce(options)
    platform.load({
      records: {
        Account: [{ Name: "Acme", ExternalId__c: "A" }],
        Opportunity: Array.from({ length: 7 }, (_, i) => ({
          Name: i === 3 ? 'A "quoted", one\nin two lines' : `Deal ${i}`,
          StageName: "Open",
          CloseDate: "2026-03-31",
          Amount: i === 2 ? new ExactNumber("12345678901234567.89") : i === 4 ? null : i * 1.5,
          IsClosed: i % 2 === 0,
          FiscalYear: 2026,
          ExternalId__c: `D-${i}`,
        })),
      },
    })
    return platform
  }
  const request = {
    object: "Opportunity",
    key: "Id",
    fields: null,
    where: [{ field: "StageName", value: "Open" }],
  }

  test("by a job gives what the record services give, value by value", async () => {
    const stage = await stageOf(many({ pageSize: 2 }))
    const [byPages, byJob] = [connect(stage), connect(stage, { bulkReadFrom: 7 })]
    const read = (connector: Connector) => all(connector.read(request, anySignal()))
    expect(await read(byJob)).toEqual(await read(byPages))
    expect(stage.seen.filter(({ request: { path } }) => path.endsWith("/jobs/query"))).toHaveLength(1)
    await byPages.close()
    await byJob.close()
  })

  test("one record fewer, or a field of a related record, stays with the pages", async () => {
    const stage = await stageOf(many())
    const fewer = connect(stage, { bulkReadFrom: 8 })
    expect(await all(fewer.read(request, anySignal()))).toHaveLength(7)
    const related = connect(stage, { bulkReadFrom: 1 })
    expect(
      await all(related.read({ ...request, fields: ["Name", "Account.Name"] }, anySignal())),
    ).toHaveLength(7)
    expect(stage.seen.some(({ request: { path } }) => path.includes("/jobs/"))).toBe(false)
    await fewer.close()
    await related.close()
  })

  test("the conversation", async () => {
    const stage = await stageOf(many({ pageSize: 2 }))
    const salesforce = connect(stage, { bulkReadFrom: 2 })
    const records = await all(
      salesforce.read({ ...request, fields: ["Name", "Amount", "IsClosed"], where: [] }, anySignal()),
    )
    expect(records[0]).toEqual({ Name: "Deal 0", Amount: 0, IsClosed: true })
    await expect(conversation(stage.seen)).toMatchFileSnapshot(golden("bulk-query"))
    await salesforce.close()
  })

  test("results with fewer rows than the job tells are not believed", async () => {
    const platform = many()
    const short = (path: string, answer: ReturnType<typeof platform.handle>) =>
      path.endsWith("/results") && typeof answer.body === "string"
        ? { ...answer, body: answer.body.replace(/"D-6"|.*D-6\n/, "") }
        : answer
    const stage = await stageOf({ ...platform, handle: asked => short(asked.path, platform.handle(asked)) })
    const salesforce = connect(stage, { bulkReadFrom: 1 })
    const fields = ["Amount", "ExternalId__c"]
    const failed = await failureOf(all(salesforce.read({ ...request, fields }, anySignal())))
    expect([failed.failure, failed.code]).toEqual(["transient", "COUNTS_DIFFER"])
    await salesforce.close()
  })
})

/** The law of exactly-once.ts for jobs: what is prepared is kept, and a load in doubt is asked for again with it. */
describe("each job once, whatever goes wrong", () => {
  test.each(Array.from({ length: 24 }, (_, i) => i + 1))("seed %i", async seed => {
    const platform = simulatedSalesforce()
    const stage = await stageOf(platform, { faults: seededFaults(seed, 0.35, everydayFaults) })
    const salesforce = connect(stage)
    const request = plain(5)
    const prepared = await done(
      () => salesforce.prepareLoad?.(request, { signal: anySignal() }) ?? Promise.reject(),
    )
    const receipt = await done(() => loadPrepared(salesforce, request, prepared))
    expect(receipt).toEqual({ sent: 5, loaded: 5, ignored: 0, rejected: [] })
    expect(recordsOf(platform).map(record => record["ExternalId__c"])).toEqual(
      request.records.map(record => record["ExternalId__c"]),
    )
    const jobs = (JSON.parse(prepared ?? "[]") as [string, number][]).map(([job]) => job)
    expect(closed(stage.seen)).toEqual(jobs)
    await salesforce.close()
  })
})

async function done<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 80; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CallFailed) || error.failure === "rejected") throw error
    }
  }
  throw new Error("never done")
}
