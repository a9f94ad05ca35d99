// Lookups in the lists of a run: the emitted code finds rows by an index, the interpreter looks at each; both answer alike whatever stands in
// the lists, also where a key of a row cannot be read. Conditions that an index fits stand beside some it does not.
import { runRows, type SetEnd } from "@fmap/runtime"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { typescriptEmitter } from "../../../compiler/emit/typescript/index.ts"
import { setInterpreter } from "../../../compiler/interpret/index.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { canonical } from "./canonical.ts"
import { type EmittedModules, emittedModules } from "./emitted-modules.ts"

const text = `
contract Row version 1.0.0 { id : text(9), period : text(9), number : int(0..99), rate : decimal(9,2), day : date }
contract Period version 1.0.0 { id : text(9), number : int(0..99), rate : decimal(9,4), day : date, name : text(9), closed : bool, parent? : text(9) }
contract Fact version 1.0.0 { id : text(9), first : text(9), last : text(9), many : int, same : int, numbered : text(9), rated : text(9), days : int, other : int, pairs : int, parents : int }
map Facts version 1.0.0
  from  each r: Row, set p: Period, set q: Period
  given only: text(9)
  to    f: Fact
{
  let asked = r.period
  id       = r.id
  first    = first(x.name for x in p where x.id == r.period and not x.closed) else hold NONE
  last     = last(x.name for x in p where r.period == x.id) else "-"
  many     = count(x for x in p where x.id == asked)
  same     = count(x for x in p where x.id == only and x.name == r.id)
  numbered = first(x.name for x in p where x.number == r.number) else "-"
  rated    = first(x.name for x in p where x.rate == r.rate) else "-"
  days     = count(x for x in p where x.day == r.day and (x.closed or x.name == "a"))
  other    = count(x for x in p where x.closed and x.id == r.period)
  pairs    = count(y for x in q, y in p where y.id == x.id and x.name == r.id)
  parents  = count(x for x in p where (x.parent else "") == r.period)
}
`
const plan = planOf(text)

let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

const word = fc.constantFrom("a", "b", "c", "__proto__", "")
const row = fc.record(
  {
    id: word,
    period: fc.oneof(
      { weight: 12, arbitrary: word },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(7, null) },
    ),
    number: fc.constantFrom<unknown>(0, 1, 2, 3, -1),
    rate: fc.constantFrom("1", "1.50", "2.5"),
    day: fc.constantFrom("2026-01-01", "2026-02-30", "2026-03-01"),
  },
  { requiredKeys: ["id", "number", "rate"] },
)
const period = fc.record(
  {
    id: word,
    number: fc.constantFrom(0, 1, 2),
    rate: fc.constantFrom("1.0000", "1.5", "2.5001"),
    day: fc.constantFrom("2026-01-01", "2026-03-01"),
    name: word,
    closed: fc.boolean(),
    parent: word,
  },
  { requiredKeys: ["id", "number", "rate", "day", "name", "closed"] },
)

test("the index leaves out no row that a look at each would find, and lets none in", () => {
  const emitted = modules.load(plan, "lookups").get("facts")
  const interpreted = setInterpreter(plan)
  const counts = { out: 0, held: 0, rejected: 0 }
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.array(period, { maxLength: 8 }),
      fc.array(period, { maxLength: 3 }),
      fc.constantFrom<unknown>("a", "b", 5),
      (rows, p, q, only) => {
        const input = { p, q, only }
        const expected = runRows(interpreted("Facts", input), rows)
        const given = emitted?.({ ...input, r: rows }, {}) as unknown as SetEnd<unknown>
        expect(canonical(given)).toBe(canonical(expected))
        for (const end of ["out", "held", "rejected"] as const) counts[end] += expected.counts[end]
      },
    ),
    { numRuns: 300 },
  )
  for (const end of Object.values(counts)) expect(end).toBeGreaterThan(20)
})

test("one index a list and key; a condition that begins otherwise is asked of every row", () => {
  const [source = ""] = typescriptEmitter
    .emit(plan, { sourceRoot: "" })
    .filter(({ path }) => path.endsWith("main.ts"))
    .map(file => file.text)
  const fast = source.slice(source.indexOf("function fastFacts"), source.indexOf("function slowFacts"))
  expect([...fast.matchAll(/const (\w+) = indexBy\(/gu)].map(([, name]) => name)).toEqual([
    "pByid",
    "pBynumber",
    "pByday",
  ])
  expect(source.slice(source.indexOf("function slowFacts")).match(/= indexBy\(/gu)).toHaveLength(3)
})
