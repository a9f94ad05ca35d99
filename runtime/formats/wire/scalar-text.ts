// Between a value of a payload and the text that a cell, an element or an attribute holds. Flows in: text and what the field holds; flows out:
// the payload's value, or the other way round. Figures never become doubles. What does not fit stays text: the door says so.
import { decimalOfNumber, jsonNumberOfText } from "../../decimal/json-number.ts"
import { formatShortest } from "../../decimal/scaled.ts"
import { isExactNumber } from "../json/exact-number.ts"
import type { Holds } from "./wire-spec.ts"

const jsonLiteral = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/

/** `text` is not empty: that is an absent value. */
export function valueOfText(text: string, holds: Holds): unknown {
  switch (holds.kind) {
    case "number":
      return jsonLiteral.test(text) ? jsonNumberOfText(text) : text
    case "flag":
      return text === "true" ? true : text === "false" ? false : text
    default:
      return text
  }
}

/** Undefined for what no text can hold: records and lists. */
export function textOfValue(value: unknown): string | undefined {
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "true" : "false"
  if (typeof value === "number" || isExactNumber(value)) {
    const decimal = decimalOfNumber(value)
    return typeof decimal === "string" ? undefined : formatShortest(decimal.unscaled, decimal.scale)
  }
  return undefined
}
