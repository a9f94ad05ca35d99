// Every rounding mode and operation against vectors of an independent implementation (see ../vectors).
import { readFileSync } from "node:fs"
import {
  add,
  compare,
  divide,
  formatScaled,
  fromText,
  multiply,
  type Rational,
  type RoundingMode,
  roundRational,
  subtract,
  toScaled,
} from "@fmap/runtime"
import { expect, test } from "vitest"

type Row = [operation: string, mode: string, a: string, b: string, scale: number, expected: string]
const rows = JSON.parse(
  readFileSync(new URL("../vectors/decimal-vectors.json", import.meta.url), "utf8"),
) as Row[]

function value(text: string): Rational {
  const rational = fromText(text)
  if (rational === undefined) throw new Error(`No decimal: ${text}`)
  return rational
}

function result([operation, mode, a, b, scale]: Row, expected: string): string | undefined {
  const digits = expected.split(".")[1]?.length ?? 0
  const exact = (r: Rational) => {
    const scaled = toScaled(r, digits)
    return scaled === undefined ? undefined : formatScaled(scaled, digits)
  }
  switch (operation) {
    case "round":
    case "divide": {
      const rational = operation === "round" ? value(a) : divide(value(a), value(b))
      const scaled = rational && roundRational(rational, scale, mode as RoundingMode)
      return scaled === undefined ? undefined : formatScaled(scaled, scale)
    }
    case "add":
      return exact(add(value(a), value(b)))
    case "subtract":
      return exact(subtract(value(a), value(b)))
    case "multiply":
      return exact(multiply(value(a), value(b)))
    case "compare":
      return String(compare(value(a), value(b)))
    default:
      throw new Error(operation)
  }
}

test("the vectors cover all seven losing modes and all operations", () => {
  expect(rows.length).toBeGreaterThan(4_000)
  expect(new Set(rows.map(row => row[1])).size).toBe(8)
  expect(new Set(rows.map(row => row[0])).size).toBe(6)
})

test("agrees with every vector", () => {
  const wrong = rows.filter(row => result(row, row[5]) !== row[5])
  expect(wrong.slice(0, 5)).toEqual([])
})
