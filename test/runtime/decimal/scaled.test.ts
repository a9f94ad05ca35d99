// Decimal text and scaled integers: the grammar by cases, the identities by properties.
import {
  add,
  divide,
  divideRounded,
  fitsDigits,
  fitsMinorUnits,
  formatScaled,
  formatShortest,
  fromScaled,
  multiply,
  parseDecimal,
  parseScaled,
  type RoundingMode,
  rescale,
  roundingModes,
  roundRational,
  subtract,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

describe("parseScaled at scale 2", () => {
  test.each<[string, bigint | undefined]>([
    ["0", 0n],
    ["-0", 0n],
    ["-0.00", 0n],
    ["1179.50", 117950n],
    ["1179.5", 117950n],
    ["-12", -1200n],
    ["0.01", 1n],
    [
      "123456789012345678901234567890123456789012345678901234567890.12",
      12345678901234567890123456789012345678901234567890123456789012n,
    ],
    ["1.500", undefined],
    ["1.000", undefined],
    ["+1", undefined],
    [" 1", undefined],
    ["1 ", undefined],
    ["1\n", undefined],
    ["", undefined],
    ["-", undefined],
    [".5", undefined],
    ["5.", undefined],
    ["01", undefined],
    ["00", undefined],
    ["1e2", undefined],
    ["1,000", undefined],
    ["0x10", undefined],
    ["１", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["--1", undefined],
    ["1.2.3", undefined],
    ["9".repeat(1001), undefined],
  ])("%j", (text, expected) => expect(parseScaled(text, 2)).toBe(expected))
})

const anyBig = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
const anyScale = fc.integer({ min: 0, max: 20 })

test("text and scaled integer are inverse", () => {
  fc.assert(
    fc.property(anyBig, anyScale, (value, scale) => {
      expect(parseScaled(formatScaled(value, scale), scale)).toBe(value)
      expect(parseScaled(formatShortest(value, scale), scale)).toBe(value)
      expect(formatShortest(value, scale)).not.toMatch(/\.[0-9]*0$|\.$/)
      expect(parseDecimal(formatScaled(value, scale))).toEqual({ unscaled: value, scale })
    }),
  )
})

test("rescale widens exactly and refuses what it would lose", () => {
  fc.assert(
    fc.property(anyBig, anyScale, anyScale, (value, from, to) => {
      const scaled = rescale(value, from, to)
      const lost = to < from && value % 10n ** BigInt(from - to) !== 0n
      expect(scaled === undefined).toBe(lost)
      if (scaled !== undefined) expect(rescale(scaled, to, from)).toBe(value)
    }),
  )
})

test("digits and minor units", () => {
  expect(fitsDigits(99999n, 5)).toBe(true)
  expect(fitsDigits(100000n, 5)).toBe(false)
  expect(fitsDigits(-99999n, 5)).toBe(true)
  expect(fitsDigits(-100000n, 5)).toBe(false)
  expect(fitsMinorUnits(11795000n, 4, 2)).toBe(true)
  expect(fitsMinorUnits(11795001n, 4, 2)).toBe(false)
  expect(fitsMinorUnits(5n, 2, 3)).toBe(true)
  expect(formatScaled(5n, 3)).toBe("0.005")
  expect(formatScaled(-5n, 3)).toBe("-0.005")
})

/** What the modes mean, said once more by comparing distances, on half units to stay in integers. */
function expectedQuotient(n: bigint, d: bigint, mode: RoundingMode): bigint | undefined {
  const abs = (x: bigint) => (x < 0n ? -x : x)
  const near = n / d
  const candidates = [near - 1n, near, near + 1n].filter(q => abs(q * d - n) < abs(d))
  if (candidates.some(q => q * d === n)) return candidates.find(q => q * d === n)
  const [low, high] = candidates as [bigint, bigint]
  // low < n/d < high, whatever the sign of d
  const smaller = abs(low) < abs(high) ? low : high
  const larger = smaller === low ? high : low
  const toLow = abs(n - low * d)
  const toHigh = abs(high * d - n)
  const nearest = toLow < toHigh ? low : toHigh < toLow ? high : undefined
  switch (mode) {
    case "exact":
      return undefined
    case "floor":
      return low
    case "ceiling":
      return high
    case "down":
      return smaller
    case "up":
      return larger
    case "half_even":
      return nearest ?? (low % 2n === 0n ? low : high)
    case "half_up":
      return nearest ?? larger
    case "half_down":
      return nearest ?? smaller
  }
}

test("divideRounded means what the modes say, with every sign", () => {
  const divisor = fc.oneof(fc.bigInt({ min: -12n, max: 12n }), anyBig).filter(d => d !== 0n)
  const numerator = fc.oneof(fc.bigInt({ min: -60n, max: 60n }), anyBig)
  fc.assert(
    fc.property(numerator, divisor, fc.constantFrom(...roundingModes), (n, d, mode) => {
      expect(divideRounded(n, d, mode)).toBe(expectedQuotient(n, d, mode))
    }),
    { numRuns: 5_000 },
  )
})

test("rationals are a field, reduced, with a positive denominator", () => {
  const rationals = fc
    .tuple(
      anyBig,
      anyScale,
      anyBig.filter(d => d !== 0n),
    )
    .map(([n, scale, d]) => divide(fromScaled(n, scale), fromScaled(d, 0))!)
  fc.assert(
    fc.property(rationals, rationals, rationals, (a, b, c) => {
      expect(subtract(add(a, b), b)).toEqual(a)
      expect(multiply(add(a, b), c)).toEqual(add(multiply(a, c), multiply(b, c)))
      if (b.n !== 0n) expect(multiply(divide(a, b)!, b)).toEqual(a)
      expect(add(a, b).d > 0n).toBe(true)
    }),
  )
  expect(divide({ n: 1n, d: 1n }, { n: 0n, d: 1n })).toBeUndefined()
})

test("the cases people get wrong", () => {
  const rounded = (text: string, scale: number, mode: RoundingMode) => {
    const { unscaled, scale: own } = parseDecimal(text)!
    return formatScaled(roundRational(fromScaled(unscaled, own), scale, mode)!, scale)
  }
  expect(rounded("1.005", 2, "half_even")).toBe("1.00")
  expect(rounded("1.005", 2, "half_up")).toBe("1.01")
  expect(rounded("2.345", 2, "half_even")).toBe("2.34")
  expect(rounded("2.345", 2, "half_up")).toBe("2.35")
  expect(rounded("-2.345", 2, "half_up")).toBe("-2.35")
  expect(rounded("-2.5", 0, "half_down")).toBe("-2")
  expect(formatScaled(parseScaled("0.1", 1)! + parseScaled("0.2", 1)!, 1)).toBe("0.3")
})
