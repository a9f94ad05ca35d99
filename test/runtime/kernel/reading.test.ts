// How the slow path reads a field: missing, poison and value, with an issue exactly where there is something to say.
import {
  createReport,
  dictionaryOf,
  entriesOf,
  entryMap,
  isPoison,
  onlyKnown,
  own,
  poison,
  readMember,
  readOptional,
  readRequired,
  readSource,
  readText,
  refuseUnknown,
  sortedKeys,
  useDefault,
} from "@fmap/runtime"
import { describe, expect, test } from "vitest"

const spec = { min: 0, max: 3, measure: "points", pattern: null, wire: "plain" } as const

describe("a field", () => {
  const missing: unique symbol = Symbol("of a missing record")
  test.each([
    ["required", "a", "a", []],
    ["required", undefined, poison, ["MISSING_FIELD"]],
    ["required", null, poison, ["MISSING_FIELD"]],
    ["required", "long", poison, ["TOO_LONG"]],
    ["required", poison, poison, []],
    ["optional", "a", "a", []],
    ["optional", undefined, undefined, []],
    ["optional", null, undefined, []],
    ["optional", 7, poison, ["WRONG_TYPE"]],
    ["optional", missing, undefined, []],
    ["member", undefined, poison, ["MISSING_FIELD"]],
    ["member", missing, undefined, []],
    ["member", "a", "a", []],
  ])("%s, given %s", (how, value, expected, codes) => {
    const report = createReport()
    const raw = value === missing ? own(undefined, "x") : value
    const read = how === "required" ? readRequired : how === "optional" ? readOptional : readMember
    expect(read(report, raw, "src", "/x", false, "a.fmap:1:1", readText, spec)).toBe(expected)
    expect(report.issues().map(issue => issue.code)).toEqual(codes)
  })
  test("personal values are masked", () => {
    const report = createReport()
    readRequired(report, "long", "src", "/x", true, "a.fmap:1:1", readText, spec)
    expect(report.issues()).toMatchObject([{ value: "•••", root: "src", pointer: "/x", at: "a.fmap:1:1" }])
  })
})

test("members are own, whatever their name", () => {
  const record = JSON.parse('{"__proto__": 1, "a": 2}') as { readonly [name: string]: unknown }
  expect(own(record, "__proto__")).toBe(1)
  expect(own(record, "constructor")).toBeUndefined()
  expect(own(poison, "a")).toBe(poison)
  expect(isPoison({})).toBe(false)
})

test.each([
  [{}, []],
  [null, ["NOT_AN_OBJECT"]],
  [undefined, ["NOT_AN_OBJECT"]],
  [[], ["NOT_AN_OBJECT"]],
  ["x", ["NOT_AN_OBJECT"]],
])("a source %j", (value, codes) => {
  const report = createReport()
  readSource(report, value, "src", "a.fmap:1:1")
  expect(report.issues().map(issue => issue.code)).toEqual(codes)
})

test("a default is noted, once it stands in", () => {
  const report = createReport()
  expect(useDefault(report, null, "src", "/x", "a.fmap:1:1", "5")).toBe(true)
  expect(useDefault(report, 0, "src", "/y", "a.fmap:1:1", "5")).toBe(false)
  expect(report.issues()).toMatchObject([{ code: "DEFAULT_USED", severity: "warn", pointer: "/x" }])
})

test("closed records name their strangers", () => {
  const report = createReport()
  refuseUnknown(report, { a: 1, "x/y": 2, gone: undefined }, ["a"], "src", "", false, "a.fmap:1:1")
  expect(report.issues().map(({ code, pointer }) => [code, pointer])).toEqual([["UNKNOWN_FIELD", "/x~1y"]])
  expect(onlyKnown({ a: 1, gone: undefined }, ["a"])).toBe(true)
  expect(onlyKnown({ a: 1, b: 2 }, ["a"])).toBe(false)
})

test("dictionaries keep every name and no prototype's", () => {
  const payload = JSON.parse('{"b": 1, "__proto__": 2, "a": 3}') as { readonly [name: string]: unknown }
  const map = entryMap(entriesOf(payload) as readonly (readonly [string, number])[])
  expect(sortedKeys(map)).toEqual(["__proto__", "a", "b"])
  const back = dictionaryOf(sortedKeys(map).map(key => [key, map.get(key)]))
  expect(JSON.stringify(back)).toBe('{"__proto__":2,"a":3,"b":1}')
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
})
