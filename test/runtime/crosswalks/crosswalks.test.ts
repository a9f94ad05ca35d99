// Crosswalks: keys that never meet by accident, files judged whole, and a snapshot that names the content.
import { createHash } from "node:crypto"
import {
  type CrosswalkProblem,
  type CrosswalkSpec,
  crosswalkKey,
  crosswalkOf,
  loadCrosswalk,
  normaliseKey,
  writeJson,
} from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { sha256 } from "../../../runtime/crosswalks/sha256.ts"

const text = { kind: "text", min: 0, max: 40, measure: "points", pattern: null, wire: "plain" } as const
const customer: CrosswalkSpec = {
  name: "CustomerByAccount",
  keyForm: "exact",
  parameters: [{ name: "account", type: text }],
  result: { kind: "scalar", type: { ...text, pattern: "[0-9]+" } },
  columns: [
    { name: "account", column: "sf_id" },
    { name: "value", column: "ns_id" },
  ],
  where: [{ column: "active", operator: "==", value: true }],
}

function load(spec: CrosswalkSpec, csv: string) {
  const table = readCsv(csv)
  if ("problems" in table) throw new Error(table.problems[0]?.message)
  return loadCrosswalk(spec, table.ok)
}
function problems(spec: CrosswalkSpec, csv: string): string[] {
  const loaded = load(spec, csv)
  return "ok" in loaded ? [] : loaded.problems.map((p: CrosswalkProblem) => `${p.row} ${p.column} ${p.code}`)
}

test("rows are found by key, filtered rows are not", () => {
  const loaded = load(customer, "sf_id,ns_id,active\n001A,17,true\n001B,18,false\n__proto__,19,true\n")
  if (!("ok" in loaded)) throw new Error("problems")
  const { ok } = loaded
  expect(ok.name).toBe("CustomerByAccount")
  expect([
    ok.find("001A"),
    ok.find("001B"),
    ok.find("__proto__"),
    ok.find("constructor"),
    ok.find(""),
  ]).toEqual(["17", undefined, "19", undefined, undefined])
  expect(ok.snapshot).toMatch(/^[0-9a-f]{64}$/)
})

describe("every problem of a file is reported, and then nothing of it is used", () => {
  test.each<[string, string, string[]]>([
    ["missing columns", "sf_id,active\n001A,true\n", ["1 ns_id MISSING_COLUMN"]],
    [
      "all columns missing",
      "x\n1\n",
      ["1 sf_id MISSING_COLUMN", "1 ns_id MISSING_COLUMN", "1 active MISSING_COLUMN"],
    ],
    [
      "duplicate key",
      "sf_id,ns_id,active\n001A,17,true\n001B,1,true\n001A,18,true\n",
      ["4 sf_id DUPLICATE_KEY"],
    ],
    ["a duplicate that is filtered out", "sf_id,ns_id,active\n001A,17,true\n001A,18,false\n", []],
    ["bad cell", "sf_id,ns_id,active\n001A,x17,true\n001B,,true\n", ["2 ns_id BAD_CELL", "3 ns_id BAD_CELL"]],
    ["a bad cell of a filtered row", "sf_id,ns_id,active\n001A,x17,false\n", []],
    [
      "wrong boolean",
      "sf_id,ns_id,active\n001A,17,TRUE\n001B,18,1\n001C,19,\n",
      ["2 active BAD_BOOLEAN", "3 active BAD_BOOLEAN", "4 active BAD_BOOLEAN"],
    ],
    ["empty key", "sf_id,ns_id,active\n,17,true\n", ["2 sf_id EMPTY_KEY"]],
    [
      "several at once, with lines of quoted cells",
      'sf_id,ns_id,active\n"a\nb",x,true\n,1,true\n',
      ["2 ns_id BAD_CELL", "4 sf_id EMPTY_KEY"],
    ],
    ["long key", `sf_id,ns_id,active\n${"9".repeat(41)},17,true\n`, ["2 sf_id BAD_CELL"]],
  ])("%s", (_, csv, expected) => expect(problems(customer, csv)).toEqual(expected))
})

test("record results with typed members, composite and typed keys", () => {
  const spec: CrosswalkSpec = {
    name: "Tax",
    keyForm: "trimmed",
    parameters: [
      { name: "country", type: { kind: "country", wire: "plain" } },
      {
        name: "rate",
        type: {
          kind: "decimal",
          precision: 5,
          scale: 2,
          low: null,
          high: null,
          fitsMinor: false,
          wire: "text",
          fraction: false,
        },
      },
    ],
    result: {
      kind: "record",
      members: [
        { name: "code", wireName: "Code", type: text, optional: false },
        {
          name: "line",
          wireName: "__proto__",
          type: { kind: "int", min: null, max: null, wire: "number" },
          optional: true,
        },
        { name: "reverse", wireName: "reverse", type: { kind: "bool", wire: "json" }, optional: false },
      ],
    },
    columns: [],
    where: [{ column: "status", operator: "!=", value: "old" }],
  }
  const csv =
    "country,rate,code,line,reverse,status\nDE, 19 ,S19,12345678901234567890,false,new\nDE,7.5,S7,,true,\nDE,x,old,,maybe,old\n"
  const loaded = load(spec, csv)
  if (!("ok" in loaded)) throw new Error(JSON.stringify(loaded.problems))
  expect(writeJson(loaded.ok.find(crosswalkKey(["DE", "19.00"])))).toBe(
    '{"Code":"S19","__proto__":12345678901234567890,"reverse":false}',
  )
  expect(loaded.ok.find(crosswalkKey(["DE", "7.50"]))).toEqual({ Code: "S7", reverse: true })
  expect(Object.isFrozen(loaded.ok.find(crosswalkKey(["DE", "7.50"])))).toBe(true)
  expect(
    problems(
      spec,
      "country,rate,code,line,reverse,status\nDE,19,A,,true,\nDE,19.00,B,,true,\nUK,1,C,1.5,yes,\n",
    ),
  ).toEqual(["3 country DUPLICATE_KEY", "4 country BAD_CELL", "4 line BAD_CELL", "4 reverse BAD_BOOLEAN"])
})

test("two lists of parts never give one key", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "|", "\\", "b"), maxLength: 4 })
  const parts = fc.array(part, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(crosswalkKey(a) === crosswalkKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns: 20_000 },
  )
  expect(crosswalkKey(["001A"])).toBe("001A")
  expect(normaliseKey(" Straße ", "folded")).toBe(normaliseKey("STRASSE", "folded"))
  expect(normaliseKey(" a ", "exact")).toBe(" a ")
  expect(normaliseKey(" a ", "trimmed")).toBe("a")
})

test("the snapshot is the content's: order does not count, values and keys do", () => {
  const a = crosswalkOf("x", [
    ["k", "1"],
    ["l", "2"],
  ])
  expect(
    crosswalkOf("y", [
      ["l", "2"],
      ["k", "1"],
    ]).snapshot,
  ).toBe(a.snapshot)
  expect(
    crosswalkOf("x", [
      ["k", "1"],
      ["l", "3"],
    ]).snapshot,
  ).not.toBe(a.snapshot)
  expect(crosswalkOf("x", [["k", "1"]]).snapshot).not.toBe(a.snapshot)
})

test("sha256 is node's, for texts around every block border", () => {
  for (let length = 0; length <= 130; length++) {
    const sample = "é".repeat(length % 7) + "x".repeat(length)
    expect(sha256(sample)).toBe(createHash("sha256").update(sample).digest("hex"))
  }
  const long = "0123456789".repeat(100_000)
  expect(sha256(long)).toBe(createHash("sha256").update(long).digest("hex"))
})
