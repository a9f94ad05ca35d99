// The fast path's primitives against BigInt: exact, or NaN; never a wrong number.

import {
  decimalFast,
  decimalNumberFast,
  divideMinor,
  divideRounded,
  fitsMinorFast,
  fitsMinorUnits,
  formatFast,
  formatMinorFast,
  formatScaled,
  minorUnits,
  multiplyDivide,
  multiplyDivideBy,
  multiplyMinor,
  parseScaled,
  power10,
  readDecimal,
  roundingModes,
  safeInteger,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)
const scale = fc.integer({ min: 0, max: 12 })
const edge = fc.constantFrom(
  0,
  1,
  -1,
  2,
  -2,
  5,
  -5,
  15,
  25,
  50,
  100,
  9007199254740991,
  -9007199254740991,
  9007199254740990,
  4503599627370496,
  94906265,
  94906267,
)
const safe = fc.oneof(edge, fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -100000, max: 100000 }))

describe("decimalFast", () => {
  test.each([
    ["0", 2, 0],
    ["-0", 2, 0],
    ["-0.00", 2, 0],
    ["1", 2, 100],
    ["1.5", 2, 150],
    ["-1.05", 2, -105],
    ["90071992547409.91", 2, 9007199254740991],
    ["9007199254740991", 0, 9007199254740991],
  ])("%s at scale %i is %i", (text, digits, value) =>
    expect(Object.is(decimalFast(text, digits), value)).toBe(true),
  )
  test.each([
    "",
    "-",
    "+1",
    " 1",
    "1 ",
    "01",
    "00",
    "-01",
    "1.",
    ".5",
    "1e3",
    "NaN",
    "Infinity",
    "1,5",
    "1.234",
    "90071992547409.92",
    "9007199254740992",
    "12345678901234567890",
    "１",
    "0x1",
    "--1",
    "1.2.3",
    "1.-2",
  ])("%j is not on the fast path", text => expect(decimalFast(text, 2)).toBeNaN())
  test.each([1, 1n, null, undefined, true, {}, [], ["1"], new String("1")])("%s is no text", value =>
    expect(decimalFast(value, 2)).toBeNaN(),
  )
  test("agrees with BigInt wherever it answers", () => {
    const text = fc.oneof(
      fc
        .tuple(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), scale)
        .map(([value, digits]) => formatScaled(value, digits)),
      fc.string({ maxLength: 20, unit: fc.constantFrom(..."0123456789.-+e ") }),
    )
    fc.assert(
      fc.property(text, scale, (value, digits) => {
        const exact = parseScaled(value, digits)
        const fast = decimalFast(value, digits)
        if (exact !== undefined && exact <= 10n ** 15n && exact >= -(10n ** 15n))
          expect(BigInt(fast)).toBe(exact)
        else if (!Number.isNaN(fast)) expect(BigInt(fast)).toBe(exact)
        expect(Object.is(fast, -0)).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})

describe("decimalNumberFast", () => {
  test.each([
    [0.1, 2, 10],
    [-0, 2, 0],
    [1.005, 3, 1005],
    [29.6, 2, 2960],
    [123456789012345, 0, 123456789012345],
    [-12.34, 2, -1234],
  ])("%d at scale %i is %i", (value, digits, expected) => {
    expect(Object.is(decimalNumberFast(value, digits), expected)).toBe(true)
  })
  test.each([0.1 + 0.2, 1.005, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 1234567890123456, "1", 1n, null])(
    "%s is not on the fast path",
    value => expect(decimalNumberFast(value, 2)).toBeNaN(),
  )
  test("takes only what the door takes, with the same value", () => {
    const spec = {
      kind: "decimal",
      precision: null,
      scale: 0,
      low: null,
      high: null,
      fitsMinor: false,
      wire: "number",
      fraction: false,
    } as const
    const figure = fc.oneof(
      fc.double(),
      fc.tuple(fc.integer(), scale).map(([value, digits]) => Number(formatScaled(BigInt(value), digits))),
      fc.maxSafeInteger(),
    )
    fc.assert(
      fc.property(figure, scale, (value, digits) => {
        const fast = decimalNumberFast(value, digits)
        if (!Number.isNaN(fast)) expect(BigInt(fast)).toBe(readDecimal(value, { ...spec, scale: digits }))
        expect(Object.is(fast, -0)).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})

describe("multiply and divide", () => {
  const divisor = fc.oneof(
    fc.integer({ min: 0, max: 15 }).map(power10),
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  )
  test.each(roundingModes)("%s rounds as BigInt does, or leaves", mode => {
    let answered = 0
    fc.assert(
      fc.property(safe, safe, divisor, (a, b, by) => {
        const exact = divideRounded(BigInt(a) * BigInt(b), BigInt(by), mode)
        const fast = multiplyDivideBy(a, b, by, mode)
        if (fast === undefined) expect(exact).toBeUndefined()
        else if (!Number.isNaN(fast)) {
          answered++
          expect(BigInt(fast)).toBe(exact)
          expect(Object.is(fast, -0)).toBe(false)
        }
        if (mode === "half_even") expect(multiplyDivide(a, b, by)).toBe(fast)
      }),
      { numRuns: Number(process.env["FMAP_KERNEL_RUNS"] ?? 5000) },
    )
    expect(answered).toBeGreaterThan(mode === "exact" ? 100 : 1000)
  })
  test.each([
    [1, 5, 10, 0],
    [3, 5, 10, 2],
    [5, 5, 10, 2],
    [-1, 5, 10, 0],
    [-3, 5, 10, -2],
    [25, 1, 10, 2],
    [-25, 1, 10, -2],
    [1005, 1, 10, 100],
    [2345, 1, 10, 234],
  ])("ties go to even: %i × %i ÷ %i is %i", (a, b, by, expected) =>
    expect(Object.is(multiplyDivide(a, b, by), expected)).toBe(true),
  )
  test("the usual product of quantity, price and discount stays on the fast path", () => {
    expect(multiplyDivide(125_0000, 1179_5000, 1_000_000)).toBe(14743750)
    expect(multiplyDivide(99_999_999_0000, 99_999_9999, 1_000_000)).toBe(
      Number(divideRounded(99_999_999_0000n * 99_999_9999n, 1_000_000n, "half_even")),
    )
  })
  test.each([
    [-9007199254740991, 13, 33],
    [-9007199254740991, 50, 523],
    [9007199254740991, 1, 9007199254740990],
    [-9007199254740991, 1, 33],
  ])("%i × %i ÷ %i, where a product of the way back passes 2^53", (a, b, by) => {
    for (const mode of roundingModes) {
      const fast = multiplyDivideBy(a, b, by, mode)
      if (fast !== undefined && !Number.isNaN(fast))
        expect(BigInt(fast)).toBe(divideRounded(BigInt(a) * BigInt(b), BigInt(by), mode))
    }
  })
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d flows through", value => {
    expect(multiplyDivide(value, 1, 10)).toBeNaN()
    expect(multiplyDivideBy(1, value, 10, "up")).toBeNaN()
  })
})

describe("minor units", () => {
  const currency = fc.constantFrom("JPY", "USD", "KWD", "CLF", "XAU")
  test("round as BigInt does, or leave", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -10000, max: 10000 }),
        fc.integer({ min: 0, max: 8 }),
        currency,
        fc.constantFrom(...roundingModes),
        (a, b, digits, code, mode) => {
          const minor = minorUnits(code) ?? 4
          const product = BigInt(a) * BigInt(b) * 10n ** BigInt(minor)
          const exact = divideRounded(product, 10n ** BigInt(digits), mode)
          const fast = multiplyMinor(a, b, digits, code, 4, mode)
          if (fast === undefined) expect(exact).toBeUndefined()
          else if (!Number.isNaN(fast)) expect(BigInt(fast)).toBe((exact ?? 0n) * 10n ** BigInt(4 - minor))
        },
      ),
      { numRuns: 3000 },
    )
  })
  test("round a quotient as BigInt does", () => {
    const divisor = fc.oneof(
      fc.constantFrom(1, 3, 7, 100, 163_2700),
      fc.integer({ min: 1, max: 1_000_000_000 }),
    )
    fc.assert(
      fc.property(
        safe,
        fc.constantFrom(1, 100, -3),
        divisor,
        fc.integer({ min: -8, max: 8 }),
        currency,
        fc.constantFrom(...roundingModes),
        (a, b, by, digits, code, mode) => {
          const minor = minorUnits(code) ?? 4
          const top = BigInt(a) * BigInt(b) * 10n ** BigInt(Math.max(minor - digits, 0))
          const exact = divideRounded(top, BigInt(by) * 10n ** BigInt(Math.max(digits - minor, 0)), mode)
          const fast = divideMinor(a, b, by, digits, code, 4, mode)
          if (fast === undefined) expect(exact).toBeUndefined()
          else if (!Number.isNaN(fast)) expect(BigInt(fast)).toBe((exact ?? 0n) * 10n ** BigInt(4 - minor))
        },
      ),
      { numRuns: 3000 },
    )
  })
  test("fit and format as BigInt does", () => {
    fc.assert(
      fc.property(safe, fc.integer({ min: 0, max: 6 }), currency, (value, digits, code) => {
        const minor = minorUnits(code)
        const fits = minor === undefined || fitsMinorUnits(BigInt(value), digits, minor)
        expect(fitsMinorFast(value, digits, code)).toBe(fits)
        if (fits && minor !== undefined && minor < digits)
          expect(formatMinorFast(value, digits, code)).toBe(
            formatScaled(BigInt(value) / 10n ** BigInt(digits - minor), minor),
          )
      }),
    )
  })
})

test("formatFast writes what BigInt writes", () => {
  fc.assert(
    fc.property(safe, fc.integer({ min: 0, max: 15 }), (value, digits) => {
      expect(formatFast(value, digits)).toBe(formatScaled(BigInt(value), digits))
    }),
    { numRuns: 3000 },
  )
})

test.each([
  [0n, 0],
  [LARGEST, Number.MAX_SAFE_INTEGER],
  [-LARGEST, -Number.MAX_SAFE_INTEGER],
  [LARGEST + 1n, Number.NaN],
  [1, Number.NaN],
  ["1", Number.NaN],
  [undefined, Number.NaN],
])("safeInteger(%s) is %d", (value, expected) => {
  expect(safeInteger(value)).toBe(expected)
})
