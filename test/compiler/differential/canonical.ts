// Results as text, so that two of them can be compared and shown: members in name order, absent where undefined, every digit.
import { isExactNumber, writeJson } from "@fmap/runtime"

export function canonical(value: unknown): string {
  return writeJson(ordered(value))
}

function ordered(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`
  if (typeof value !== "object" || value === null || isExactNumber(value)) return value
  if (Array.isArray(value)) return value.map(ordered)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, ordered(member)]),
  )
}

/** Where two results part: their lines, one an issue, from the first that differs. */
export function difference(expected: string, given: string): string {
  const left = linesOf(expected)
  const right = linesOf(given)
  const same = left.findIndex((line, i) => line !== right[i])
  const from = same < 0 ? left.length : same
  const shown = (lines: readonly string[]): string => lines.slice(from, from + 4).join("\n    ")
  return `  interpreter, from line ${from}:\n    ${shown(left)}\n  emitted:\n    ${shown(right)}`
}

function linesOf(text: string): readonly string[] {
  return text.split(/(?=\{"at":)/)
}
