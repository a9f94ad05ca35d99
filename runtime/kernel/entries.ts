// Dictionaries: a payload object as own entries, and back without touching a prototype.
import type { PayloadObject } from "../door/payload.ts"
import { compareText } from "./text-fast.ts"

/** Own entries that are there (null and undefined are not), in payload order. */
export function entriesOf(object: PayloadObject): readonly (readonly [string, unknown])[] {
  return Object.entries(object).filter(([, value]) => value !== undefined && value !== null)
}

/** Pairs of key and value as a map. */
export function entryMap<T>(pairs: readonly (readonly (string | T)[])[]): ReadonlyMap<string, T> {
  return new Map(pairs as readonly (readonly [string, T])[])
}

export function sortedKeys(entries: ReadonlyMap<string, unknown>): readonly string[] {
  return [...entries.keys()].sort(compareText)
}

/** Own properties only, `__proto__` among them. */
export function dictionaryOf(pairs: readonly (readonly unknown[])[]): unknown {
  return Object.fromEntries(pairs as readonly (readonly [string, unknown])[])
}

/** No member but these. */
export function onlyKnown(object: PayloadObject, known: readonly string[]): boolean {
  for (const key of Object.keys(object)) if (object[key] !== undefined && !known.includes(key)) return false
  return true
}
