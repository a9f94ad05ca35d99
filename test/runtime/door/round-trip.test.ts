// What the writers write the readers read: every wire form of every scalar comes back to the same value.
import {
  type DecimalSpec,
  ExactNumber,
  isRefused,
  type ListSpec,
  readBool,
  readCountry,
  readCurrency,
  readDecimal,
  readInteger,
  readJson,
  readList,
  valueScale,
  writeBool,
  writeCode,
  writeDecimal,
  writeInteger,
  writeJson,
  writeList,
  writeText,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

/** Out through the exact writer, in through the exact reader. */
function overTheWire(value: unknown): unknown {
  const read = readJson(writeJson(value))
  if ("refused" in read) throw new Error(read.refused.message)
  return read.ok
}

const big = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
)

test("decimals in every wire form", () => {
  const kinds = fc.constantFrom<DecimalSpec["kind"]>("decimal", "money", "quantity", "percent")
  const wires = fc.oneof(
    fc.constantFrom<DecimalSpec["wire"]>("number", "text"),
    fc.integer({ min: 0, max: 4 }).map(more => ({ scaled: more })),
  )
  fc.assert(
    fc.property(big, kinds, fc.nat(8), wires, fc.boolean(), (value, kind, scale, form, fraction) => {
      const base = {
        kind,
        precision: null,
        scale,
        low: null,
        high: null,
        fitsMinor: false,
        fraction: fraction && kind === "percent",
      }
      const wireScale = base.fraction ? scale + 2 : scale
      const wire = typeof form === "object" ? { scaled: wireScale + form.scaled } : form
      const spec: DecimalSpec = { ...base, wire }
      expect(readDecimal(overTheWire(writeDecimal(value, spec)), spec)).toBe(value)
    }),
    { numRuns: 5_000 },
  )
})

test("money in minor units, and money of a run-time currency as text", () => {
  fc.assert(
    fc.property(
      big,
      fc.constantFrom(0, 2, 3, 4),
      fc.constantFrom<"minor" | "text" | "number">("minor", "text", "number"),
      (amount, minor, wire) => {
        const spec: DecimalSpec = {
          kind: "money",
          precision: null,
          scale: 4,
          low: null,
          high: null,
          fitsMinor: true,
          wire,
          fraction: false,
        }
        const value = amount * 10n ** BigInt(4 - minor)
        const written = writeDecimal(value, spec, minor)
        if (wire === "text") expect(String(written).split(".")[1]?.length ?? 0).toBe(minor)
        expect(readDecimal(overTheWire(written), spec, minor)).toBe(value)
      },
    ),
  )
})

describe("writeDecimal", () => {
  const money: DecimalSpec = {
    kind: "money",
    precision: 15,
    scale: 2,
    low: null,
    high: null,
    fitsMinor: false,
    wire: "text",
    fraction: false,
  }
  const percent: DecimalSpec = { ...money, kind: "percent", precision: 5 }
  test.each<[bigint, DecimalSpec, number | undefined, unknown]>([
    [117950n, money, undefined, "1179.50"],
    [-5n, money, undefined, "-0.05"],
    [117950n, { ...money, wire: "number" }, undefined, 1179.5],
    [999999999999999n, { ...money, wire: "number" }, undefined, 9999999999999.99],
    [1000000000000001n, { ...money, wire: "number" }, undefined, new ExactNumber("10000000000000.01")],
    [10n ** 18n, { ...money, wire: "number" }, undefined, new ExactNumber("10000000000000000")],
    [1000000000000010n, { ...money, wire: "number" }, undefined, 10000000000000.1],
    [1250n, percent, undefined, "12.50"],
    [1250n, { ...percent, wire: "number" }, undefined, 12.5],
    [1250n, { ...percent, fraction: true, wire: "number" }, undefined, 0.125],
    [1250n, { ...percent, fraction: true }, undefined, "0.1250"],
    [11795000n, { ...money, scale: 4, fitsMinor: true }, 2, "1179.50"],
    [11790000n, { ...money, scale: 4, fitsMinor: true }, 0, "1179"],
    [11795000n, { ...money, scale: 4, wire: "minor" }, 2, 117950],
    [117950n, { ...money, wire: { scaled: 5 } }, undefined, 117950000],
    [0n, { ...money, wire: "number" }, undefined, 0],
  ])("%s by %j: %s", (value, spec, minor, expected) =>
    expect(writeDecimal(value, spec, minor)).toEqual(expected),
  )

  test("what was not checked is a bug, not a rounding", () => {
    expect(() => writeDecimal(11795050n, { ...money, scale: 4, fitsMinor: true }, 2)).toThrow(RangeError)
    expect(() => writeDecimal(1n, { ...money, wire: "minor" })).toThrow(RangeError)
  })
  test("a percent's value has two digits more", () =>
    expect([valueScale(money), valueScale(percent)]).toEqual([2, 4]))
})

test("whole numbers, booleans and codes", () => {
  fc.assert(
    fc.property(
      big,
      fc.constantFrom<"number" | "text">("number", "text"),
      fc.boolean(),
      (value, wire, flag) => {
        expect(
          readInteger(overTheWire(writeInteger(value, { min: null, max: null, wire })), {
            min: null,
            max: null,
            wire,
          }),
        ).toBe(value)
        for (const form of ["json", { true: "T", false: "F" }] as const)
          expect(readBool(writeBool(flag, { wire: form }), { wire: form })).toBe(flag)
      },
    ),
  )
  for (const wire of ["plain", "lower"] as const) {
    expect(readCurrency(writeCode("EUR", { wire }), { wire })).toBe("EUR")
    expect(readCountry(writeCode("DE", { wire }), { wire })).toBe("DE")
  }
  expect(writeText("ABC", { wire: "lower" })).toBe("abc")
  expect(writeText("ABC", { wire: "plain" })).toBe("ABC")
})

test("lists: what is joined comes back as the same rows, or is refused", () => {
  const item = fc.string({ unit: fc.constantFrom("a", "b", ",", " ", ""), maxLength: 4 })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), fc.constantFrom(",", ", ", "b"), (rows, separator) => {
      for (const wire of [
        "array",
        { under: "results" },
        { under: "__proto__" },
        { joined: separator },
      ] as const) {
        const spec: ListSpec = { min: 0, max: null, wire }
        const written = writeList(rows, spec)
        if (isRefused(written)) expect(wire).toHaveProperty("joined")
        else expect(readList(overTheWire(written), spec)).toEqual(rows)
      }
    }),
    { numRuns: 2_000 },
  )
})
