// Fixes into texts: whole or not at all, never over each other.
import type { Diagnostic } from "@fmap/grammar"
import fc from "fast-check"
import { expect, test } from "vitest"
import { applyFixes } from "../../cli/project/apply-fixes.ts"

type Change = readonly [start: number, end: number, text: string, file?: string]

function fix(...changes: readonly Change[]): Diagnostic {
  const edits = changes.map(([start, end, text, file]) => ({
    place: { file: file ?? "a", span: { start, end } },
    text,
  }))
  return {
    code: "FM7001",
    severity: "error",
    message: "",
    labels: [{ place: { file: "a", span: { start: 0, end: 0 } }, voice: "primary", text: "" }],
    help: { text: "", edits },
  }
}
const textOf = (file: string) => (file === "a" ? "0123456789" : file === "b" ? "abc" : undefined)

const cases: readonly [string, readonly Diagnostic[], Record<string, string>, number][] = [
  ["one replacement", [fix([1, 3, "X"])], { a: "0X3456789" }, 1],
  ["several, in any order", [fix([8, 9, "Y"]), fix([1, 3, "X"])], { a: "0X34567Y9" }, 2],
  ["an insertion at either end", [fix([0, 0, "<"]), fix([10, 10, ">"])], { a: "<0123456789>" }, 2],
  ["overlap: the first wins", [fix([1, 5, "X"]), fix([4, 6, "Y"])], { a: "0X56789" }, 1],
  [
    "two insertions at one place have no order",
    [fix([5, 5, "X"]), fix([5, 5, "Y"])],
    { a: "01234X56789" },
    1,
  ],
  ["over two files, whole", [fix([0, 1, "X"], [0, 1, "Y", "b"])], { a: "X123456789", b: "Ybc" }, 1],
  ["not at all when one half does not fit", [fix([0, 1, "X"], [2, 9, "Y", "b"])], {}, 0],
  ["nor in a file that is not there", [fix([0, 1, "X", "c"])], {}, 0],
  ["edits of one fix that touch each other", [fix([0, 2, "X"], [1, 3, "Y"])], {}, 0],
  ["nothing to do", [{ ...fix(), help: null }], {}, 0],
]
test.each(cases)("%s", (_name, diagnostics, texts, applied) => {
  const result = applyFixes(diagnostics, textOf)
  expect(Object.fromEntries(result.texts)).toEqual(texts)
  expect(result.applied).toBe(applied)
})

test("what no applied fix covers stays as it was", () => {
  const change = fc
    .tuple(fc.nat(10), fc.nat(10), fc.string({ maxLength: 3 }))
    .map(([a, b, text]): Change => [Math.min(a, b), Math.max(a, b), text])
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), changes => {
      const { texts, applied } = applyFixes(
        changes.map(one => fix(one)),
        textOf,
      )
      const result = texts.get("a") ?? "0123456789"
      // Each applied fix changes the length by its own; the sum over some choice of `applied` fixes must explain the result.
      const grows = changes.map(([start, end, text]) => text.length - (end - start))
      const sums = new Set(
        grows
          .reduce<number[][]>((all, grow) => all.concat(all.map(some => some.concat(grow))), [[]])
          .filter(some => some.length === applied)
          .map(some => some.reduce((a, b) => a + b, 0)),
      )
      expect(sums).toContain(result.length - 10)
    }),
  )
})
