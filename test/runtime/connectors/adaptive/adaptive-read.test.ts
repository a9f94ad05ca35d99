// Reading the simulated Adaptive Planning: figures by row and one by one, what is narrowed down and where, versions and members, and what is no answer.
import { describe, expect, test } from "vitest"
import { type AdaptiveOptions, createAdaptive } from "../../../../runtime/connectors/adaptive/adaptive.ts"
import type { ReadRequest } from "../../../../runtime/connectors/port/connector.ts"
import { simulatedAdaptive } from "../../../../runtime/simulators/adaptive/adaptive-platform.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const connect = (on: Pick<Stage, "url" | "world" | "secrets">, more: Partial<AdaptiveOptions> = {}) =>
  createAdaptive(
    {
      system: "Adaptive",
      baseUrl: `${on.url}/api`,
      reach: "loopback",
      apiVersion: "v40",
      login: "env:CLIENT_ID",
      password: "env:CLIENT_SECRET",
      totalMs: 300,
      objects: {
        Actuals: {
          method: "importStandardData",
          planOrActuals: "Actuals",
          version: "Actual",
          columns: ["Account", "Level Code", "Split Label", "03/2026"],
        },
      },
      reads: {
        Rows: { kind: "data", version: "Actual", from: "02/2026", to: "03/2026", shape: "rows" },
        Figures: {
          kind: "data",
          version: "Actual",
          accounts: ["4000", "5000"],
          levels: ["US", "DE"],
          dimensions: ["Split"],
          from: "01/2026",
          to: "12/2026",
          shape: "figures",
        },
        Versions: { kind: "versions" },
        Accounts: { kind: "accounts" },
        Levels: { kind: "levels" },
      },
      ...more,
    },
    on,
  )

function filled(): Platform {
  const platform = simulatedAdaptive()
  platform.load({
    accounts: ["4000", "5000", "6000"],
    levels: ["US", "DE", "UK"],
    cells: {
      "Actual | 4000 | US |  | 02/2026": "12345678901234567.89",
      "Actual | 4000 | US |  | 03/2026": "-1.50",
      "Actual | 4000 | DE | a, b | 03/2026": "7",
      "Actual | 6000 | UK |  | 03/2026": "3",
      "Budget 2026 | 5000 | US |  | 03/2026": "9",
    },
  })
  return platform
}

const asking = (object: string, where: Readonly<Record<string, unknown>> = {}): ReadRequest => ({
  object,
  key: "Account Code",
  fields: null,
  where: Object.entries(where).map(([field, value]) => ({ field, value })),
})

async function read(request: ReadRequest, platform = filled()) {
  const on = await stageOf(platform)
  const adaptive = connect(on)
  const records = await all(adaptive.read(request, anySignal()))
  await adaptive.close()
  return records.map(record => ({ ...(record as object) }))
}

const first = {
  "Account Name": "Account 4000",
  "Account Code": "4000",
  "Level Name": "US",
  Version: "Actual",
}

test("the conversation: rows with a column for each period; an empty cell is absent", async () => {
  const on = await stageOf(filled())
  const adaptive = connect(on)
  const records = await all(adaptive.read(asking("Rows"), anySignal()))
  expect(records.map(record => ({ ...(record as object) }))).toEqual([
    { ...first, "02/2026": "12345678901234567.89", "03/2026": "-1.50" },
    { ...first, "Level Name": "DE", "03/2026": "7" },
    { ...first, "Account Name": "Account 6000", "Account Code": "6000", "Level Name": "UK", "03/2026": "3" },
  ])
  await all(adaptive.read(asking("Figures", { "Level Name": "DE", Period: "03/2026" }), anySignal()))
  await expect(conversation(on.seen)).toMatchFileSnapshot("../goldens/adaptive/read.txt")
  await adaptive.close()
})

describe("figures", () => {
  const figure = (Period: string, Value: string, more: object = {}) => ({ ...first, Period, Value, ...more })
  const cases: readonly [string, Readonly<Record<string, unknown>>, readonly object[]][] = [
    [
      "all of the accounts and levels that are described",
      {},
      [
        figure("02/2026", "12345678901234567.89"),
        figure("03/2026", "-1.50"),
        figure("03/2026", "7", { "Level Name": "DE", Split: "a, b" }),
      ],
    ],
    ["of a period", { Period: "02/2026" }, [figure("02/2026", "12345678901234567.89")]],
    ["of a level", { "Level Name": "DE" }, [figure("03/2026", "7", { "Level Name": "DE", Split: "a, b" })]],
    [
      "of another version and account",
      { Version: "Budget 2026", "Account Code": "5000" },
      [
        figure("03/2026", "9", {
          Version: "Budget 2026",
          "Account Name": "Account 5000",
          "Account Code": "5000",
        }),
      ],
    ],
    ["of nothing that is there", { "Account Code": "6000", "Level Name": "US" }, []],
  ]
  test.each(cases)("%s", async (_, where, expected) => {
    expect(await read(asking("Figures", where))).toEqual(expected)
  })

  test("what was loaded is read again, digit for digit", async () => {
    const on = await stageOf(simulatedAdaptive())
    const adaptive = connect(on)
    const records = [{ Account: "4000", "Level Code": "US", "03/2026": "10.10" }]
    await adaptive.load?.(
      { object: "Actuals", key: "Account", fields: null, mode: { kind: "add" }, records },
      call(),
    )
    const found = await all(adaptive.read(asking("Figures"), anySignal()))
    expect(found.map(one => (one as { Value: string }).Value)).toEqual(["10.10"])
    await adaptive.close()
  })
})

