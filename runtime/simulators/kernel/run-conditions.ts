// Conditions and orders over records. Flows in: what the parser gave, and records. Flows out: those that fit, in order. Numbers compare as numbers, days and
// instants as times, everything else as text.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import type { Condition, Literal, OrderBy } from "./query-parser.ts"

export type SimRecord = Readonly<Record<string, unknown>>

export function fieldsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return []
  return condition.kind === "compare" ? [condition.field] : condition.of.flatMap(fieldsOf)
}

export function fits(record: SimRecord, condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
      return condition.of.every(part => fits(record, part))
    case "any":
      return condition.of.some(part => fits(record, part))
    case "compare": {
      const order = compareLiteral(record[condition.field] ?? null, condition.value)
      if (order === undefined) return condition.op === "!="
      return {
        "=": order === 0,
        "!=": order !== 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
      }[condition.op]
    }
  }
}

export function inOrder<T extends SimRecord>(records: readonly T[], order: readonly OrderBy[]): readonly T[] {
  return records.toSorted((a, b) => {
    for (const { field, descending } of order) {
      const difference = compare(a[field], b[field])
      if (difference !== 0) return descending ? -difference : difference
    }
    return 0
  })
}

/** Undefined: they cannot be compared. */
function compareLiteral(value: unknown, literal: Literal): number | undefined {
  if (literal.kind === "null") return value === null ? 0 : undefined
  if (value === null) return undefined
  if (literal.kind === "truth") return value === literal.value ? 0 : undefined
  if (literal.kind === "number") return compare(Number(plain(value)), Number(literal.text))
  if (literal.kind === "bare") return Date.parse(String(value)) - Date.parse(literal.text)
  return compare(String(value), literal.text)
}

function compare(a: unknown, b: unknown): number {
  const [one, other] = [plain(a), plain(b)]
  if (typeof one === "number" && typeof other === "number") return one - other
  const [left, right] = [String(one ?? ""), String(other ?? "")]
  return left < right ? -1 : left > right ? 1 : 0
}

function plain(value: unknown): unknown {
  return isExactNumber(value) ? Number(value.text) : value
}
