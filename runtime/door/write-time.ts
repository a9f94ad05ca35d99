// Dates and times on their way out: the inverse of read-time. Flows in: canonical text; flows out: the wire form. A time the form
// has no place for is refused, never cut.
import { jsonNumber } from "../decimal/json-number.ts"
import type { JsonNumber } from "../formats/json/exact-number.ts"
import { epochOfDatetime } from "../time/epoch.ts"
import { writeODataDate } from "../time/odata-date.ts"
import { formatDate, writeWithPattern } from "../time/pattern.ts"
import { type Refused, refuse } from "./refused.ts"
import type { TimeSpec } from "./spec.ts"

/** Total: every wire form the compiler lets a date have holds every date. */
export function writeDate(date: string, spec: TimeSpec): string | JsonNumber {
  if (spec.wire === "iso") return date
  if (typeof spec.wire === "object" && "pattern" in spec.wire) return formatDate(date, spec.wire.pattern)
  const midnight = `${date}T00:00:00`
  if (spec.wire === "odata2") return writeODataDate(midnight) ?? date
  return epoch(midnight, spec.wire.epoch)
}

/** OUT_OF_RANGE when the form cannot hold the time: seconds in a pattern without `ss`, microseconds in odata2. */
export function writeDatetime(datetime: string, spec: TimeSpec): string | JsonNumber | Refused {
  return spec.wire === "iso" ? datetime : write(datetime, spec)
}

/** As `writeDatetime`; patterns, which have no offset, show UTC. */
export function writeInstant(instant: string, spec: TimeSpec): string | JsonNumber | Refused {
  return spec.wire === "iso" ? instant : write(instant.slice(0, -1), spec)
}

function write(datetime: string, spec: TimeSpec): string | JsonNumber | Refused {
  const { wire } = spec
  if (wire === "iso") return datetime
  if (wire === "odata2") return writeODataDate(datetime) ?? noPlace("/Date(milliseconds)/")
  if ("epoch" in wire) return epoch(datetime, wire.epoch)
  return writeWithPattern(datetime, wire.pattern) ?? noPlace(wire.pattern)
}

function epoch(datetime: string, unit: "ms" | "s"): JsonNumber {
  const count = epochOfDatetime(datetime, unit)
  return jsonNumber(count.unscaled, count.scale)
}

function noPlace(form: string): Refused {
  return refuse("OUT_OF_RANGE", `The wire form ${form} has no place for the whole time.`)
}
