// The door's scalars, case by case: what comes in, what is refused and with which code. No coercion anywhere.
import {
  type BoolSpec,
  compilePattern,
  type DecimalSpec,
  ExactNumber,
  type IntegerSpec,
  isRefused,
  readBool,
  readCountry,
  readCurrency,
  readDecimal,
  readEnum,
  readInteger,
  readLanguage,
  readText,
  type TextSpec,
} from "@fmap/runtime"
import { beforeAll, describe, expect, test } from "vitest"

beforeAll(() => {
  Object.freeze(Object.prototype)
})

const shown = (read: unknown) => (isRefused(read) ? read.refused : read)
const exact = (text: string) => new ExactNumber(text)
const lone = "\ud800"

const text: TextSpec = { min: 0, max: null, measure: "points", pattern: null, wire: "plain" }

describe("text", () => {
  test.each<[unknown, Partial<TextSpec>, unknown]>([
    ["", {}, ""],
    [" a ", {}, " a "],
    [1, {}, "WRONG_TYPE"],
    [true, {}, "WRONG_TYPE"],
    [null, {}, "WRONG_TYPE"],
    [undefined, {}, "WRONG_TYPE"],
    [["a"], {}, "WRONG_TYPE"],
    [{ refused: "TOO_LONG", message: "" }, {}, "WRONG_TYPE"],
    [exact("1"), {}, "WRONG_TYPE"],
    [new String("a"), {}, "WRONG_TYPE"],
    [lone, {}, "BAD_TEXT"],
    [`a${lone}b`, {}, "BAD_TEXT"],
    ["\udc4d\ud83d", {}, "BAD_TEXT"],
    ["👍👍", { max: 2 }, "👍👍"],
    ["👍👍", { max: 2, measure: "utf16" }, "TOO_LONG"],
    ["👍👍", { max: 4, measure: "utf16" }, "👍👍"],
    ["é€👍", { max: 9, measure: "bytes" }, "é€👍"],
    ["é€👍", { max: 8, measure: "bytes" }, "TOO_LONG"],
    ["👍", { min: 2 }, "TOO_SHORT"],
    ["👍", { min: 2, measure: "utf16" }, "👍"],
    ["ABC", { pattern: "[A-Z]{3}" }, "ABC"],
    ["ABCD", { pattern: "[A-Z]{3}" }, "BAD_PATTERN"],
    ["ABC\n", { pattern: "[A-Z]{3}" }, "BAD_PATTERN"],
    ["xABC", { pattern: "a|[A-Z]{3}" }, "BAD_PATTERN"],
    ["👍", { pattern: "." }, "👍"],
    ["ABC", { wire: "lower" }, "ABC"],
  ])("%j with %j: %j", (value, spec, expected) =>
    expect(shown(readText(value, { ...text, ...spec }))).toBe(expected),
  )

  test("a pattern is compiled once and has no memory", () => {
    const pattern = compilePattern("[0-9]+")
    for (let i = 0; i < 3; i++) expect(readText("12", { ...text, pattern: "[0-9]+" }, pattern)).toBe("12")
  })
})

describe("bool", () => {
  const letters: BoolSpec = { wire: { true: "T", false: "F" } }
  test.each<[unknown, BoolSpec, unknown]>([
    [true, { wire: "json" }, true],
    [false, { wire: "json" }, false],
    ["true", { wire: "json" }, "WRONG_TYPE"],
    [1, { wire: "json" }, "WRONG_TYPE"],
    [null, { wire: "json" }, "WRONG_TYPE"],
    ["T", letters, true],
    ["F", letters, false],
    ["t", letters, "UNKNOWN_MEMBER"],
    ["", letters, "UNKNOWN_MEMBER"],
    [true, letters, "WRONG_TYPE"],
  ])("%j by %j: %j", (value, spec, expected) => expect(shown(readBool(value, spec))).toBe(expected))
})

const integer: IntegerSpec = { min: null, max: null, wire: "number" }

