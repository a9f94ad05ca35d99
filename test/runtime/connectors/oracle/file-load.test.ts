// Loads of Oracle Fusion by files: journals and invoices with their lines against the simulated imports; what a job ends as; and what becomes of a load whose answer is lost.
import { describe, expect, test } from "vitest"
import {
  createOracleFusion,
  type OracleFusionOptions,
} from "../../../../runtime/connectors/oracle/oracle-fusion.ts"
import type { Connector, LoadRequest } from "../../../../runtime/connectors/port/connector.ts"
import { readZip } from "../../../../runtime/connectors/zip/read-zip.ts"
import { CallFailed, type FailureClass } from "../../../../runtime/flow/port/failures.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { everydayFaults, type FaultKind, seededFaults } from "../../../../runtime/simulators/kernel/faults.ts"
import { simulatedOracleFusion } from "../../../../runtime/simulators/oracle/oracle-platform.ts"
import { call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const connect = (on: Pick<Stage, "url" | "world" | "secrets">, more: Partial<OracleFusionOptions> = {}) =>
  createOracleFusion(
    {
      system: "Fusion",
      baseUrl: `${on.url}/fscmRestApi/resources/11.13.18.05`,
      reach: "loopback",
      auth: { kind: "basic", user: "env:CLIENT_ID", password: "env:CLIENT_SECRET" },
      totalMs: 2_000,
      objects: {},
      imports: {
        Journal: {
          job: "/oracle/apps/ess/financials/generalLedger/programs/common,JournalImportLauncher",
          parameters: ["300000046975971", "Spreadsheet", "300000046975980", "ALL", "N", "N", ""],
          files: [
            {
              name: "GlInterface.csv",
              columns: [
                "=NEW",
                "LEDGER_ID",
                "ACCOUNTING_DATE",
                "",
                "CURRENCY_CODE",
                "ENTERED_DR",
                "ENTERED_CR",
                "REFERENCE10",
              ],
            },
          ],
        },
        Invoice: {
          job: "/oracle/apps/ess/financials/payables/invoices/transactions,APXIIMPT",
          parameters: ["#NULL", "204", "N"],
          jobOptions: "InterfaceDetails=1,ImportOption=Y,PurgeOption=Y",
          files: [
            { name: "ApInvoicesInterface.csv", columns: ["InvoiceNumber", "Amount"] },
            {
              name: "ApInvoiceLinesInterface.csv",
              columns: ["/InvoiceNumber", "Line", "Amount"],
              of: "lines",
            },
          ],
          refusesDuplicates: true,
        },
      },
      ...more,
    },
    on,
  )

const loading = (object: string, records: LoadRequest["records"]): LoadRequest => ({
  object,
  key: "REFERENCE10",
  fields: null,
  mode: { kind: "add" },
  records,
})
const line = (more: object) => ({
  LEDGER_ID: "300000046975971",
  ACCOUNTING_DATE: "2026/03/31",
  CURRENCY_CODE: "EUR",
  ...more,
})
const journal = loading("Journal", [
  line({ ENTERED_DR: new ExactNumber("12345678901234567.89"), REFERENCE10: 'Revenue, "March"' }),
  line({ ENTERED_CR: new ExactNumber("12345678901234567.89"), REFERENCE10: "zwei\nZeilen " }),
])
const invoice = (number: string) => ({
  InvoiceNumber: number,
  Amount: "30.00",
  lines: [
    { Line: 1, Amount: "10.00" },
    { Line: 2, Amount: "20.00" },
  ],
})
const load = (fusion: Connector, request: LoadRequest) => fusion.load?.(request, call()) ?? Promise.reject()
const imported = (platform: { dump(): unknown }) =>
  (platform.dump() as { imported: Record<string, string[][]> }).imported

test("journals: rows by column, every digit, and the job's end", async () => {
  const platform = simulatedOracleFusion()
  const on = await stageOf(platform)
  const fusion = connect(on)
  expect(await load(fusion, journal)).toEqual({ sent: 2, loaded: 2, ignored: 0, rejected: [] })
  expect(imported(platform)).toEqual({
    "GlInterface.csv": [
      ["NEW", "300000046975971", "2026/03/31", "", "EUR", "12345678901234567.89", "", 'Revenue, "March"'],
      ["NEW", "300000046975971", "2026/03/31", "", "EUR", "", "12345678901234567.89", "zwei\nZeilen "],
    ],
  })
  const sent = JSON.parse(Buffer.from(on.seen[0]!.request.body).toString()) as Record<string, string>
  const archive = readZip(Buffer.from(sent["DocumentContent"]!, "base64"), 1 << 20)
  expect(
    "files" in archive && archive.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
  ).toEqual([
    [
      "GlInterface.csv",
      'NEW,300000046975971,2026/03/31,,EUR,12345678901234567.89,,"Revenue, ""March"""\nNEW,300000046975971,2026/03/31,,EUR,,12345678901234567.89,"zwei\nZeilen "\n',
    ],
  ])
  const said = conversation(on.seen).replace(/"DocumentContent": ".*"/, '"DocumentContent": "<archive>"')
  await expect(said).toMatchFileSnapshot("../goldens/oracle/journals.txt")
  await fusion.close()
})

test("invoices: lines in a file of their own, with the number of the invoice around them", async () => {
  const platform = simulatedOracleFusion()
  const fusion = connect(await stageOf(platform))
  await load(fusion, loading("Invoice", [invoice("I-1"), invoice("I-2")]))
  expect(imported(platform)["ApInvoiceLinesInterface.csv"]).toEqual(
    [
      ["I-1", "1", "10.00"],
      ["I-1", "2", "20.00"],
    ].concat([
      ["I-2", "1", "10.00"],
      ["I-2", "2", "20.00"],
    ]),
  )
  await fusion.close()
})

describe("what a job ends as", () => {
  const refusing = (...refuses: string[]) => {
    const platform = simulatedOracleFusion()
    platform.load({ refuses })
    return platform
  }
  test("some rows refused: it does not reconcile, and the log says why", async () => {
    const fusion = connect(await stageOf(refusing("zwei\nZeilen ")))
    expect(await load(fusion, journal)).toEqual({
      sent: 2,
      loaded: 1,
      ignored: 0,
      rejected: [
        { index: null, code: "WARNING", message: "GlInterface.csv row 2: zwei\nZeilen  is not valid." },
      ],
    })
    await fusion.close()
  })
  test("all rows refused: rejected, with the log", async () => {
    const fusion = connect(await stageOf(refusing("EUR")))
    const failed = await failureOf(load(fusion, journal))
    expect([failed.failure, failed.code]).toEqual(["rejected", "JOB_ERROR"])
    expect(failed.message).toContain("row 1: EUR is not valid")
    await fusion.close()
  })
  test("a log that cannot be read does not hide the end", async () => {
    const platform = refusing("EUR")
    const on = await stageOf({
      ...platform,
      handle: request => {
        const answer = platform.handle(request)
        return request.query.get("finder")?.startsWith("ESSExecution") === true
          ? {
              ...answer,
              body: String(answer.body).replace(/"DocumentContent":"[^"]*"/, '"DocumentContent":"AAAA"'),
            }
          : answer
      },
    })
    const fusion = connect(on)
    const failed = await failureOf(load(fusion, journal))
    expect([failed.code, failed.message]).toEqual(["JOB_ERROR", expect.stringContaining("no archive")])
    await fusion.close()
  })
  test("longer than it is waited for: in doubt", async () => {
    const platform = simulatedOracleFusion()
    const on = await stageOf({
      ...platform,
      handle: request => {
        const answer = platform.handle(request)
        return { ...answer, body: String(answer.body).replace("SUCCEEDED", "RUNNING") }
      },
    })
    const fusion = connect(on, { jobMs: 60_000 })
    const failed = await failureOf(load(fusion, journal))
    expect([failed.failure, failed.code]).toEqual(["in-doubt", "JOB_RUNS"])
    await fusion.close()
  })

  const refused: readonly [string, LoadRequest, string][] = [
    ["nobody describes it", loading("Nothing", [{}]), "NOT_OFFERED"],
    ["it replaces", { ...journal, mode: { kind: "replace", over: ["LEDGER_ID"] } }, "NOT_OFFERED"],
    ["a value is a record", loading("Journal", [line({ REFERENCE10: { a: 1 } })]), "UNWRITABLE"],
  ]
  test.each(refused)("refused before anything is sent: %s", async (_, request, code) => {
    const on = await stageOf(simulatedOracleFusion())
    const fusion = connect(on)
    expect((await failureOf(load(fusion, request))).code).toBe(code)
    expect(on.seen).toEqual([])
    await fusion.close()
  })
  test("nothing to load asks for no job", async () => {
    const on = await stageOf(simulatedOracleFusion())
    const fusion = connect(on)
    expect((await load(fusion, loading("Journal", []))).sent).toBe(0)
    expect(on.seen).toEqual([])
    await fusion.close()
  })
})

describe("faults on the way", () => {
  /** What a fault of the first request means; a look at a job is asked again. */
  const cases: readonly [FaultKind, FailureClass][] = [
    ["reset-before", "in-doubt"],
    ["reset-after", "in-doubt"],
    ["truncated", "in-doubt"],
    ["internal-after", "in-doubt"],
    ["too-many", "throttled"],
    ["unavailable", "throttled"],
    ["expired-token", "auth"],
    ["redirect", "rejected"],
  ]
  test.each(cases)("%s of the import: %s", async (fault, expected) => {
    const on = await stageOf(simulatedOracleFusion(), {
      faults: (_, { method }) => (method === "POST" ? fault : undefined),
    })
    const fusion = connect(on)
    expect((await failureOf(load(fusion, journal))).failure).toBe(expected)
    await fusion.close()
  })
  test.each(["reset-before", "truncated", "too-many", "internal-before", "page"] as const)(
    "%s of every second look: the load goes on",
    async fault => {
      let looks = 0
      const platform = simulatedOracleFusion()
      const on = await stageOf(platform, {
        faults: (_, { method }) => (method === "GET" && looks++ % 2 === 0 ? fault : undefined),
      })
      const fusion = connect(on)
      expect((await load(fusion, journal)).loaded).toBe(2)
      expect(on.seen.filter(({ request }) => request.method === "POST")).toHaveLength(1)
      await fusion.close()
    },
  )
})

describe("each record once, by what is declared", () => {
  const idempotency = (object: string) =>
    connect({ url: "http://127.0.0.1:1", world: neverUsed, secrets: neverUsed }).idempotency(
      { object, key: "k", fields: null },
      "load",
    )
  const neverUsed = {} as never
  test("journals cannot be asked twice; imports that refuse what is there can", () => {
    expect(idempotency("Journal")).toEqual({})
    expect(idempotency("Invoice")).toEqual({ upsert: true })
  })
  test.each(Array.from({ length: 16 }, (_, i) => i + 1))("invoices, seed %i", async seed => {
    const platform = simulatedOracleFusion()
    const on = await stageOf(platform, { faults: seededFaults(seed, 0.35, everydayFaults) })
    const fusion = connect(on)
    const request = loading("Invoice", [invoice("I-1"), invoice("I-2")])
    for (let attempt = 0; ; attempt++) {
      const ended = await load(fusion, request).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof CallFailed) || attempt > 60) throw error
          // all of it is there: that is what the import says
          return error.code === "JOB_ERROR" && error.message.includes("already exists")
        },
      )
      if (ended) break
    }
    expect(imported(platform)["ApInvoicesInterface.csv"]).toEqual([
      ["I-1", "30.00"],
      ["I-2", "30.00"],
    ])
    await fusion.close()
  })
})
