// A record with some of its fields changed. Flows in: the record, places (RFC 6901) and their values. Flows out: another record, or the place that is not there. Names are data: `__proto__` is a
// field like any other.
import { isExactNumber } from "../../formats/json/exact-number.ts"

export type Change =
  | { readonly pointer: string; readonly value: unknown }
  | { readonly pointer: string; readonly remove: true }

export type Changed =
  | { readonly kind: "record"; readonly record: unknown }
  | { readonly kind: "nowhere"; readonly pointer: string }

/** Names in a pointer; undefined: it is none. */
export function namesIn(pointer: string): readonly string[] | undefined {
  if (pointer === "") return []
  if (!pointer.startsWith("/") || /~(?![01])/u.test(pointer)) return undefined
  return pointer
    .slice(1)
    .split("/")
    .map(name => name.replaceAll("~1", "/").replaceAll("~0", "~"))
}

export function changeRecord(record: unknown, changes: readonly Change[]): Changed {
  let changed = record
  for (const change of changes) {
    const names = namesIn(change.pointer)
    const next = names === undefined || names.length === 0 ? nowhere : changedAt(changed, names, change)
    if (next === nowhere) return { kind: "nowhere", pointer: change.pointer }
    changed = next
  }
  return { kind: "record", record: changed }
}

const nowhere = Symbol("nowhere")

function changedAt(value: unknown, [name = "", ...rest]: readonly string[], change: Change): unknown {
  if (typeof value !== "object" || value === null || isExactNumber(value)) return nowhere
  const isLast = rest.length === 0
  const known = Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
  const next = isLast ? ("remove" in change ? undefined : change.value) : changedAt(known, rest, change)
  if (next === nowhere) return nowhere
  if (Array.isArray(value)) {
    const index = /^(?:0|[1-9]\d{0,8})$/u.test(name) ? Number(name) : -1
    const fits = index >= 0 && (index < value.length || (isLast && index === value.length))
    if (!fits) return nowhere
    return next === undefined ? value.toSpliced(index, 1) : value.toSpliced(index, 1, next)
  }
  const others = Object.entries(value)
  if (next === undefined) return Object.fromEntries(others.filter(([key]) => key !== name))
  return Object.fromEntries(
    Object.hasOwn(value, name)
      ? others.map(([key, member]) => [key, key === name ? next : member])
      : [...others, [name, next]],
  )
}
