// What a run over a set of rows answers: row by row, and at the end. Every row is in exactly one of `out`, `rejected`, `held` and
// `dropped`, with its amounts. Flows in: nothing. Flows out: types.
import type { Done, Issue, ReferenceSnapshots, Result, Stopped } from "../results/issue.ts"

/** What became of one row, as far as it is known when it is read. */
export type RowOutcome<T> = Result<T> | DroppedRow | CollectedRow

/** Left out on purpose: `skip row`. */
export interface DroppedRow {
  readonly status: "dropped"
  readonly issues: readonly Issue[]
}
/** Went into a group; the group comes out at the end. */
export interface CollectedRow {
  readonly status: "collected"
  readonly notes: readonly Issue[]
}

/** One payload read: what the functions of an emitted module give for a row. */
export interface RowRead<T> {
  readonly result: Result<T> | DroppedRow
  /** In the order of the spec: a scaled integer or a text, undefined where there is none, null where it cannot be known. */
  readonly figures: readonly (number | bigint | string | undefined | null)[]
  /** Of a row that was stopped: the wire values of the fields that tell groups apart, undefined where they cannot be known. */
  readonly keys: readonly unknown[]
}

/** Inputs of the whole run were read: rows may follow, or the issues say why none can. */
export interface RowReader<T> {
  /** What controls compare with: numbers that are the same for the whole run, scaled. */
  readonly inputs: readonly (number | bigint)[]
  readonly issues: readonly Issue[]
  readonly read: ((payload: unknown) => RowRead<T>) | null
}

/** Answers for nearly every row; undefined: the other reader must look. */
export type FastReader<T> = (payload: unknown) => RowRead<T> | undefined

/** A row or a group that did not come out. */
export interface StoppedRows {
  /** 0-based; null: a group. */
  readonly row: number | null
  /** How many rows it stands for. */
  readonly rows: number
  /** Of a group: the values it was collected by. */
  readonly group: readonly unknown[] | null
  readonly issues: readonly Issue[]
}

export interface RowCounts {
  readonly rows: number
  readonly out: number
  readonly rejected: number
  readonly held: number
  readonly dropped: number
}

/** One figure of the rows, in one currency, by outcome: decimal text. */
export interface RowTotal {
  readonly path: string
  /** Null: no amount. */
  readonly currency: string | null
  readonly rows: string
  readonly out: string
  readonly rejected: string
  readonly held: string
  readonly dropped: string
}

/** Figures as decimal text; null where a row has one that cannot be known. */
export interface SetControlResult {
  readonly title: string
  readonly group: readonly string[]
  readonly left: string | null
  readonly right: string | null
  readonly holds: boolean
}

export interface SetSummary {
  /** Held or rejected: nothing of the run may be used. */
  readonly status: "done" | Stopped["status"]
  /** Of the run, not of any row: inputs that stop it, controls that fail. */
  readonly issues: readonly Issue[]
  readonly counts: RowCounts
  readonly totals: readonly RowTotal[]
  /** What every control compared, in every group. */
  readonly controls: readonly SetControlResult[]
  /** Which reference data answered, the same for all rows; absent for a map that is given none. */
  readonly reference?: ReferenceSnapshots
  /** Rows whose figure could not be read, so that it is in no total, by path. */
  readonly unknown: readonly { readonly path: string; readonly rows: number }[]
}

/** The end of a run: groups in the order of their first rows, and what a map without `collect` has given before is counted. */
export interface SetEnd<T> extends SetSummary {
  /** Empty where the run is held or rejected. */
  readonly out: readonly Done<T>[]
  /** What would have come out of a run that is held or rejected. */
  readonly withheld: readonly Done<T>[]
  readonly rejected: readonly StoppedRows[]
  readonly held: readonly StoppedRows[]
  readonly dropped: readonly StoppedRows[]
}

/** A run from its first row to its end. */
export interface SetRun<T> {
  /** Of the inputs that are read once: where one of them stops, so does every row. */
  readonly issues: readonly Issue[]
  row(payload: unknown): RowOutcome<T>
  /** A row that cannot even be handed over, such as a broken line of a file. */
  lost(issues: readonly Issue[]): RowOutcome<T>
  end(): SetEnd<T>
}
