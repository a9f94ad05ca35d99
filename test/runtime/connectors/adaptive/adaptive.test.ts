// The connector of Adaptive Planning against the simulated one: XML out and in, refusals under status 200.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { type AdaptiveOptions, createAdaptive } from "../../../../runtime/connectors/adaptive/adaptive.ts"
import { readCallAnswer } from "../../../../runtime/connectors/adaptive/call-xml.ts"
import type { LoadRequest } from "../../../../runtime/connectors/port/connector.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { simulatedAdaptive } from "../../../../runtime/simulators/adaptive/adaptive-platform.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { faultTests } from "../fault-cases.ts"
import { call, canary, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

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
        AllCells: {
          method: "importStandardData",
          planOrActuals: "Actuals",
          columns: ["Account", "Level Code", "Split Label", "03/2026"],
          sendsAllCells: true,
        },
        Cube: {
          method: "importCubeData",
          planOrActuals: "Plan",
          sheet: 'Hours "A&B"',
          columns: ["Account", "Vendor", "03/2026"],
        },
      },
      ...more,
    },
    on,
  )
const row = (Account: string, amount: unknown, level = "US") => ({
  Account,
  "Level Code": level,
  "03/2026": amount,
})
const load = (
  records: LoadRequest["records"],
  object = "Actuals",
  mode: LoadRequest["mode"] = { kind: "add" },
): LoadRequest => ({ object, key: "Account", fields: null, mode, records })
const cells = (platform: Platform) => (platform.dump() as { cells: Record<string, string> }).cells

test("the conversation: rows between bars, the empty column among them", async () => {
  const platform = simulatedAdaptive()
  const on = await stageOf(platform)
  const adaptive = connect(on, { batchSize: 2 })
  const records = [
    row("4000", new ExactNumber("12345678901234567.89")),
    row("5000", "-1.50", "DE"),
    row("6000", 0),
  ]
  expect(await adaptive.load!(load(records), call())).toEqual({
    sent: 3,
    loaded: 3,
    ignored: 0,
    rejected: [],
  })
  expect(cells(platform)).toEqual({
    "Actual | 4000 | US |  | 03/2026": "12345678901234567.89",
    "Actual | 5000 | DE |  | 03/2026": "-1.50",
    "Actual | 6000 | US |  | 03/2026": "0",
  })
  await adaptive.load!(
    load([{ Account: "4000", Vendor: '<O\'Hara & "Sons">', "03/2026": 1 }], "Cube"),
    call(),
  )
  expect(Object.keys(cells(platform))).toContain('default | 4000 | <O\'Hara & "Sons"> | 03/2026')
  await expect(conversation(on.seen)).toMatchFileSnapshot("../goldens/adaptive/load.txt")
  await adaptive.close()
})

describe("status 200 and no success", () => {
  const answering = (body: string): Platform => ({
    name: "x",
    dump: () => null,
    load: () => undefined,
    handle: () => ({ status: 200, headers: { "content-type": "text/xml" }, body }),
  })
  const response = (success: boolean, key: string, type = "ERROR", text = "what it says") =>
    `<?xml version="1.0"?><response success="${success}"><messages><message key="${key}" type="${type}">${text}</message></messages></response>`
  const cases: readonly [string, string, string, string][] = [
    ["credentials", response(false, "error-authentication-failure"), "auth", "error-authentication-failure"],
    ["a sheet that is locked", response(false, "error-sheet-locked"), "transient", "error-sheet-locked"],
    ["too many calls", response(false, "error-call-limit"), "throttled", "error-call-limit"],
    ["data that is wrong", response(false, "error-invalid-data"), "rejected", "error-invalid-data"],
    ["an error beside a success", response(true, "error-some-rows"), "rejected", "error-some-rows"],
    ["no document", "<response", "in-doubt", "BAD_ANSWER"],
    ["another document", "<html success='true'/>", "in-doubt", "BAD_ANSWER"],
    ["a document that says neither", "<response/>", "in-doubt", "BAD_ANSWER"],
    [
      "entities that grow",
      '<!DOCTYPE r [<!ENTITY a "aaaa">]><response success="true">&a;</response>',
      "in-doubt",
      "BAD_ANSWER",
    ],
    [
      "a document that is too deep",
      `<response success="true">${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}</response>`,
      "in-doubt",
      "BAD_ANSWER",
    ],
    ["nothing", "", "in-doubt", "BAD_ANSWER"],
  ]
  test.each(cases)("%s", async (_, body, failure, code) => {
    const adaptive = connect(await stageOf(answering(body)))
    const failed = await failureOf(adaptive.load!(load([row("4000", 1)]), call()))
    expect([failed.failure, failed.code]).toEqual([failure, code])
    await adaptive.close()
  })
  test("a warning is a row that was left out: the load does not reconcile", async () => {
    const adaptive = connect(
      await stageOf(answering(response(true, "warning-row-skipped", "WARNING", "Row 2 was skipped"))),
    )
    expect(await adaptive.load!(load([row("4000", 1), row("5000", 2)]), call())).toEqual({
      sent: 2,
      loaded: 1,
      ignored: 0,
      rejected: [{ index: null, code: "warning-row-skipped", message: "Row 2 was skipped" }],
    })
    await adaptive.close()
  })
  test("the recorded refusal is read for what it is", () => {
    const path = join(
      import.meta.dirname,
      "../../../../../shared/data/derived/train/adaptive/error.response.xml",
    )
    expect(readCallAnswer(readFileSync(path, "utf8"))).toMatchObject({
      kind: "answer",
      success: false,
      messages: [{ key: "error-authentication-failure", type: "ERROR" }],
    })
  })
})