describe("versions, accounts and levels", () => {
  test("those of the simulator", async () => {
    expect(await read(asking("Versions"))).toEqual([
      { id: "1", name: "Actual", shortName: "Actual" },
      { id: "2", name: "Budget 2026", shortName: "Budget 2026" },
    ])
    expect(await read(asking("Levels", { name: "DE" }))).toEqual([{ id: "2", name: "DE", shortName: "DE" }])
    expect((await read(asking("Accounts"))).map(one => (one as { code: string }).code)).toEqual([
      "4000",
      "5000",
      "6000",
    ])
  })
  test("each with the one around it, in whatever folders", async () => {
    const output =
      '<output><versions><versionFolder name="F"><version id="1" name="A"><version id="2" name="B"/></version></versionFolder><version id="3" name="C"/></versions></output>'
    const answering = answers(`<response success="true"><messages/>${output}</response>`)
    expect(await read(asking("Versions"), answering)).toEqual([
      { id: "1", name: "A" },
      { id: "2", name: "B", parentId: "1" },
      { id: "3", name: "C" },
    ])
  })
})

const answers = (body: string): Platform => ({
  name: "x",
  dump: () => null,
  load: () => undefined,
  handle: () => ({ status: 200, headers: { "content-type": "text/xml" }, body }),
})

describe("no answer", () => {
  const response = (inside: string) => `<response success="true">${inside}</response>`
  const cases: readonly [string, string, string, string][] = [
    ["no output", response(""), "transient", "BAD_ANSWER"],
    ["a row with a cell too many", response("<output>A,B\n1,2,3\n</output>"), "transient", "BAD_ANSWER"],
    ["half a row", response('<output>A,B\n1,"2</output>'), "transient", "BAD_ANSWER"],
    ["half a document", "<response", "transient", "BAD_ANSWER"],
    [
      "credentials",
      '<response success="false"><messages><message key="error-authentication-failure" type="ERROR"/></messages></response>',
      "auth",
      "error-authentication-failure",
    ],
  ]
  test.each(cases)("%s", async (_, body, failure, code) => {
    const failed = await failureOf(read(asking("Rows"), answers(body)))
    expect([failed.failure, failed.code]).toEqual([failure, code])
  })

  const questions: readonly [string, ReadRequest, string, string][] = [
    ["a version that is not there", asking("Rows", { Version: "Nope" }), "rejected", "error-invalid-version"],
    [
      "an account that is not there",
      asking("Rows", { "Account Code": "1" }),
      "rejected",
      "error-invalid-account",
    ],
    ["a period that is none", asking("Rows", { Period: "Q1" }), "rejected", "error-invalid-time-span"],
    ["something it cannot be asked for by", asking("Rows", { Colour: "red" }), "rejected", "NOT_OFFERED"],
    ["an object nobody describes", asking("Nothing"), "rejected", "NOT_OFFERED"],
    ["an object of every object", asking("__proto__"), "rejected", "NOT_OFFERED"],
  ]
  test.each(questions)("%s", async (_, request, failure, code) => {
    const failed = await failureOf(read(request))
    expect([failed.failure, failed.code]).toEqual([failure, code])
  })

  test("what is asked for by stays a value, whatever it says", async () => {
    const on = await stageOf(filled())
    const adaptive = connect(on)
    const name = 'x"/><version name="Actual'
    await failureOf(all(adaptive.read(asking("Rows", { Version: name }), anySignal())))
    const body = Buffer.from(on.seen[0]!.request.body).toString("utf8")
    expect(body.match(/<version /g)).toHaveLength(1)
    await adaptive.close()
  })
})

describe("faults on the way", () => {
  const request = asking("Rows")
  const reads = (adaptive: ReturnType<typeof connect>) => all(adaptive.read(request, anySignal()))
  faultTests({
    platform: filled,
    connect,
    send: adaptive =>
      adaptive.load!(
        {
          object: "Actuals",
          key: "Account",
          fields: null,
          mode: { kind: "add" },
          records: [{ Account: "4000", "Level Code": "US", "03/2026": "1" }],
        },
        call(),
      ),
    read: reads,
    isBusiness: () => true,
    tokenless: true,
  })
})
