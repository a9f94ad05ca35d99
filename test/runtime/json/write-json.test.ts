// The exact writer: every digit out, deterministic, and loud about what JSON cannot hold.
import { ExactNumber, readJson, writeJson } from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

test("writes plain data as JSON.stringify does, with and without indent", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, 4), (value, indent) => {
      expect(writeJson(value, indent)).toBe(JSON.stringify(value, null, indent))
    }),
    { numRuns: 2_000 },
  )
})

test("ExactNumber comes out digit for digit", () => {
  const text = '{"a":12345678901234567890.10,"b":[1e400,-0.12345678901234567890],"c":"x"}'
  const read = readJson(text) as { ok: unknown }
  expect(writeJson(read.ok)).toBe(text)
  expect(JSON.stringify(read.ok)).toBe(text)
  expect(writeJson(new ExactNumber("1E+5"))).toBe("1E+5")
})

test("ExactNumber is a number literal or nothing", () => {
  for (const text of ["", "1 ", "01", "1.", "NaN", "1,2", '"', "1\n", "0x1"])
    expect(() => new ExactNumber(text), text).toThrow(RangeError)
})

test("without JSON.rawJSON, JSON.stringify names writeJson instead of losing digits", () => {
  const json = JSON as { rawJSON?: unknown }
  const raw = json.rawJSON
  delete json.rawJSON
  try {
    expect(() => JSON.stringify(new ExactNumber("12345678901234567890"))).toThrow(/writeJson/)
  } finally {
    json.rawJSON = raw
  }
})

describe("what JSON cannot hold throws and says where", () => {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  test.each<[string, unknown, RegExp]>([
    ["NaN", { a: [Number.NaN] }, /NaN at \/a\/0/],
    ["infinite", Number.POSITIVE_INFINITY, /the top/],
    ["bigint", { "a/b": 1n }, /bigint at \/a~1b/],
    ["function", { f: () => 1 }, /function at \/f/],
    ["cycle", cyclic, /cyclic/],
  ])("%s", (_, value, message) => expect(() => writeJson(value)).toThrow(message))
})

test("undefined members are absent, undefined items are null", () => {
  expect(writeJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
  expect(writeJson({ ["__proto__"]: 1 })).toBe('{"__proto__":1}')
})