test("a member that is not there refuses the call; batches before it are loaded, and sending again is harmless", async () => {
  const platform = simulatedAdaptive()
  const adaptive = connect(await stageOf(platform), { batchSize: 1 })
  const failed = await failureOf(adaptive.load!(load([row("4000", 1), row("9999", 2)]), call()))
  expect([failed.failure, failed.message]).toEqual(["rejected", "Adaptive: Row 1: there is no account 9999."])
  expect(Object.keys(cells(platform))).toHaveLength(1)
  await adaptive.close()
})

describe("what is refused before it is sent", () => {
  const cases: readonly [string, LoadRequest, string][] = [
    ["a bar inside a value", load([row("40|00", 1)]), "UNWRITABLE"],
    ["a character XML cannot hold", load([row("40\u000000", 1)]), "UNWRITABLE"],
    ["a list in a cell", load([row("4000", [1])]), "UNWRITABLE"],
    ["a column there is not", load([{ ...row("4000", 1), Nope: 1 }]), "UNWRITABLE"],
    [
      "replacing what is only overwritten",
      load([row("4000", 1)], "Actuals", { kind: "replace", over: ["Version"] }),
      "NOT_OFFERED",
    ],
    ["an object nobody described", load([], "Nope"), "NOT_OFFERED"],
  ]
  test.each(cases)("%s", async (_, request, code) => {
    const on = await stageOf(simulatedAdaptive())
    const adaptive = connect(on)
    expect(await failureOf(adaptive.load!(request, call()))).toMatchObject({ failure: "rejected", code })
    expect(on.seen).toEqual([])
    await adaptive.close()
  })
  test("where all cells are sent, overwriting is replacing", async () => {
    const adaptive = connect(await stageOf(simulatedAdaptive()))
    expect(
      (
        await adaptive.load!(
          load([row("4000", 1)], "AllCells", { kind: "replace", over: ["03/2026"] }),
          call(),
        )
      ).loaded,
    ).toBe(1)
    await adaptive.close()
  })
})

test("the password is in the body alone, and a server that says it back is not quoted", async () => {
  const echo: Platform = {
    name: "x",
    dump: () => null,
    load: () => undefined,
    handle: ({ body }) => ({
      status: 200,
      headers: { "content-type": "text/xml" },
      body: `<response success="false"><messages><message key="e" type="ERROR">You sent ${/password="([^"]+)"/.exec(Buffer.from(body).toString())?.[1]}</message></messages></response>`,
    }),
  }
  const adaptive = connect(await stageOf(echo))
  const failed = await failureOf(adaptive.load!(load([row("4000", 1)]), call()))
  expect(failed.message).toBe("Adaptive: You sent •••")
  expect(failed.message).not.toContain(canary)
  await adaptive.close()
})

describe("faults on the way", () => {
  const once = connect
  faultTests({
    platform: () => simulatedAdaptive(),
    connect: once,
    send: adaptive => adaptive.load!(load([row("4000", 1)]), call()),
    read: undefined,
    isBusiness: () => true,
    // there is no token to fetch anew
    tokenless: true,
  })
})
