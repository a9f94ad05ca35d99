// Reads a date by a pattern. Pure; see spec.ts for the promise.
import { parseWithPattern } from "../../time/pattern.ts"

export function parse_date(text: string, pattern: string): string | undefined {
  const read = parseWithPattern(text, pattern)
  return "text" in read ? read.text.slice(0, 10) : undefined
}
