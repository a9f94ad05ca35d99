// Looking into what platforms answer, which may be anything. Flows in: a value of JSON. Flows out: members of the kind asked for, or undefined.
import { isExactNumber } from "../../formats/json/exact-number.ts"

export type JsonObject = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value)
    ? (value as JsonObject)
    : undefined
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** Own members only: `__proto__` is a name like any other. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => {
    const object = objectOf(at)
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
  }, value)
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

/** Texts, numbers of any length and truth values as text: what keys and codes come as. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  return isExactNumber(value) ? value.text : undefined
}

/** A new object without some members. */
export function without(object: JsonObject, ...names: readonly string[]): Record<string, unknown> {
  const rest: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of Object.keys(object)) if (!names.includes(name)) rest[name] = object[name]
  return rest
}
