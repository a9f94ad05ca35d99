// The offending value as an issue carries it: plain data, short, safe to log. Flows in: any payload value; flows out: null, a
// boolean, a number or at most 200 characters. Personal values become "•••" before anyone sees them.
import { isExactNumber } from "../formats/json/exact-number.ts"

export const longestShown = 200
export const masked = "•••"

/** Undefined stays undefined (absent). Objects and arrays become the beginning of their JSON text. */
export function shownValue(value: unknown): unknown {
  if (value === undefined || value === null || typeof value === "boolean") return value
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value)
  if (typeof value === "string") return shortened(value)
  if (isExactNumber(value)) return shortened(value.text)
  if (typeof value === "object") return shortened(beginning(value, longestShown + 1))
  return shortened(String(value))
}

/** At most 200 characters, never half of a pair, `…` where it was cut. */
export function shortened(text: string): string {
  if (text.length <= longestShown) return text
  const end = longestShown - 1
  const code = text.charCodeAt(end - 1)
  return `${text.slice(0, code >= 0xd800 && code <= 0xdbff ? end - 1 : end)}…`
}

/** JSON text of a value, stopped once it is longer than `room`; so its work and depth are bounded whatever the value. */
function beginning(value: unknown, room: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, room))
  if (isExactNumber(value)) return value.text
  if (typeof value !== "object" || value === null) return String(value)
  const list = Array.isArray(value)
  let text = list ? "[" : "{"
  let first = true
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue
    if (text.length >= room) return text
    if (!first) text += ","
    first = false
    if (!list) text += `${JSON.stringify(name.slice(0, room))}:`
    text += beginning((value as Record<string, unknown>)[name], Math.max(0, room - text.length))
  }
  return text + (list ? "]" : "}")
}
