// The example about billing as a user would keep it: no finding, its tests pass, and the story holds together: what one map gives is
// what the next takes, and every entry it ends in is balanced.
import { readdirSync, readFileSync } from "node:fs"
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
  const { code, comment } = await fmap("test", "--coverage-min", "95")
  expect(comment).toContain("70 passed, 0 failed.")
  expect(code).toBe(0)
})

test("an invoice is posted, and earned month by month", async () => {
  const invoice = await ran("BillInvoice", "samples/invoice.json")
  expect(invoice.records).toEqual([sample("canonical/invoice.json")])
  const posted = await ran("PostInvoice", invoice.file)
  expect(sides(posted.records[0])).toEqual(["1200 1785.00/", "2400 /1500.00", "2200 /285.00"])
  const deferred = await ran("DeferRevenue", invoice.file)
  expect(deferred.records).toEqual([sample("canonical/deferred.json")])
  const credited = await ran(
    "CreditInvoice",
    "--source",
    `note=${join(folder, "samples/credit-note-outside.json")}`,
    "--source",
    `invoice=${invoice.file}`,
  )
  expect(credited.records).toEqual([sample("canonical/credit-note-outside.json")])
  const taken = await ran("PostCredit", credited.file)
  expect(sides(taken.records[0])).toEqual(["2400 500.00/", "2200 95.00/", "1200 /395.00", "1010 /200.00"])
  const earned = await ran("PostRevenue", deferred.file, "--given", "month=2026-02")
  expect(sides(earned.records[0])).toEqual(["4010 /311.11", "4210 /500.00", "2400 311.11/", "2400 500.00/"])
})

test("payments, refunds and payouts move the balance at Stripe", async () => {
  const { records } = await ran("PostBalance", "samples/balance.ndjson")
  expect(records.map(sides)).toEqual([
    ["1050 1732.98/", "6200 52.02/", "1200 /1785.00"],
    ["1050 /119.00", "1200 119.00/"],
    ["1050 /1613.98", "1060 1613.98/"],
    ["1050 10604/", "6200 396/", "1200 /11000"],
  ])
})

test("an extract that does not add up gives nothing", async () => {
  const { code, records, comment } = await ran("PostBalance", "samples/balance-cut.ndjson")
  expect([code, records]).toEqual([3, []])
  expect(comment).toContain("NET_MISMATCH")
})

test("what arrived at the bank is in transit no more", async () => {
  const { code, records } = await ran("PostPayout", "samples/payouts.ndjson")
  expect(code).toBe(3)
  expect(records.map(sides)).toEqual([
    ["1010 1613.98/", "1060 /1613.98"],
    ["1010 10604/", "1060 /10604"],
    ["1010 12.340/", "1060 /12.340"],
    ["1010 /25.00", "1060 25.00/"],
  ])
})

test("rows of a warehouse are read as they are: one payout is settled, and nothing is lost", async () => {
  const { code, records, comment } = await ran(
    "SettlePayout",
    "samples/warehouse/balance_transaction_data.csv",
  )
  expect([code, records]).toEqual([0, sample("canonical/settlements.json")])
  expect(comment).toContain("nothing is lost USD: 204633.4100 and 204633.4100")
})

test("every entry that its tests expect is balanced, to the last coin", () => {
  const entries = readdirSync(join(folder, "samples/entries")).flatMap(
    name => sample(`entries/${name}`) as { readonly lines: readonly Line[] },
  )
  const coins = (side: string | undefined) => BigInt((side ?? "0").replace(".", ""))
  for (const { lines } of entries)
    expect(lines.reduce((sum, line) => sum + coins(line.debit), 0n)).toBe(
      lines.reduce((sum, line) => sum + coins(line.credit), 0n),
    )
})
