// The writers that need little: text, booleans, codes, enums, lists. Flows in: a checked value; flows out: its wire form.
import { writeBitmaps } from "./bitmap.ts"
import { isRefused, type Refused, refuse } from "./refused.ts"
import type { BoolSpec, CodeSpec, EnumSpec, ListSpec, TextSpec } from "./spec.ts"

export function writeText(text: string, spec: Pick<TextSpec, "wire">): string {
  const { wire } = spec
  if (typeof wire === "object") return /^[0-9]+$/.test(text) ? text.padStart(wire.padded, "0") : text
  return wire === "lower" ? text.toLowerCase() : text
}

export function writeBool(value: boolean, spec: BoolSpec): boolean | string {
  if (spec.wire === "json") return value
  return value ? spec.wire.true : spec.wire.false
}

/** Currency, country and language codes. */
export function writeCode(code: string, spec: CodeSpec): string {
  return spec.wire === "lower" ? code.toLowerCase() : code
}

export function writeEnum(member: string, _spec: EnumSpec): string {
  return member
}

/** The rows, already in wire form. Wire `joined` refuses (OUT_OF_RANGE) what would come back as other rows. */
export function writeList(rows: readonly unknown[], spec: Pick<ListSpec, "wire">): unknown {
  if (spec.wire === "array") return rows
  if ("under" in spec.wire) return { [spec.wire.under]: rows }
  if ("bitmap" in spec.wire) return writeBitmaps(rows, spec.wire.bitmap)
  const { joined } = spec.wire
  const texts: string[] = []
  for (const row of rows) {
    if (isRefused(row)) return row
    const text = String(row)
    if (text.includes(joined)) return separatorInside(joined)
    texts.push(text)
  }
  const written = texts.join(joined)
  const back = written === "" ? 0 : written.split(joined).length
  return back === texts.length ? written : separatorInside(joined)
}

function separatorInside(separator: string): Refused {
  return refuse(
    "OUT_OF_RANGE",
    `An item is empty or holds the separator ${JSON.stringify(separator)}, so the list cannot be joined.`,
  )
}
