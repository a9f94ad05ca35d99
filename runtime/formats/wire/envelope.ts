// What stands around and between the values of OData and NetSuite payloads. Flows in: a document and the contract's shape; flows out: its records without
// links, annotations and deferred members, or where a list is not whole. Members the contract names are never taken for annotations.
import { isPayloadObject, ownMember, type PayloadObject } from "../../door/payload.ts"
import { pointer } from "../../results/pointer.ts"
import type { WireProblem } from "./wire-record.ts"
import type { Holds, PayloadShape, WireSpec } from "./wire-spec.ts"

export type EnvelopeKind = "odata2" | "odata4" | "netsuite"

/** Where the records of a document stand, if it is a list of them. */
export function listPaths(kind: EnvelopeKind, shape: PayloadShape): readonly (readonly string[])[] {
  const member = listMember[kind]
  const isNamed = shape.fields.some(({ name }) => name === member)
  if (kind === "odata2") return [[], ["d"], ["d", "results"], ...(isNamed ? [] : [["results"]])]
  return isNamed ? [[]] : [[], [member]]
}

const listMember = { odata2: "results", odata4: "value", netsuite: "items" } as const

/** What stands around a list of records that is written. */
export function listEnvelope(kind: EnvelopeKind): { readonly before: string; readonly after: string } {
  switch (kind) {
    case "odata2":
      return { before: '{"d":{"results":[', after: "]}}" }
    case "odata4":
      return { before: '{"value":[', after: "]}" }
    case "netsuite":
      return { before: '{"items":[', after: '],"hasMore":false}' }
  }
}

/** The record of a document that is none of several. */
export function unwrapped(document: unknown, kind: EnvelopeKind): unknown {
  if (kind !== "odata2" || !isPayloadObject(document)) return document
  const names = Object.keys(document)
  return names.length === 1 && names[0] === "d" ? document["d"] : document
}

/** The records of a document that is a list of them. */
export function itemsIn(
  document: unknown,
  kind: EnvelopeKind,
  shape: PayloadShape,
): readonly unknown[] | undefined {
  for (const path of listPaths(kind, shape)) {
    const found = path.reduce<unknown>(
      (value, name) => (isPayloadObject(value) ? ownMember(value, name) : undefined),
      document,
    )
    if (Array.isArray(found)) return found
  }
  return undefined
}

/** Set where the list goes on in another document. */
export function hasMore(document: unknown, kind: EnvelopeKind): boolean {
  const around = unwrapped(document, kind)
  if (!isPayloadObject(around)) return false
  switch (kind) {
    case "odata2":
      return ownMember(around, "__next") !== undefined
    case "odata4":
      return (
        ownMember(around, "@odata.nextLink") !== undefined || ownMember(around, "@nextLink") !== undefined
      )
    case "netsuite":
      return ownMember(around, "hasMore") === true
  }
}

export type RecordCleaner = (
  record: unknown,
) => { readonly value: unknown } | { readonly problem: WireProblem }

export function recordCleaner(kind: EnvelopeKind, { shapes }: WireSpec): RecordCleaner {
  const names = shapes.map(shape => new Map(shape.fields.map(field => [field.name, field.holds])))
  let problem: WireProblem | null = null
  const incomplete = (at: string): void => {
    problem ??= {
      code: "INCOMPLETE_LIST",
      message:
        "The list goes on in another document: a record with a part of its rows would be another record.",
      pointer: at,
    }
  }
  const valueOf = (value: unknown, holds: Holds, at: string): unknown => {
    if (isLink(value, kind) && (holds.kind === "record" || holds.kind === "list")) return undefined
    switch (holds.kind) {
      case "record":
        return isPayloadObject(value) ? recordOf(value, holds.shape, at) : value
      case "list":
        return listOf(value, holds, at)
      case "dictionary":
        return isPayloadObject(value)
          ? copied(value, (member, name) => valueOf(member, holds.of, pointer(at, name)))
          : value
      default:
        return value
    }
  }
  const listOf = (value: unknown, { of, under }: Holds & { kind: "list" }, at: string): unknown => {
    const rows = (items: readonly unknown[], below: string): unknown[] =>
      items.map((item, i) => valueOf(item, of, pointer(below, i)) ?? item)
    if (under === null) return Array.isArray(value) ? rows(value, at) : value
    if (!isPayloadObject(value)) return value
    if (hasMore(value, kind)) incomplete(at)
    const items = ownMember(value, under)
    return Array.isArray(items) ? { [under]: rows(items, pointer(at, under)) } : value
  }
  const recordOf = (record: PayloadObject, shape: number, at: string): object => {
    const fields = names[shape]
    // a contract may call the object around a list a record
    if (at !== "" && fields?.get(listMember[kind])?.kind === "list" && hasMore(record, kind)) incomplete(at)
    return copied(record, (member, name) => {
      const holds = fields?.get(name)
      if (holds !== undefined) return valueOf(member, holds, pointer(at, name))
      if (!isAnnotation(name, member, kind)) return member
      const list = name.replace(/@(?:odata\.)?nextLink$/u, "")
      if (list !== name && fields?.has(list) === true) incomplete(pointer(at, list))
      return undefined
    })
  }
  return record => {
    problem = null
    const value = isPayloadObject(record) ? recordOf(record, 0, "") : record
    return problem === null ? { value } : { problem }
  }
}

/** A copy with own members alone, `__proto__` too; those that become undefined are left out. */
function copied(object: PayloadObject, change: (member: unknown, name: string) => unknown): object {
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(object)) {
    const value = change(object[name], name)
    if (value === undefined) continue
    if (name in copy)
      Object.defineProperty(copy, name, { value, writable: true, enumerable: true, configurable: true })
    else copy[name] = value
  }
  return copy
}

/** Only where the value could be had: it is not here. */
function isLink(value: unknown, kind: EnvelopeKind): boolean {
  if (!isPayloadObject(value)) return false
  if (kind === "odata2") return Object.hasOwn(value, "__deferred")
  const names = Object.keys(value)
  return kind === "netsuite" && names.length === 1 && names[0] === "links"
}

function isAnnotation(name: string, value: unknown, kind: EnvelopeKind): boolean {
  switch (kind) {
    case "odata2":
      return name === "__metadata"
    case "odata4":
      return name.includes("@")
    case "netsuite":
      return name === "links" && Array.isArray(value) && value.every(isReference)
  }
}

function isReference(value: unknown): boolean {
  return isPayloadObject(value) && Object.hasOwn(value, "rel") && Object.hasOwn(value, "href")
}
