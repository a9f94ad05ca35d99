// The connector of Oracle Fusion against the simulated one.
import { describe, expect, test } from "vitest"
import {
  createOracleFusion,
  type OracleFusionOptions,
} from "../../../../runtime/connectors/oracle/oracle-fusion.ts"
import type { SendRequest, SendVerb } from "../../../../runtime/connectors/port/connector.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { simulatedOracleFusion } from "../../../../runtime/simulators/oracle/oracle-platform.ts"
import { endsExactlyOnce } from "../exactly-once.ts"
import { faultTests } from "../fault-cases.ts"
import { all, anySignal, call, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const connect = (on: Pick<Stage, "url" | "world" | "secrets">, more: Partial<OracleFusionOptions> = {}) =>
  createOracleFusion(
    {
      system: "Fusion",
      baseUrl: `${on.url}/fscmRestApi/resources/11.13.18.05`,
      reach: "loopback",
      auth: { kind: "basic", user: "env:CLIENT_ID", password: "env:CLIENT_SECRET" },
      totalMs: 300,
      objects: {
        Invoice: {
          resource: "receivablesInvoices",
          upserts: true,
          always: { BusinessUnit: "Vision Operations" },
        },
        Order: { resource: "salesOrdersForOrderHub", always: { SourceTransactionSystem: "FMAP" } },
      },
      ...more,
    },
    on,
  )
const invoice = (number: string, verb: SendVerb = "upsert", more: object = {}): SendRequest => ({
  object: "Invoice",
  key: "TransactionNumber",
  fields: null,
  verb,
  record: { TransactionNumber: number, InvoiceCurrencyCode: "EUR", ...more },
})
const order = (id: string, verb: SendVerb = "create"): SendRequest => ({
  object: "Order",
  key: "SourceTransactionId",
  fields: null,
  verb,
  record: {
    SourceTransactionId: id,
    SourceTransactionNumber: `N-${id}`,
    lines: [{ SourceTransactionLineId: "1", OrderedQuantity: 2 }],
  },
})

test("an invoice by Upsert-Mode, an order by the triple of its source", async () => {
  const on = await stageOf(simulatedOracleFusion())
  const fusion = connect(on)
  expect(await fusion.send(invoice("I'1"), call())).toMatchObject({
    outcome: "created",
    answer: { CustomerTransactionId: 300_000_000_000_001 },
  })
  expect((await fusion.send(invoice("I'1", "upsert", { InvoiceCurrencyCode: "USD" }), call())).outcome).toBe(
    "updated",
  )
  expect((await fusion.send(order("D-1"), call())).outcome).toBe("created")
  expect(await failureOf(fusion.send(order("D-1"), call()))).toMatchObject({ failure: "conflict" })
  expect((await fusion.find(order("D-1"), anySignal()))?.answer).toMatchObject({ SourceTransactionId: "D-1" })
  expect((await fusion.send(order("D-1", "ensure"), call())).outcome).toBe("unchanged")
  expect(
    (
      await fusion.send(
        { ...invoice("I'1", "update"), record: { TransactionNumber: "I'1", Comments: "late" } },
        call(),
      )
    ).answer,
  ).toMatchObject({ Comments: "late", InvoiceCurrencyCode: "USD" })
  const outcomes = []
  for (let i = 0; i < 2; i++) outcomes.push((await fusion.send(invoice("I'1", "delete"), call())).outcome)
  expect(outcomes).toEqual(["deleted", "unchanged"])
  await expect(conversation(on.seen)).toMatchFileSnapshot("../goldens/oracle/invoice-and-order.txt")
  await fusion.close()
})

test("pages by offset, by conditions", async () => {
  const platform = simulatedOracleFusion()
  const rows = Array.from({ length: 1_100 }, (_, i) => ({
    TransactionNumber: `I-${i}`,
    BusinessUnit: i % 11 === 0 ? "Other" : "Vision Operations",
    InvoiceCurrencyCode: i % 2 === 0 ? "EUR" : "USD",
  }))
  platform.load({ records: { receivablesInvoices: rows } })
  const fusion = connect(await stageOf(platform), { totalMs: 5_000 })
  const read = (where: readonly { field: string; value: unknown }[]) =>
    all(fusion.read({ object: "Invoice", key: "TransactionNumber", fields: null, where }, anySignal()))
  expect(await read([])).toHaveLength(1_000)
  expect(await read([{ field: "InvoiceCurrencyCode", value: "EUR" }])).toHaveLength(500)
  expect(await read([{ field: "InvoiceCurrencyCode", value: "EUR';BusinessUnit='Other" }])).toEqual([])
  expect(await failureOf(read([{ field: "a;b", value: 1 }]))).toMatchObject({ code: "BAD_NAME" })
  await fusion.close()
})

const refusals: readonly [string, SendRequest, string, string][] = [
  [
    "an attribute that is required",
    { ...invoice("1"), record: { TransactionNumber: "1" } },
    "rejected",
    "FND-2711",
  ],
  ["an upsert where there is none", order("1", "upsert"), "rejected", "NOT_OFFERED"],
  ["a record without its key", { ...order("1"), record: {} }, "rejected", "NO_KEY"],
  ["an update of what is not there", invoice("nobody's", "update"), "rejected", "NOT_FOUND"],
  ["an object nobody described", { ...invoice("1"), object: "Nope" }, "rejected", "NOT_OFFERED"],
]
test.each(refusals)("%s", async (_, request, failure, code) => {
  const fusion = connect(await stageOf(simulatedOracleFusion()))
  const failed = await failureOf(fusion.send(request, call()))
  expect([failed.failure, failed.code]).toEqual([failure, code])
  await fusion.close()
})

describe("faults on the way", () => {
  faultTests({
    platform: () => simulatedOracleFusion(),
    connect,
    send: fusion => fusion.send(invoice("1"), call()),
    read: fusion => all(fusion.read({ ...invoice("1"), where: [] }, anySignal())),
    isBusiness: () => true,
    tokenless: true,
  })
})

describe("each record once, whatever goes wrong", () => {
  const keys = (resource: string, key: string) => (platform: Platform) =>
    ((platform.dump() as { records: Record<string, Record<string, string>[]> }).records[resource] ?? []).map(
      row => String(row[key]),
    )
  test.each([
    [
      "invoices by Upsert-Mode",
      (i: number) => invoice(`I-${i}`),
      keys("receivablesInvoices", "TransactionNumber"),
    ],
    [
      "orders by their triple",
      (i: number) => order(`D-${i}`),
      keys("salesOrdersForOrderHub", "SourceTransactionId"),
    ],
  ] as const)("%s", async (_, request, found) => {
    const kinds = [
      "reset-before",
      "reset-after",
      "reset-inside",
      "too-many",
      "internal-after",
      "bad-gateway",
      "truncated",
      "expired-token",
    ] as const
    expect(
      await endsExactlyOnce(
        { platform: () => simulatedOracleFusion(), connect, request, keys: found, kinds },
        [1, 2, 3, 4, 5, 6, 7, 8],
      ),
    ).toBeGreaterThan(20)
  })
})
