import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { atOf, lineStarts, positionOf } from "../../../compiler/lower/at.ts"

describe("positions", () => {
  it.each([
    ["", 0, [1, 1]],
    ["ab", 1, [1, 2]],
    ["a\nb", 2, [2, 1]],
    ["a\r\nb", 3, [2, 1]],
    ["a\rb", 2, [2, 1]],
    ["a\n", 2, [2, 1]],
    ["😀b", 2, [1, 3]],
  ] as const)("%j at %i is %j", (text, offset, position) =>
    expect(positionOf(lineStarts(text), offset)).toEqual(position),
  )

  it("agree with counting line by line", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "é") }), fc.nat(50), (text, n) => {
        const offset = Math.min(n, text.length)
        const before = text.slice(0, offset).split("\n")
        expect(positionOf(lineStarts(text), offset)).toEqual([
          before.length,
          (before.at(-1)?.length ?? 0) + 1,
        ])
      }),
    )
  })

  it("name the file by its index", () => {
    const at = atOf([
      { path: "a.fmap", text: "x" },
      { path: "b.fmap", text: "1\n23" },
    ])
    expect(at({ file: "b.fmap", span: { start: 2, end: 4 } })).toEqual([1, 2, 1, 2, 3])
    expect(() => at({ file: "c.fmap", span: { start: 0, end: 0 } })).toThrow("no such file")
  })
})
