// One transaction as a generator: it yields statements and is given their rows. So the rules of the ledger are written once, and a
// store runs them in one go (SQLite) or over a connection (PostgreSQL). An operation that throws leaves nothing behind.
import type { Statement } from "./statement.ts"

export type Row = Readonly<Record<string, unknown>>

/** A lane may be looked at from then on: a store that hands out work by messages sends one, in the same transaction. */
export interface Wake {
  readonly kind: "wake"
  readonly flow: string
  readonly lane: string
  readonly dueAt: string
}

/** Until the end of the transaction nobody else has this name: for stores where several write at once. */
export interface Lock {
  readonly kind: "lock"
  readonly name: string
}

/** Parts that do not need each other's answers: a store may ask for all of them at once, the first statements in their order. */
export interface Together {
  readonly kind: "together"
  readonly operations: readonly Operation<void>[]
}

export type Operation<T> = Generator<Statement | Wake | Lock | Together, T, readonly Row[]>

/** Each part's result, in their order. No part may read what another one writes. */
export function* together<T>(parts: readonly Operation<T>[]): Operation<readonly T[]> {
  const results = new Map<number, T>()
  yield {
    kind: "together",
    operations: parts.map(function* (part, index) {
      results.set(index, yield* part)
    }),
  }
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}

/** The rows of each, asked one after the other. */
export function inOneGo(statements: readonly Statement[]): Operation<readonly (readonly Row[])[]> {
  return together(statements.map(rowsOf))
}

function* rowsOf(statement: Statement): Operation<readonly Row[]> {
  return yield statement
}

/** Whoever looks at a lane to change it, or what belongs to its events, holds it first. */
export function lockLane(flow: string, lane: string): Lock {
  return { kind: "lock", name: `lane ${JSON.stringify([flow, lane])}` }
}

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== "string") throw new TypeError(`${column} of the ledger is not text`)
  return value
}

export function textOrNone(row: Row, column: string): string | undefined {
  return row[column] === null || row[column] === undefined ? undefined : textOf(row, column)
}

/** Counts and sequence numbers. Never amounts: those are text. */
export function countOf(row: Row, column: string): number {
  const value = Number(row[column])
  if (!Number.isSafeInteger(value)) throw new TypeError(`${column} of the ledger is no whole number`)
  return value
}

/** Instants in the ledger are text of one length in UTC, so that their order is that of their text. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString()
}
