// What flows do, as data: events, faults, what a person decides. Flows in: nothing. Flows out: cases; what happens stands in golden/.

import type { Decision } from "../../../../runtime/flow/port/engine.ts"
import type { FlowSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import type { Fault } from "./fake-system.ts"
import type { Opportunity } from "./quote-to-order.ts"

export interface FlowCase {
  readonly name: string
  readonly flow: "QuoteToOrder" | "NightlyActuals" | "LineByLine"
  /** What the spec says otherwise. */
  readonly change?: (spec: FlowSpec) => FlowSpec
  readonly events: readonly unknown[]
  readonly faults?: readonly (Fault & { readonly system: string })[]
  /** After everything has settled, one after the other. */
  readonly decisions?: readonly Decision[]
  /** Rows of the ledger of accounts. */
  readonly lines?: readonly { readonly account: string; readonly cents: number }[]
  readonly ignored?: number
  /** The first of them are refused by the plan. */
  readonly refused?: number
  /** Plan systems take a load again as the same. */
  readonly loadsTwice?: boolean
  /** They load by jobs, which can be asked about. */
  readonly byJobs?: boolean
}

const won = (Id: string, more: Partial<Opportunity> = {}): Opportunity => ({
  Id,
  AccountId: "001A",
  StageName: "Closed Won",
  Amount: "1179.50",
  SystemModstamp: "2026-03-31T10:00:00Z",
  ...more,
})
const salesOrder = { system: "NetSuite", on: "send", object: "salesOrder" } as const
const writeBackFails = {
  system: "Salesforce",
  on: "send",
  object: "Opportunity",
  failure: "rejected",
  code: "FIELD_INTEGRITY",
} as const
const lines = [
  { account: "4000", cents: 10_001 },
  { account: "4010", cents: 20_002 },
  { account: "4000", cents: 30_003 },
]

export const cases: readonly FlowCase[] = [
  { name: "an order is booked", flow: "QuoteToOrder", events: [won("006A")] },
  {
    name: "two orders of one customer",
    flow: "QuoteToOrder",
    events: [won("006A"), won("006B", { SystemModstamp: "2026-03-31T11:00:00Z" })],
  },
  { name: "not wanted", flow: "QuoteToOrder", events: [won("006A", { StageName: "Prospecting" })] },
  { name: "left out by a map", flow: "QuoteToOrder", events: [won("006A", { Item: "sample" })] },
  { name: "no account", flow: "QuoteToOrder", events: [won("006A", { AccountId: "001X" })] },
  {
    name: "more digits than a double has",
    flow: "QuoteToOrder",
    events: [won("006A", { Amount: new ExactNumber("1234567890123456.78") })],
  },
  {
    name: "held, then a newer one takes its place",
    flow: "QuoteToOrder",
    change: spec => ({
      ...spec,
      steps: spec.steps.filter(({ name }) => name !== "account" && name !== "customer").map(withoutNeeds),
    }),
    events: [won("006A", { Item: "unknown" }), won("006A", { SystemModstamp: "2026-03-31T12:00:00Z" })],
  },
  {
    name: "held with an effect, and the lane waits",
    flow: "QuoteToOrder",
    events: [won("006A", { Item: "unknown" }), won("006B", { SystemModstamp: "2026-03-31T12:00:00Z" })],
  },
  {
    name: "edited",
    flow: "QuoteToOrder",
    events: [won("006A", { Item: "unknown" })],
    decisions: [{ kind: "edit", payload: won("006A", { Item: "A-7" }) }],
  },
  {
    name: "the map rejects",
    flow: "QuoteToOrder",
    events: [{ ...won("006A"), Amount: undefined }, won("006B", { SystemModstamp: "2026-03-31T12:00:00Z" })],
  },
  {
    name: "the target refuses by a code the flow knows",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...salesOrder, failure: "rejected", code: "INVALID_KEY_OR_REF" }],
  },
  {
    name: "the target refuses by another code",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...salesOrder, failure: "rejected", code: "RCRD_LOCKED" }],
  },
  {
    name: "an answer is lost",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...salesOrder, failure: "in-doubt", done: true }],
  },
  {
    name: "a lost answer of ensure is looked up",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ system: "NetSuite", on: "send", object: "customer", failure: "in-doubt", done: true }],
  },
  {
    name: "as many failures as the step allows",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...salesOrder, failure: "transient", times: 6 }],
  },
  {
    name: "one failure less than the step allows",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...salesOrder, failure: "transient", times: 5 }],
  },
  {
    name: "a read is throttled",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ system: "Salesforce", on: "read", object: "Account", failure: "throttled" }],
  },
  {
    name: "rejected after the order: it is cancelled",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [{ ...writeBackFails, times: 99 }],
  },
  {
    name: "rejected, cancelled, and edited: the order is made anew",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [writeBackFails],
    decisions: [{ kind: "edit", payload: won("006A", { Amount: "1180.00" }) }],
  },
  {
    name: "rejected and cancelled: a retry changes nothing",
    flow: "QuoteToOrder",
    events: [won("006A")],
    faults: [writeBackFails],
    decisions: [{ kind: "retry" }],
  },
  {
    name: "given up after the order: it is cancelled",
    flow: "QuoteToOrder",
    events: [won("006A"), won("006B", { SystemModstamp: "2026-03-31T12:00:00Z" })],
    faults: [{ ...writeBackFails, code: "UNKNOWN", of: "006A", times: 99 }],
    decisions: [{ kind: "skip" }],
  },
  {
    name: "held, and a newer version of another object does not take its place",
    flow: "QuoteToOrder",
    change: spec => ({
      ...spec,
      steps: spec.steps.filter(({ name }) => name !== "account" && name !== "customer").map(withoutNeeds),
    }),
    events: [won("006A", { Item: "unknown" }), won("006B", { SystemModstamp: "2026-03-31T12:00:00Z" })],
  },
  {
    name: "each line",
    flow: "LineByLine",
    events: [
      {
        lines: [
          { sku: "A", quantity: 1 },
          { sku: "B", quantity: 2, gift: true },
          { sku: "C", quantity: 3 },
        ],
      },
      { lines: [], urgent: true },
    ],
    faults: [
      { system: "Warehouse", on: "send", object: "reservation", failure: "in-doubt", done: true, times: 1 },
    ],
  },
  {
    name: "rejected after two lines: both are taken back, the last one first",
    flow: "LineByLine",
    change: spec => ({
      ...spec,
      steps: [
        ...spec.steps.map(step =>
          step.kind === "send"
            ? {
                ...step,
                compensate: {
                  map: "Release",
                  version: "1.0.0",
                  arguments: [{ name: "line", binder: "line" }],
                  set: false,
                },
              }
            : step,
        ),
        {
          kind: "control",
          name: "control 1",
          binder: null,
          needs: ["reserved"],
          conditions: [],
          each: null,
          title: "there is enough money",
          holds: { map: "isUrgent", reads: ["cart"] },
          otherwise: { verb: "reject", code: "NO_MONEY", message: null },
        },
      ],
    }),
    events: [
      {
        lines: [
          { sku: "A", quantity: 1 },
          { sku: "C", quantity: 3 },
        ],
      },
    ],
  },
  { name: "actuals", flow: "NightlyActuals", events: [{ occurrence: "2026-03-01T01:00:00.000Z" }], lines },
  {
    name: "actuals by a target that takes a load again",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines,
    loadsTwice: true,
  },
  {
    name: "actuals by jobs of the target",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines,
    byJobs: true,
    faults: [{ system: "Anaplan", on: "load", object: "accounts", failure: "in-doubt", done: true }],
  },
  {
    name: "actuals again",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }, { occurrence: "2026-03-02T01:00:00.000Z" }],
    lines,
  },
  {
    name: "actuals that do not tie",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines: [...lines, { account: "9999", cents: 5 }],
  },
  {
    name: "actuals some of which were ignored",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines,
    ignored: 1,
  },
  {
    name: "actuals some of which were refused",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines,
    refused: 1,
  },
  {
    name: "actuals of an unknown account",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines: [{ account: "0000", cents: 1 }, ...lines],
  },
  { name: "no actuals", flow: "NightlyActuals", events: [{ occurrence: "2026-04-01T00:00:00.000Z" }], lines },
  {
    name: "a load nobody knows about",
    flow: "NightlyActuals",
    events: [{ occurrence: "2026-03-01T01:00:00.000Z" }],
    lines,
    faults: [{ system: "Anaplan", on: "load", object: "accounts", failure: "in-doubt", done: true }],
    decisions: [
      {
        kind: "settle",
        effect: "members",
        outcome: { kind: "done", receipt: { sent: 2, loaded: 2, ignored: 0, rejected: [] } },
      },
    ],
  },
]

function withoutNeeds(step: FlowSpec["steps"][number]): FlowSpec["steps"][number] {
  if (step.name !== "accepted" || step.kind !== "send")
    return { ...step, needs: step.needs.filter(need => need !== "customer") }
  return { ...step, needs: ["order"], what: { binder: "order" } }
}
