// The colouring grammar: every rule is a pattern that compiles, and words get the scope of their role.
import { textMateGrammar } from "@fmap/editor"
import { keywords } from "@fmap/grammar"
import { describe, expect, test } from "vitest"

interface Node {
  readonly name?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly patterns?: readonly Node[]
  readonly include?: string
}

const grammar = textMateGrammar()

function rules(node: Node): readonly Node[] {
  return [node, ...(node.patterns ?? []).flatMap(rules)]
}

const all = Object.values(grammar.repository).flatMap(rules)

test("every pattern compiles and matches something", () => {
  for (const source of all.flatMap(rule => [rule.match, rule.begin, rule.end]).filter(s => s !== undefined)) {
    expect(() => new RegExp(source, "u")).not.toThrow()
    expect(new RegExp(source, "u").test("") && source !== '"|$').toBe(false)
  }
})

test("every include leads somewhere", () => {
  for (const rule of [...all, ...grammar.patterns]) {
    if (rule.include !== undefined)
      expect(Object.hasOwn(grammar.repository, rule.include.slice(1))).toBe(true)
  }
})

test.each(keywords.map(k => k.word))(
  "the word %s is coloured, and is a name before a colon and after a dot",
  word => {
    const words = rules(grammar.repository.words as Node).filter(r => r.match !== undefined)
    const coloured = (text: string) => words.some(r => new RegExp(r.match as string, "u").test(text))
    expect(coloured(word)).toBe(true)
    expect(coloured(`opp.${word}`)).toBe(false)
    expect(new RegExp(grammar.repository.fieldName?.match as string, "u").test(`${word} : text`)).toBe(true)
    expect(new RegExp(grammar.repository.fieldName?.match as string, "u").test(`${word} == 1`)).toBe(false)
  },
)

describe("a line of a map", () => {
  const scopeOf = (rule: string, text: string) =>
    new RegExp(grammar.repository[rule]?.match as string, "u").exec(text)?.[0]
  test.each([
    ["time", "asOf == 2026-03-31", "2026-03-31"],
    ["number", "x * 12.5%", "12.5%"],
    ["enumMember", "status = .Booked", ".Booked"],
    ["quotedName", "`sap:label` = 1", "`sap:label`"],
    ["docs", "  /// A won deal", "/// A won deal"],
    ["pattern", 'matching re"^[A-Z]{3}$"', 're"^[A-Z]{3}$"'],
  ])("%s", (rule, text, found) => expect(scopeOf(rule, text)).toBe(found))
})
