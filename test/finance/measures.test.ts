// Booked, billed and recognised are measures of their own: whoever uses the model cannot add them, and cannot put one in another's place.
import { expect, test } from "vitest"
import { compileWithModel } from "./model-project.ts"

const project = (value: string): string => `import { Measure } from "@fmap/finance/common"
import { SalesOrder } from "@fmap/finance/order"
import { Invoice } from "@fmap/finance/invoice"
import { RevenueSchedule } from "@fmap/finance/revenue"

contract Position version 1.0.0 {
  ccy    : currency
  amount : money in ccy of Measure.Booked
}

map ToPosition version 1.0.0
  from order: SalesOrder, invoice: Invoice, revenue: RevenueSchedule
  to   position: Position
{
  check order.currency == invoice.currency and order.currency == revenue.currency else hold TWO_CURRENCIES
  ccy    = order.currency
  amount = ${value}
}
`
const codes = (value: string) =>
  compileWithModel({ "main.fmap": project(value) })
    .diagnostics.map(one => one.code)
    // That the other amounts are not read is another matter.
    .filter(code => /^FM(?:1|2|3|5|64)/u.test(code))

test("a booked amount is a booked amount", () => {
  expect(codes("sum(order.lines.amount)")).toEqual([])
})
test.each([
  ["booked and billed", "sum(order.lines.amount) + sum(invoice.lines.amount)"],
  ["booked and recognised", "sum(order.lines.amount) + sum(revenue.slices.recognised)"],
  ["billed and recognised", "sum(invoice.lines.amount) - sum(revenue.slices.recognised)"],
  ["net and tax", "sum(invoice.taxes.base) + sum(invoice.taxes.tax)"],
])("%s do not add up", (_what, value) => expect(codes(value)).toContain("FM6401"))
test.each([
  ["billed", "sum(invoice.lines.amount)"],
  ["recognised", "sum(revenue.slices.recognised)"],
])("what was %s is not what was booked", (_what, value) => expect(codes(value)).toEqual(["FM6402"]))
