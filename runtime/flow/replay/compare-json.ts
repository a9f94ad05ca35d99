// Two JSON values, field by field. Flows in: what was and what would be. Flows out: the places that differ, each with both values; none when they are equal. Lists are compared from both
// ends, so that an element more or less is one difference.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { canonicalJson } from "../ledger/canonical-json.ts"

export interface Change {
  /** Names and numbers of elements. */
  readonly path: readonly string[]
  /** Undefined: it is not there. */
  readonly before: unknown
  readonly now: unknown
}

export function changesBetween(
  before: unknown,
  now: unknown,
  path: readonly string[] = [],
): readonly Change[] {
  if (before !== undefined && now !== undefined && canonicalJson(before) === canonicalJson(now)) return []
  if (Array.isArray(before) && Array.isArray(now)) return changedElements(before, now, path)
  if (!isRecord(before) || !isRecord(now)) return before === now ? [] : [{ path, before, now }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted()
  return names.flatMap(name => changesBetween(own(before, name), own(now, name), [...path, name]))
}

function changedElements(
  before: readonly unknown[],
  now: readonly unknown[],
  path: readonly string[],
): readonly Change[] {
  const [a, b] = [before.map(canonicalJson), now.map(canonicalJson)]
  const shorter = Math.min(a.length, b.length)
  let front = 0
  while (front < shorter && a[front] === b[front]) front += 1
  let back = 0
  while (back < shorter - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back += 1
  const count = Math.max(a.length, b.length) - front - back
  return Array.from({ length: count }, (_, offset) => front + offset).flatMap(index =>
    changesBetween(
      index < a.length - back ? before[index] : undefined,
      index < b.length - back ? now[index] : undefined,
      [...path, String(index)],
    ),
  )
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value)
}
