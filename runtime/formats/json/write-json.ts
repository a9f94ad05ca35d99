// The exact JSON writer. Flows in: results and payload values; flows out: JSON text with every digit of every ExactNumber, keys in
// the order the objects have them. A value JSON cannot hold is a bug of the caller and throws a TypeError that says where.
import { pointer } from "../../results/pointer.ts"
import { isExactNumber } from "./exact-number.ts"

/**
 * Like JSON.stringify for plain data: members that are undefined are left out, undefined items are null. Differs where that would
 * be silent: numbers that are not finite, bigint, functions, cycles and nesting beyond 1,000 throw; toJSON is not called.
 * `indent`: blanks per level.
 */
export function writeJson(value: unknown, indent = 0): string {
  return write(value, indent > 0 ? "\n" : "", " ".repeat(indent), "", 0)
}

function write(value: unknown, newline: string, step: string, at: string, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value)
    case "boolean":
      return value ? "true" : "false"
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} at ${place(at)} is no JSON number.`)
      return JSON.stringify(value)
    case "object":
      if (value === null) return "null"
      if (isExactNumber(value)) return value.text
      if (depth >= 1_000)
        throw new TypeError(`The value is cyclic or nested beyond 1,000 levels at ${place(at.slice(0, 60))}.`)
      return Array.isArray(value)
        ? writeArray(value, newline, step, at, depth)
        : writeObject(value as { readonly [name: string]: unknown }, newline, step, at, depth)
    default:
      throw new TypeError(`A ${typeof value} at ${place(at)} cannot be written as JSON.`)
  }
}

function writeArray(
  items: readonly unknown[],
  newline: string,
  step: string,
  at: string,
  depth: number,
): string {
  if (items.length === 0) return "[]"
  const inner = newline + (newline === "" ? "" : step)
  let text = "["
  for (let i = 0; i < items.length; i++) {
    text += `${i === 0 ? "" : ","}${inner}${write(items[i] ?? null, inner, step, pointer(at, i), depth + 1)}`
  }
  return `${text}${newline}]`
}

function writeObject(
  object: { readonly [name: string]: unknown },
  newline: string,
  step: string,
  at: string,
  depth: number,
): string {
  const inner = newline + (newline === "" ? "" : step)
  const colon = newline === "" ? ":" : ": "
  let text = "{"
  let first = true
  for (const name of Object.keys(object)) {
    const member = object[name]
    if (member === undefined) continue
    text += `${first ? "" : ","}${inner}${JSON.stringify(name)}${colon}${write(member, inner, step, pointer(at, name), depth + 1)}`
    first = false
  }
  return first ? "{}" : `${text}${newline}}`
}

function place(at: string): string {
  return at === "" ? "the top" : at
}
