// Dates by character codes and texts by code points, against the door's own readers.

import {
  compareText,
  dateYearLast,
  functions,
  isDateText,
  isDatetimeText,
  isRefused,
  isText,
  readDate,
  readDatetime,
  readInstant,
  readInstantFast,
  readText,
  truncateFast,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const digitsAndMarks = fc.string({
  minLength: 8,
  maxLength: 22,
  unit: fc.constantFrom(..."0123456789-T:Z.+"),
})
const almost = fc
  .tuple(
    fc.integer({ min: 0, max: 10000 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 24 }),
    fc.integer({ min: 0, max: 60 }),
    fc.constantFrom("", "Z", ".5Z", "+01:00"),
  )
  .map(
    ([year, month, day, hour, minute, end]) =>
      `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(minute)}${end}`,
  )
const two = (value: number): string => String(value).padStart(2, "0")
const texts = fc.oneof(
  digitsAndMarks,
  almost,
  almost.map(text => text.slice(0, 10)),
)

test.each([
  ["MM/dd/yyyy", "03/31/2026"],
  ["dd.MM.yyyy", "31.03.2026"],
  ["dd-MM/yyyy", "31-03/2026"],
])("a date as %s", (form, text) => expect(dateYearLast("2026-03-31", form)).toBe(text))

describe("canonical times", () => {
  test("what is canonical is what the door gives back unchanged", () => {
    fc.assert(
      fc.property(texts, text => {
        if (isDateText(text)) expect(readDate(text, { wire: "iso" })).toBe(text)
        else expect(isRefused(readDate(text, { wire: "iso" }))).toBe(true)
        if (isDatetimeText(text)) expect(readDatetime(text, { wire: "iso" })).toBe(text)
        expect(readInstantFast(text, { wire: "iso" })).toEqual(readInstant(text, { wire: "iso" }))
      }),
      { numRuns: 5000 },
    )
  })
  test.each(["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("%s is a day", text =>
    expect(isDateText(text)).toBe(true),
  )
  test.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-00-01",
    "2026-13-01",
    "2026-01-00",
    "0000-01-01",
    "2026-1-01",
    "2026-01-01T",
    "",
    20260101,
    null,
  ])("%s is none", text => expect(isDateText(text)).toBe(false))
})

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ unit: fc.constantFrom("a", "\ud83d", "\ude00", "😀", "\uffff"), maxLength: 6 }),
)

test("isText is what the door takes", () => {
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: -1, max: 6 }),
      (text, min, max) => {
        const taken = !isRefused(
          readText(text, { min, max: max < 0 ? null : max, measure: "points", pattern: null, wire: "plain" }),
        )
        expect(isText(text, min, max)).toBe(taken)
      },
    ),
    { numRuns: 3000 },
  )
  for (const value of [1, null, undefined, {}, []]) expect(isText(value, 0, -1)).toBe(false)
})

test("truncateFast cuts where truncate does, never inside a character", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "€", "😀", "👍"), maxLength: 8 })
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 9 }), (whole, max) => {
      expect(truncateFast(whole, max)).toBe([...whole].slice(0, max).join(""))
      expect(truncateFast(whole, max)).toBe(functions.truncate(whole, BigInt(max)))
    }),
    { numRuns: 2000 },
  )
})

test("texts compare by code point", () => {
  const points = (text: string): number[] => [...text].map(one => one.codePointAt(0)!)
  const wanted = (left: string, right: string): number => {
    const [a, b] = [points(left), points(right)]
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return Math.sign(a[i]! - b[i]!)
    return Math.sign(a.length - b.length)
  }
  const full = fc.string({
    unit: fc.constantFrom("a", "b", "\ue000", "\uffff", "😀", "😁", "𐀀"),
    maxLength: 5,
  })
  fc.assert(
    fc.property(full, full, (left, right) => {
      expect(Math.sign(compareText(left, right))).toBe(wanted(left, right))
    }),
    { numRuns: 2000 },
  )
})
