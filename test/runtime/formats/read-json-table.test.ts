// JSON files as tables: every figure digit for digit, every row with its line, whatever its texts hold.
import { readJsonTable, writeJson } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

test("rows may lack members, and figures keep their digits", () => {
  const read = readJsonTable(
    '\ufeff[{"a": 1.10, "__proto__": "x"},\n\n {"b": 12345678901234567890.5, "a": null},\n{"a": 1e3}]',
  )
  expect(read).toEqual({
    ok: {
      columns: ["a", "__proto__", "b"],
      sparse: true,
      rows: [
        { line: 1, cells: ["1.1", "x", ""], kinds: ["number", "text", "nothing"] },
        { line: 3, cells: ["", "", "12345678901234567890.5"], kinds: ["nothing", "nothing", "number"] },
        { line: 4, cells: ["1000", "", ""], kinds: ["number", "nothing", "nothing"] },
      ],
    },
  })
})

test("lines of rows do not depend on what stands in texts", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", '"', "\\", "[", "]", "{", "}", ",", "\n"),
    maxLength: 6,
  })
  const row = fc.dictionary(text, text, { maxKeys: 3 })
  fc.assert(
    fc.property(fc.array(fc.tuple(row, fc.nat(2)), { minLength: 1 }), rows => {
      let line = 1
      const lines: number[] = []
      const parts = rows.map(([of, gap]) => {
        line += gap
        lines.push(line)
        const written = writeJson(of, 1)
        line += written.split("\n").length - 1
        return "\n".repeat(gap) + written
      })
      const read = readJsonTable(`[${parts.join(",")}]`)
      expect("ok" in read && read.ok.rows.map(one => one.line)).toEqual(lines)
    }),
  )
})

test.each([
  ["no JSON", "[{]", [[1, "BAD_JSON"]]],
  ["no list", "{}", [[1, "NO_ROWS"]]],
  [
    "no objects, or objects in objects",
    '[1,\n{"a":{}},\n[],\n{"a":1}]',
    [
      [1, "BAD_ROW"],
      [2, "BAD_ROW"],
      [3, "BAD_ROW"],
    ],
  ],
  ["a number of a million digits", '[{"a":1e1000000}]', [[1, "BAD_ROW"]]],
])("%s is refused", (_, text, problems) => {
  const read = readJsonTable(text)
  expect("problems" in read ? read.problems.map(p => [p.line, p.code]) : read).toEqual(problems)
})
