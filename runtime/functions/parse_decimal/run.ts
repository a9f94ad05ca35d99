// Reads a figure that people wrote. Pure; see spec.ts for the promise.
import { parseDecimal } from "../../decimal/scaled.ts"

export function parse_decimal(text: string, scale: bigint, mark: string, group: string): bigint | undefined {
  if (mark === "" || mark === group || /[0-9-]/.test(mark + group)) return undefined
  const negative = text.startsWith("-")
  const pieces = (negative ? text.slice(1) : text).split(mark)
  const [whole = "", fraction = ""] = pieces
  if (pieces.length > 2 || (pieces.length === 2 && fraction === "")) return undefined
  const digits = ungrouped(whole, group)
  if (digits === undefined) return undefined
  const plain = `${negative ? "-" : ""}${digits}${fraction === "" ? "" : `.${fraction}`}`
  const read = parseDecimal(plain)
  if (read === undefined) return undefined
  const steps = Number(scale) - read.scale
  if (steps >= 0) return read.unscaled * 10n ** BigInt(steps)
  const divisor = 10n ** BigInt(-steps)
  return read.unscaled % divisor === 0n ? read.unscaled / divisor : undefined
}

/** Groups of three from the right, or no groups at all. */
function ungrouped(whole: string, group: string): string | undefined {
  if (group === "" || !whole.includes(group)) return whole
  const groups = whole.split(group)
  const [first = "", ...rest] = groups
  const sound = first.length >= 1 && first.length <= 3 && rest.every(part => part.length === 3)
  return sound ? groups.join("") : undefined
}
