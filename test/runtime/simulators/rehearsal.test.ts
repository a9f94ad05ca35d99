// What rehearsals of the examples stand on: sums that are exact whatever amounts look like, and the word for chaos. The programs themselves are run by the examples.
import { compareSums, seedOf } from "@fmap/runtime/simulators"
import { expect, test } from "vitest"

test("sums are exact, by currency, with the currency's digits", () => {
  const sold = [
    ["EUR", 0.1],
    ["EUR", 0.2],
    ["JPY", 1200],
    ["KWD", "1.5"],
    ["EUR", null],
  ] as const
  const ordered = [
    ["EUR", "0.30"],
    ["JPY", "1200.00"],
    ["KWD", 1.5],
  ] as const
  expect(compareSums(["sold", sold], ["ordered", ordered])).toEqual({
    areSame: true,
    lines: ["EUR: 0.30 sold, 0.30 ordered", "JPY: 1200 sold, 1200 ordered", "KWD: 1.500 sold, 1.500 ordered"],
  })
})

test.each([
  ["a cent", [["EUR", 1]], [["EUR", "1.01"]], "EUR: 1.00 a, 1.01 b"],
  ["a thousandth of a cent", [["EUR", "1"]], [["EUR", "1.00001"]], "EUR: 1.00 a, 1.00001 b"],
  ["a currency only one end has", [], [["USD", "-5"]], "USD: 0.00 a, -5.00 b"],
] as const)("%s apart is not the same", (_title, a, b, line) => {
  expect(compareSums(["a", a], ["b", b])).toEqual({ areSame: false, lines: [line] })
})

test.each(["1e3", "1,00", "", "NaN", {}])("%j is no amount", amount => {
  expect(() => compareSums(["a", [["EUR", amount]]], ["b", []])).toThrow(RangeError)
})

test.each([
  [["node", "workflow.ts"], undefined],
  [["node", "workflow.ts", "--chaos"], 1],
  [["node", "workflow.ts", "--chaos", "42"], 42],
] as const)("the seed of %j is %j", (words, seed) => {
  expect(seedOf(words)).toBe(seed)
})

test("a seed is a whole number", () => {
  expect(() => seedOf(["--chaos", "-1"])).toThrow(RangeError)
})
