// The questions of a flow, asked of the interpreter: the same file that `fmap compile` puts into the Plan.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, type FlowMaps, flowMaps, memoryHost, type Plan } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

function planOf(name: string): Plan {
  const file = join(import.meta.dirname, "../../../specs/conformance/language", name, "main.fmap")
  const { plan } = analyse(memoryHost(new Map([["main.fmap", readFileSync(file, "utf8")]])), ["main.fmap"])
  if (plan === null) throw new Error("the case compiles")
  return plan
}
const compiled = (name: string): FlowMaps => flowMaps(planOf(name))

const plan = planOf("flow-quote-to-order")
const maps = flowMaps(plan)
const [flow] = plan.flows ?? []

const opp = {
  Id: "006A",
  AccountId: "001A",
  StageName: "Closed Won",
  CurrencyIsoCode: "EUR",
  Amount: "1200.00",
  SystemModstamp: "2026-03-31T09:00:00Z",
}

describe("questions of a flow", () => {
  test("say whether the event is wanted", () => {
    expect(maps.ask("QuoteToOrder.when", { opp })).toMatchObject({ kind: "done", value: { value: true } })
    expect(maps.ask("QuoteToOrder.when", { opp: { ...opp, StageName: "Prospecting" } })).toMatchObject({
      kind: "done",
      value: { value: false },
    })
  })
  test("give the lane and the version that orders it", () => {
    expect(maps.ask("QuoteToOrder.lane", { opp })).toMatchObject({ value: { value: "001A" } })
    expect(maps.ask("QuoteToOrder.newest", { opp })).toMatchObject({
      value: { value: "2026-03-31T09:00:00Z" },
    })
  })
  test("read what a step gave, and leave by their own code where it is missing", () => {
    const ask = (accepted: object) => maps.ask("QuoteToOrder.publish1.erpNumber", { accepted })
    expect(ask({ id: "7", tranId: "SO-7" })).toMatchObject({ kind: "done", value: { value: "SO-7" } })
    expect(ask({ id: "7" })).toMatchObject({ kind: "held", issues: [{ code: "NO_NUMBER" }] })
  })
  test("read only what they need: a broken field elsewhere is no matter", () => {
    const broken = { ...opp, Amount: "much" }
    expect(maps.ask("QuoteToOrder.lane", { opp: broken })).toMatchObject({ kind: "done" })
    expect(maps.ask("QuoteToOrder.when", { opp: broken })).toMatchObject({ kind: "rejected" })
  })
  test("of messages show nothing personal", () => {
    const { otherwise } = flow?.steps.find(step => step.kind === "read") ?? { otherwise: null }
    expect(otherwise?.message?.map).toBe("QuoteToOrder.account.NO_ACCOUNT")
    expect(maps.ask("QuoteToOrder.account.NO_ACCOUNT", { opp })).toMatchObject({
      value: { value: "no account 001A" },
    })
  })
})

describe("maps of a flow", () => {
  test("take binders as they are and give records in wire form, with their key", () => {
    const order = maps.call("BookOrder", { opp })
    expect(order).toEqual({ kind: "done", value: { number: "SF-006A", ccy: "EUR", total: "1200.00" } })
    const value = order.kind === "done" ? order.value : null
    expect(maps.call("OrderToNetSuite", { order: value, ref: { id: "42" } })).toEqual({
      kind: "done",
      key: "SF-006A",
      value: { externalId: "SF-006A", customer: "42", total: "1200.00", currency: "EUR" },
    })
  })
  test("stop with all issues", () => {
    expect(maps.call("BookOrder", { opp: { ...opp, Amount: "0" } })).toMatchObject({
      kind: "held",
      issues: [{ code: "UNKNOWN_ITEM" }],
    })
  })
})

describe("a flow over rows", () => {
  const night = compiled("flow-nightly-actuals")
  const row = { id: "1", period: "2026-03", account: "4000", currency: "EUR", amount: "60.00" }
  const rows = [
    row,
    { ...row, id: "2", amount: "40.00" },
    { ...row, id: "3", currency: "USD", amount: "5.00" },
  ]
  const fact = { version: "Actual", period: "2026-03", account: "4000" }
  const facts = [
    { ...fact, currency: "EUR", amount: "100.00" },
    { ...fact, currency: "USD", amount: "5.00" },
  ]

  test("computes what is read by from the occurrence, and holds where there is none", () => {
    const ask = (at: string) => night.ask("NightlyActuals.rows.period", { night: at })
    expect(ask("2026-03-31T00:00:00Z")).toMatchObject({ kind: "done", value: { value: "2026-03" } })
    // Two hours later it is April there.
    expect(ask("2026-03-31T22:30:00Z")).toMatchObject({ kind: "done", value: { value: "2026-04" } })
    expect(ask("2040-01-01T00:00:00Z")).toMatchObject({ kind: "held", issues: [{ code: "NO_PERIOD" }] })
  })
  test("gives the list of a map over rows, collected", () => {
    expect(night.call("Actuals", { row: rows })).toEqual({ kind: "done", value: facts })
  })
  test("is stopped by one row that is", () => {
    const answer = night.call("Actuals", { row: [...rows, { ...row, amount: "x" }] })
    expect(answer).toMatchObject({ kind: "rejected" })
  })
  test("says of which row, by its number and by its key where all may see it", () => {
    const rowsIn = (answer: ReturnType<FlowMaps["call"]>) =>
      answer.kind === "done" ? [] : answer.issues.map(one => one.row)
    const bad = { ...row, amount: "x" }
    expect(rowsIn(night.call("Actuals", { row: [bad, ...rows, bad] }))).toEqual([
      { number: 1, key: row.id },
      { number: rows.length + 2, key: row.id },
      undefined,
    ])
  })
  test("controls its totals for each key", () => {
    expect(night.ask("NightlyActuals.control1", { rows, facts })).toMatchObject({
      kind: "done",
      value: { value: true },
    })
    const short = [{ ...fact, currency: "EUR", amount: "99.99" }, facts[1]]
    expect(night.ask("NightlyActuals.control1", { rows, facts: short })).toMatchObject({
      kind: "held",
      issues: [{ code: "LEDGER_MISMATCH" }],
    })
  })
})
