// JSON values as a schema sees them. Flows in: values with exact numbers. Flows out: their types as bits, numbers as rationals, and a
// text that is the same for equal values. It must not know schemas.
import { decimalOfNumber, fromScaled, isExactNumber, type JsonNumber, type Rational } from "@fmap/runtime"

/** JSON has six types; numbers are kept apart by whether they are whole, because schemas do. */
export const typeBits = {
  null: 1,
  boolean: 2,
  integer: 4,
  fraction: 8,
  string: 16,
  array: 32,
  object: 64,
} as const
export const numberBits = typeBits.integer | typeBits.fraction
export const everyType = 127

export function bitsOfTypeName(name: unknown): number | undefined {
  switch (name) {
    case "number":
      return numberBits
    case "null":
    case "boolean":
    case "integer":
    case "string":
    case "array":
    case "object":
      return typeBits[name]
    default:
      return undefined
  }
}

/** `string or null`, in the words of JSON Schema. */
export function typeNames(bits: number): readonly string[] {
  const isNumber = (bits & numberBits) === numberBits
  return [
    ...(isNumber ? ["number"] : []),
    ...(["integer", "fraction", "string", "boolean", "array", "object", "null"] as const).filter(
      name => (bits & typeBits[name]) !== 0 && !(isNumber && (typeBits[name] & numberBits) !== 0),
    ),
  ]
}

export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value)
}

export function isNumber(value: unknown): value is JsonNumber {
  return typeof value === "number" || isExactNumber(value)
}

/** Null: so large or so fine that nobody means it. */
export function rationalOf(number: JsonNumber): Rational | null {
  const decimal = decimalOfNumber(number)
  return typeof decimal === "string" ? null : fromScaled(decimal.unscaled, decimal.scale)
}

export function bitOfValue(value: unknown): number {
  if (value === null) return typeBits.null
  if (typeof value === "boolean") return typeBits.boolean
  if (typeof value === "string") return typeBits.string
  if (isNumber(value)) return rationalOf(value)?.d === 1n ? typeBits.integer : typeBits.fraction
  return Array.isArray(value) ? typeBits.array : typeBits.object
}

/** Equal values have equal texts: keys are sorted, 1.0 is 1. */
export function canonicalText(value: unknown): string {
  if (isNumber(value)) {
    const exact = rationalOf(value)
    return exact === null ? `#${String(value)}` : exact.d === 1n ? String(exact.n) : `${exact.n}/${exact.d}`
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`
  if (isRecord(value)) {
    const members = Object.keys(value)
      .toSorted()
      .map(key => `${JSON.stringify(key)}:${canonicalText(value[key])}`)
    return `{${members.join(",")}}`
  }
  return JSON.stringify(value) ?? "null"
}

/** Characters as JSON Schema counts them. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}
