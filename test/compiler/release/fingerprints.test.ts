// What an approval is of. A finding that says the same words of something else, or a larger figure, is another change: nobody agreed to it yet.
import type { RecordedInput } from "@fmap/compiler"
import { expect, test } from "vitest"
import { shop } from "./project.ts"
import { checked, released } from "./releases.ts"

const ids = (check: ReturnType<typeof checked>, rule: string): readonly string[] =>
  check.changes.filter(({ finding }) => finding.rule === rule).map(({ finding }) => finding.fingerprint)
const order = {
  id: "1",
  currency: "EUR",
  region: "EMEA",
  lines: [],
  total: "10.00",
}
const inputs: readonly RecordedInput[] = [{ map: "Book", name: "orders", input: { order } }]
const total = (by: string) => shop.replace("total  = order.total", `total  = order.total ${by}`)
const state = released(shop)

test.each(["M033", "V004"])("%s of a small change is not that of a large one", rule => {
  const [small, again, large] = ["+ order.total", "+ order.total", "+ order.total + order.total"].map(by =>
    ids(checked(total(by), state, { inputs }), rule),
  )
  expect(small).toHaveLength(1)
  expect(again).toEqual(small)
  expect(large).toHaveLength(1)
  expect(large).not.toEqual(small)
})

test("V001 of one change is not that of another", () => {
  const compatible = shop
    .replace("  region   : text(4)\n", "  region   : text(3)\n")
    .replace("of Shop version 1.0.0", "of Shop version 2.0.0")
  const next = released(compatible, state)
  const changed = (length: number) =>
    checked(
      compatible
        .replace("region   : text(3)", `region   : text(${length})`)
        .replace("of Shop version 2.0.0", "of Shop version 2.1.0"),
      next,
    )
  expect(ids(changed(2), "V001")).toHaveLength(1)
  expect(ids(changed(2), "V001")).not.toEqual(ids(changed(1), "V001"))
})

test("contracts of one name in two systems are two", () => {
  const contract = (system: string, length: number) => `system ${system} { kind crm }
contract Order of ${system} version 1.0.0 {
  id   : text(20)  key
  name : text(${length})
}
`
  const both = (length: number) => ({
    "crm.fmap": contract("Crm", length),
    "erp.fmap": contract("Erp", length),
  })
  const found = checked(both(50), released(both(100)))
  for (const rule of ["S013", "V004"]) {
    expect(ids(found, rule)).toHaveLength(2)
    expect(new Set(ids(found, rule)).size).toBe(2)
  }
})
