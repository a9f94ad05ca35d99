// The words that name something in a record. Flows in: JSON values as the ledger keeps them. Flows out: its scalars as text, and members by name; what is masked is no word.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { parseExact } from "../../formats/json/parse-exact.ts"
import { masked } from "../../results/shown-value.ts"
import { type Row, textOrNone } from "./operation.ts"

export function scalarsIn(value: unknown): readonly string[] {
  const text = scalarText(value)
  if (text !== undefined) return [text]
  if (Array.isArray(value)) return value.flatMap(scalarsIn)
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(scalarsIn) : []
}

export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value === masked ? undefined : value
  if (typeof value === "number") return String(value)
  return isExactNumber(value) ? value.text : undefined
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** Undefined: there is none, or it cannot be read. */
export function jsonOf(row: Row, column: string): unknown {
  const text = textOrNone(row, column)
  if (text === undefined) return undefined
  const read = parseExact(text)
  return "refused" in read ? undefined : read.ok
}

export function isFigureOrTime(text: string): boolean {
  return /^-?\d*\.\d+$/u.test(text) || /^\d{4}-\d\d(?:-\d\d)?(?:T.*)?$/u.test(text)
}

/** Contains the word, as JSON writes it. */
export function likeOf(word: string): string {
  return `%${JSON.stringify(word)
    .slice(1, -1)
    .replaceAll(/[!%_]/gu, one => `!${one}`)}%`
}
