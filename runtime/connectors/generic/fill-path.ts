// Paths with places for values. Flows in: a template, a key, a record. Flows out: a path in which every value is one part, whatever it says.
import { CallFailed } from "../../flow/port/failures.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import type { Path } from "./http-options.ts"

export function fillPath(template: string, key: string | undefined, record: unknown): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = name === "key" ? key : scalarText(memberOf(record, name))
    if (value === undefined || value === "")
      throw new CallFailed("rejected", "NO_KEY", `The record has no ${name} for the path ${template}.`)
    // `.` and `..` would lead out of the path even when they are escaped
    if (/^\.{1,2}$/.test(value))
      throw new CallFailed("rejected", "BAD_VALUE", `${name} is ${value}, which no path can hold.`)
    return encodeURIComponent(value)
  })
}

/** Names of objects and places in lists. */
export function valueAtPath(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, name) => {
    if (!Array.isArray(at)) return memberOf(at, name)
    return /^\d{1,9}$/.test(name) ? (at as readonly unknown[])[Number(name)] : undefined
  }, value)
}
