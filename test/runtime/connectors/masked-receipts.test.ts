// Receipts are kept: what a platform repeats in them of a secret is not. Everything else stays as it was, digit for digit.
import { expect, test } from "vitest"
import type { Connector, Receipt } from "../../../runtime/connectors/port/connector.ts"
import { createMask } from "../../../runtime/connectors/secrets/mask-values.ts"
import { maskedReceipts } from "../../../runtime/connectors/secrets/masked-receipts.ts"
import { ExactNumber } from "../../../runtime/index.ts"

const secret = 'pass"word-1234'
const request = { object: "O", key: "id", fields: null, verb: "create", record: {} } as const
const call = { key: "k", sendKey: false, signal: new AbortController().signal }

function answering(answer: Receipt["answer"]): Connector {
  const receipt: Receipt = { answer, outcome: "created" }
  const inner: Connector = {
    system: "Erp",
    idempotency: () => ({}),
    async *read() {},
    send: async () => receipt,
    find: async () => receipt,
    close: async () => undefined,
  }
  const { hide, mask } = createMask()
  hide(secret)
  return maskedReceipts(inner, { mask })
}

test.each([
  ["as it is", { note: `sent ${secret}` }, { note: "sent •••" }],
  ["deep down", { a: [{ b: secret }] }, { a: [{ b: "•••" }] }],
  ["in base64", { note: Buffer.from(secret).toString("base64") }, { note: "•••" }],
])("%s", async (_, answer, kept) => {
  const connector = answering(answer)
  expect((await connector.send(request, call)).answer).toEqual(kept)
  expect((await connector.find(request, call.signal))?.answer).toEqual(kept)
})

test("a receipt without one is the same value, and amounts beside one keep their digits", async () => {
  const answer = { total: new ExactNumber("12345678901234567.890"), id: "1" }
  expect((await answering(answer).send(request, call)).answer).toBe(answer)
  const both = { total: new ExactNumber("12345678901234567.890"), note: secret }
  const kept = (await answering(both).send(request, call)).answer
  expect(kept["total"]).toEqual(new ExactNumber("12345678901234567.890"))
  expect(kept["note"]).toBe("•••")
})

test("a platform that takes no loads takes none behind it", () => {
  expect(answering({}).load).toBe(undefined)
})
