// What the fast path takes from the payload's own text is what the door would have made of it.
import {
  divideRounded,
  formatFast,
  formatRead,
  isMultiple,
  readDecimal,
  readInstant,
  readInstantFast,
} from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const iso = { kind: "instant", wire: "iso" } as const
const outcome = (value: unknown) => (typeof value === "string" ? value : "refused")

test("instants read as the door reads them, whatever their tail", () => {
  const tail = fc.oneof(
    fc.constantFrom(
      "Z",
      ".000Z",
      ".000+0000",
      "+0000",
      "+00:00",
      "-00:00",
      "+01:00",
      "+00:01",
      "+0010",
      "",
      "z",
    ),
    fc.constantFrom(
      ".Z",
      ".0Z",
      ".00+00:00",
      ".5Z",
      ".010+0000",
      "+000",
      "+00000",
      "+00:0",
      "+0:000",
      "Z ",
      "ZZ",
    ),
    fc.integer({ min: 1, max: 14 }).map(zeros => `.${"0".repeat(zeros)}Z`),
    fc.string({ maxLength: 8, unit: fc.constantFrom("0", "+", ":", ".", "Z", "1", "-") }),
  )
  const head = fc.constantFrom(
    "2026-03-31T09:00:00",
    "2024-02-29T23:59:59",
    "2026-02-30T00:00:00",
    "2026-03-31T24:00:00",
  )
  fc.assert(
    fc.property(head, tail, (at, zone) => {
      expect(outcome(readInstantFast(at + zone, iso))).toBe(outcome(readInstant(at + zone, iso)))
    }),
    { numRuns: 3_000 },
  )
  for (const value of [undefined, null, 7, {}, ""])
    expect(outcome(readInstantFast(value, iso))).toBe("refused")
})

test("Salesforce's way to write an instant becomes the canonical one", () => {
  expect(readInstantFast("2026-03-31T09:00:00.000+0000", iso)).toBe("2026-03-31T09:00:00Z")
})

test.each([
  ["12.50", 1250, 2, "12.50"],
  ["12.5", 1250, 2, "12.50"],
  ["12", 1200, 2, "12.00"],
  ["0.00", 0, 2, "0.00"],
  ["-0.00", 0, 2, "0.00"],
  ["-0.10", -10, 2, "-0.10"],
  ["1.2345", 12345, 4, "1.2345"],
])("%s is written as it stood where that is canonical", (text, value, scale, expected) => {
  expect(formatRead(text, value, scale)).toBe(expected)
  expect(formatFast(value, scale)).toBe(expected)
})

test("any accepted text is written with all digits of its scale", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.integer({ min: 0, max: 4 }),
      (figure, digits) => {
        const whole = Math.floor(Math.abs(figure) / 10 ** digits)
        const fraction =
          digits === 0 ? "" : `.${String(Math.abs(figure) % 10 ** digits).padStart(digits, "0")}`
        const text = `${figure < 0 ? "-" : ""}${whole}${fraction}`
        const spec = {
          kind: "decimal",
          precision: null,
          scale: 4,
          low: null,
          high: null,
          fitsMinor: false,
        } as const
        const scaled = Number(readDecimal(text, { ...spec, wire: "text", fraction: false }) as bigint)
        expect(formatRead(text, scaled, 4)).toBe(formatFast(scaled, 4))
      },
    ),
  )
})

test("whether a power of ten goes into a safe integer", () => {
  const edge = Number.MAX_SAFE_INTEGER
  const near = fc.integer({ min: 0, max: 20_000 }).map(below => edge - below)
  const any = fc.oneof(
    near,
    near.map(value => -value),
    fc.maxSafeInteger(),
    fc.maxSafeInteger().map(v => v - (v % 1_000)),
  )
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 15 }), (value, exponent) => {
      const exact = divideRounded(BigInt(value), 10n ** BigInt(exponent), "exact") !== undefined
      expect(isMultiple(value, 10 ** exponent)).toBe(exact)
    }),
    { numRuns: 3_000 },
  )
  expect(isMultiple(Number.NaN, 10)).toBe(false)
})
