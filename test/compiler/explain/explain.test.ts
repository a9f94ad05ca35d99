// What `fmap explain` says of single values: the tree is read as indented text.
import { type Explanation, explainValue, formatExplanation, type Plan } from "@fmap/compiler"
import { type Crosswalk, crosswalkKey, crosswalkOf } from "@fmap/runtime"
import { describe, expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const text = `
record Row { id : text(9), qty : decimal(9,2), price : money(9,2) in EUR }
contract In version 1.0.0 { kind : text(9), note? : text(20) pii, rows : Row[] }
record Line { id : text(9), amount : money(18,2) in EUR }
contract Out version 1.0.0 { kind : text(9), label? : text(40), long : bool, terms? : text(9), lines : Line[], total : money(18,2) in EUR }
crosswalk Kind(code: text(9)) -> text(9) version 2.0.0 { "a" -> "alpha" }
crosswalk Terms(code: text(9)) -> text(9) version 3.1.0 from csv "terms.csv" (code: "code", value: "terms")
map M version 1.0.0
  from  i: In
  given asOf: date
  to    o: Out
{
  let code = match { asOf > 2026-01-01 -> i.kind, otherwise -> "old" }
  kind  = Kind(code) else hold NO_SUCH_KIND "no kind {code}"
  label = i.note
  long  = (i.note else "") == "a long one"
  terms = Terms(i.kind)
  lines = each i.rows as r where r.qty > 0 sort by r.id descending {
    id     = r.id
    amount = round(r.qty * r.price / 3, minor, half_up)
  }
  total = sum(lines.amount)
}`
const plan: Plan = planOf(text, { "terms.csv": "code,terms\na,net30\n" })
const Terms: Crosswalk = crosswalkOf("Terms", [[crosswalkKey(["a"]), "net30"]])
const input = {
  asOf: "2026-03-31",
  i: {
    kind: "a",
    note: "Ada Lovelace",
    rows: [
      { id: "1", qty: "0.00", price: "1.00" },
      { id: "2", qty: "2.00", price: "10.00" },
      { id: "3", qty: "1.00", price: "5.00" },
    ],
  },
}
const explained = (pointer: string, change: object = {}): Explanation =>
  explainValue({
    plan,
    map: "M",
    input: { ...input, ...change },
    reference: { Terms },
    pointer,
    textOf: path => (path === "main.fmap" ? text : undefined),
  })!
/** Without positions. */
const tree = (pointer: string, change: object = {}) =>
  formatExplanation(explained(pointer, change))
    .replace(/ {2,}main\.fmap:\d+:\d+$/gmu, "")
    .replace(/(?<=\S) {2,}/gu, " | ")
    .trimEnd()

test("a rounding: before and after, down to the rows of the payload; rows are those of the source", () => {
  expect(tree("/lines/1/amount")).toMatchInlineSnapshot(`
    "/lines/1/amount of M 1.0.0, done: 6.67 EUR
      round(r.qty * r.price / 3, minor, half_up) | 6.67 | half_up of 6.666666666667…
        r.qty * r.price / 3 | 6.666666666667…
          r.qty * r.price | 20
            r.qty | 2 | i /rows/1/qty
            r.price | 10 | i /rows/1/price
      rounded 6.666666666667… to 6.67, half_up"
  `)
  expect(explained("/lines/1/amount")).toMatchObject({
    value: "6.67 EUR",
    roundings: [{ before: "6.666666666667…", after: "6.67", mode: "half_up", digits: 2 }],
    sources: [
      { root: "i", pointer: "/rows/1/qty", value: "2" },
      { root: "i", pointer: "/rows/1/price", value: "10" },
    ],
  })
})
test("a sum names the fields it adds", () =>
  expect(tree("/total")).toMatchInlineSnapshot(`
    "/total of M 1.0.0, done: 8.34 EUR
      sum(lines.amount) | 8.34
        lines | 2 rows | the field /lines
        lines.amount | 1.67 | the field /lines/0/amount
        lines.amount | 6.67 | the field /lines/1/amount"
  `))
test("a list: rows left out say why", () =>
  expect(tree("/lines")).toMatchInlineSnapshot(`
    "/lines of M 1.0.0, done: a list
      each i.rows as r where r.qty > 0 sort by r.id descending { id = r.id am… | 2 rows
        i.rows | 3 rows | i /rows
        r.qty > 0 | false | row left out
          r.qty | 0 | i /rows/0/qty
        /lines/0 | a record
        /lines/1 | a record"
  `))
test("an inline crosswalk: the line of its row; a let and the arm that was taken", () =>
  expect(tree("/kind")).toMatchInlineSnapshot(`
    "/kind of M 1.0.0, done: "alpha"
      Kind(code) else hold NO_SUCH_KIND "no kind {code}" | "alpha"
        Kind(code) | "alpha" | a row of Kind 2.0.0, main.fmap:6:58
          code | "a"
            match { asOf > 2026-01-01 -> i.kind, otherwise -> "old" } | "a" | the arm main.fmap:13:22
              asOf > 2026-01-01 | true
                asOf | "2026-03-31" | asOf
              i.kind | "a" | i /kind"
  `))
test("a crosswalk from outside: its version and snapshot", () => {
  expect(explained("/terms").crosswalks).toEqual([
    {
      crosswalk: "Terms",
      version: "3.1.0",
      keys: ["a"],
      day: null,
      found: true,
      snapshot: Terms.snapshot,
      row: null,
      at: "main.fmap:7:11",
    },
  ])
})
test("personal data is never shown, nor what is made of it; whether it is equal is", () => {
  for (const pointer of ["/label", "/long", ""])
    expect(JSON.stringify(explained(pointer))).not.toContain("Ada")
  expect(explained("/label").value).toBe("•••")
  expect(explained("/long").value).toBe("false")
})
test("a held record: the way out, its code, and what led there", () => {
  const held = explained("/kind", { i: { ...input.i, kind: "zz" } })
  expect(held).toMatchObject({
    status: "held",
    value: "nothing",
    issues: [{ severity: "hold", code: "NO_SUCH_KIND", message: "no kind zz", place: "o /kind" }],
    crosswalks: [{ crosswalk: "Kind", found: false, keys: ["zz"] }],
  })
  expect(tree("/kind", { i: { ...input.i, kind: "zz" } })).toContain("hold NO_SUCH_KIND")
})
describe("places", () => {
  test("the whole result names its fields", () => {
    expect(explained("").tree?.parts.map(part => part.text)).toEqual([
      "kind",
      "label",
      "long",
      "terms",
      "lines",
      "total",
    ])
  })
  test.each(["/nowhere", "/lines/x", "/kind/a", "lines", "/lines/01"])("%s is none", pointer => {
    expect(
      explainValue({ plan, map: "M", input, reference: { Terms }, pointer, textOf: () => undefined }),
    ).toBe(null)
  })
  test("a row beyond the last has no value", () => expect(explained("/lines/7/id").value).toBe("nothing"))
})
test("without the text of the map there are still positions", () => {
  const bare = explainValue({
    plan,
    map: "M",
    input,
    reference: { Terms },
    pointer: "/total",
    textOf: () => undefined,
  })
  expect(bare?.tree).toMatchObject({ text: "", at: expect.stringMatching(/^main\.fmap:\d+:\d+$/u) })
})

test("a share: what was divided, by which weights, to whom the remainder went", () => {
  const sharing = `
contract In version 1.0.0 { discount : money(9,2) in EUR, rows : Row[] }
record Row { id : text(9), price : money(9,2) in EUR }
record Line { id : text(9), amount : money(9,2) in EUR, discount : money(9,2) in EUR }
contract Out version 1.0.0 { lines : Line[], total : money(18,2) in EUR }
map M version 1.0.0
  from i: In
  to   o: Out
{
  lines = each i.rows as r {
    id       = r.id
    amount   = r.price
    discount = share of i.discount by amount remainder to largest_fraction else hold BAD_WEIGHTS
  }
  total = sum(lines.discount)
}`
  const rows = [
    { id: "1", price: "20.00" },
    { id: "2", price: "10.00" },
  ]
  const ask = (pointer: string) =>
    explainValue({
      plan: planOf(sharing),
      map: "M",
      input: { i: { discount: "100.00", rows } },
      reference: {},
      pointer,
      textOf: () => sharing,
    })
  expect(ask("/lines/0/discount")).toMatchObject({
    value: "66.67 EUR",
    allocations: [
      { total: "100.00", weight: "20.00", weights: "30.00", share: "66.67", rule: "largest_fraction" },
    ],
    sources: [{ pointer: "/discount", value: "100" }],
  })
  expect(ask("/lines/1/discount")).toMatchObject({ value: "33.33 EUR" })
  expect(ask("/total")?.tree?.parts.map(part => part.note)).toEqual([
    "the field /lines",
    "the field /lines/0/discount",
    "the field /lines/1/discount",
  ])
})
