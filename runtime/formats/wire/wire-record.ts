// What every reader gives: a record of a payload with its number and place, or why there is none. Flows in: nothing. Flows out: types. No record
// is left out silently: what cannot be read has a number, too.

export interface WireProblem {
  readonly code: string
  /** One sentence; it never shows a value, which may be personal. */
  readonly message: string
  /** The field that is wrong, where it is one. */
  readonly pointer?: string
}

/** `number` is 1-based; `line` is where it begins; `place` completes "record 3, …": "line 7, column 2". */
export type WireRecord = {
  readonly number: number
  readonly line?: number
  readonly place: string
} & ({ readonly value: unknown } | { readonly problem: WireProblem })

/** Something about the whole document, which is no record: there is more of it elsewhere. */
export interface WireNotice {
  readonly notice: WireProblem
}

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
