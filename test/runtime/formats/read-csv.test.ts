// CSV files: quoting, marks, lines, and every way a file can be none.
import { readCsv } from "@fmap/runtime/formats"
import fc from "fast-check"
import { expect, test } from "vitest"

test.each<[string, string, unknown]>([
  [
    "plain",
    "a,b\n1,2\n",
    [
      ["a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "a mark and CRLF",
    '\ufeffa,b\r\n1,"x, y"\r\n',
    [
      ["a", "b"],
      [2, "1", "x, y"],
    ],
  ],
  [
    "mixed line ends, empty lines, no end",
    "a,b\r\n\n1,2\n3,4",
    [
      ["a", "b"],
      [3, "1", "2"],
      [4, "3", "4"],
    ],
  ],
  [
    "a quoted line end",
    'a,b\n"1\n2","say ""hi"""\n3,4\n',
    [
      ["a", "b"],
      [2, "1\n2", 'say "hi"'],
      [4, "3", "4"],
    ],
  ],
  ["blanks stay", "a\n x \n", [["a"], [2, " x "]]],
  [
    "hostile column names",
    "__proto__,constructor\n1,2\n",
    [
      ["__proto__", "constructor"],
      [2, "1", "2"],
    ],
  ],
  ["formula cells stay text", "a\n=1+1\n", [["a"], [2, "=1+1"]]],
  ["ragged rows", "a,b\n1\n1,2,3\n1,2\n", ["2 RAGGED_ROW", "3 RAGGED_ROW"]],
  ["NUL", "a,b\n1,\0\n", ["2 NUL"]],
  ["an open quote", 'a,b\n1,"2\n', ["2 BAD_CSV"]],
  ["empty", "", ["1 NO_HEADER"]],
  ["a mark only", "\ufeff", ["1 NO_HEADER"]],
  ["two columns of one name", "a,a\n1,2\n", ["1 BAD_HEADER"]],
  ["a column without name", "a,\n1,2\n", ["1 BAD_HEADER"]],
])("%s", (_, text, expected) => {
  const result = readCsv(text)
  const shown =
    "ok" in result
      ? [result.ok.columns, ...result.ok.rows.map(row => [row.line, ...row.cells])]
      : result.problems.map(problem => `${problem.line} ${problem.code}`)
  expect(shown).toEqual(expected)
})

test("any cells come back", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", " ", "é"), maxLength: 5 })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), rows => {
      const result = readCsv(["x,y", ...rows.map(row => row.map(quoted).join(","))].join("\n"))
      expect("ok" in result && result.ok.rows.map(row => row.cells)).toEqual(rows)
    }),
  )
})

test("another delimiter, and a cell of 10 MB", () => {
  expect(readCsv("a;b\n1;2\n", { delimiter: ";" })).toEqual({
    ok: { columns: ["a", "b"], rows: [{ line: 2, cells: ["1", "2"] }] },
  })
  const result = readCsv(`a\n${"x".repeat(10_000_000)}\n`)
  expect("ok" in result && result.ok.rows[0]?.cells[0]?.length).toBe(10_000_000)
})
