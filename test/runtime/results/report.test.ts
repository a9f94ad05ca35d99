// The report: one issue per place and code, order kept, status by the gravest, values short and personal ones masked.
import { createReport, ExactNumber, pointer, readText, shownValue } from "@fmap/runtime"
import { describe, expect, test } from "vitest"

const place = { root: "opp", pointer: "/Name", at: "a.fmap:1:1" }

test("nothing reported: done, with key and notes", () => {
  const report = createReport()
  report.add("skip", "ZERO_LINE", { ...place, pointer: "/lines/1" }, "Left out.")
  report.add("warn", "ODD", place, "Odd.")
  expect(report.stopped()).toBe(false)
  expect(report.result({ a: 1 }, "k")).toMatchObject({
    status: "done",
    value: { a: 1 },
    key: "k",
    notes: [{ code: "ZERO_LINE" }, { code: "ODD" }],
  })
  expect(() => createReport().result(undefined)).toThrow(/bug/)
})

test("any reject dominates, holds stay attached, in order of finding", () => {
  const report = createReport()
  report.add("hold", "UNKNOWN_ITEM", place, "No item.")
  expect(report.result({})).toMatchObject({ status: "held" })
  report.add("reject", "BAD", place, "Bad.")
  const result = report.result({})
  expect(result).toMatchObject({
    status: "rejected",
    issues: [
      { code: "UNKNOWN_ITEM", severity: "hold" },
      { code: "BAD", severity: "reject" },
    ],
  })
  expect(result).not.toHaveProperty("value")
})

test("one issue per root, pointer and code", () => {
  const report = createReport()
  for (const root of ["a", "a", "b"]) report.add("reject", "X", { ...place, root }, "first")
  report.add("reject", "Y", { ...place, root: "a" }, "other code")
  report.add("reject", "X", { ...place, root: "a", pointer: "/Other" }, "other place")
  expect(report.issues().map(issue => `${issue.root}${issue.pointer} ${issue.code}`)).toEqual([
    "a/Name X",
    "b/Name X",
    "a/Name Y",
    "a/Other X",
  ])
})

test("a refusal of the door becomes a reject with its value, masked where it is personal", () => {
  const report = createReport()
  const read = (value: unknown) =>
    readText(value, { min: 0, max: 2, measure: "points", pattern: null, wire: "plain" })
  expect(report.take(read("ok"), place, "ok")).toBe("ok")
  expect(report.take(read("long"), place, "long")).toBeUndefined()
  expect(report.take(read(5), { ...place, pointer: "/Mail", masked: true }, 5)).toBeUndefined()
  expect(report.issues()).toEqual([
    {
      code: "TOO_LONG",
      severity: "reject",
      root: "opp",
      pointer: "/Name",
      at: "a.fmap:1:1",
      message: "Expected at most 2 characters, found 4.",
      value: "long",
    },
    {
      code: "WRONG_TYPE",
      severity: "reject",
      root: "opp",
      pointer: "/Mail",
      at: "a.fmap:1:1",
      message: "Expected text, found a number.",
      value: "•••",
    },
  ])
})

test("an absent value has no value, masked or not", () => {
  const report = createReport()
  report.add("reject", "MISSING_FIELD", { ...place, masked: true }, "Missing.", undefined)
  expect(report.issues()[0]).not.toHaveProperty("value")
})

describe("shown values", () => {
  const deep = JSON.parse("[".repeat(5_000) + "]".repeat(5_000)) as unknown
  const cyclic: Record<string, unknown> = {}
  cyclic.a = cyclic
  test.each<[unknown, unknown]>([
    [null, null],
    [true, true],
    [1.5, 1.5],
    [Number.NaN, "NaN"],
    ["x".repeat(200), "x".repeat(200)],
    ["x".repeat(201), `${"x".repeat(199)}…`],
    [`${"x".repeat(198)}👍xx`, `${"x".repeat(198)}…`],
    [new ExactNumber("12345678901234567890"), "12345678901234567890"],
    [{ a: [1, "b", null], ["__proto__"]: true }, '{"a":[1,"b",null],"__proto__":true}'],
    [deep, `${"[".repeat(199)}…`],
    [5n, "5"],
  ])("case %#", (value, expected) => expect(shownValue(value)).toBe(expected))
  test("cycles and huge objects stop at 200 characters", () => {
    expect(String(shownValue(cyclic)).length).toBe(200)
    const huge = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, "v".repeat(100)]))
    expect(String(shownValue(huge)).length).toBe(200)
  })
})

test("pointers escape", () => {
  expect(pointer(pointer("", "a/b~c"), 0)).toBe("/a~1b~0c/0")
  expect(pointer("/x", "")).toBe("/x/")
})
