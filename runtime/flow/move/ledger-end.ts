// One end of a move: a ledger as tables and rows, whatever store it is in. Flows in: nothing. Flows out: what a store has to offer so that its ledger can be taken elsewhere, or taken in.
import type { Ledger } from "../ledger/ledger.ts"

export type Cell = string | number | null

export interface LedgerTable {
  readonly name: string
  readonly columns: readonly string[]
  /** Of its primary key, by name: the order in which rows are read. */
  readonly key: readonly string[]
  readonly refersTo: readonly string[]
}

/** Where a ledger went, or comes from. */
export interface MoveMark {
  readonly id: string
  readonly state: "arriving" | "moved"
  readonly place: string
  readonly at: string
}

export interface LedgerEnd {
  /** Without what is secret in it. */
  readonly place: string
  /** Without those that speak of the store itself. */
  tables(): Promise<readonly LedgerTable[]>
  /** All rows in the order of the key, some at a time. */
  pages(table: LedgerTable): AsyncIterable<readonly (readonly Cell[])[]>
  mark(): Promise<MoveMark | undefined>
  /** The ledger itself, whatever its mark says. */
  readonly ledger: Ledger
  close(): Promise<void>
}

/** Held alone: nobody works on it until it is closed. */
export interface LedgerSource extends LedgerEnd {
  /** From now on nobody writes to it, until it leaves or is closed. */
  freeze(): Promise<void>
  /** The mark is written; nobody works on it any more. */
  leave(mark: MoveMark): Promise<void>
}

export interface LedgerTarget extends LedgerEnd {
  /** All tables and the mark, or nothing; whatever stood there before is gone with it. */
  fill(
    tables: readonly LedgerTable[],
    pagesOf: (table: LedgerTable) => AsyncIterable<readonly (readonly Cell[])[]>,
    mark: MoveMark,
  ): Promise<void>
}

/** Tables behind those that they refer to. */
export function inOrder(tables: readonly LedgerTable[]): readonly LedgerTable[] {
  const placed: LedgerTable[] = []
  const isPlaced = (name: string) => placed.some(table => table.name === name)
  while (placed.length < tables.length) {
    const next = tables.find(
      ({ name, refersTo }) => !isPlaced(name) && refersTo.every(other => other === name || isPlaced(other)),
    )
    if (next === undefined) throw new TypeError("Tables of a ledger refer to each other in a circle")
    placed.push(next)
  }
  return placed
}

/** About the store, and not moved with it. */
export const ownTables: ReadonlySet<string> = new Set(["migration", "move", "residence"])
