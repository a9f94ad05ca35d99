// Cells of a CSV file: what a spreadsheet would take for a formula is text, and figures stay figures.
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { expect, test } from "vitest"
import { csvText } from "../../../cli/docs/csv.ts"

test.each([
  ["plain", "plain"],
  ["", ""],
  ["-1", "-1"],
  ["-12.50", "-12.50"],
  ["=1+1", "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["-2+3", "'-2+3"],
  ["@SUM(1)", "'@SUM(1)"],
  ["  =1+1", "'  =1+1"],
  ["\t=1", "'\t=1"],
  ["＝1+1", "'＝1+1"],
  ["a,b", '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ["two\nlines", '"two\nlines"'],
])("%j", (text, cell) => expect(csvText([["x", text]])).toBe(`x,${cell}\r\n`))

test("whatever stands in cells is read back, but for the apostrophe", () => {
  const text = fc.string({ unit: fc.constantFrom(..."=+-@|%\t\r\n\",;'. a17\uFF1D") })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), rows => {
      const read: string[][] = parse(csvText([["a", "b"], ...rows]), {
        relax_column_count: false,
        bom: false,
      })
      expect(read.slice(1).map(row => row.map(cell => cell.replace(/^'/u, "")))).toEqual(
        rows.map(row => row.map(cell => cell.replace(/^'/u, ""))),
      )
      for (const cell of read.slice(1).flat())
        expect(cell).toMatch(/^(?!\s*[=+@])(?!\s*-(?!\d+(?:\.\d+)?$))/u)
    }),
  )
})