describe("int", () => {
  test.each<[unknown, Partial<IntegerSpec>, unknown]>([
    [0, {}, 0n],
    [-0, {}, 0n],
    [42, {}, 42n],
    [999_999_999_999_999, {}, 999_999_999_999_999n],
    [1_000_000_000_000_000, {}, "INEXACT_NUMBER"],
    [2 ** 53 + 2, {}, "INEXACT_NUMBER"],
    [1e21, {}, "INEXACT_NUMBER"],
    [exact("12345678901234567890"), {}, 12345678901234567890n],
    [exact("1e3"), {}, 1000n],
    [exact("1500e-2"), {}, 15n],
    [exact("1e-1"), {}, "TOO_MANY_DECIMALS"],
    [exact("1e401"), {}, "BAD_NUMBER"],
    [exact("1e400"), { max: "1000" }, "OUT_OF_RANGE"],
    [exact("9".repeat(1001)), {}, "BAD_NUMBER"],
    [1.5, {}, "TOO_MANY_DECIMALS"],
    [Number.NaN, {}, "BAD_NUMBER"],
    [Number.POSITIVE_INFINITY, {}, "BAD_NUMBER"],
    ["42", {}, "WRONG_TYPE"],
    [42n, {}, "WRONG_TYPE"],
    [true, {}, "WRONG_TYPE"],
    [null, {}, "WRONG_TYPE"],
    [[1], {}, "WRONG_TYPE"],
    [{}, {}, "WRONG_TYPE"],
    ["42", { wire: "text" }, 42n],
    ["-0", { wire: "text" }, 0n],
    ["042", { wire: "text" }, "BAD_NUMBER"],
    ["4.0", { wire: "text" }, "TOO_MANY_DECIMALS"],
    ["", { wire: "text" }, "BAD_NUMBER"],
    [" 1", { wire: "text" }, "BAD_NUMBER"],
    [42, { wire: "text" }, "WRONG_TYPE"],
    ["9".repeat(1001), { wire: "text" }, "BAD_NUMBER"],
    [-1, { min: "0" }, "OUT_OF_RANGE"],
    [0, { min: "0", max: "0" }, 0n],
    [1, { max: "0" }, "OUT_OF_RANGE"],
  ])("%o with %j: %s", (value, spec, expected) =>
    expect(shown(readInteger(value, { ...integer, ...spec }))).toBe(expected),
  )
})

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
const open: DecimalSpec = { ...money, precision: null, scale: 4, fitsMinor: true }

describe("decimal", () => {
  test.each<[unknown, Partial<DecimalSpec>, unknown]>([
    ["0.1", {}, 10n],
    ["1179.50", {}, 117950n],
    ["-0.00", {}, 0n],
    ["1179.500", {}, "TOO_MANY_DECIMALS"],
    ["1.005", {}, "TOO_MANY_DECIMALS"],
    ["9999999999999.99", {}, 999999999999999n],
    ["10000000000000.00", {}, "OUT_OF_RANGE"],
    ["-10000000000000", {}, "OUT_OF_RANGE"],
    ["9".repeat(60), {}, "OUT_OF_RANGE"],
    ["9".repeat(60), { precision: null }, 10n ** 62n - 100n],
    ["1e400", {}, "BAD_NUMBER"],
    ["NaN", {}, "BAD_NUMBER"],
    [" 1", {}, "BAD_NUMBER"],
    ["+1", {}, "BAD_NUMBER"],
    ["1,5", {}, "BAD_NUMBER"],
    ["", {}, "BAD_NUMBER"],
    [1179.5, {}, "WRONG_TYPE"],
    [null, {}, "WRONG_TYPE"],
    [1179.5, { wire: "number" }, 117950n],
    [0.1, { wire: "number" }, 10n],
    [-0, { wire: "number" }, 0n],
    [0.1 + 0.2, { wire: "number" }, "INEXACT_NUMBER"],
    [1.005, { wire: "number" }, "TOO_MANY_DECIMALS"],
    [1e-7, { wire: "number" }, "TOO_MANY_DECIMALS"],
    [1e-7, { wire: "number", scale: 8 }, 10n],
    [1.23456789012345e-5, { wire: "number", scale: 19, precision: 30 }, 123456789012345n],
    [1e15, { wire: "number" }, "INEXACT_NUMBER"],
    [Number.NaN, { wire: "number" }, "BAD_NUMBER"],
    [Number.NEGATIVE_INFINITY, { wire: "number" }, "BAD_NUMBER"],
    ["1179.50", { wire: "number" }, "WRONG_TYPE"],
    [exact("1179.500000000000000000"), { wire: "number" }, 117950n],
    [exact("1179.500000000000000001"), { wire: "number" }, "TOO_MANY_DECIMALS"],
    [exact("1e400"), { wire: "number" }, "OUT_OF_RANGE"],
    [exact("1e401"), { wire: "number" }, "BAD_NUMBER"],
    [exact("1e-401"), { wire: "number" }, "BAD_NUMBER"],
    [exact("11795e-1"), { wire: "number" }, 117950n],
    [117950, { wire: { scaled: 2 } }, 117950n],
    [1179500, { wire: { scaled: 3 } }, 117950n],
    [1179501, { wire: { scaled: 3 } }, "TOO_MANY_DECIMALS"],
    [1179.5, { wire: { scaled: 2 } }, "TOO_MANY_DECIMALS"],
    ["117950", { wire: { scaled: 2 } }, "WRONG_TYPE"],
    ["0", { low: { value: "0", inclusive: false } }, "OUT_OF_RANGE"],
    ["0", { low: { value: "0", inclusive: true } }, 0n],
    ["0.01", { low: { value: "0.0049", inclusive: false } }, 1n],
    ["100.01", { high: { value: "100", inclusive: true } }, "OUT_OF_RANGE"],
    ["100", { high: { value: "100", inclusive: false } }, "OUT_OF_RANGE"],
    ["12.50", { kind: "percent", precision: 5 }, 1250n],
    ["0.125", { kind: "percent", precision: 5, fraction: true }, 1250n],
    ["0.12505", { kind: "percent", precision: 5, fraction: true }, "TOO_MANY_DECIMALS"],
    ["12.505", { kind: "percent", precision: 5 }, "TOO_MANY_DECIMALS"],
    ["100.00", { kind: "percent", precision: 5, high: { value: "1", inclusive: true } }, 10000n],
    ["100.01", { kind: "percent", precision: 5, high: { value: "1", inclusive: true } }, "OUT_OF_RANGE"],
    ["1000.00", { kind: "percent", precision: 5 }, "OUT_OF_RANGE"],
  ])("%o with %j: %s", (value, spec, expected) =>
    expect(shown(readDecimal(value, { ...money, ...spec }))).toBe(expected),
  )

  test.each<[unknown, Partial<DecimalSpec>, number | undefined, unknown]>([
    ["1179.5", {}, 2, 11795000n],
    ["1179.505", {}, 2, "BAD_MINOR_UNITS"],
    ["1179.505", {}, 3, 11795050n],
    ["1179.5", {}, 0, "BAD_MINOR_UNITS"],
    ["1179.505", {}, undefined, 11795050n],
    [117950, { wire: "minor" }, 2, 11795000n],
    [1179, { wire: "minor" }, 0, 11790000n],
    [117950, { wire: "minor" }, undefined, "UNKNOWN_CURRENCY"],
    [117950.5, { wire: "minor" }, 2, "TOO_MANY_DECIMALS"],
    ["117950", { wire: "minor" }, 2, "WRONG_TYPE"],
    [exact("123456789012345678901234567890"), { wire: "minor" }, 3, 1234567890123456789012345678900n],
  ])("money without numbers: %o with %j in %s digits: %s", (value, spec, minor, expected) =>
    expect(shown(readDecimal(value, { ...open, ...spec }, minor))).toBe(expected),
  )
})

