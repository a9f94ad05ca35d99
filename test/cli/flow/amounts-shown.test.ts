// Amounts that came as JSON numbers: the ledger has them without the zeros the number lost, people read them with the digits of their currency.
import { expect, test } from "vitest"
import { planFacts } from "../../../cli/flow/plan-facts.ts"
import { stationsText } from "../../../cli/flow/tell-stations.ts"
import { traceProduct } from "../../../cli/flow/tell-trace.ts"
import { statsText } from "../../../cli/verbs/flow-stats.ts"
import type { FlowSpec, Stats, TracedEvent } from "../../../runtime/flow/index.ts"
import { parseExact } from "../../../runtime/index.ts"
import { planOf } from "../../conformance/plan-of.ts"

const facts = planFacts(
  planOf(`
system Crm {
  wire json(decimal: number)
}
contract Deal of Crm version 1.0.0
  reads
{
  id       : text(18)  key
  currency : currency
  total    : money(18,4) in currency
}
contract Bill version 1.0.0
  reads
{
  id    : text(18)  key
  total : money(18,2) in EUR
}
`),
)
const flowOf = (contract: string): FlowSpec => ({
  name: "Orders",
  version: "1.0.0",
  owner: null,
  trigger: { kind: "call", binder: "told", contract, answer: null },
  when: null,
  lane: null,
  steps: [],
  routes: [],
  slos: [],
})
const amountOf = (contract: string, payload: string) => {
  const read = parseExact(payload)
  return facts.eventAmount(flowOf(contract), "ok" in read ? read.ok : undefined)
}

test.each([
  ["1200.50", "1200.5"],
  ["25600", "25600"],
  ["12345678901234567.10", "12345678901234567.10"],
])("the number %s is kept as %s", (written, value) =>
  expect(amountOf("Deal", `{"id":"006A","currency":"EUR","total":${written}}`)).toEqual({
    value,
    currency: "EUR",
  }),
)

test.each(['"007.50"', '"1,5"', '"1e3"', '"-"', "true"])("a total of %s is no amount, and no failure", text =>
  expect(amountOf("Bill", `{"id":"B-1","total":${text}}`)).toBeUndefined(),
)

const event: TracedEvent = {
  id: "e".repeat(64),
  flow: "Orders",
  version: "1.0.0",
  source: "crm",
  sourceId: "006A",
  lane: "006A",
  laneSeq: 1,
  state: "done",
  because: undefined,
  generation: 0,
  attempts: 0,
  lastFailure: undefined,
  correlationId: "e".repeat(64),
  causationId: undefined,
  amount: "1200.5",
  currency: "EUR",
  receivedAt: "2026-03-31T10:00:00.000Z",
  endedAt: "2026-03-31T10:00:01.000Z",
  payload: {},
  steps: [],
  effects: [
    {
      name: "book",
      generation: 0,
      target: "ERP",
      state: "done",
      place: 0,
      sends: 1,
      failures: 0,
      undoes: undefined,
      firstSentAt: "2026-03-31T10:00:00.500Z",
      doneAt: "2026-03-31T10:00:00.600Z",
      doneBy: undefined,
      amount: "25600",
      currency: "JPY",
      receipt: {},
    },
  ],
  exceptions: [],
  decisions: [],
  messages: [],
}

test("a trace writes amounts as amounts, and for programs as they are", () => {
  const text = traceProduct([event], { format: "text" })
  expect(text).toContain("done, 1200.50 EUR\n")
  expect(text).toContain("effect book at ERP: done, 25600 JPY, 1 sent\n")
  const { events } = JSON.parse(traceProduct([event], { format: "json" }))
  expect([events[0].amount, events[0].effects[0].amount]).toEqual(["1200.5", "25600"])
})

test("so does the way of a business key", () => {
  const text = stationsText("006A", [{ event, because: "names 006A", among: false }], false)
  expect(text).toContain("Orders 1.0.0  done  1200.50 EUR  (names 006A)")
  expect(text).toContain("ERP book: done  25600 JPY")
})

test("and so do sums", () => {
  const stats: Stats = {
    flows: [
      {
        flow: "Orders",
        version: "1.0.0",
        events: { open: 0, done: 2, blocked: 0, parked: 0, skipped: 0, superseded: 0 },
        oldestOpen: undefined,
        amounts: [
          { state: "done", currency: "EUR", value: "25600" },
          { state: "done", currency: "KWD", value: "1.5" },
          { state: "done", currency: "XAU", value: "1.5" },
        ],
        because: [],
      },
    ],
    targets: [
      {
        target: "ERP",
        pausedUntil: undefined,
        pausedBy: undefined,
        failures: 0,
        done: 1,
        inDoubt: 0,
        amounts: [{ currency: "EUR", value: "1200.5" }],
      },
    ],
    exceptions: [],
    outbox: 0,
  }
  expect(statsText(stats, 0).split("\n").slice(1)).toEqual([
    "  done: 25600.00 EUR",
    "  done: 1.500 KWD",
    "  done: 1.5 XAU",
    "",
    "ERP: 1 done",
    "  1200.50 EUR",
    "",
  ])
})
