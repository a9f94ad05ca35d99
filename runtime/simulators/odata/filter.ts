// The part of `$filter` and of keys connectors speak. Flows in: text. Flows out: conditions as functions, keys as values; undefined: it is not understood.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import type { Entity } from "./service.ts"

type Test = (entity: Entity) => boolean

const comparison =
  /^\s*([A-Za-z_]\w*)\s+(eq|ne|gt|ge|lt|le)\s+('(?:''|[^'])*'|(?:datetimeoffset|datetime|guid)'[^']*'|[^\s']+)\s*/

export function parseFilter(text: string): Test | undefined {
  const tests: Test[] = []
  let left = text
  while (left !== "") {
    const [whole, name = "", op = "", literal = ""] = comparison.exec(left) ?? []
    if (whole === undefined) return undefined
    const wanted = literalValue(literal)
    tests.push(entity => fits(compare(entity[name], wanted), op))
    left = left.slice(whole.length)
    if (left !== "" && !left.startsWith("and ")) return undefined
    left = left.slice("and ".length)
  }
  return entity => tests.every(test => test(entity))
}

type Wanted = { readonly kind: "text" | "number" | "time"; readonly text: string } | { readonly kind: "null" }

function literalValue(text: string): Wanted {
  if (text === "null") return { kind: "null" }
  if (text.startsWith("'")) return { kind: "text", text: text.slice(1, -1).replaceAll("''", "'") }
  const typed = /^(datetimeoffset|datetime|guid)'(.*)'$/.exec(text)
  if (typed !== null) return { kind: typed[1] === "guid" ? "text" : "time", text: typed[2] ?? "" }
  if (/^\d{4}-\d\d-\d\d/.test(text)) return { kind: "time", text }
  if (/^-?\d+(?:\.\d+)?[ML]?$/.test(text)) return { kind: "number", text: text.replace(/[ML]$/, "") }
  return { kind: "text", text }
}

/** NaN: they cannot be compared. */
function compare(value: unknown, wanted: Wanted): number {
  if (wanted.kind === "null") return value === null || value === undefined ? 0 : 1
  if (value === null || value === undefined) return Number.NaN
  const text = isExactNumber(value) ? value.text : String(value)
  if (wanted.kind === "number") return Number(text) - Number(wanted.text)
  if (wanted.kind === "time") return timeOf(text) - timeOf(wanted.text)
  return text < wanted.text ? -1 : text > wanted.text ? 1 : 0
}

function timeOf(text: string): number {
  const ms = /^\/Date\((-?\d+)\)\/$/.exec(text)?.[1]
  return ms === undefined
    ? Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`)
    : Number(ms)
}

function fits(order: number, op: string): boolean {
  switch (op) {
    case "eq":
      return order === 0
    case "ne":
      return order !== 0
    case "gt":
      return order > 0
    case "ge":
      return order >= 0
    case "lt":
      return order < 0
    default:
      return order <= 0
  }
}

/** `('1')`, `(a='1',b='2')`: by property; of a key of one property its name may be left out. */
export function parseKey(
  text: string,
  keys: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const key: Record<string, string> = {}
  let left = text
  while (left !== "") {
    const [whole, name = keys[0] ?? "", literal = ""] =
      /^(?:([A-Za-z_]\w*)=)?('(?:''|[^'])*'|guid'[^']*'|[^,']+),?/.exec(left) ?? []
    if (whole === undefined) return undefined
    const value = literalValue(literal)
    if (value.kind === "null") return undefined
    key[name] = value.text
    left = left.slice(whole.length)
  }
  return key
}