describe("codes", () => {
  const plain = { wire: "plain" } as const
  const lower = { wire: "lower" } as const
  test.each<[unknown, unknown, unknown]>([
    [readCurrency("EUR", plain), "EUR", "known"],
    [readCurrency("eur", plain), "UNKNOWN_CURRENCY", "case"],
    [readCurrency("eur", lower), "EUR", "lower wire"],
    [readCurrency("EUR", lower), "UNKNOWN_CURRENCY", "upper on a lower wire"],
    [readCurrency("DEM", plain), "UNKNOWN_CURRENCY", "historic"],
    [readCurrency("__proto__", plain), "UNKNOWN_CURRENCY", "proto"],
    [readCurrency(978, plain), "WRONG_TYPE", "number"],
    [readCountry("DE", plain), "DE", "known"],
    [readCountry("UK", plain), "UNKNOWN_COUNTRY", "reserved"],
    [readCountry("de", lower), "DE", "lower wire"],
    [readCountry(null, plain), "WRONG_TYPE", "null"],
    [readLanguage("de", plain), "de", "known"],
    [readLanguage("DE", plain), "UNKNOWN_LANGUAGE", "case"],
    [readLanguage({}, plain), "WRONG_TYPE", "object"],
  ])("%j is %j (%s)", (read, expected) => expect(shown(read)).toBe(expected))
})

describe("enum", () => {
  const members = [{ value: "Open" }, { value: "Closed Won" }]
  test.each<[unknown, boolean, unknown]>([
    ["Open", false, "Open"],
    ["open", false, "UNKNOWN_MEMBER"],
    ["open", true, "open"],
    ["toString", false, "UNKNOWN_MEMBER"],
    [lone, true, "BAD_TEXT"],
    [0, true, "WRONG_TYPE"],
    [null, false, "WRONG_TYPE"],
  ])("%j open %s: %j", (value, isOpen, expected) =>
    expect(shown(readEnum(value, { open: isOpen, members }))).toBe(expected),
  )
})

test("messages are one sentence and never repeat the value", () => {
  const secret = "hunter2-hunter2-hunter2"
  const reads = [
    readText(secret, { ...text, max: 3 }),
    readText(secret, { ...text, pattern: "[A-Z]" }),
    readBool(secret, { wire: "json" }),
    readBool(secret, { wire: { true: "T", false: "F" } }),
    readInteger(secret, { ...integer, wire: "text" }),
    readDecimal(secret, money),
    readCurrency(secret, { wire: "plain" }),
    readEnum(secret, { open: false, members: [{ value: "A" }] }),
  ]
  for (const read of reads) {
    expect(isRefused(read)).toBe(true)
    if (isRefused(read)) {
      expect(read.message).not.toContain("hunter2")
      expect(read.message).toMatch(/^[A-Z].*\.$/)
      expect(read.message).not.toContain("\n")
    }
  }
})
