// The line a crosswalk answers from: on random tables it is the line of a row that has the value of the answer and fits the question.
import { crosswalkKey, crosswalkLines, loadCrosswalk } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const text = { kind: "text", min: 0, max: 9, measure: "points", pattern: null, wire: "plain" } as const
const spec = {
  name: "C",
  keyForm: "folded",
  parameters: [
    { name: "a", type: text },
    { name: "b", type: text },
  ],
  result: { kind: "scalar", type: text },
  columns: [],
  where: [{ column: "on", operator: "==", value: "y" }],
  dated: { from: "from", until: null, next: true },
  wildcard: "*",
} as const
const days = ["2026-01-01", "2026-02-01", "2026-03-01"]

test("the line is of the row that answers", () => {
  let found = 0
  const cells = fc.tuple(
    fc.constantFrom("x", "Y", "*"),
    fc.constantFrom("x", "y", "*"),
    fc.constantFrom(...days),
    fc.constantFrom("y", "n"),
  )
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 8 }), rows => {
      const table = {
        columns: ["a", "b", "from", "on", "value"],
        // Every row has a value of its own, which is its line.
        rows: rows.map((row, i) => ({ line: 10 * i + 2, cells: [...row, String(10 * i + 2)] })),
      }
      const loaded = loadCrosswalk(spec, table)
      const lineOf = crosswalkLines(spec, table)
      for (const a of ["x", "y"])
        for (const b of ["x", "y"])
          for (const day of ["2025-12-31", ...days]) {
            const key = crosswalkKey([a, b])

            const value = "ok" in loaded ? loaded.ok.find(key, day) : undefined
            expect(lineOf(key, day, false)).toBe(value === undefined ? undefined : Number(value))
            if (value !== undefined) found++
          }
    }),
  )
  expect(found).toBeGreaterThan(50)
})
