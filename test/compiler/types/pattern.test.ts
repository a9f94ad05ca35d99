// The subset of patterns: what it takes means the same to the engine, and stays fast on texts made to be slow.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkPattern } from "../../../compiler/types/pattern/index.ts"

describe("patterns the subset takes", () => {
  it.each([
    ["^[A-Z]{3}$", "^[A-Z]{3}$"],
    ["[A-Z]{3}", "^[A-Z]{3}$"],
    ["a|b", "^(?:a|b)$"],
    ["", "^$"],
    ["\\d{4}-\\d{2}-\\d{2}", "^\\d{4}-\\d{2}-\\d{2}$"],
    ["-?\\d+(\\.\\d+)?", "^-?\\d+(\\.\\d+)?$"],
    ["(\\d{1,3}\\.){3}\\d{1,3}", "^(\\d{1,3}\\.){3}\\d{1,3}$"],
    ["[^@ ]+@[a-z]+\\.[a-z]{2,}", "^[^@ ]+@[a-z]+\\.[a-z]{2,}$"],
    ["(?:ab)+c", "^(?:ab)+c$"],
    ["(EUR|USD)( |-)\\d+", "^(EUR|USD)( |-)\\d+$"],
    ["[\\u00e4-\\u00fc]+", "^[\\u00e4-\\u00fc]+$"],
    ["😀+", "^😀+$"],
    ["[\\w\\-]+", "^[\\w\\-]+$"],
    ["\\$", "^\\$$"],
    ["a{0}b", "^a{0}b$"],
  ])("%s as %s", (source, full) => {
    expect(checkPattern(source)).toEqual({ source: full })
    expect(() => new RegExp(full, "u")).not.toThrow()
  })
})

describe("patterns it refuses", () => {
  it.each([
    ["(a+)+", "a quantifier inside another"],
    ["(a*)*", "a repetition of something that may be empty"],
    ["(a|a)*", "a repetition of alternatives that may begin with the same character"],
    ["(x(a|ab)y)*", "a repetition of alternatives that may begin with the same character"],
    ["a*a*", "beside each other"],
    ["\\d+[0-9a-f]+", "beside each other"],
    ["a?a?a?", "beside each other"],
    ["\\w+x?\\w+", "beside each other"],
    [".*foo.*", "beside each other"],
    ["(\\d{1,3}){3}", "beside each other"],
    ["(?=a)", "look-ahead"],
    ["(?<!a)b", "look-ahead"],
    ["(?<n>a)", "named"],
    ["(a)\\1", "a back-reference"],
    ["\\ba", "word boundary"],
    ["\\p{L}", "Unicode property"],
    ["a+?", "lazy"],
    ["a**", "two quantifiers"],
    ["*a", "nothing before it"],
    ["a{2,1}", "ends before it begins"],
    ["a{1001}", "above 1000"],
    ["(a{1000}){1000}", "multiply"],
    ["a{", "no count"],
    ["(a", 'without its ")"'],
    ["a)", 'without its "("'],
    ["[a", 'without its "]"'],
    ["[]", "no character"],
    ["[b-a]", "two ends"],
    ["[\\d-z]", "two ends"],
    ["a^b", "only at the very start"],
    ["a$b", "only at the very end"],
    ["^a|b$", "into a group"],
    ["\\q", "escapes nothing"],
    ["\\u12", "hexadecimal"],
    ["\\", "at the end"],
    ["\ud800", "half a character"],
    ["(".repeat(10_000), "inside each other"],
  ])("%s", (source, problem) =>
    expect(checkPattern(source)).toMatchObject({ problem: expect.stringContaining(problem) }),
  )
})

describe("any source", () => {
  const piece = fc.constantFrom(
    "a",
    "b",
    "[ab]",
    "[^a]",
    ".",
    "\\d",
    "(",
    ")",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{1,3}",
    "-",
    "\\.",
    "^",
    "$",
  )
  it("is refused or compiles, and then stays linear on long runs", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), pieces => {
        const checked = checkPattern(pieces.join(""))
        if ("problem" in checked) return
        const pattern = new RegExp(checked.source, "u")
        for (const run of ["a", "b", "1", "ab", "a-", "1."]) {
          const started = performance.now()
          pattern.test(`${run.repeat(20_000)}!`)
          expect(performance.now() - started).toBeLessThan(500)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
