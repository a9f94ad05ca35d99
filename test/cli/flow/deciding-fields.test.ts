// Which fields of a record a rule of a map goes by: for those who have to put the record right.
import { expect, test } from "vitest"
import { decidingFields } from "../../../cli/flow/deciding-fields.ts"
import { planOf } from "../../conformance/plan-of.ts"

const text = `
record Term { due: date as "Due__c", net: int }
record Line { sku: text(20) as "SKU", count: int as "Count__c" }
contract Deal version 1.0.0 reads {
  id      : text(18)  key
  region: text(10) as "Region__c"
  signed  : date
  term: Term as "Term__c"
  lines: Line[] as "Lines__c"
}
contract Order version 1.0.0 writes {
  id    : text(18)  key
  items : Item[]
}
record Item { sku: text(20), count: int }

crosswalk OfficeOf(region: text(10)) -> text(20) version 1.0.0 { "EU" -> "Dublin" }

map ToOrder version 1.0.0 from deal: Deal given today: date to order: Order {
  check deal.signed <= deal.term.due else hold LATE "{deal.id} is due before {deal.signed}"
  id    = deal.id
  let office = OfficeOf(deal.region) else hold NO_OFFICE "nobody for {deal.id}"
  check office != "" else hold NO_NAME
  items = each deal.lines as line {
    sku   = line.sku
    count = line.count
    check line.count > 0 and deal.signed <= today else reject NOTHING "line {line.sku}"
  }
}
`
const lineOf = (words: string) => text.split("\n").findIndex(line => line.includes(words)) + 1

function goesBy(words: string): readonly string[] {
  const plan = planOf(text)
  const decides = decidingFields(plan)
  const line = lineOf(words)
  const columns = Array.from({ length: 120 }, (_, column) => column + 1)
  const found = columns.flatMap(column => decides("ToOrder", `main.fmap:${line}:${column}`))
  return [...new Set(found.map(({ source, path }) => [source, ...path].join("/")))].toSorted()
}

test.each([
  ["a check, and not what is only told", "LATE", ["deal/Term__c/Due__c", "deal/signed"]],
  ["a lookup without a row", "NO_OFFICE", ["deal/Region__c"]],
  ["what a let was made of", "NO_NAME", ["deal/Region__c"]],
  ["a check in rows", "NOTHING", ["deal/Lines__c/*/Count__c", "deal/signed"]],
])("%s", (_, words, places) => {
  expect(goesBy(words)).toEqual(places)
})

test("a place where no rule stands, and a map that is not there", () => {
  const decides = decidingFields(planOf(text))
  expect(decides("ToOrder", "main.fmap:1:1")).toEqual([])
  expect(decides("ToInvoice", `main.fmap:${lineOf("LATE")}:3`)).toEqual([])
})
