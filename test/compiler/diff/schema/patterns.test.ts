// Patterns as automata: they let through what the engine's own expressions do, and what is said of two of them agrees with every text.
import { createPatterns } from "@fmap/compiler"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const patterns = createPatterns()

const atom = fc.constantFrom(
  "a",
  "b",
  "[ab]",
  "[^a]",
  "\\d",
  "\\w",
  "\\s",
  ".",
  "(?:ab|b)",
  "(a)",
  "é",
  "\\u{1F600}",
  "[a-c1]",
  "\\D",
)
const quantified = fc
  .tuple(atom, fc.constantFrom("", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?"))
  .map(parts => parts.join(""))
const sequence = fc.array(quantified, { maxLength: 3 }).map(parts => parts.join(""))
const pattern = fc
  .array(fc.tuple(fc.constantFrom("", "^"), sequence, fc.constantFrom("", "$")), {
    minLength: 1,
    maxLength: 2,
  })
  .map(alternatives => alternatives.map(parts => parts.join("")).join("|"))
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " ", "é", "\n", "😀"), maxLength: 6 })

test("a text is let through exactly when the engine's expression finds it", () => {
  fc.assert(
    fc.property(pattern, text, (one, tried) => {
      expect(patterns.matches(one, tried), `${one} on ${JSON.stringify(tried)}`).toBe(
        new RegExp(one, "u").test(tried),
      )
    }),
    { numRuns: 500 },
  )
})

test("what is included has no text outside, and what is not has the one that is given", () => {
  fc.assert(
    fc.property(pattern, pattern, fc.array(text, { maxLength: 8 }), (narrow, wide, tried) => {
      const found = patterns.includes(narrow, wide)
      if (found.kind === "included")
        for (const one of tried)
          expect(
            !new RegExp(narrow, "u").test(one) || new RegExp(wide, "u").test(one),
            JSON.stringify([narrow, wide, one]),
          ).toBe(true)
      if (found.kind === "not included")
        expect([new RegExp(narrow, "u").test(found.text), new RegExp(wide, "u").test(found.text)]).toEqual([
          true,
          false,
        ])
    }),
    { numRuns: 120 },
  )
})

test("samples are let through, and lengths are those of the shortest and longest", () => {
  fc.assert(
    fc.property(pattern, text, (one, tried) => {
      const expression = new RegExp(one, "u")
      for (const sample of patterns.samples(one, 5)) expect(expression.test(sample)).toBe(true)
      if (!expression.test(tried)) return
      expect([...tried].length).toBeGreaterThanOrEqual(patterns.shortest(one) ?? 0)
      expect([...tried].length).toBeLessThanOrEqual(patterns.longest(one) ?? Number.POSITIVE_INFINITY)
    }),
    { numRuns: 100 },
  )
})

describe("what is said of patterns people write", () => {
  const cases: readonly [string, string, string][] = [
    ["^[A-Z]{3}$", "^[A-Z]+$", "included"],
    ["^[A-Z]+$", "^[A-Z]{3}$", "not included"],
    ["^(EUR|USD)$", "^[A-Z]{3}$", "included"],
    ["^-?(?:0|[1-9][0-9]{0,15})(?:\\.[0-9]{1,2})?$", "^-?[0-9]+(?:\\.[0-9]+)?$", "included"],
    ["^\\d{4}-\\d{2}$", "^[0-9-]+$", "included"],
    ["^a(?=b)", "^a", "unknown"],
    ["(a)\\1", "a", "unknown"],
    ["\\bx", "x", "unknown"],
  ]
  test.each(cases)("%s in %s: %s", (narrow, wide, kind) =>
    expect(patterns.includes(narrow, wide).kind).toBe(kind),
  )
  test("a pattern whose anchors were forgotten stops nothing", () => {
    expect(["[a-z]*", "x?", ""].map(patterns.stopsNothing)).toEqual([true, true, true])
    expect(["^[a-z]*$", "[a-z]", "^x?$"].map(patterns.stopsNothing)).toEqual([false, false, false])
  })
})
