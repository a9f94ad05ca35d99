// What a worker asks of the ledger for an event begins with the event's lane: it is short, and what begins so may share a transaction on PostgreSQL.
import { expect, test } from "vitest"
import { type Claimed, claimLane } from "../../../../runtime/flow/ledger/claim.ts"
import {
  beginEffect,
  type EffectIntent,
  keepFailure,
  keepReceipt,
  receiptOf,
  writeReceipt,
} from "../../../../runtime/flow/ledger/effects.ts"
import { lockLane, type Operation } from "../../../../runtime/flow/ledger/operation.ts"
import { settle } from "../../../../runtime/flow/ledger/settle.ts"
import { keepStep, readStep } from "../../../../runtime/flow/ledger/steps.ts"

const now = "2026-01-01T00:00:00.000Z"
const event = { id: "e", flow: "orders", lane: "l", claim: "c", generation: 0, receivedAt: now } as Claimed
const target = { name: "erp", idempotency: {} }
const intent = { key: "k", name: "post", target } as EffectIntent
const following = { events: [], messages: [] }
const end = { failure: "transient", retryAfterMs: undefined, now: 0, random: 0 } as const
const beside = { target: null, asked: null, following, links: [] }

test.each<readonly [string, Operation<unknown>]>([
  ["a claim", claimLane("orders", "l", ["1"], "c", now)],
  ["an intent", beginEffect(event, intent, false, 0)],
  ["a receipt", keepReceipt(event, intent, "k", "1", following, false, 0)],
  ["a receipt nothing follows from", writeReceipt(event, intent, "k", "1", 0)],
  ["a failure", keepFailure(event, target, "k", false, end)],
  ["a look at a receipt", receiptOf(event, "post")],
  ["a look at a step", readStep(event, "price")],
  ["a step", keepStep(event, "price", "1", beside, now)],
  ["the end of an event", settle(event, { kind: "done", following, because: undefined }, now)],
])("%s", (_, operation) => {
  expect(operation.next([]).value).toEqual(lockLane("orders", "l"))
})
