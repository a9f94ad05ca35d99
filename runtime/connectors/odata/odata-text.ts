// Names, values and keys of OData in URLs. Flows in: values in wire form. Flows out: text in which a value is no more than a value.

import { CallFailed } from "../../flow/port/failures.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import type { ODataObject, ODataType } from "./odata-options.ts"

export function odataName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*(?:\/[A-Za-z_][A-Za-z0-9_]*)*$/.test(name)) return name
  throw new CallFailed("rejected", "BAD_NAME", `${JSON.stringify(name.slice(0, 80))} is no name of OData.`)
}

export function odataLiteral(value: unknown, type: ODataType | undefined, version: 2 | 4): string {
  if (value === null || value === undefined) return "null"
  const text = scalarText(value)
  if (text === undefined) throw bad("a record or a list")
  switch (type ?? typeOf(value)) {
    case "string":
      return `'${text.replaceAll("'", "''")}'`
    case "boolean":
      return checked(text, /^(?:true|false)$/)
    case "number":
      return checked(text, numeric)
    case "decimal":
      return checked(text, numeric) + (version === 2 ? "M" : "")
    case "int64":
      return checked(text, /^-?\d+$/) + (version === 2 ? "L" : "")
    case "guid":
      return version === 2 ? `guid'${checked(text, guid)}'` : checked(text, guid)
    case "date":
      return version === 2 ? `datetime'${dayOf(text)}T00:00:00'` : dayOf(text)
    case "datetime":
      return version === 2 ? `datetime'${instantOf(text).slice(0, 19)}'` : instantOf(text)
    case "datetimeoffset":
      return version === 2 ? `datetimeoffset'${instantOf(text)}'` : instantOf(text)
  }
}

const numeric = /^-?\d+(?:\.\d+)?$/
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function typeOf(value: unknown): ODataType {
  if (typeof value === "boolean") return "boolean"
  return typeof value === "number" || isExactNumber(value) ? "number" : "string"
}

function checked(text: string, form: RegExp): string {
  if (form.test(text)) return text
  throw bad(JSON.stringify(text.slice(0, 40)))
}

function bad(what: string): CallFailed {
  return new CallFailed("rejected", "BAD_VALUE", `${what} cannot stand where it was to go in the URL.`)
}

/** `/Date(1743379200000)/` or ISO. */
function instantOf(text: string): string {
  const ms = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1]
  const at = ms === undefined ? (/^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN) : Number(ms)
  if (!Number.isFinite(at)) throw bad(JSON.stringify(text.slice(0, 40)))
  return new Date(at).toISOString()
}

function dayOf(text: string): string {
  return instantOf(text).slice(0, 10)
}

/** `A_SalesOrder('1')`, `SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='1')`; undefined: the record lacks a part of the key. */
export function entityPath(object: ODataObject, record: unknown, version: 2 | 4): string | undefined {
  const parts: string[] = []
  for (const key of object.keys) {
    const value = memberOf(record, key) ?? object.always?.[key]
    if (value === undefined || value === null || value === "") return undefined
    const literal = encodeURIComponent(odataLiteral(value, object.types?.[key], version)).replaceAll(
      "'",
      "%27",
    )
    parts.push(object.keys.length === 1 && version === 2 ? literal : `${odataName(key)}=${literal}`)
  }
  return `${odataName(object.set)}(${parts.join(",")})`
}

export function filterText(
  conditions: readonly { readonly field: string; readonly value: unknown }[],
  object: ODataObject,
  version: 2 | 4,
): string {
  return conditions
    .map(
      ({ field, value }) => `${odataName(field)} eq ${odataLiteral(value, object.types?.[field], version)}`,
    )
    .join(" and ")
}
