// The long example as a user would keep it: no finding, its tests pass and name every code an author wrote, and the story holds together: what one
// map gives is what the next takes, from a deal to two orders and from the lines of a ledger to the cells of a plan.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { exampleRuns } from "./example-runs.ts"

const { folder, fmap, ran } = exampleRuns("closed-won-to-forecast")

test("there is nothing to find in it", async () => {
  expect(await fmap("check")).toMatchObject({ code: 0, out: "" })
})

test("its tests pass, and reach what its maps can do", async () => {
  const { code, comment } = await fmap("test", "--coverage-min", "85")
  expect(comment).toContain("56 passed, 0 failed.")
  expect(code).toBe(0)
})

test("codes without a test are those no payload of the story can give", async () => {
  const { out } = await fmap("test", "--coverage-codes", "--reporter", "json")
  const { unprovedCodes } = JSON.parse(out) as {
    unprovedCodes: readonly { map: string; code: string; origin: string }[]
  }
  // The rest are rules of the canonical model, whose own tests break each of them.
  const own = unprovedCodes.filter(one => one.origin === "map").map(one => `${one.map} ${one.code}`)
  expect(own).toEqual([
    "NetSuiteActuals OUTSIDE_CALENDAR",
    "SapActuals INCOMPLETE_GROUP",
    "SapActuals LEDGER_MISMATCH",
    "OrderToNetSuite CURRENCY_LISTS_DISAGREE",
    "OrderToNetSuite UNKNOWN_CURRENCY_ID",
    "OrderToSap ZERO_QUANTITY",
  ])
})

describe("a deal", () => {
  test("becomes an order, and the order the bodies of two calls", async () => {
    const order = await ran(
      "BookOpportunity",
      ...["--source", "opp=samples/salesforce/opportunity.json"],
      ...["--source", "account=samples/salesforce/account.json"],
    )
    expect(order.records[0]).toMatchObject({ orderNumber: "SF-0061x00000Won01AAA", total: "48633.30" })
    const netSuite = await ran("OrderToNetSuite", order.file)
    expect(netSuite.records[0]).toMatchObject({ currency: { id: "4" }, subsidiary: { id: "6" } })
    const sap = await ran("OrderToSap", order.file)
    expect(sap.records[0]).toMatchObject({
      SoldToParty: "0000010362",
      SalesOrderDate: "/Date(1774569600000)/",
    })
    const [first] = sap.records[0].to_Item.results
    expect(first.to_PricingElement.results[0]).toMatchObject({
      ConditionRateValue: "1852500.000000000",
      ConditionQuantity: "100",
    })
  })
})

describe("a month of the ledger", () => {
  test("becomes cells of the plan, and ties out", async () => {
    const actuals = await ran(
      "NetSuiteActuals",
      ...["--source", "line=samples/netsuite/gl-lines.ndjson"],
      ...["--source", "chart=samples/netsuite/accounts.json"],
    )
    expect(actuals.comment).toContain("15 rows: 14 out in 10 records, 0 held, 0 rejected, 1 dropped")
    const facts = await ran("TranslateActuals", actuals.file, "--given", "planVersion=Actual")
    const rows = await ran("FactToAnaplan", facts.file, "--output-format", "ndjson")
    expect(rows.code).toBe(0)
    expect(rows.records.map(row => `${row.Account} ${row["Cost Center"]} ${row.Time} ${row.Amount}`)).toEqual(
      [
        "RECEIVABLES none Mar 26 61501.74", // 56,683.63 at 1.0850
        "REV-PRODUCT none Mar 26 49578.43", // 45,948.50 at 1.0790
        "REV-SERVICE none Mar 26 1817.90", // 1,684.80 at 1.0790
        "PAYABLES none Mar 26 9819.61", // 9,050.33 at 1.0850
        "SALARIES 10 Mar 26 19691.75", // 18,250.00 at 1.0790
        "SALARIES 5 Mar 26 9841.07", // 9,120.55 at 1.0790
        "CASH none Mar 26 -29697.05", // -27,370.55 at 1.0850
        "CASH none Mar 26 65024.51", // 51,200.40 at 1.2700
        "CAPITAL none Mar 26 66255.00", // 50,000.00 at 1.3251
        "REV-PRODUCT none Mar 26 1513.70", // 1,200.40 at 1.2610
      ],
    )
  })

  test("that was cut gives nothing at all", async () => {
    const cut = await ran(
      "NetSuiteActuals",
      ...["--source", "line=samples/netsuite/gl-lines-cut.ndjson"],
      ...["--source", "chart=samples/netsuite/accounts.json"],
    )
    expect([cut.code, cut.records]).toEqual([3, []])
    expect(cut.comment).toContain("OUT_OF_BALANCE")
  })
})

test("its README says which maps there are", () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8")
  for (const map of ["ChangeBooking", "SapActuals", "MembersToAnaplan", "ReconcileAdaptive"])
    expect(readme).toContain(map)
})
