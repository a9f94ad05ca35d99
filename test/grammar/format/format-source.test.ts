// The formatter's promises: same tree, every comment, idempotent at any width, broken files untouched; and its form.
import { formatSource, parse } from "@fmap/grammar"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { lexAll } from "../../../grammar/tokens/tokenize.ts"
import { bare } from "../outline.ts"
import { cleanSamples } from "../samples.ts"

function formatted(text: string, width?: number): string {
  const result = formatSource(text, "t.fmap", width === undefined ? {} : { width })
  if (result.kind === "refused") throw new Error(result.diagnostics.map(d => d.message).join("\n"))
  return result.text
}
const declarations = (text: string) => bare(parse(text, "t.fmap").tree.declarations)
const comments = (text: string) => lexAll(text).comments.map(c => c.image.trim())

const samples = cleanSamples()

describe.each(samples.map(s => [s.name, s.text] as const))("%s", (_, text) => {
  test.each([110, 80, 40, 1])("at width %i", width => {
    const once = formatted(text, width)
    expect(declarations(once)).toEqual(declarations(text))
    expect(comments(once)).toEqual(comments(text))
    expect(formatted(once, width)).toBe(once)
  })
})

test("blanks, tabs and blank lines of the author make no difference to the tree or the form", () => {
  const disturbed = fc
    .record({ sample: fc.nat(), seeds: fc.array(fc.nat({ max: 7 }), { minLength: 40, maxLength: 80 }) })
    .map(({ sample, seeds }) => {
      const { text } = samples[sample % samples.length]!
      let i = 0
      return {
        text,
        other: text
          .replace(/^[ \t]*/gm, () => " ".repeat(seeds[i++ % seeds.length]!))
          .replace(/\n\n/g, () => "\n".repeat(2 + (seeds[i++ % seeds.length]! % 3))),
      }
    })
  fc.assert(
    fc.property(disturbed, ({ text, other }) => {
      // Declarations stand at column 1; everything else may be moved.
      const moved = other.replace(
        /^ +(?=(import|system|enum|open|record|contract|crosswalk|map|test)\b)/gm,
        "",
      )
      fc.pre(parse(moved, "t.fmap").diagnostics.length === 0)
      expect(formatted(moved)).toBe(formatted(text))
    }),
    { numRuns: 200 },
  )
})

test("a file with an error is refused", () => {
  expect(formatSource("record R {\n a : \n}", "t.fmap")).toMatchObject({
    kind: "refused",
    diagnostics: [{ code: "FM1101" }],
  })
})

test.each([
  [
    "columns of fields and modifiers",
    "record R{\na:text(18) key\nlonger?:money(18, 2) in C   pii\n\n\n\nb:int(-5 .. 5)[1 ..]}",
    "record R {\n  a       : text(18)  key\n  longer? : money(18,2) in C  pii\n\n  b : int(-5..5)[1..]\n}\n",
  ],
  [
    "assignments and arms",
    'map M version 1.0.0\nfrom a:A\ngiven  longer : B\n{\nx=a.b+ -1\nlong=match a.c{\n"A"->.X\notherwise->.Y  // why\n}\n}',
    'map M version 1.0.0\n  from  a: A\n  given longer: B\n{\n  x    = a.b + -1\n  long = match a.c {\n    "A"       -> .X\n    otherwise -> .Y  // why\n  }\n}\n',
  ],
  [
    "words before brackets",
    "map M version 1.0.0 {\ncheck(a)==b and(c)in[1,2] else hold X\nd=f(a)[1]\n}",
    "map M version 1.0.0 {\n  check (a) == b and (c) in [1, 2] else hold X\n  d = f(a)[1]\n}\n",
  ],
  ["nothing", "  \n\n", ""],
])("form: %s", (_, before, after) => {
  expect(formatted(before)).toBe(after)
})

test("a long line is broken at its outermost place", () => {
  const text =
    'map M version 1.0.0 {\n  customer = CustomerByAccount(opp.AccountId, other.AccountId) else hold UNKNOWN_CUSTOMER "no customer"\n}\n'
  expect(formatted(text, 70)).toBe(
    'map M version 1.0.0 {\n  customer = CustomerByAccount(opp.AccountId, other.AccountId)\n    else hold UNKNOWN_CUSTOMER "no customer"\n}\n',
  )
})
