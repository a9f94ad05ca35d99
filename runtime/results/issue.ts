// What a transformer answers. Everything that went wrong with a record is one list of issues; nothing is thrown.
import type { ControlResult } from "./control-figures.ts"

/** The place in an `.fmap` file a rule stands at: `maps/order.fmap:41:3`. */
export type RulePosition = string

/** One finding about one record. Plain data: safe to log (personal values are masked before they get here). */
export interface Issue {
  /** The author's code (`UNKNOWN_CUSTOMER`) or one of the runtime's own (`WRONG_TYPE`, `OUT_OF_RANGE` …, see specs/diagnostics). */
  readonly code: string
  /** reject: wrong at its source. hold: a person or reference data must act. warn and skip do not stop the record. */
  readonly severity: "reject" | "hold" | "warn" | "skip"
  /** Which document the pointer is in: the name of a source (`opp`) or of the target (`order`). */
  readonly root: string
  /** RFC 6901 pointer into that document: wire names for sources and target alike; "" is the whole. */
  readonly pointer: string
  /** One sentence. */
  readonly message: string
  /** The offending value as JSON would show it, shortened to 200 characters; undefined when absent; "•••" when it is personal data. */
  readonly value?: unknown
  /** The rule that spoke. */
  readonly at: RulePosition
  /** Of many rows that a flow put through a map together: the row it is about. */
  readonly row?: RowOfMany
  /** What a control compared, where one did not hold. */
  readonly control?: ControlResult
  /** The row of reference data that was asked for and is not there, where that is why: what a steward has to add. */
  readonly lookup?: MissingRow
}

export interface RowOfMany {
  /** The first is 1. */
  readonly number: number
  /** What its contract calls its key, as the row has it; absent where there is none, or it is personal or confidential. */
  readonly key?: string
}

export interface MissingRow {
  /** Its id. */
  readonly crosswalk: string
  /** In canonical form, as a row would hold them; "•••" for personal data. */
  readonly keys: readonly string[]
  /** The day, where rows are dated. */
  readonly asOf?: string
  /** Asked back: the only key is a value. */
  readonly inverse?: true
}

/**
 * Which reference data answered: the snapshot of each crosswalk the map was given, by id. Absent for maps that are given none; what stands
 * in the map itself is pinned by its version.
 */
export type ReferenceSnapshots = { readonly [id: string]: string }

/** A record that was transformed. */
export interface Done<T> {
  readonly status: "done"
  readonly value: T
  /** The idempotency key the map declares; undefined when it declares none. */
  readonly key: string | undefined
  /** Warnings and skipped rows. */
  readonly notes: readonly Issue[]
  readonly reference?: ReferenceSnapshots
}

/** A record that was not: any reject dominates, holds stay attached. */
export interface Stopped {
  readonly status: "held" | "rejected"
  readonly issues: readonly Issue[]
  readonly reference?: ReferenceSnapshots
}

export type Result<T> = Done<T> | Stopped
