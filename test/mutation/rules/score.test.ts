// The operators on a map whose answer is known: each is named by its rule, and changes of writing alone are proved equivalent. The score over all examples is npm run mutate:rules.
import { compareMaps } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"
import { ruleMutants } from "./operators.ts"
import { isNamed, type Judged, scores } from "./score.ts"

const source = `contract Deal version 1.0.0
  reads
{
  Id   : text(18)  key
  Ccy  : currency
  Fee  : money(12,2) in Ccy
  Tax  : money(12,2) in Ccy
  Area : text(4)
  Lines : Line(Ccy)[]
}

record Line(ccy: currency) {
  Quantity : decimal(9,2)
  Price    : money(12,2) in ccy
}

record OrderLine(ccy: currency) {
  amount : money(24,2) in ccy
}

contract Order version 1.0.0
  writes
{
  id       : text(40)  key
  currency : currency
  fee      : money(16,2) in currency
  area?    : text(20)
  lines    : OrderLine(currency)[1..]
}

crosswalk Area(code: text(4)) -> text(20) version 1.0.0
{
  "E" -> "Europe"
  "A" -> "Asia"
}

map Book version 1.0.0
  from deal: Deal
  to   order: Order
{
  key id   = "D-{deal.Id}" on replay same skip
  currency = deal.Ccy
  fee      = deal.Fee + deal.Tax
  area     = Area(deal.Area) else hold NO_AREA "no area {deal.Area}"
  lines    = each deal.Lines as line where line.Quantity > 0 sort by line.Price {
    amount = round(line.Quantity * line.Price, minor, half_even)
  } else reject NO_LINES "nothing is sold"
}
`

function judged(): readonly Judged[] {
  const release = (text: string) => ({ plan: planOf(text), textOf: () => undefined, rows: new Map() })
  return ruleMutants(source, "main.fmap").flatMap(mutant => {
    try {
      const found = compareMaps(release(source), release(mutant.text), "strict").map(({ rule }) => rule)
      return [{ mutant, found: [...new Set(found)] }]
    } catch {
      // it does not compile
      return []
    }
  })
}

test("every operator is named by its rule", () => {
  const all = judged()
  expect(
    all.filter(one => !isNamed(one)).map(({ mutant, found }) => [mutant.rule, mutant.id, found]),
  ).toEqual([])
  const injected = new Set(all.map(({ mutant }) => mutant.rule))
  for (const rule of [
    "M001",
    "M004",
    "M007",
    "M008",
    "M012",
    "M013",
    "M014",
    "M015",
    "M016",
    "M024",
    "M025",
    "M028",
    "M029",
    "nothing",
  ])
    expect(injected.has(rule), rule).toBe(true)
})

test("a mutant that is not named lowers the recall, one that is told too much the precision", () => {
  const mutant = (rule: string) => ({ rule, id: rule, file: "", text: "" })
  const all: readonly Judged[] = [
    { mutant: mutant("M004"), found: ["M004"] },
    { mutant: mutant("M004"), found: ["M005"] },
    { mutant: mutant("M005"), found: ["M005", "M004"] },
    { mutant: mutant("M001"), found: ["M002"] },
  ]
  expect(scores(all)).toEqual([
    { rule: "M001", injected: 1, named: 0, told: 0, right: 0 },
    { rule: "M004", injected: 2, named: 1, told: 2, right: 1 },
    { rule: "M005", injected: 1, named: 1, told: 2, right: 1 },
  ])
})
