// The port of connectors: what a system must offer to flows, whatever it speaks. Flows in: records in wire form. Flows out: answers, or failures
// with a class (CallFailed of the flow port). A connector knows its platform and nothing of flows, stores or maps.
import type { Call, Idempotency } from "../../flow/port/flow.ts"

/** A contract's object at a platform. */
export interface ObjectName {
  /** What the platform calls it: `Opportunity`, `salesOrder`, `A_SalesOrder`. */
  readonly object: string
  /** Wire name of the field that is its key for us: an external id, a natural key. */
  readonly key: string
  /** Wire names of all fields a reader wants; null: what the platform gives by itself. */
  readonly fields: readonly string[] | null
}

export type SendVerb = "create" | "update" | "upsert" | "delete" | "ensure"

export interface Connector {
  /** The system's name in the project. */
  readonly system: string
  /** How a lost answer is dealt with, for this object and verb: see specs/runtime.md. */
  idempotency(object: ObjectName, verb: SendVerb | "load"): Idempotency
  /** What the options do not say and this would need, in one sentence; undefined: nothing. Absent: the platform offers it for every object. */
  lacks?(object: Pick<ObjectName, "object">, need: Need): string | undefined
  /** All records that fit, page by page, in a stable order. */
  read(request: ReadRequest, signal: AbortSignal): AsyncIterable<readonly unknown[]>
  /** Throws CallFailed. What it gives is kept as the receipt. */
  send(request: SendRequest, call: Call): Promise<Receipt>
  /** Was it done? By the record's key. Undefined: it is not there. */
  find(request: SendRequest, signal: AbortSignal): Promise<Receipt | undefined>
  /**
   * Makes a load ready and does nothing yet. What it gives is kept and goes along with the load as `prepared`, so that after a lost answer the same load is
   * found. Undefined: this load needs none.
   */
  prepareLoad?(request: LoadRequest, call: Pick<Call, "signal">): Promise<string | undefined>
  /** Absent: the platform takes no bulk loads. */
  load?(request: LoadRequest, call: Call): Promise<LoadReceipt>
  /** Records changed behind the cursor, oldest first, with the cursor behind each page. Absent: it cannot be polled. */
  changes?(request: ChangesRequest, signal: AbortSignal): AsyncIterable<ChangePage>
  /** The platform says who made a change, so that our own can be left out. Absent: it does not, and no flow can ask for changes "not by us". */
  readonly saysWhoChanged?: true
  /** Lets go of connections. Calls in flight end as lost ones do. */
  close(): Promise<void>
}

/** What a flow may want of an object. */
export type Need = SendVerb | "read" | "changes"

export interface ReadRequest extends ObjectName {
  /** Wire name → what it equals, in wire form. Empty: all records. */
  readonly where: readonly { readonly field: string; readonly value: unknown }[]
}

export interface SendRequest extends ObjectName {
  readonly verb: SendVerb
  /** In wire form. Amounts may be exact numbers: write with `writeJson`. */
  readonly record: Readonly<Record<string, unknown>>
  /** Wire names of what the answer has to hold; a platform that answers less is asked again. Absent: whatever it says. */
  readonly answers?: readonly string[]
  /** Somebody has just looked, and nothing has this key: an `ensure` creates without looking again. */
  readonly isAbsent?: true
}

export interface Receipt {
  /** What the platform answered, by the wire names of the contract's `answers`. */
  readonly answer: Readonly<Record<string, unknown>>
  readonly outcome: "created" | "updated" | "deleted" | "unchanged"
}

export interface LoadRequest extends ObjectName {
  readonly records: readonly Readonly<Record<string, unknown>>[]
  readonly mode: { readonly kind: "replace"; readonly over: readonly string[] } | { readonly kind: "add" }
  /** What `prepareLoad` gave for these records. */
  readonly prepared?: string
}

/** sent == loaded + ignored + rejected. */
export interface LoadReceipt {
  readonly sent: number
  readonly loaded: number
  /** The platform took them and did nothing: 200 and "5 ignored". */
  readonly ignored: number
  /** By place in `records`, as far as the platform tells. */
  readonly rejected: readonly {
    readonly index: number | null
    readonly code: string
    readonly message: string
  }[]
}

export interface ChangesRequest extends ObjectName {
  /** Opaque, of an earlier page; null: from the beginning. */
  readonly cursor: string | null
  /** Changes made by ourselves are left out: only where `saysWhoChanged`. */
  readonly notByUs: boolean
}

export interface ChangePage {
  readonly changes: readonly Change[]
  readonly cursor: string
}

export interface Change {
  /** Tells this change apart for ever: id and version of the record. */
  readonly id: string
  /** Orders the changes of one record: an instant or a whole number, as text. */
  readonly version: string
  readonly kind: "created" | "updated" | "deleted"
  readonly record: unknown
}
