// Queries of Salesforce as text. Flows in: names and values. Flows out: SOQL in which no value is more than a value, and no name more than a name.

import { CallFailed } from "../../flow/port/failures.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"

/** Fields of the platform that are compared without quotes, by the type `describe` gives. */
const bareTypes: ReadonlySet<string> = new Set(["date", "datetime", "time"])

export function soqlName(name: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,5}$/.test(name)) return name
  throw new CallFailed(
    "rejected",
    "BAD_NAME",
    `${JSON.stringify(name.slice(0, 80))} is no name of Salesforce.`,
  )
}

/** `type`: what the field is at the platform. */
export function soqlValue(value: unknown, type: string | undefined): string {
  if (value === null || value === undefined) return "null"
  if (isExactNumber(value)) return value.text
  switch (typeof value) {
    case "number":
    case "boolean":
      return String(value)
    case "string":
      return type !== undefined && bareTypes.has(type) ? soqlInstant(value) : soqlText(value)
    default:
      throw new CallFailed("rejected", "BAD_VALUE", "A record or a list cannot be asked for.")
  }
}

export function soqlText(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    "'": "\\'",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  }
  return `'${text.replace(/[\\'\n\r\t]/g, found => escapes[found] ?? found)}'`
}

/** A day or an instant; nothing else goes into a query without quotes. */
export function soqlInstant(text: string): string {
  if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))?$/.test(text)) return text
  throw new CallFailed(
    "rejected",
    "BAD_VALUE",
    `${JSON.stringify(text.slice(0, 40))} is neither a day nor an instant.`,
  )
}
