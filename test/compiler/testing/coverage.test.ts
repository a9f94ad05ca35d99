// What coverage counts, and what a test reaches of it.
import { branchCoverage, runTests } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const map = `
record Row { id : text(9), net : decimal(9,2), tag? : text(9) }
contract In version 1.0.0 { kind : text(9), rows : Row[] }
record Line { tag? : text(9), net : decimal(9,2) }
contract Out version 1.0.0 { kind : text(9), word? : text(9), lines : Line[] }
crosswalk Kind(code: text(9)) -> text(9) version 1.0.0 {
  "a" -> "alpha"
  "b" -> "beta"
}
map M version 1.0.0
  from i: In
  to   o: Out
{
  kind  = Kind(i.kind) else hold NO_SUCH_KIND
  word  = match i.kind { "a" -> "one", otherwise -> missing }
  lines = each i.rows as r where r.net > 0 { tag = r.tag, net = r.net }
}`
const one =
  'test "a" of M { given i = { kind = "a", rows = [{ id = "1", net = 1 }] }, expect kind == "alpha" }'
const two =
  'test "b" of M { given i = { kind = "b", rows = [{ id = "1", net = 0 }, { id = "2", net = 2, tag = "t" }] }, expect kind == "beta" }'
const held = 'test "c" of M { given i = { kind = "c", rows = [] }, expect hold NO_SUCH_KIND }'
const wrong = 'test "d" of M { given i = { kind = "b", rows = [] }, expect kind == "gamma" }'

function points(...tests: readonly string[]) {
  const plan = planOf([map, ...tests].join("\n"))
  const found = branchCoverage(
    plan,
    runTests(plan, () => null),
  )
  const shown = (wanted: boolean) =>
    found.filter(point => point.reached === wanted).map(point => `${point.of}: ${point.what}`)
  return { reached: shown(true), missing: shown(false) }
}

test("fields, branches, both sides of a filter, rows of a crosswalk", () => {
  expect(points(one)).toEqual({
    reached: [
      "kind: is given a value",
      "word: is given a value",
      "word: an arm of match",
      "lines: is given a value",
      "lines: where is true",
      "lines[].net: is given a value",
      'Kind: the row "a"',
    ],
    missing: [
      "kind: the fallback of else",
      "word: otherwise",
      "lines: where is false",
      "lines[].tag: is given a value",
      'Kind: the row "b"',
    ],
  })
})

test("further tests reach more, until all is reached", () => {
  expect(points(one, two).missing).toEqual(["kind: the fallback of else"])
  expect(points(one, two, held).missing).toEqual([])
})

test("a failing test proves nothing", () => {
  expect(points(one, wrong)).toEqual(points(one))
})

test("a function counts once, and so does a row that two maps read: one call reaches it for all", () => {
  const shared = `
fn word(code: text(9)) -> text(9) = match code { "a" -> "one", otherwise -> "other" }
crosswalk Kind(code: text(9)) -> text(9) version 1.0.0 { "a" -> "alpha" }
contract In version 1.0.0 { kind : text(9) }
contract Out version 1.0.0 { kind : text(9), word : text(9), twice : text(9) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  kind  = Kind(i.kind) else hold NO_SUCH_KIND
  word  = word(i.kind)
  twice = word(i.kind)
}
map N version 1.0.0
  from i: In
  to   o: Out
{
  kind  = Kind(i.kind) else hold NO_SUCH_KIND
  word  = word(i.kind)
  twice = "-"
}
test "m" of M { given i = { kind = "a" }, expect kind == "alpha", word == "one", twice == "one" }
test "other" of M { given i = { kind = "z" }, expect hold NO_SUCH_KIND }`
  const plan = planOf(shared)
  const found = branchCoverage(
    plan,
    runTests(plan, () => null),
  )
  const shown = (map: string, wanted: boolean) =>
    found
      .filter(point => point.map === map && point.reached === wanted)
      .map(point => `${point.of}: ${point.what}`)
  expect(shown("M", false)).toEqual([])
  expect(shown("M", true)).toEqual([
    "kind: is given a value",
    "kind: the fallback of else",
    "word: is given a value",
    "word: an arm of match",
    "word: otherwise",
    "twice: is given a value",
    'Kind: the row "a"',
  ])
  expect(shown("N", true)).toEqual(["word: an arm of match", "word: otherwise", 'Kind: the row "a"'])
})
