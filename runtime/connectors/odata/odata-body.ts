// Bodies of OData. Flows in: documents. Flows out: records without links and annotations, lists, links to what comes next. The words of both versions are known here alone.
import { listOf, memberOf, objectOf, scalarText, textOf } from "../http/json-value.ts"

/** The record of an answer; undefined: it has none. */
export function recordIn(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const inner = memberOf(body, "d") ?? body
  return objectOf(withoutAnnotations(inner))
}

export interface ListIn {
  readonly records: readonly unknown[]
  readonly next: string | undefined
  /** Where changes after this reading are asked for. */
  readonly delta: string | undefined
}

/** Undefined: the answer is no list. */
export function listIn(body: unknown): ListIn | undefined {
  const d = memberOf(body, "d")
  const records = listOf(memberOf(d, "results")) ?? listOf(d) ?? listOf(memberOf(body, "value"))
  if (records === undefined) return undefined
  return {
    records,
    next: textOf(memberOf(d, "__next")) ?? textOf(memberOf(body, "@odata.nextLink")),
    delta: textOf(memberOf(body, "@odata.deltaLink")),
  }
}

/** What an update has to show to prove that it saw the newest state. */
export function etagOf(record: unknown): string | undefined {
  return textOf(memberOf(record, "__metadata", "etag")) ?? textOf(memberOf(record, "@odata.etag"))
}

/** The URL of one entity of version 2, for writing to it. */
export function uriOf(record: unknown): string | undefined {
  return textOf(memberOf(record, "__metadata", "uri"))
}

/** Lists keep what stands around them (`results`): that is the wire form contracts read. */
export function withoutAnnotations(value: unknown): unknown {
  const list = listOf(value)
  if (list !== undefined) return list.map(withoutAnnotations)
  const object = objectOf(value)
  if (object === undefined) return value
  const kept = Object.keys(object).filter(
    name =>
      name !== "__metadata" &&
      !name.includes("@odata.") &&
      memberOf(object[name], "__deferred") === undefined,
  )
  return Object.fromEntries(kept.map(name => [name, withoutAnnotations(object[name])]))
}

export function deletedId(record: unknown): string | undefined {
  if (memberOf(record, "reason") === undefined && memberOf(record, "@removed") === undefined) return undefined
  return scalarText(memberOf(record, "id")) ?? scalarText(memberOf(record, "@odata.id"))
}
