// Page data of the example and of one map with a bit of everything: goldens, and what single sentences say. `npx vitest run test/compiler/docs
// -u` accepts what changed.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { analyse, type MapPage, plainWords } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { describe, expect, test } from "vitest"
import { pathsIn } from "../../../compiler/docs/pages/paths.ts"
import { filesOf, siteOf, siteOfPlan } from "../../cli/docs/site-of.ts"

const example = fileURLToPath(new URL("../../../examples/closed-won/", import.meta.url))
const golden = (name: string) => fileURLToPath(new URL(`./goldens/${name}`, import.meta.url))

describe("the example", () => {
  const { plan } = analyse(nodeHost(example), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"])
  const site = siteOfPlan(plan!, path => readFileSync(join(example, path), "utf8"))
  const files = filesOf(site)
  test.each(["maps/BookOrder.md", "maps/BookOrder.csv", "contracts/NetSuiteSalesOrder.csv"])(
    "%s",
    async path => {
      await expect(files.get(path)).toMatchFileSnapshot(golden(path.replace("/", "-")))
    },
  )
  test("its front page", async () => {
    await expect(json(site.index)).toMatchFileSnapshot(golden("example-index.json"))
  })
  test("its pictures", async () => {
    const { picture } = site
    await expect(json({ flow: picture, map: site.maps[1]?.picture })).toMatchFileSnapshot(
      golden("example-pictures.json"),
    )
  })
})

const contracts = `
/// The shop.
system Shop { kind crm, owner "Sales" }
calendar Corp { year starts April 1, year named by start, months, from 2025 until 2026 }
enum Kind { Sale, Return }
record Line(ccy: currency) { sku : text(9), quantity : decimal(9,2), price : money(9,2) in ccy }
contract In of Shop version 2.0.0
  owner "Shop Team"
{
  id : text(9)  key
  placed : date
  kind : Kind
  ccy : currency
  note? : text(200)  pii
  fee? : money(9,2) in ccy
  lines : Line(ccy)[1..]
  check placed >= 2020-01-01 else reject TOO_OLD "placed on {placed}"
}
record Row(ccy: currency) { number : int, item : text(9), amount : money in ccy, fee : money in ccy }
contract Out version 1.0.0 {
  id : text(12)  key
  period : period in Corp
  sign : int
  currency : currency
  note? : text(20)
  memo? : text(20)
  rows : Row(currency)[1..]
  total : money in currency
}
crosswalk Items(sku: text(9)) -> text(9) version 1.2.0
  owner "Product"
  unmapped hold NO_ITEM "no item for {sku}"
{
  "a" -> "A"
  "b" -> "B"
}
`
const text = `${contracts}
/// Books an order.
map Book version 1.0.0
  from i: In
  to   o: Out
  owner "Finance"
  per "POL-1"
{
  key id = "O-{i.id}" on replay same skip, changed reject
  let kind = i.kind
  period = period of i.placed in Corp else hold NO_PERIOD
  sign = match kind { Sale -> 1, Return -> -1 }
  currency = i.ccy
  note = truncate((i.note else "-"), 20)
  rows = each i.lines as line where line.quantity > 0 sort by line.sku {
    number = position
    item = Items(line.sku)
    amount = round(line.quantity * line.price, minor, half_up)
    fee = share of (i.fee else 0) by amount remainder to last else reject NO_WEIGHT
  } else reject NO_ROWS "nothing was sold"
  total = sum(rows.amount) + sum(rows.fee)
  control "not negative" total >= 0 else hold NEGATIVE
  leave memo because "nobody reads it"
}
test "one line" of Book {
  given i = { id = "1", placed = 2025-05-05, kind = "Sale", ccy = "EUR", lines = [{ sku = "a", quantity = 2, price = 1.50 }] }
  expect total == 3.00, period == "2025-02"
}
`
const people = {
  columns: ["nr", "name", "team", "active"],
  rows: [
    ["a", "Ada", "x", "true"],
    ["b", "Bob", "y", "false"],
  ],
} as const

const rules: readonly (readonly [string, string])[] = [
  ["id", 'The text "O-{i.id}".'],
  ["kind", "Copied from i.kind."],
  ["period", "The period of i.placed in Corp."],
  ["sign", 'By kind. | "Sale": 1 | "Return": -1'],
  ["note", '(i.note, or "-" where it is missing), cut after 20 characters.'],
  [
    "rows[]",
    "One row for each row of i.lines (line) where line.quantity is more than 0, in order of line.sku.",
  ],
  ["rows[].number", "The number of the row."],
  ["rows[].item", "Looked up in Items by line.sku."],
  [
    "rows[].amount",
    "line.quantity × line.price, rounded to the minor units of i.ccy, halves away from zero.",
  ],
  ["total", "(the sum of rows.amount) + (the sum of rows.fee)."],
  ["NEGATIVE", "total is at least 0."],
]

describe("a map with a bit of everything", () => {
  const site = siteOf(text)
  const [sheet] = site.maps
  test("all its page data", async () => {
    await expect(json(site)).toMatchFileSnapshot(golden("everything.json"))
  })
  test.each(rules)("%s: %s", (path, rule) => expect(ruleAt(sheet!, path)).toBe(rule))
  test("who acts on a code: the sender of a record, the keeper of a table, else the owner", () => {
    const acts = Object.fromEntries(sheet!.codes.rows.map(({ code, acts }) => [code, acts.split(":")[0]]))
    expect(acts).toMatchObject({
      TOO_OLD: "Shop Team",
      NO_ITEM: "Product",
      NO_PERIOD: "Finance",
      NEGATIVE: "Finance",
    })
  })
  test("a calendar shows its periods, with the adjustment period of each year", () => {
    const [plain] = site.calendars
    expect([plain?.periods.length, plain?.periods[0]]).toEqual([
      24,
      { period: "2025-01", start: "2025-04-01", end: "2025-04-30", kind: "regular", state: "" },
    ])
    const adjusted = siteOf(
      `calendar C { year starts January 1, months, adjustment periods 1, from 2025 until 2026 }\ncontract A version 1.0.0 { p : period in C }`,
    )
    const periods = adjusted.calendars[0]?.periods ?? []
    expect(periods.map(({ period }) => period).slice(11, 14)).toEqual(["2025-12", "2025-13", "2026-01"])
    expect(periods[12]?.kind).toBe("adjustment")
  })
  test("personal members of a crosswalk are masked, in the page and in the file", () => {
    const [crosswalk] = siteOf(
      `record Person { name : text(20)  pii, team : text(9) }\ncrosswalk P(id: text(9)) -> Person version 1.0.0\n  from csv "people.csv" (id: "nr") where active == true`,
      { tables: new Map([["P", people]]) },
      { "people.csv": "nr,name,team,active\na,Ada,x,true\nb,Bob,y,false\n" },
    ).crosswalks
    expect(crosswalk?.rows).toEqual([["a", "•••", "x"]])
  })
})

test("a list that a map holds whole is one of its sources, and where its personal data goes is told", () => {
  const site = siteOf(`
contract Row version 1.0.0 { id : text(9)  key, team : text(9) }
contract Person version 1.0.0 { id : text(9)  key, name : text(9)  pii }
contract Fact version 1.0.0 { id : text(9), who : text(9) }
map Facts version 1.0.0
  from each r: Row, set p: Person
  to   f: Fact
{
  id  = r.id
  who = first(q.name for q in p where q.id == r.team) else hold NOBODY
}
`)
  const [sheet] = site.maps
  expect(sheet?.sources.map(({ name, contract }) => [name, contract.text])).toEqual([
    ["r", "Row"],
    ["p[]", "Person"],
  ])
  expect(site.contracts.map(({ title, readBy }) => [title, readBy.map(({ text }) => text)])).toEqual([
    ["Row", ["Facts"]],
    ["Person", ["Facts"]],
    ["Fact", []],
  ])
  expect(
    site.index.personal.map(({ field, reaches }) => [field, reaches.flatMap(({ fields }) => fields)]),
  ).toEqual([["name", ["f.who"]]])
  expect(site.picture.lines.map(({ from, to }) => `${from} -> ${to}`)).toEqual([
    "contract Row -> map Facts",
    "contract Person -> map Facts",
    "map Facts -> contract Fact",
  ])
})

test("a rule of rows is said once, however many parts the list is made of; a part has a line of its own", () => {
  const site = siteOf(`
contract In version 1.0.0 { a : int, b : int }
record Row { n : int, note? : text(9), check n > 0 else reject TOO_LITTLE "nothing is no row" }
contract Out version 1.0.0 { rows : Row[2..2] }
map Two version 1.0.0
  from i: In
  to   o: Out
{
  rows = [
    { n = i.a, leave note because "of no use" },
    { n = i.b, leave note because "of no use" },
  ]
}
`)
  const [sheet] = site.maps
  expect(ruleAt(sheet!, "TOO_LITTLE").split(" / ")).toHaveLength(1)
  const text = filesOf(site).get("maps/Two.md")
  expect(text).toContain("| Copied from `i.a`.<br>Copied from `i.b`. |")
  expect(text).toContain("| Left: of no use |")
})

test("pages have paths that every file system takes, one each", () => {
  const ids = [
    "Order",
    "order",
    "a b/c",
    "a#b@c",
    "node_modules/@fmap/x#Account",
    "../../x",
    "con",
    "Ünit",
    "",
    "x".repeat(300),
  ]
  const path = pathsIn("maps", ids)
  expect(ids.map(path)).toEqual([
    "maps/Order",
    "maps/order-2",
    "maps/a-b-c",
    "maps/a-b-c-2",
    "maps/node_modules-fmap-x-Account",
    "maps/x2ex2e-x2ex2e-x",
    "maps/con-page",
    "maps/xdcnit",
    "maps/-page",
    `maps/${"x".repeat(100)}`,
  ])
})

function ruleAt({ lines, workedOut, rulings }: MapPage, path: string): string {
  const rules = [
    ...lines.filter(line => line.path === path).flatMap(line => line.rules),
    ...workedOut.filter(({ name }) => name === path).map(({ rule }) => rule),
    ...rulings.filter(({ code }) => code === path).map(({ words }) => ({ words, cases: [] })),
  ]
  return rules
    .map(({ words, cases }) =>
      [plainWords(words), ...cases.map(one => `${plainWords(one.when)}: ${plainWords(one.then)}`)].join(
        " | ",
      ),
    )
    .join(" / ")
}

function json(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`
}
