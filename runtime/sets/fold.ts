// Makes one value of those of a group: sum, min, max, first, last. Flows in: values as they stand on the wire of the target. Flows
// out: the value of the group, in the same form, or why its field cannot hold it. Exact whatever the number of rows.
import { checkDecimal, readDecimal, valueScale } from "../door/read-decimal.ts"
import { checkInteger, readInteger } from "../door/read-integer.ts"
import { readDate, readDatetime, readInstant } from "../door/read-time.ts"
import { isRefused, type Refused } from "../door/refused.ts"
import { writeDecimal, writeInteger } from "../door/write-decimal.ts"
import { decimalFast, decimalNumberFast } from "../kernel/decimal-fast.ts"
import { compareText } from "../kernel/text-fast.ts"
import { minorUnits } from "../money/currencies.ts"
import { compareInstants } from "../time/instant.ts"
import { plus, type Sum } from "./meter.ts"
import type { FoldSpec, FoldType } from "./set-spec.ts"

/** What a group knows of a field: a sum, or the wire value that was chosen so far with what it was chosen by. */
export interface Folded {
  sum: Sum | undefined
  chosen: unknown
  by: Sum | string | undefined
}

export const unfolded = (): Folded => ({ sum: undefined, chosen: undefined, by: undefined })

/** Takes one more value; a missing one changes nothing but `last`. */
export function fold(spec: FoldSpec, state: Folded, value: unknown, record: object, isFirst: boolean): void {
  switch (spec.operation) {
    case "first":
      if (isFirst) state.chosen = value
      return
    case "last":
      state.chosen = value
      return
    case "sum": {
      if (value === undefined || value === null) return
      const read = numberOf(spec, value, record)
      state.sum = state.sum === undefined ? read : plus(state.sum, read)
      return
    }
    case "min":
    case "max": {
      if (value === undefined || value === null) return
      const by = comparable(spec, value, record)
      const order = state.by === undefined ? 0 : compare(by, state.by, spec.type)
      if (state.by !== undefined && (spec.operation === "min" ? order >= 0 : order <= 0)) return
      state.by = by
      state.chosen = value
    }
  }
}

/** Undefined: no row had one. */
export function folded(spec: FoldSpec, state: Folded, record: object): unknown | Refused {
  if (spec.operation !== "sum") return state.chosen
  if (state.sum === undefined) return undefined
  const { type } = spec
  const sum = BigInt(state.sum)
  if (type?.kind === "int") return checkInteger(sum, type) ?? writeInteger(sum, type)
  if (type === null || !isDecimal(type)) throw new TypeError("A sum of what is no number: a bug of fmap.")
  const minor = minorOf(spec, record)
  return checkDecimal(sum, type, minor) ?? writeDecimal(sum, type, minor)
}

/** The figure of a record as a scaled integer; undefined where it has none. */
export function figureOf(spec: FoldSpec, value: unknown, record: object): Sum | undefined {
  return value === undefined || value === null ? undefined : numberOf(spec, value, record)
}

function isDecimal(type: FoldType): type is Extract<FoldType, { readonly precision: unknown }> {
  return "precision" in type
}

/** Wire figures of the map itself: they have been checked, so reading them back cannot fail. */
function numberOf(spec: FoldSpec, value: unknown, record: object): Sum {
  const { type } = spec
  if (type?.kind === "int") {
    if (typeof value === "number" && Number.isSafeInteger(value)) return value
    return certain(readInteger(value, type))
  }
  if (type === null || !isDecimal(type)) throw new TypeError("A figure that is no number: a bug of fmap.")
  const scale = type.fraction ? valueScale(type) : type.scale
  if (scale <= 15) {
    const fast =
      type.wire === "text"
        ? decimalFast(value, scale)
        : type.wire === "number"
          ? decimalNumberFast(value, scale)
          : Number.NaN
    if (!Number.isNaN(fast)) return fast
  }
  return certain(readDecimal(value, type, minorOf(spec, record)))
}

function comparable(spec: FoldSpec, value: unknown, record: object): Sum | string {
  const { type } = spec
  switch (type?.kind) {
    case "date":
      return certain(readDate(value, type))
    case "datetime":
      return certain(readDatetime(value, type))
    case "instant":
      return certain(readInstant(value, type))
    default:
      return numberOf(spec, value, record)
  }
}

function compare(left: Sum | string, right: Sum | string, type: FoldType | null): number {
  if (typeof left === "string" && typeof right === "string")
    return type?.kind === "instant" ? compareInstants(left, right) : compareText(left, right)
  return left < right ? -1 : left > right ? 1 : 0
}

function minorOf({ currency }: FoldSpec, record: object): number | undefined {
  if (currency === null) return undefined
  const code = "code" in currency ? currency.code : (record as Record<string, unknown>)[currency.field]
  return typeof code === "string" ? minorUnits(code.toUpperCase()) : undefined
}

function certain<T>(read: T | Refused): T {
  if (isRefused(read)) throw new TypeError(`A value of the target was not read back: ${read.message}`)
  return read
}
