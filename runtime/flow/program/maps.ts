// How a flow asks its maps: emitted code or the interpreter stands behind it. Flows in: binders in wire form. Flows out: a record or a list of them, or why
// there is none. Whoever answers does no I/O, gives the same for the same, and throws only for a bug.
import type { Issue } from "../../results/issue.ts"
import type { Figures } from "../port/event.ts"

/** Rows of crosswalks that flows filled, as the event sees them. */
export interface FilledRows {
  /** The value on the wire; undefined: there is no row. `key`: see `crosswalkKey`. */
  find(crosswalk: string, key: string): unknown
  /** Equal snapshots give equal answers. */
  readonly snapshot: string
}

export type Arguments = Readonly<Record<string, unknown>>

export type MapAnswer =
  /** Of a map over a set: a list. `key`: what tells the record apart, where the map says it. */
  | { readonly kind: "done"; readonly value: unknown }
  /** Left out on purpose: nothing of it goes on. */
  | { readonly kind: "skipped"; readonly issues: readonly Issue[] }
  | { readonly kind: "held" | "rejected"; readonly issues: readonly Issue[] }

/** A question of a flow: `scope` are the binders it reads. The value of `done` is an object with `value`, or without it where it is missing. */
export type Ask = (map: string, scope: Arguments, filled: FilledRows) => MapAnswer

/** A map that a flow calls, by the names of its sources and givens. */
export type CallMap = (
  map: { readonly name: string; readonly version: string; readonly set: boolean },
  input: Arguments,
  filled: FilledRows,
) => MapAnswer

/** What a flow must know of a contract at a system. */
export interface ContractFacts {
  /** Wire name of the field that is its key; null: it says none. */
  readonly key: string | null
  /** Wire names of all its fields; null: whatever comes. */
  readonly fields: readonly string[] | null
  /** Wire names of what the target answers to a write; absent: nobody reads it. */
  readonly answers?: readonly string[]
  /** What is personal in its records, and what is money; absent: nothing is known. */
  readonly figures?: Figures
}
