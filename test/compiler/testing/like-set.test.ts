// `like file` over what comes out of a set: records in their order, what differs named by record and place; counts of every outcome.
import { runTests } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const text = (expectation: string) => `
record Part { id : text(9), net : money(9,2) in EUR }
contract Row version 1.0.0 { account : text(9), amount : money(9,2) in EUR, parts : Part[] }
contract Fact version 1.0.0 { account : text(9), amount : money(18,2) in EUR, parts : Part[] }
map Facts version 1.0.0
  from each r: Row
  to   f: Fact
{
  account = match r.account {
    "held"    -> hold HELD
    "bad"     -> reject BAD
    "dropped" -> skip row DROPPED
    otherwise -> r.account
  }
  amount = r.amount
  parts  = each r.parts as p { id = p.id, net = p.net }
}
test "t" of Facts {
  given r = [
    { account = "a", amount = 1, parts = [{ id = "1", net = 1 }] },
    { account = "held", amount = 1, parts = [] },
    { account = "bad", amount = 1, parts = [] },
    { account = "dropped", amount = 1, parts = [] },
    { account = "b", amount = 2.50, parts = [{ id = "2", net = 2.50 }, { id = "3", net = 0 }] },
  ]
  expect held == 1, rejected == 1, dropped == 1
  ${expectation}
}`
const records = (changes: readonly [number, object][] = []) =>
  JSON.stringify(
    [
      { account: "a", amount: "1.00", parts: [{ id: "1", net: "1.00" }] },
      {
        account: "b",
        amount: "2.50",
        parts: [
          { id: "2", net: "2.50" },
          { id: "3", net: "0.00" },
        ],
      },
    ].map((record, i) => ({ ...record, ...changes.find(([at]) => at === i)?.[1] })),
  )
function failures(expectation: string, file: string): readonly string[] {
  const plan = planOf(text(expectation), { "expected.json": file })
  return runTests(plan, () => JSON.parse(file)).flatMap(report =>
    report.failures.map(({ message }) => message),
  )
}

test("the same records in the same order", () => {
  expect(failures('expect like file "expected.json"', records())).toEqual([])
})
test("each difference names its record and its place, and money says how far it is apart", () => {
  const changed = records([
    [0, { account: "x" }],
    [
      1,
      {
        amount: "2.51",
        parts: [
          { id: "2", net: "2.50" },
          { id: "9", net: "0.00" },
        ],
      },
    ],
  ])
  expect(failures('expect like file "expected.json"', changed)).toMatchInlineSnapshot(`
    [
      "out[0]: expected "x", was "a" at /account",
      "out[1]: expected 2.51 EUR, was 2.50 EUR (0.01 less) at /amount",
      "out[1]: expected "9", was "3" at /parts/1/id",
    ]
  `)
})
test("fields are ignored in all records, and in all rows of their lists", () => {
  const changed = records([
    [0, { parts: [{ id: "x", net: "1.00" }] }],
    [
      1,
      {
        amount: "2.51",
        parts: [
          { id: "y", net: "2.50" },
          { id: "z", net: "0.00" },
        ],
      },
    ],
  ])
  expect(failures('expect like file "expected.json" ignoring amount, parts.id', changed)).toEqual([])
})
test("another number of records, or no list of them", () => {
  expect(failures('expect like file "expected.json"', "[]")).toEqual([
    "expected 0 records as in expected.json, and 2 came out",
  ])
  expect(failures('expect like file "expected.json"', "{}")).toEqual(["expected.json is no list of records"])
})
test("a count that is not met", () => {
  expect(failures("expect out == 3, held == 1", records())).toEqual(["expected 3 rows out, were 2"])
})
