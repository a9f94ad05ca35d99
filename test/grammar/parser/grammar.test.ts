// Chevrotain's own validation, and what no input may do: throw, take later declarations, nest without end.
import { parse } from "@fmap/grammar"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FmapParser } from "../../../grammar/parser/fmap-parser.ts"
import { lexAll } from "../../../grammar/tokens/tokenize.ts"
import { cleanSamples } from "../samples.ts"

test("the rules have no ambiguity Chevrotain can see", () => {
  expect(() => new FmapParser(true)).not.toThrow()
})

describe("10,000 levels are one clear error, and the next declaration is read", () => {
  const n = 10_000
  const forms: Record<string, string> = {
    brackets: "(".repeat(n) + "1" + ")".repeat(n),
    lists: "[".repeat(n) + "]".repeat(n),
    records: "{a=".repeat(n) + "1" + "}".repeat(n),
    calls: "f(".repeat(n) + ")".repeat(n),
    not: `${"not ".repeat(n)}x`,
    minus: `${"-".repeat(n)}x`,
    sum: `1${"+1".repeat(n)}`,
    path: `a${".b".repeat(n)}`,
    else: `a${" else b".repeat(n)}`,
    index: `a${"[1]".repeat(n)}`,
    match: "match a { b -> ".repeat(n) + "1" + "}".repeat(n),
    each: "each a as b { c = ".repeat(n) + "1" + "}".repeat(n),
  }
  test.each(Object.entries(forms))("%s", (_, value) => {
    const { tree, diagnostics } = parse(
      `map M version 1.0.0 {\n  a = ${value}\n  b = 2\n}\nrecord Z {\n  q : text\n}\n`,
      "t.fmap",
    )
    expect(diagnostics.map(d => d.code)).toEqual(["FM1109"])
    expect(tree.declarations).toMatchObject([{ kind: "map" }, { kind: "record", name: { text: "Z" } }])
  })
  test("types", () => {
    const codes = (type: string) =>
      parse(`record R {\n  a : ${type}\n}`, "t.fmap").diagnostics.map(d => d.code)
    expect(codes("{[text]: ".repeat(n) + "text" + "}".repeat(n))).toEqual(["FM1109"])
    expect(codes(`text${"[]".repeat(n)}`)).toEqual(["FM1109"])
  })
})

const samples = cleanSamples()
const last = "\nrecord LastOne {\n  z : text\n}\n"

/** Tokens of a sample with one dropped, doubled or replaced by another of the same sample. */
const broken = fc
  .record({
    sample: fc.nat(),
    at: fc.nat(),
    other: fc.nat(),
    how: fc.constantFrom("drop", "double", "replace"),
  })
  .map(pick => {
    const { text } = samples[pick.sample % samples.length]!
    const tokens = lexAll(text).tokens.filter(token => token.image !== "\n")
    const token = tokens[pick.at % tokens.length]!
    const other = tokens[pick.other % tokens.length]!.image
    const end = token.startOffset + token.image.length
    const instead = { drop: "", double: `${token.image} ${token.image}`, replace: ` ${other} ` }[pick.how]
    return text.slice(0, token.startOffset) + instead + text.slice(end)
  })

test("a broken token never throws and never takes a later declaration", () => {
  fc.assert(
    fc.property(broken, text => {
      const { tree, diagnostics } = parse(text + last, "t.fmap")
      expect(tree.declarations.at(-1)).toMatchObject({ kind: "record", name: { text: "LastOne" } })
      for (const { labels } of diagnostics) {
        const { start, end } = labels[0].place.span
        expect(start >= 0 && start <= end && end <= text.length + last.length).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test("any text at all gives a tree", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."{}()[],:;.-+*/=<>|&!%\"'`\n\t ".split(""),
      "map",
      "record",
      "each",
      "match",
      "else",
      "->",
      "..",
      're"',
      "///",
      "//",
      "1.5",
      "\u202e",
      "é",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }).map(parts => parts.join("")),
      text => {
        expect(parse(text, "t.fmap").tree.kind).toBe("file")
      },
    ),
    { numRuns: 3000 },
  )
})

test("every syntax fix leads to text with fewer errors or none", () => {
  const wrong =
    "map M version 1.0.0 {\n  a = b && !c\n  d = .5\n  e == 3\n  check x = 1 else hold X\n  f = null\n  g = 'q'\n  lett h = 1\n}\nmapp N { }\n"
  const { diagnostics } = parse(wrong, "t.fmap")
  const edits = diagnostics
    .flatMap(d => d.help?.edits ?? [])
    .toSorted((a, b) => b.place.span.start - a.place.span.start)
  const fixed = edits.reduce(
    (text, e) => text.slice(0, e.place.span.start) + e.text + text.slice(e.place.span.end),
    wrong,
  )
  expect(parse(fixed, "t.fmap").diagnostics).toEqual([])
})
