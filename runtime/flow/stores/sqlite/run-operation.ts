// Runs an operation on an open database, statement by statement, in one go. Flows in: the operation. Flows out: what it returns. It begins
// and ends no transaction.
import type { DatabaseSync, StatementSync } from "node:sqlite"
import type { Operation, Row } from "../../ledger/operation.ts"
import { plainValue, type Statement } from "../../ledger/statement.ts"

/** Prepared statements by their place in the source. */
export type Prepared = WeakMap<readonly string[], StatementSync>

export function runOperation<T>(database: DatabaseSync, prepared: Prepared, operation: Operation<T>): T {
  let rows: readonly Row[] = []
  for (;;) {
    const next = operation.next(rows)
    if (next.done === true) return next.value
    rows = []
    if (next.value.kind === "sql") rows = query(database, prepared, next.value)
    // One writer: there is nobody to wake or to lock out.
    else if (next.value.kind === "together")
      for (const part of next.value.operations) runOperation(database, prepared, part)
  }
}

function query(database: DatabaseSync, prepared: Prepared, { pieces, values }: Statement): readonly Row[] {
  let statement = prepared.get(pieces)
  if (statement === undefined) {
    statement = database.prepare(pieces.join("?"))
    prepared.set(pieces, statement)
  }
  return statement.all(...values.map(plainValue))
}
