// The strict reader and the fast one agree with the engine's JSON on everything it may read, and with each other on numbers.
import { type JsonResult, parseExact, readJson, writeJson } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"
import { mayLoseDigits } from "../../../runtime/formats/json/parse-exact.ts"

/** What a reader makes of a text, written exactly, or its refusal. */
function shown(result: JsonResult): string {
  return "ok" in result
    ? writeJson(result.ok)
    : `${result.refused.code} ${result.refused.line}:${result.refused.column}`
}

test("reads what the engine reads", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), text => {
      const result = readJson(text)
      if ("refused" in result) {
        // fc.json makes no lone surrogates, deep nesting or duplicate keys
        throw new Error(`${text}: ${result.refused.message}`)
      }
      const exact = JSON.parse(text, (_, value) => value) as unknown
      expect(JSON.parse(writeJson(result.ok))).toEqual(exact)
    }),
    { numRuns: 3_000 },
  )
})

test("refuses what the engine refuses, on mutated texts", () => {
  const mutated = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom(...'{}[]",:\\0123456789.eE+-ntf \n\u0000\ufeff'),
      fc.constantFrom(0, 1),
    )
    .map(
      ([text, at, character, cut]) =>
        text.slice(0, at % (text.length + 1)) + character + text.slice((at % (text.length + 1)) + cut),
    )
  fc.assert(
    fc.property(mutated, text => {
      let engine = true
      try {
        JSON.parse(text.replace(/^\ufeff/, ""))
      } catch {
        engine = false
      }
      const result = readJson(text)
      if (!engine) expect("refused" in result).toBe(true)
      else if ("refused" in result) expect(["DUPLICATE_KEY", "BAD_TEXT"]).toContain(result.refused.code)
    }),
    { numRuns: 20_000 },
  )
})

const literals = fc
  .tuple(
    fc.constantFrom("", "-"),
    fc.bigInt({ min: 0n, max: 10n ** 22n }),
    fc.nat(22),
    fc.constantFrom("", "", "", "e5", "E-3", "e-400"),
  )
  .map(([sign, digits, scale, exponent]) => {
    const text = digits.toString().padStart(scale + 1, "0")
    return (
      sign +
      text.slice(0, text.length - scale) +
      (scale > 0 ? `.${text.slice(text.length - scale)}` : "") +
      exponent
    )
  })

test("parseExact gives what readJson gives: the guard misses no number", () => {
  fc.assert(
    fc.property(
      fc.array(literals, { maxLength: 6 }),
      fc.string(),
      fc.constantFrom("", " ", "\n"),
      (numbers, note, blank) => {
        const text = `{"note":${JSON.stringify(note)},"n":[${numbers.map(n => blank + n).join(",")}]}`
        expect(shown(parseExact(text))).toBe(shown(readJson(text)))
      },
    ),
    { numRuns: 20_000 },
  )
})

test("parseExact where the readers differ, and where they must not", () => {
  expect(shown(parseExact('{"a":1,"a":2}'))).toBe('{"a":2}')
  expect(shown(parseExact('{"a":1,"a":12345678901234567890}'))).toBe("DUPLICATE_KEY 1:8")
  expect(shown(parseExact("1e-400"))).toBe("1e-400")
  expect(shown(parseExact("[-1e-400]"))).toBe("[-1e-400]")
  expect(shown(parseExact("\ufeff1e400"))).toBe("1e400")
  expect(shown(parseExact("\ufeff{}"))).toBe("{}")
  expect(shown(parseExact("[1,"))).toBe("BAD_JSON 1:4")
  expect(shown(parseExact('{"id":"003e3000000000000000000001"}'))).toBe('{"id":"003e3000000000000000000001"}')
})

test("the guard sees a run of 16 digits wherever it stands, and takes none of 15 for one", () => {
  for (let offset = 0; offset < 64; offset++) {
    const blanks = " ".repeat(offset)
    expect(mayLoseDigits(`${blanks}1234567890123456`)).toBe(true)
    expect(mayLoseDigits(`${blanks}123456789012.456 `)).toBe(true)
    expect(mayLoseDigits(`${blanks}123456789012.45 `)).toBe(false)
    expect(shown(parseExact(`${blanks}[12345678901234567890]`))).toBe("[12345678901234567890]")
  }
})
