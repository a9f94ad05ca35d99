// The newline table of language-decisions 1, case by case: which line ends inside a body separate statements.
import { describe, expect, test } from "vitest"
import { continuationWords } from "../../../grammar/tokens/newline-rule.ts"
import { tokenize } from "../../../grammar/tokens/tokenize.ts"

/** Is the line end between the two lines of a body a token? */
function separates(
  first: string,
  second: string,
  open = "map M\n{\n  x = 1\n  ",
  close = "\n  y = 1\n}",
): boolean {
  const text = `${open}${first}\n  ${second}${close}`
  const at = open.length + first.length
  return tokenize(text, "t.fmap").tokens.some(token => token.image === "\n" && token.startOffset === at)
}

const operators = ["==", "!=", "<", "<=", ">", ">=", "+", "*", "/"]

describe("a line goes on", () => {
  test.each([...operators, "-", "=", ",", "->", "(", "[", "{", ":", "..", ".", "|"])("after %s", sign => {
    expect(separates(`a = b ${sign}`, "c")).toBe(false)
  })
  test.each([...operators, ".", "}", "{"])("before %s", sign => {
    expect(separates("a = b", `${sign} c`)).toBe(false)
  })
  test.each([...continuationWords])("before the word %s", word => {
    expect(separates("a = b", `${word} c`)).toBe(false)
  })
  test.each(["and", "or", "else"])("after the word %s", word => {
    expect(separates(`a = b ${word}`, "c")).toBe(false)
  })
  test("inside of round and square brackets", () => {
    expect(separates("a = f(b", "c)")).toBe(false)
    expect(separates("a = [b", "c]")).toBe(false)
  })
  test("at top level", () => {
    expect(separates("from a: A", "to b: B", "map M\n", "\n{}")).toBe(false)
  })
})

describe("a line ends", () => {
  test.each(["-", "->", ".."])("before %s", sign => {
    expect(separates("a = b", `${sign} c`)).toBe(true)
  })
  for (const word of continuationWords) {
    test.each(["=", ":", "?", "->", ","])(`before a name ${word} with %s`, sign => {
      expect(separates("a = b", `${word} ${sign} c`)).toBe(true)
    })
    test(`before the enum value ${word}`, () => {
      expect(separates("A", word, "enum E {\n  X\n  ", "\n  Y\n}")).toBe(true)
    })
  }
  test.each(["b", "let c = d", "`else` = 3", '"x" -> y'])("before %s", next => {
    expect(separates("a = b", next)).toBe(true)
  })
  test("after an operator, when the next line assigns", () => {
    expect(separates("a = b +", "c = d")).toBe(true)
  })
  test("after an open bracket, when the next line assigns", () => {
    expect(separates("a = f(b", "c = d")).toBe(true)
  })
})
