// The order of values. Numbers by value, text by code point (not by UTF-16 unit: U+FFFD comes before U+1F600), dates
// and datetimes by their canonical text, instants by time, false before true.
import { compare } from "@fmap/runtime"
import type { ValueType } from "../plan/index.ts"
import { asBoolean, asNumber, asText, type Outcome } from "./value.ts"

export type Order = -1 | 0 | 1

export function compareValues(left: Outcome, right: Outcome, type: ValueType): Order {
  switch (type.kind) {
    case "number":
      return compare(asNumber(left), asNumber(right))
    case "bool":
      return orderOf(Number(asBoolean(left)), Number(asBoolean(right)))
    case "instant":
    case "datetime":
      return compareText(timeKey(asText(left)), timeKey(asText(right)))
    default:
      return compareText(asText(left), asText(right))
  }
}

export function compareText(left: string, right: string): Order {
  const a = left[Symbol.iterator]()
  const b = right[Symbol.iterator]()
  for (;;) {
    const x = a.next()
    const y = b.next()
    if (x.done || y.done) return orderOf(x.done ? 0 : 1, y.done ? 0 : 1)
    const order = orderOf(x.value.codePointAt(0) ?? 0, y.value.codePointAt(0) ?? 0)
    if (order !== 0) return order
  }
}

/** Canonical times have the shortest fraction: `…:00Z` must come before `…:00.5Z`, so the closing Z goes and the fraction decides. */
function timeKey(text: string): string {
  return text.endsWith("Z") ? text.slice(0, -1) : text
}

function orderOf(a: number, b: number): Order {
  return a < b ? -1 : a > b ? 1 : 0
}
