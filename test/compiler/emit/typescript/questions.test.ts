// Questions of flows in emitted code: found by their names in the Plan, and the same answers as the interpreter's.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, interpreter, memoryHost } from "@fmap/compiler"
import { afterAll, describe, expect, test } from "vitest"
import { type EmittedFunction, emittedModules } from "../../differential/emitted-modules.ts"

const modules = emittedModules()
afterAll(modules.remove)

const opp = {
  Id: "006A",
  AccountId: "001A",
  StageName: "Closed Won",
  CurrencyIsoCode: "EUR",
  Amount: "1200.00",
  SystemModstamp: "2026-03-31T09:00:00Z",
}
const row = { id: "1", period: "2026-03", account: "4000", currency: "EUR", amount: "60.00" }
const fact = { version: "Actual", period: "2026-03", account: "4000", currency: "EUR", amount: "60.00" }

const scopes: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "flow-quote-to-order": [
    { opp, accepted: { id: "1", tranId: "SO-1" } },
    { opp: { ...opp, StageName: "Prospecting" }, accepted: { id: "1" } },
    { opp: { ...opp, Amount: "-1.00", SystemModstamp: "soon" }, accepted: { id: 1 } },
    { opp: { ...opp, Amount: "123456789012345.67", AccountId: "" }, accepted: {} },
    {},
  ],
  "flow-nightly-actuals": [
    { night: "2026-03-31T00:00:00Z", rows: [row], facts: [fact] },
    { night: "2040-01-01T00:00:00Z", rows: [row, row], facts: [fact] },
    { night: "now", rows: [], facts: [] },
    {
      night: "2026-03-31T22:30:00Z",
      rows: [{ ...row, amount: "1e3" }],
      facts: [{ ...fact, currency: "XXX" }],
    },
  ],
}

describe.each(Object.entries(scopes))("%s", (name, given) => {
  const file = join(import.meta.dirname, "../../../../specs/conformance/language", name, "main.fmap")
  const { plan } = analyse(memoryHost(new Map([["main.fmap", readFileSync(file, "utf8")]])), ["main.fmap"])
  if (plan === null) throw new Error("the case compiles")
  const exported = modules.load(plan, name)
  const run = interpreter(plan)
  const [flow] = plan.flows ?? []
  const table = exported.get(`${flow?.name.charAt(0).toLowerCase()}${flow?.name.slice(1)}Questions`)
  const questions = new Map(Object.entries(table as object)) as ReadonlyMap<string, EmittedFunction>

  test("all of them are there", () => {
    expect([...questions.keys()]).toEqual(plan.questions?.map(question => question.name))
  })
  test.each(plan.questions?.map(question => [question.name] as const) ?? [])("%s", question => {
    for (const scope of given) expect(questions.get(question)?.({ scope })).toEqual(run(question, { scope }))
  })
})
