// What the words of `fmap run` mean for a map of one source, of several, and where they are wrong.
import type { PlanMap, WireType } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { bindWords, type RunWords } from "../../cli/run/bindings.ts"

const at = [0, 1, 1, 1, 2] as const
const given = (name: string, type: WireType, optional = false) => ({ name, variable: 0, type, optional, at })
const date: WireType = { kind: "date", wire: "iso" }
const decimal = (wire: "number" | "text"): WireType => ({
  kind: "decimal",
  precision: 9,
  scale: 2,
  low: null,
  high: null,
  unit: null,
  fitsMinor: false,
  wire,
  fraction: false,
})

function map(sources: readonly string[], givens: PlanMap["givens"] = []): PlanMap {
  const binding = {
    shape: "",
    arguments: [],
    reads: [],
    rules: [],
  } as unknown as PlanMap["sources"][number]["binding"]
  return {
    sources: sources.map((name, variable) => ({ name, variable, binding, at })),
    givens,
  } as unknown as PlanMap
}
function bind(of: PlanMap, words: Partial<RunWords>, external: readonly string[] = []) {
  const bound = bindWords(of, external, { input: undefined, source: [], given: [], crosswalk: [], ...words })
  if (bound.kind === "problems") return bound.problems
  const { sources, givens, crosswalks } = bound.bindings
  return {
    sources: Object.fromEntries(sources),
    givens: Object.fromEntries(givens),
    crosswalks: Object.fromEntries(crosswalks),
  }
}

describe("sources", () => {
  test("the only one is the input, or standard input", () => {
    expect(bind(map(["opp"]), {})).toMatchObject({ sources: { opp: null } })
    expect(bind(map(["opp"]), { input: "a.json" })).toMatchObject({ sources: { opp: "a.json" } })
    expect(bind(map(["opp"]), { input: "-" })).toMatchObject({ sources: { opp: null } })
    expect(bind(map(["opp"]), { source: ["opp=b.json"] })).toMatchObject({ sources: { opp: "b.json" } })
  })
  test("several are named, in any order", () => {
    expect(bind(map(["a", "b"]), { source: ["b=-", "a=x=y.json"] })).toMatchObject({
      sources: { a: "x=y.json", b: null },
    })
  })
  test.each<[string, Partial<RunWords>, string]>([
    ["one is missing", { source: ["a=x"] }, "The source b has no file: --source b=FILE."],
    [
      "an input without a name",
      { input: "x.json", source: ["a=x", "b=y"] },
      `Say which source "x.json" is: --source a=FILE --source b=FILE.`,
    ],
    [
      "one that the map does not have",
      { source: ["a=x", "b=y", "opp=z"] },
      `--source: the map has no "opp". Known are: a, b.`,
    ],
    ["twice", { source: ["a=x", "a=y", "b=z"] }, `--source: "a" is given twice.`],
    ["no file", { source: ["a", "b=y"] }, `--source wants NAME=VALUE, not "a".`],
    [
      "two from standard input",
      { source: ["a=-", "b=-"] },
      "Only one source can be read from standard input.",
    ],
  ])("%s", (_name, words, told) => expect(bind(map(["a", "b"]), words)).toContain(told))
})

describe("givens", () => {
  const of = map(
    ["a"],
    [
      given("asOf", date),
      given("limit", decimal("number"), true),
      given("fee", decimal("text"), true),
      given("dry", { kind: "bool", wire: "json" }, true),
    ],
  )
  test("texts as they are, the rest as JSON, every digit kept", () => {
    expect(
      bind(of, { given: ["asOf=2026-03-31", "limit=12345678901234567.89", "fee=1.50", "dry=true"] }),
    ).toMatchObject({
      givens: { asOf: "2026-03-31", limit: { text: "12345678901234567.89" }, fee: "1.50", dry: true },
    })
  })
  test("a missing one is told, an optional one is not", () =>
    expect(bind(of, {})).toEqual(["The given asOf has no value: --given asOf=VALUE."]))
  test("a misspelt one", () =>
    expect(bind(of, { given: ["asof=2026-03-31"] })).toContain(
      `--given: the map has no "asof". Did you mean "asOf"?`,
    ))
  test("what is no JSON", () =>
    expect(bind(of, { given: ["asOf=2026-03-31", "dry=yes"] })).toEqual([
      `--given dry: "yes" is not JSON, as a bool wants it.`,
    ]))
})

test("crosswalks are those the map calls", () => {
  expect(bind(map(["a"]), { crosswalk: ["Rates=r.csv"] }, ["Rates"])).toMatchObject({
    crosswalks: { Rates: "r.csv" },
  })
  expect(bind(map(["a"]), { crosswalk: ["Rate=r.csv"] }, ["Rates"])).toEqual([
    `--crosswalk: the map has no "Rate". Did you mean "Rates"?`,
  ])
  expect(bind(map(["a"]), { crosswalk: ["__proto__=r.csv"] })).toEqual([
    `--crosswalk: the map has no "__proto__". It has none.`,
  ])
  expect(bind(map(["a"]), { crosswalk: ["a=b#Rates=r=1.csv"] }, ["a=b#Rates", "c#Rates"])).toMatchObject({
    crosswalks: { "a=b#Rates": "r=1.csv" },
  })
})
