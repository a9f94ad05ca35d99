// Lists of fields as bitmaps, the way Salesforce's Pub/Sub API sends what an event changed, cleared and differs in. Flows in: the list and
// the fields of the event's schema in their order. Flows out: names of fields, or why it is none. `0x400000` has bit 22 set, the lowest bit
// being the first field; `4-0x01` is the first part of the fifth field. Entries that are names stand as they are: other channels send names.
import { describeValue } from "./describe-value.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"
import type { BitmapLayout } from "./spec.ts"

const whole = /^0x([0-9a-fA-F]+)$/
const nested = /^([0-9]+)-0x([0-9a-fA-F]+)$/
/** A name of a field, which is neither. */
const fieldName = /^[\p{L}_]/u

/** Names in the order of the bits; a part is `BillingAddress.City`. A bit without a field, digits that are none: BAD_BITMAP. */
export function readBitmaps(value: readonly unknown[], layout: BitmapLayout): readonly unknown[] | Refused {
  const names: unknown[] = []
  for (const entry of value) {
    const found = typeof entry === "string" ? readEntry(entry, layout) : entry
    if (isRefused(found)) return found
    if (Array.isArray(found)) names.push(...found)
    else names.push(found)
  }
  return names
}

function readEntry(entry: string, layout: BitmapLayout): string | readonly string[] | Refused {
  const top = whole.exec(entry)
  if (top !== null) {
    const bits = setBits(top[1] ?? "", layout.length)
    return isRefused(bits) ? bits : bits.map(bit => layout[bit]?.name ?? "")
  }
  const inner = nested.exec(entry)
  if (inner === null)
    return fieldName.test(entry)
      ? entry
      : refuse("BAD_BITMAP", `Expected names of fields or bitmaps, found ${describeValue(entry)}.`)
  const place = Number(inner[1])
  const parent = layout[place]
  if (parent === undefined || parent.parts.length === 0) {
    const what = parent === undefined ? "is none of" : `is ${parent.name}, which has no parts, of`
    return refuse(
      "BAD_BITMAP",
      `Field ${inner[1]?.slice(0, 20)} ${what} the ${layout.length} the contract knows.`,
    )
  }
  const bits = setBits(inner[2] ?? "", parent.parts.length)
  return isRefused(bits) ? bits : bits.map(bit => `${parent.name}.${parent.parts[bit]}`)
}

/** Ascending. */
function setBits(hex: string, count: number): readonly number[] | Refused {
  const bits: number[] = []
  for (let digit = 0; digit < hex.length; digit++) {
    const four = Number.parseInt(hex.charAt(hex.length - 1 - digit), 16)
    for (let bit = 0; bit < 4; bit++) {
      if ((four & (1 << bit)) === 0) continue
      const place = digit * 4 + bit
      if (place >= count)
        return refuse(
          "BAD_BITMAP",
          `Bit ${place} is set, and the contract knows ${count} ${count === 1 ? "field" : "fields"}: its list is not that of the event's schema.`,
        )
      bits.push(place)
    }
  }
  return bits
}

/** The bitmaps that say the same as these names, of whole fields first; OUT_OF_RANGE for a name that the schema does not have. */
export function writeBitmaps(names: readonly unknown[], layout: BitmapLayout): readonly string[] | Refused {
  const top = new Set<number>()
  const inner = new Map<number, Set<number>>()
  for (const name of names) {
    if (isRefused(name)) return name
    const [field = "", ...rest] = String(name).split(".")
    const place = layout.findIndex(one => one.name === field)
    if (rest.length === 0 && place >= 0) {
      top.add(place)
      continue
    }
    const part = layout[place]?.parts.indexOf(rest.join(".")) ?? -1
    if (part < 0)
      return refuse(
        "OUT_OF_RANGE",
        `${JSON.stringify(String(name).slice(0, 60))} is no field of the event's schema.`,
      )
    const parts = inner.get(place) ?? new Set()
    parts.add(part)
    inner.set(place, parts)
  }
  const parts = [...inner].sort(([a], [b]) => a - b)
  return [
    ...(top.size === 0 ? [] : [`0x${hexOf(top)}`]),
    ...parts.map(([place, bits]) => `${place}-0x${hexOf(bits)}`),
  ]
}

function hexOf(bits: ReadonlySet<number>): string {
  const digits: number[] = []
  for (const bit of bits) {
    const digit = Math.floor(bit / 4)
    while (digits.length <= digit) digits.push(0)
    digits[digit] = (digits[digit] ?? 0) | (1 << (bit % 4))
  }
  return [...digits]
    .reverse()
    .map(digit => digit.toString(16))
    .join("")
    .padStart(2, "0")
}
