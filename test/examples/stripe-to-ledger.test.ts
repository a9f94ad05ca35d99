// The example about billing as a user would keep it: no finding, its tests pass, and the story holds together: what one map gives is
// what the next takes, and every entry it ends in is balanced.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { exampleRuns } from "./example-runs.ts"

const { folder, fmap, ran } = exampleRuns("stripe-to-ledger")

type Line = { readonly account: string; readonly debit?: string; readonly credit?: string }

function sides(entry: { readonly lines: readonly Line[] }): readonly string[] {
  return entry.lines.map(line => `${line.account} ${line.debit ?? ""}/${line.credit ?? ""}`)
}

function sample(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, "samples", name), "utf8"))
}

test("there is nothing to find in it", async () => {
  expect(await fmap("check")).toMatchObject({ code: 0, out: "" })
})

test("its tests pass, and reach most of what its maps can do", async () => {
  const { code, comment } = await fmap("test", "--coverage-min", "82")
  expect(comment).toContain("30 passed, 0 failed.")
  expect(code).toBe(0)
})

test("an invoice is posted, and earned month by month", async () => {
  const invoice = await ran("BillInvoice", "samples/invoice.json")
  expect(invoice.records).toEqual([sample("canonical/invoice.json")])
  const posted = await ran("PostInvoice", invoice.file)
  expect(sides(posted.records[0])).toEqual(["1200 1785.00/", "2400 /1500.00", "2200 /285.00"])
  const deferred = await ran("DeferRevenue", invoice.file)
  expect(deferred.records).toEqual([sample("canonical/deferred.json")])
  const earned = await ran("PostRevenue", deferred.file, "--given", "month=2026-02")
  expect(sides(earned.records[0])).toEqual(["4010 /311.11", "4210 /500.00", "2400 311.11/", "2400 500.00/"])
})

test("payments, refunds and payouts move the balance at Stripe", async () => {
  const { records } = await ran("PostBalance", "samples/balance.ndjson")
  expect(records.map(sides)).toEqual([
    ["1050 1732.98/", "6200 52.02/", "1200 /1785.00"],
    ["1050 /119.00", "1200 119.00/"],
    ["1050 /1613.98", "1010 1613.98/"],
    ["1050 10604/", "6200 396/", "1200 /11000"],
  ])
})

test("an extract that does not add up gives nothing", async () => {
  const { code, records, comment } = await ran("PostBalance", "samples/balance-cut.ndjson")
  expect([code, records]).toEqual([3, []])
  expect(comment).toContain("NET_MISMATCH")
})
