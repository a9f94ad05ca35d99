// Dates and times at the door: what is read, what is refused and with which code, and that every wire form comes back.
import {
  compareInstants,
  ExactNumber,
  formatDate,
  isRefused,
  patternProblem,
  readDate,
  readDatetime,
  readInstant,
  type TimeSpec,
  type TimeWire,
  writeDate,
  writeDatetime,
  writeInstant,
} from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { dateOfDayNumber } from "../../../runtime/time/date.ts"

const iso: TimeSpec = { wire: "iso" }
const shown = (read: unknown) => (isRefused(read) ? read.refused : read)

describe("instants in ISO form", () => {
  test.each<[unknown, string]>([
    ["2026-03-31T09:00:00Z", "2026-03-31T09:00:00Z"],
    ["2026-03-31T09:00:00.000+0000", "2026-03-31T09:00:00Z"],
    ["2026-03-31T09:00:00+00:00", "2026-03-31T09:00:00Z"],
    ["2026-03-31T09:00:00-00:00", "2026-03-31T09:00:00Z"],
    ["2026-03-31T09:00:00.250+01:00", "2026-03-31T08:00:00.25Z"],
    ["2026-01-01T00:30:00+0100", "2025-12-31T23:30:00Z"],
    ["2025-12-31T23:30:00-0100", "2026-01-01T00:30:00Z"],
    ["2024-02-28T23:59:59.999999999999-00:01", "2024-02-29T00:00:59.999999999999Z"],
    ["2026-03-31T09:00:00+05:45", "2026-03-31T03:15:00Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
    ["0001-01-01T00:00:00+00:01", "BAD_INSTANT"],
    ["9999-12-31T23:59:59-00:01", "BAD_INSTANT"],
    ["0000-01-01T00:00:00Z", "BAD_INSTANT"],
    ["2016-12-31T23:59:60Z", "BAD_INSTANT"],
    ["2026-03-31T24:00:00Z", "BAD_INSTANT"],
    ["2026-03-31T09:60:00Z", "BAD_INSTANT"],
    ["2026-02-29T09:00:00Z", "BAD_INSTANT"],
    ["2026-03-31T09:00:00", "BAD_INSTANT"],
    ["2026-03-31T09:00Z", "BAD_INSTANT"],
    ["2026-03-31t09:00:00z", "BAD_INSTANT"],
    ["2026-03-31 09:00:00Z", "BAD_INSTANT"],
    ["2026-03-31T09:00:00.Z", "BAD_INSTANT"],
    ["2026-03-31T09:00:00.1234567890123Z", "BAD_INSTANT"],
    ["2026-03-31T09:00:00+24:00", "BAD_INSTANT"],
    ["2026-03-31T09:00:00+01:60", "BAD_INSTANT"],
    ["+12026-03-31T09:00:00Z", "BAD_INSTANT"],
    ["2026-03-31T09:00:00Z\n", "BAD_INSTANT"],
    ["", "BAD_INSTANT"],
    [1774947600000, "WRONG_TYPE"],
    [null, "WRONG_TYPE"],
    [["2026-03-31T09:00:00Z"], "WRONG_TYPE"],
  ])("%j", (value, expected) => expect(shown(readInstant(value, iso))).toBe(expected))

  test("a leap second says why", () => {
    const read = readInstant("2016-12-31T23:59:60Z", iso)
    expect(isRefused(read) && read.message).toContain("leap second")
  })
})

describe("dates and datetimes in ISO form", () => {
  test.each<[unknown, string]>([
    ["2024-02-29", "2024-02-29"],
    ["2023-02-29", "BAD_DATE"],
    ["1900-02-29", "BAD_DATE"],
    ["2000-02-29", "2000-02-29"],
    ["2026-04-31", "BAD_DATE"],
    ["2026-13-01", "BAD_DATE"],
    ["2026-00-01", "BAD_DATE"],
    ["2026-01-00", "BAD_DATE"],
    ["0000-12-31", "BAD_DATE"],
    ["2026-3-31", "BAD_DATE"],
    ["20260331", "BAD_DATE"],
    ["2026-03-31T00:00:00", "BAD_DATE"],
    ["٢٠٢٦-03-31", "BAD_DATE"],
    [20260331, "WRONG_TYPE"],
  ])("date %j", (value, expected) => expect(shown(readDate(value, iso))).toBe(expected))
  test.each<[unknown, string]>([
    ["2026-03-31T09:00:00", "2026-03-31T09:00:00"],
    ["2026-03-31T09:00:00.1200", "2026-03-31T09:00:00.12"],
    ["2026-03-31T09:00:00.000", "2026-03-31T09:00:00"],
    ["2026-03-31T09:00:00Z", "BAD_DATETIME"],
    ["2026-03-31", "BAD_DATETIME"],
    ["2026-03-31T23:59:60", "BAD_DATETIME"],
    [true, "WRONG_TYPE"],
  ])("datetime %j", (value, expected) => expect(shown(readDatetime(value, iso))).toBe(expected))
})

describe("other wire forms", () => {
  test.each<[(value: unknown, spec: TimeSpec) => unknown, TimeWire, unknown, string]>([
    [readInstant, { epoch: "ms" }, 1774947600000, "2026-03-31T09:00:00Z"],
    [readInstant, { epoch: "ms" }, -1, "1969-12-31T23:59:59.999Z"],
    [readInstant, { epoch: "s" }, 0, "1970-01-01T00:00:00Z"],
    [readInstant, { epoch: "s" }, 1774947600.25, "2026-03-31T09:00:00.25Z"],
    [readInstant, { epoch: "ms" }, new ExactNumber("1774947600000.000001"), "2026-03-31T09:00:00.000000001Z"],
    [readInstant, { epoch: "s" }, new ExactNumber("1e400"), "BAD_INSTANT"],
    [readInstant, { epoch: "s" }, new ExactNumber("1e-20"), "BAD_INSTANT"],
    [readInstant, { epoch: "s" }, 253402300800, "BAD_INSTANT"],
    [readInstant, { epoch: "s" }, Number.NaN, "BAD_INSTANT"],
    [readInstant, { epoch: "s" }, "0", "WRONG_TYPE"],
    [readDate, { epoch: "ms" }, 1774915200000, "2026-03-31"],
    [readDate, { epoch: "ms" }, 1774915200001, "BAD_DATE"],
    [readDate, "odata2", "/Date(1774915200000)/", "2026-03-31"],
    [readDate, "odata2", "/Date(1774915200001)/", "BAD_DATE"],
    [readInstant, "odata2", "/Date(1774947600000+0120)/", "2026-03-31T09:00:00Z"],
    [readInstant, "odata2", "/Date(-1)/", "1969-12-31T23:59:59.999Z"],
    [readInstant, "odata2", "/Date(99999999999999999)/", "BAD_INSTANT"],
    [readInstant, "odata2", "/Date(1.5)/", "BAD_INSTANT"],
    [readInstant, "odata2", "Date(0)", "BAD_INSTANT"],
    [readInstant, "odata2", 0, "WRONG_TYPE"],
    [readDate, { pattern: "MM/dd/yyyy" }, "03/31/2026", "2026-03-31"],
    [readDate, { pattern: "MM/dd/yyyy" }, "3/31/2026", "BAD_DATE"],
    [readDate, { pattern: "MM/dd/yyyy" }, "31/03/2026", "BAD_DATE"],
    [readDate, { pattern: "M/d/yyyy" }, "3/1/2026", "2026-03-01"],
    [readDate, { pattern: "M/d/yyyy" }, "03/1/2026", "BAD_DATE"],
    [readDate, { pattern: "yyyyMMdd" }, "20260331", "2026-03-31"],
    [readDate, { pattern: "yyyyMMdd" }, "20260230", "BAD_DATE"],
    [readDatetime, { pattern: "yyyy-MM-dd H:mm:ss" }, "2026-03-31 9:05:00", "2026-03-31T09:05:00"],
    [readDatetime, { pattern: "yyyy-MM-dd H:mm:ss" }, "2026-03-31 09:05:00", "BAD_DATETIME"],
    [readDatetime, { pattern: "yyyy-MM-dd H:mm:ss" }, "2026-03-31 9:05:00 ", "BAD_DATETIME"],
    [readDatetime, { pattern: "dd.MM.yyyy 'um' HH:mm" }, "31.03.2026 um 09:05", "2026-03-31T09:05:00"],
    [
      readInstant,
      { pattern: "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'" },
      "2026-03-31T09:00:00.250Z",
      "2026-03-31T09:00:00.25Z",
    ],
  ])("%o %j reads %j", (read, wire, value, expected) => expect(shown(read(value, { wire }))).toBe(expected))

  test("what a form has no place for is refused, not cut", () => {
    const minutes: TimeSpec = { wire: { pattern: "yyyy-MM-dd HH:mm" } }
    expect(writeDatetime("2026-03-31T09:05:00", minutes)).toBe("2026-03-31 09:05")
    expect(shown(writeDatetime("2026-03-31T09:05:01", minutes))).toBe("OUT_OF_RANGE")
    expect(shown(writeInstant("2026-03-31T09:05:00.0001Z", { wire: "odata2" }))).toBe("OUT_OF_RANGE")
    expect(formatDate("2026-03-31T09:05:01Z", "MM/dd/yyyy H:mm")).toBe("03/31/2026 9:05")
    expect(formatDate("2026-03-31", "d.M.yyyy HH:mm:ss.SSS")).toBe("31.3.2026 00:00:00.000")
    expect(formatDate("2026-03-31T09:05:01.25Z", "ss.SSS")).toBe("01.250")
  })

  test.each<[string, "date" | "datetime", boolean]>([
    ["MM/dd/yyyy", "date", true],
    ["yyyy-MM-dd H:mm:ss", "datetime", true],
    ["yyyy-MM-dd H:mm:ss", "date", false],
    ["yyyy-MM", "date", false],
    ["yy-MM-dd", "date", false],
    ["Mdyyyy", "date", false],
    ["yyyyMMd1", "date", false],
    ["yyyy-MM-dd MM", "date", false],
    ["yyyy-MM-ddTHH", "datetime", false],
    ["yyyy-MM-dd'T'HH", "datetime", true],
    ["yyyy-MM-dd 'o''clock", "date", false],
  ])("pattern %j for a %s: %s", (pattern, kind, good) =>
    expect(patternProblem(pattern, kind) === undefined).toBe(good),
  )
})

const days = fc.integer({ min: -719_162, max: 2_932_896 }).map(day => dateOfDayNumber(day)!)
const two = (n: number) => String(n).padStart(2, "0")
const clocks = fc
  .tuple(
    fc.nat(23),
    fc.nat(59),
    fc.nat(59),
    fc.oneof(
      fc.constant(""),
      fc.nat(999).map(ms => `.${String(ms).padStart(3, "0")}`.replace(/0+$/, "").replace(/\.$/, "")),
    ),
  )
  .map(([h, m, s, f]) => `${two(h)}:${two(m)}:${two(s)}${f}`)
const datetimes = fc.tuple(days, clocks).map(([day, clock]) => `${day}T${clock}`)
const wires: readonly TimeWire[] = [
  "iso",
  { epoch: "ms" },
  { epoch: "s" },
  "odata2",
  { pattern: "d/M/yyyy H:mm:ss.SSS" },
  { pattern: "yyyyMMdd'T'HHmmssSSS" },
]

test("what is written is read back, in every form", () => {
  fc.assert(
    fc.property(datetimes, days, fc.constantFrom(...wires), (datetime, date, wire) => {
      expect(readDatetime(writeDatetime(datetime, { wire }), { wire })).toBe(datetime)
      expect(readInstant(writeInstant(`${datetime}Z`, { wire }), { wire })).toBe(`${datetime}Z`)
      const dateWire: TimeWire =
        typeof wire === "object" && "pattern" in wire ? { pattern: "d/M/yyyy" } : wire
      expect(readDate(writeDate(date, { wire: dateWire }), { wire: dateWire })).toBe(date)
    }),
    { numRuns: 2_000 },
  )
})

test("any offset gives the instant the engine's own clock gives, and instants compare by time", () => {
  const offset = fc
    .tuple(fc.constantFrom("+", "-"), fc.nat(23), fc.nat(59), fc.constantFrom(":", ""))
    .map(([s, h, m, c]) => `${s}${two(h)}${c}${two(m)}`)
  const inner = fc.integer({ min: -719_000, max: 2_932_000 }).map(day => dateOfDayNumber(day)!)
  const texts = fc.tuple(inner, clocks, offset)
  const engine = ([day, clock, zone]: readonly [string, string, string]) =>
    Date.parse(`${day}T${clock}${zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`}`)
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const read = readInstant(a.join("").replace(/^(.{10})/, "$1T"), iso) as string
      const other = readInstant(b.join("").replace(/^(.{10})/, "$1T"), iso) as string
      expect(Date.parse(read)).toBe(engine(a))
      expect(compareInstants(read, other)).toBe(Math.sign(engine(a) - engine(b)))
    }),
    { numRuns: 2_000 },
  )
  expect(compareInstants("2026-03-31T09:00:00Z", "2026-03-31T09:00:00.5Z")).toBe(-1)
  expect(compareInstants("2026-03-31T09:00:00.25Z", "2026-03-31T09:00:00.5Z")).toBe(-1)
})

test.each([
  ["2026-02-30", "The month has 28 days, the day is not one of them."],
  ["30.02.2026", "The text is not a date in ISO form, such as 2026-03-31."],
])("%s: what is wrong is said, and an example only where the form is wrong", (value, message) => {
  expect(readDate(value, { wire: "iso" })).toEqual({ refused: "BAD_DATE", message })
})
