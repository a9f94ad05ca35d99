// Objects, lists and open JSON at the door. Flows in: a payload value; flows out: something whose own members may be read, or why
// not. Members are read by `ownMember` alone, so that names on Object.prototype are ordinary names.
import { decimalOfNumber } from "../decimal/json-number.ts"
import { isExactNumber } from "../formats/json/exact-number.ts"
import { readBitmaps } from "./bitmap.ts"
import { describeValue } from "./describe-value.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"
import type { ListSpec } from "./spec.ts"
import { isWellFormed } from "./well-formed.ts"

export type PayloadObject = { readonly [name: string]: unknown }

/** Nesting a value of type `json` may have. */
export const deepestJson = 200

/** A JSON object: no array, no number. */
export function isPayloadObject(value: unknown): value is PayloadObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value)
}

export function readObject(value: unknown): PayloadObject | Refused {
  if (isPayloadObject(value)) return value
  return refuse("NOT_AN_OBJECT", `Expected an object, found ${describeValue(value)}.`)
}

/** An own member; absent and null are both undefined. */
export function ownMember(object: PayloadObject, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined
}

/** Own members that are not among the names of a closed contract, in payload order; those set to undefined are absent. */
export function unknownMembers(object: PayloadObject, names: ReadonlySet<string>): readonly string[] {
  return Object.keys(object).filter(name => !names.has(name) && object[name] !== undefined)
}

export function missingField(): Refused {
  return refuse("MISSING_FIELD", "The field is required and has no value.")
}

export function unknownField(): Refused {
  return refuse("UNKNOWN_FIELD", "The contract does not name this field and is closed.")
}

/** The rows of a list, undecoded, their count within bounds. Wire `joined`: text cut at the separator, "" has no rows. `under`: the array in that member. */
export function readList(value: unknown, spec: ListSpec): readonly unknown[] | Refused {
  const rows = listRows(value, spec)
  return Array.isArray(rows) ? (checkCount(rows.length, spec) ?? rows) : rows
}

/** How many rows a list may have: what an assignment must check. */
export function checkCount(count: number, spec: Pick<ListSpec, "min" | "max">): Refused | undefined {
  if (count < spec.min)
    return refuse("TOO_FEW_ROWS", `Expected at least ${spec.min} ${rowsWord(spec.min)}, found ${count}.`)
  if (spec.max !== null && count > spec.max) {
    return refuse("TOO_MANY_ROWS", `Expected at most ${spec.max} ${rowsWord(spec.max)}, found ${count}.`)
  }
  return undefined
}

function rowsWord(count: number): string {
  return count === 1 ? "row" : "rows"
}

function listRows(value: unknown, spec: ListSpec): readonly unknown[] | Refused {
  if (spec.wire === "array") {
    return Array.isArray(value)
      ? value
      : refuse("WRONG_TYPE", `Expected an array, found ${describeValue(value)}.`)
  }
  if ("bitmap" in spec.wire) {
    return Array.isArray(value)
      ? readBitmaps(value, spec.wire.bitmap)
      : refuse("WRONG_TYPE", `Expected an array, found ${describeValue(value)}.`)
  }
  if ("under" in spec.wire) {
    const object = readObject(value)
    if (isRefused(object)) return object
    const rows = ownMember(object, spec.wire.under)
    if (Array.isArray(rows)) return rows
    return refuse(
      "WRONG_TYPE",
      `Expected an array in the member "${spec.wire.under}", found ${describeValue(rows)}.`,
    )
  }
  if (typeof value !== "string") {
    return refuse("WRONG_TYPE", `Expected items joined in one text, found ${describeValue(value)}.`)
  }
  return value === "" ? [] : value.split(spec.wire.joined)
}

/** Any JSON value: at most 200 levels deep, whole characters, numbers that lost no digit. Returned as it is. */
export function readJsonValue(value: unknown): unknown {
  return jsonProblem(value, 0) ?? value
}

function jsonProblem(value: unknown, depth: number): Refused | undefined {
  if (value === null || typeof value === "boolean") return undefined
  if (typeof value === "string") return isWellFormed(value) ? undefined : brokenJsonText()
  if (typeof value === "number") {
    const decimal = decimalOfNumber(value)
    if (decimal === "not finite") return refuse("BAD_NUMBER", "The value holds a number that is not finite.")
    if (decimal === "inexact")
      return refuse("INEXACT_NUMBER", "The value holds a JS number of more than 15 digits.")
    return undefined
  }
  if (isExactNumber(value)) return undefined
  if (typeof value !== "object")
    return refuse("WRONG_TYPE", `Expected a JSON value, found ${describeValue(value)}.`)
  if (depth >= deepestJson) return refuse("TOO_DEEP", `Expected at most ${deepestJson} levels of nesting.`)
  if (Array.isArray(value)) {
    for (const item of value) {
      const problem = jsonProblem(item, depth + 1)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  const object = value as PayloadObject
  for (const name of Object.keys(object)) {
    const member = object[name]
    const problem = isWellFormed(name)
      ? member === undefined
        ? undefined
        : jsonProblem(member, depth + 1)
      : brokenJsonText()
    if (problem !== undefined) return problem
  }
  return undefined
}

function brokenJsonText(): Refused {
  return refuse("BAD_TEXT", "The value holds half of a surrogate pair, which is no character.")
}
