// Questions to a value that was read from JSON or YAML. Flows in: any value. Flows out: what is asked for, or null where it is
// something else. Members are own ones only: `__proto__` and `toString` are names like any other.
import { isExactNumber } from "@fmap/runtime"

export type TreeObject = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): TreeObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value)
    ? (value as TreeObject)
    : null
}

export function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]) : null
}

export function memberOf(value: unknown, name: string): unknown {
  const object = objectOf(value)
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined
}

export function textOf(value: unknown, name: string): string | null {
  const member = memberOf(value, name)
  return typeof member === "string" ? member : null
}

export function flagOf(value: unknown, name: string): boolean {
  return memberOf(value, name) === true
}

/** A number as text, digits kept; null where it is none. */
export function numberTextOf(value: unknown): string | null {
  if (isExactNumber(value)) return value.text
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null
}

/** A whole number that counts something: lengths, digits. */
export function countOf(value: unknown, name: string): number | null {
  const member = memberOf(value, name)
  return typeof member === "number" && Number.isInteger(member) && member >= 0 ? member : null
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  const object = objectOf(value)
  return object === null ? [] : Object.entries(object)
}

export function textsOf(value: unknown): readonly string[] {
  return (listOf(value) ?? []).filter(item => typeof item === "string")
}
