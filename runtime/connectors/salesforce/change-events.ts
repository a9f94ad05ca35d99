// Change events of Salesforce as the Pub/Sub API and CometD carry them. Flows in: one decoded event. Flows out: a change for each record it is about, and ids of
// records whose change was too big or lost, which have to be read. Bitmaps in the header are the contract's to read (`bitmaps` of the language).
import { listOf, memberOf, scalarText, textOf } from "../http/json-value.ts"
import type { Change } from "../port/connector.ts"

export interface ChangeEventRead {
  readonly object: string
  readonly changes: readonly Change[]
  /** The event tells only that something happened to them. */
  readonly gaps: readonly string[]
  /** The user who did it: changes made by ourselves are left out by whoever asks for that. */
  readonly by: string | undefined
}

const kinds: Readonly<Record<string, Change["kind"]>> = {
  CREATE: "created",
  UPDATE: "updated",
  UNDELETE: "created",
  DELETE: "deleted",
}

/** Undefined: it is no change event. */
export function readChangeEvent(event: unknown): ChangeEventRead | undefined {
  const header = memberOf(event, "ChangeEventHeader")
  const object = textOf(memberOf(header, "entityName"))
  const type = textOf(memberOf(header, "changeType"))
  const ids = (listOf(memberOf(header, "recordIds")) ?? []).filter(id => typeof id === "string")
  // whole numbers beyond what a double holds
  const version = scalarText(memberOf(header, "commitNumber"))
  const transaction = textOf(memberOf(header, "transactionKey"))
  const sequence = scalarText(memberOf(header, "sequenceNumber")) ?? "0"
  if (object === undefined || type === undefined || version === undefined || transaction === undefined)
    return undefined
  const by = textOf(memberOf(header, "commitUser"))
  if (type.startsWith("GAP_")) return { object, changes: [], gaps: ids, by }
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined || ids.length === 0) return undefined
  return {
    object,
    changes: ids.map(id => ({ id: `${id}@${transaction}.${sequence}`, version, kind, record: event })),
    gaps: [],
    by,
  }
}
