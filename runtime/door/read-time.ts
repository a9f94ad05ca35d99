// Dates and times at the door. Flows in: a payload value and its wire form; flows out: canonical text (`2026-03-31`,
// `2026-03-31T09:00:00`, `2026-03-31T08:00:00Z`, shortest fraction). The calendar work is in ../time.
import { decimalOfNumber } from "../decimal/json-number.ts"
import { isExactNumber } from "../formats/json/exact-number.ts"
import { dateOfDatetime, parseDate } from "../time/date.ts"
import { parseDatetime } from "../time/datetime.ts"
import { datetimeOfEpoch } from "../time/epoch.ts"
import { parseInstant } from "../time/instant.ts"
import { readODataDate } from "../time/odata-date.ts"
import { parseWithPattern } from "../time/pattern.ts"
import { describeValue } from "./describe-value.ts"
import { type Refused, refuse } from "./refused.ts"
import type { TimeSpec } from "./spec.ts"

type TimeKind = "date" | "datetime" | "instant"

/** A calendar date of 0001-01-01 to 9999-12-31. */
export function readDate(value: unknown, spec: TimeSpec): string | Refused {
  return read("date", value, spec)
}

/** A local date and time: no zone is read or assumed; epochs give the reading of a UTC clock. */
export function readDatetime(value: unknown, spec: TimeSpec): string | Refused {
  return read("datetime", value, spec)
}

/** A point in time, as UTC. Any offset is accepted; patterns, which have none, are UTC. */
export function readInstant(value: unknown, spec: TimeSpec): string | Refused {
  return read("instant", value, spec)
}

const codes = { date: "BAD_DATE", datetime: "BAD_DATETIME", instant: "BAD_INSTANT" } as const

function read(kind: TimeKind, value: unknown, spec: TimeSpec): string | Refused {
  const { wire } = spec
  if (typeof wire === "object" && "epoch" in wire) return fromEpoch(kind, value, wire.epoch)
  if (typeof value !== "string") {
    return refuse(
      "WRONG_TYPE",
      `Expected ${kind === "instant" ? "an" : "a"} ${kind} as text, found ${describeValue(value)}.`,
    )
  }
  if (wire === "iso") {
    const parsed =
      kind === "date" ? parseDate(value) : kind === "datetime" ? parseDatetime(value) : parseInstant(value)
    return "problem" in parsed ? refuse(codes[kind], `${parsed.problem}.`) : parsed.text
  }
  if (wire === "odata2") {
    const parsed = readODataDate(value)
    return "problem" in parsed ? refuse(codes[kind], `${parsed.problem}.`) : fromUtc(kind, parsed.text)
  }
  const parsed = parseWithPattern(value, wire.pattern)
  return "problem" in parsed ? refuse(codes[kind], `${parsed.problem}.`) : fromUtc(kind, parsed.text)
}

function fromEpoch(kind: TimeKind, value: unknown, unit: "ms" | "s"): string | Refused {
  if (typeof value !== "number" && !isExactNumber(value)) {
    return refuse(
      "WRONG_TYPE",
      `Expected ${kind === "instant" ? "an" : "a"} ${kind} as a number of ${unit} since 1970, found ${describeValue(value)}.`,
    )
  }
  const decimal = decimalOfNumber(value)
  if (typeof decimal === "string")
    return refuse(codes[kind], `Expected a number of ${unit} since 1970, this one is ${decimal}.`)
  const parsed = datetimeOfEpoch(decimal, unit)
  return "problem" in parsed ? refuse(codes[kind], `${parsed.problem}.`) : fromUtc(kind, parsed.text)
}

/** A reading of a UTC clock as the kind wanted; a date must be a midnight. */
function fromUtc(kind: TimeKind, datetime: string): string | Refused {
  switch (kind) {
    case "datetime":
      return datetime
    case "instant":
      return `${datetime}Z`
    case "date": {
      const date = dateOfDatetime(datetime)
      return date ?? refuse("BAD_DATE", "Expected a date, which is a midnight, found a time of day.")
    }
  }
}
