// What an expression of the Plan gives while it is interpreted. Numbers are exact rationals, never JS numbers.
// Flows in: nothing. Flows out: the value types and their guards. Knows no wire forms and no expressions.
import type { Rational } from "@fmap/runtime"
import type { ShapeId, WireType } from "../plan/index.ts"
import type { Door } from "./door.ts"

/** No value: an absent field, a row that was not found, a declared failure. */
export const MISSING: unique symbol = Symbol("missing")
/** Something that failed and was reported; whatever reads it is poison too, silently. */
export const POISON: unique symbol = Symbol("poison")
/** A way out `skip row`, on its way to the innermost row. */
export const SKIPPED: unique symbol = Symbol("skipped")
/** `else clear`: stands only as the whole value of a field and is written as null. */
export const CLEAR: unique symbol = Symbol("clear")

export type Value =
  | string
  | boolean
  | NumberValue
  | RecordValue
  | ListValue
  | RowsValue
  | DictionaryValue
  | JsonValue
  | GroupsValue
  | NodesValue
export type Stopped = typeof POISON | typeof SKIPPED
export type Outcome = Value | typeof MISSING | typeof CLEAR | Stopped

export interface NumberValue {
  readonly kind: "number"
  readonly value: Rational
}
export interface RecordValue {
  readonly kind: "record"
  /** A field or derived value by name; throws for a name the Plan does not read, which is a bug of ours. */
  readonly member: (name: string) => Outcome
  /** Where it stands in a payload; absent for a record under construction. */
  readonly origin?: RecordOrigin
}
export interface RecordOrigin {
  readonly root: string
  readonly pointer: string
  readonly masked: boolean
  readonly shape: ShapeId
}
/** Elements are present values or poison. */
export interface ListValue {
  readonly kind: "list"
  readonly elements: readonly Outcome[]
}
/** Rows of a payload not yet decoded: a generator decodes what it reads of each. */
export interface RowsValue {
  readonly kind: "rows"
  readonly rows: readonly unknown[]
  readonly type: Extract<WireType, { kind: "list" }>
  readonly door: Door
}
export interface DictionaryValue {
  readonly kind: "dictionary"
  readonly entries: ReadonlyMap<string, Outcome>
}
/** Opaque: passed on, never computed with. */
export interface JsonValue {
  readonly kind: "json"
  readonly json: unknown
}

/** Rows put together by equal keys, in order of the first row of each. */
export interface GroupsValue {
  readonly kind: "groups"
  readonly groups: readonly { readonly keys: RecordValue; readonly rows: ListValue }[]
}

/** The rows of a tree, and where each stands. */
export interface NodesValue {
  readonly kind: "nodes"
  readonly nodes: readonly NodeValue[]
}
export interface NodeValue {
  readonly row: Outcome
  readonly parent: Outcome
  readonly children: ListValue
  readonly descendants: ListValue
  readonly depth: NumberValue
}

export function isStopped(outcome: Outcome): outcome is Stopped {
  return outcome === POISON || outcome === SKIPPED
}

export function numberValue(value: Rational): NumberValue {
  return { kind: "number", value }
}

export function listValue(elements: readonly Outcome[]): ListValue {
  return { kind: "list", elements }
}

/** The Plan promised something else: always a bug of the compiler, never of the payload. */
export class BrokenPlan extends Error {
  override readonly name = "BrokenPlan"
}

export function asText(value: Outcome): string {
  if (typeof value === "string") return value
  throw new BrokenPlan(`a text was promised, ${describe(value)} came`)
}

export function asBoolean(value: Outcome): boolean {
  if (typeof value === "boolean") return value
  throw new BrokenPlan(`true or false was promised, ${describe(value)} came`)
}

export function asNumber(value: Outcome): Rational {
  if (typeof value === "object" && value.kind === "number") return value.value
  throw new BrokenPlan(`a number was promised, ${describe(value)} came`)
}

export function asRecord(value: Outcome): RecordValue {
  if (typeof value === "object" && value.kind === "record") return value
  throw new BrokenPlan(`a record was promised, ${describe(value)} came`)
}

export function asDictionary(value: Outcome): DictionaryValue {
  if (typeof value === "object" && value.kind === "dictionary") return value
  throw new BrokenPlan(`a dictionary was promised, ${describe(value)} came`)
}

function describe(value: Outcome): string {
  if (typeof value === "object") return `a ${value.kind}`
  if (typeof value === "symbol") return value.description ?? "nothing"
  return `a ${typeof value}`
}
