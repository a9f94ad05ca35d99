// The General Decimal Arithmetic testcases (*.decTest), which are not in this repository: their licence does not say enough.
// vitest.config.ts leaves this file out where FMAP_DECTEST does not say where they are. Every Python brings them:
// FMAP_DECTEST=$(python3 -c 'import os,test;print(os.path.dirname(test.__file__))')/decimaltestdata
import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  add,
  compare,
  divide,
  fromText,
  multiply,
  type Rational,
  type RoundingMode,
  roundingModes,
  roundRational,
  subtract,
} from "@fmap/runtime"
import { describe, expect, test } from "vitest"

const folder = process.env.FMAP_DECTEST ?? ""
const files = ["quantize", "add", "subtract", "multiply", "divide", "compare"]

/** Finite numbers of small exponent as an exact value and its exponent. */
function number(text: string): { value: Rational; exponent: number } | undefined {
  const match = /^'?([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?'?$/.exec(text)
  if (match === null || (match[2] === "" && match[3] === "")) return undefined
  const exponent = Number(match[4] ?? 0) - (match[3] ?? "").length
  if (Math.abs(exponent) > 400) return undefined
  const n = BigInt(`${match[2]}${match[3]}`) * (match[1] === "-" ? -1n : 1n)
  const power = fromText(exponent < 0 ? `0.${"0".repeat(-exponent - 1)}1` : `1${"0".repeat(exponent)}`)
  return power && { value: multiply({ n, d: 1n }, power), exponent }
}

function compute(operation: string, a: Rational, b: Rational): Rational | undefined {
  switch (operation) {
    case "add":
      return add(a, b)
    case "subtract":
      return subtract(a, b)
    case "multiply":
      return multiply(a, b)
    case "divide":
      return divide(a, b)
    case "compare":
      return { n: BigInt(compare(a, b)), d: 1n }
    default:
      return undefined
  }
}

describe("General Decimal Arithmetic testcases", () => {
  test.each(files)("%s", file => {
    let rounding = ""
    let checked = 0
    const wrong: string[] = []
    for (const line of readFileSync(join(folder, `${file}.decTest`), "utf8").split("\n")) {
      const mode = /^rounding:\s*(\S+)/i.exec(line)?.[1]
      if (mode !== undefined) rounding = mode.toLowerCase()
      const [, operation = "", x = "", y = "", z = "", flags = ""] =
        /^\w+\s+(\w+)\s+(\S+)\s+(\S+)\s*->\s*(\S+)(.*)$/.exec(line) ?? []
      const [a, b, expected] = [number(x), number(y), number(z)]
      if (a === undefined || b === undefined || expected === undefined) continue
      if (/Subnormal|Underflow|Clamped|Overflow/i.test(flags)) continue
      if (!roundingModes.includes(rounding as RoundingMode)) continue
      // a result that was cut to the context's precision is one rounding at the exponent it shows
      const exact =
        operation.toLowerCase() === "quantize" ? a.value : compute(operation.toLowerCase(), a.value, b.value)
      if (exact === undefined) continue
      const up = fromText(`1${"0".repeat(Math.max(0, expected.exponent))}`)
      const shifted = up && divide(exact, up)
      const got = shifted && roundRational(shifted, Math.max(0, -expected.exponent), rounding as RoundingMode)
      const want = up && divide(expected.value, up)
      const wanted = want && roundRational(want, Math.max(0, -expected.exponent), "exact")
      checked++
      if (got !== wanted) wrong.push(`${line} (${rounding})`)
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(70)
  })
})
