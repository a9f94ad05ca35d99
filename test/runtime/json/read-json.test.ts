// The strict reader on a corpus of hostile texts, with Object.prototype frozen. Agreement with the engine: agreement.test.ts.
import { type JsonResult, readJson, readJsonBytes, writeJson } from "@fmap/runtime"
import { beforeAll, describe, expect, test } from "vitest"

beforeAll(() => {
  Object.freeze(Object.prototype)
})

/** What a reader makes of a text, written exactly, or its refusal. */
function shown(result: JsonResult): string {
  return "ok" in result
    ? writeJson(result.ok)
    : `${result.refused.code} ${result.refused.line}:${result.refused.column}`
}

describe("readJson", () => {
  test.each<[text: string, expected: string]>([
    ["1e400", "1e400"],
    ["0.1", "0.1"],
    ["1E-400", "1E-400"],
    [
      "123456789012345678901234567890123456789012345678901234567890",
      "123456789012345678901234567890123456789012345678901234567890",
    ],
    ["12345678901234567.89", "12345678901234567.89"],
    ["123456789012345", "123456789012345"],
    ["1234567890123456", "1234567890123456"],
    ["0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"],
    [`0.${"0".repeat(400)}1`, `0.${"0".repeat(400)}1`],
    ["-0", "0"],
    ["[-0.0]", "[0]"],
    ["[1,2]", "[1,2]"],
    [" \t\r\n{} \n", "{}"],
    ["\ufeff[1]", "[1]"],
    ['"\\u00e9\\n\\/\\ud83d\\udc4d"', '"é\\n/👍"'],
    ['"\\ud83d\udc4d"', '"👍"'],
    [
      '{"__proto__":{"x":1},"constructor":2,"toString":null}',
      '{"__proto__":{"x":1},"constructor":2,"toString":null}',
    ],
    ["NaN", "BAD_JSON 1:1"],
    ["Infinity", "BAD_JSON 1:1"],
    ["-Infinity", "BAD_JSON 1:1"],
    ["[01]", "BAD_JSON 1:2"],
    ["[-]", "BAD_JSON 1:2"],
    ["[1.]", "BAD_JSON 1:2"],
    ["[.5]", "BAD_JSON 1:2"],
    ["[+1]", "BAD_JSON 1:2"],
    ["[1e]", "BAD_JSON 1:2"],
    ["[1e+]", "BAD_JSON 1:2"],
    ["[0x10]", "BAD_JSON 1:2"],
    ["[1_000]", "BAD_JSON 1:3"],
    ["[1 2]", "BAD_JSON 1:4"],
    ["", "BAD_JSON 1:1"],
    [" ", "BAD_JSON 1:2"],
    ["nul", "BAD_JSON 1:1"],
    ["nullx", "BAD_JSON 1:5"],
    ["[1,]", "BAD_JSON 1:4"],
    ["[1", "BAD_JSON 1:3"],
    ['{"a":1', "BAD_JSON 1:7"],
    ['{"a"', "BAD_JSON 1:5"],
    ['{"a":}', "BAD_JSON 1:6"],
    ["{a:1}", "BAD_JSON 1:2"],
    ["{'a':1}", "BAD_JSON 1:2"],
    ['{"a":1,}', "BAD_JSON 1:8"],
    ['"abc', "BAD_JSON 1:1"],
    ['"a\nb"', "BAD_JSON 1:3"],
    ['"\\x41"', "BAD_JSON 1:2"],
    ['"\\u12"', "BAD_JSON 1:2"],
    ['"\\', "BAD_JSON 1:2"],
    ["{}\n{}", "BAD_JSON 2:1"],
    ["{}x", "BAD_JSON 1:3"],
    ["{}\0", "BAD_JSON 1:3"],
    ["[1]\ufeff", "BAD_JSON 1:4"],
    ["[1, // no\n2]", "BAD_JSON 1:5"],
    ['{"a":1,\n "a":2}', "DUPLICATE_KEY 2:2"],
    ['{"a":1,"\\u0061":2}', "DUPLICATE_KEY 1:8"],
    ['{"__proto__":1,"__proto__":2}', "DUPLICATE_KEY 1:16"],
    ['{"constructor":1,"constructor":2}', "DUPLICATE_KEY 1:18"],
    ['"\\ud800"', "BAD_TEXT 1:1"],
    ['["\\udc4d\\ud83d"]', "BAD_TEXT 1:2"],
    ['"\ud800"', "BAD_TEXT 1:1"],
    ['{"\ud800":1}', "BAD_TEXT 1:2"],
  ])("%j gives %s", (text, expected) => {
    expect(shown(readJson(text))).toBe(expected)
  })

  test("__proto__ is a key and changes nothing", () => {
    const result = readJson('{"__proto__":{"admin":true},"b":{"__proto__":null}}') as {
      ok: { admin?: unknown; b: object }
    }
    expect(Object.getPrototypeOf(result.ok)).toBe(Object.prototype)
    expect(Object.getPrototypeOf(result.ok.b)).toBe(Object.prototype)
    expect(result.ok.admin).toBeUndefined()
    expect(Object.keys(result.ok)).toEqual(["__proto__", "b"])
  })

  test.each([200, 201, 10_000, 1_000_000])("%i levels", depth => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const expected = depth <= 200 ? "ok" : "TOO_DEEP"
      for (const text of [
        open.repeat(depth),
        open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth),
      ]) {
        const result = readJson(text)
        const got = "ok" in result ? "ok" : result.refused.code
        expect(got).toBe(text.endsWith(close) || depth > 200 ? expected : "BAD_JSON")
      }
    }
  })

  test("the depth may be set, up to 1,000", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth)
    expect(shown(readJson(nested(2), { depth: 1 }))).toBe("TOO_DEEP 1:2")
    expect(shown(readJson(nested(1_001), { depth: 1e9 }))).toBe("TOO_DEEP 1:1001")
    expect("ok" in readJson(nested(1_000), { depth: 1e9 })).toBe(true)
  })

  test("every beginning of a document is refused, never thrown at", () => {
    const text = '{"a":[1.25e3,true,null,"x\\u00e9\\n"],"b":{"c":-0.5}}'
    for (let end = 0; end < text.length; end++)
      expect("refused" in readJson(text.slice(0, end)), text.slice(0, end)).toBe(true)
  })

  test("a million digits take no time worth naming", () => {
    const start = performance.now()
    const text = `[${"9".repeat(1_000_000)}]`
    expect(shown(readJson(text))).toBe(text)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe("readJsonBytes", () => {
  const bytes = (...parts: readonly (string | number)[]) =>
    Uint8Array.from(
      parts.flatMap(part => (typeof part === "number" ? [part] : [...new TextEncoder().encode(part)])),
    )
  test.each<[string, Uint8Array, string]>([
    ["UTF-8 with mark", bytes(0xef, 0xbb, 0xbf, '["é👍"]'), '["é👍"]'],
    ["a lone lead byte", bytes('[\n"', 0xc3, '"]'), "BAD_UTF8 2:2"],
    ["overlong", bytes('"', 0xc0, 0xaf, '"'), "BAD_UTF8 1:2"],
    ["an encoded surrogate", bytes('"é', 0xed, 0xa0, 0x80, '"'), "BAD_UTF8 1:4"],
    ["beyond Unicode", bytes('"', 0xf4, 0x90, 0x80, 0x80, '"'), "BAD_UTF8 1:2"],
    ["cut in a character", bytes('"', 0xf0, 0x9f), "BAD_UTF8 1:2"],
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x31, 0x00]), "BAD_UTF8 1:1"],
  ])("%s", (_, input, expected) => expect(shown(readJsonBytes(input))).toBe(expected))
})
