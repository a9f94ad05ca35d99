// What a receipt of a load is told as: its counts add up, and rows are named from 1, as in the file.
import { expect, test } from "vitest"
import { loadWords } from "../../../cli/flow/load-words.ts"

const rejected = [{ index: 6, code: "REFUSED_ROW", message: "Item not located in Currency list: CHF" }]

test("counts alone, since what a system says of a row may hold what stands in it", () => {
  expect(loadWords({ sent: 8, loaded: 6, ignored: 1, rejected }, false)).toBe(
    "8 rows = 6 loaded + 1 ignored + 1 rejected",
  )
})

test("with values also which row was rejected, and why", () => {
  expect(loadWords({ sent: 1, loaded: 0, ignored: 0, rejected }, true)).toBe(
    "1 row = 0 loaded + 0 ignored + 1 rejected (row 7 REFUSED_ROW: Item not located in Currency list: CHF)",
  )
})

test("ten rejected rows at most, and that there are more; a row nobody can place is a row", () => {
  const many = Array.from({ length: 11 }, () => ({ index: null, code: "C", message: "m" }))
  const told = loadWords({ sent: 11, loaded: 0, ignored: 0, rejected: many }, true)
  expect(told).toContain(`(${Array.from({ length: 10 }, () => "a row C: m").join("; ")}; …)`)
})

test.each([undefined, null, "text", { id: "17" }, { sent: 1, loaded: 1, ignored: 0 }])(
  "nothing of %j",
  receipt => {
    expect(loadWords(receipt, true)).toBeUndefined()
  },
)
