// Many operations, one transaction: what is asked for in one turn of the event loop is written and synced together. Flows in: operations.
// Flows out: their results, only after the commit. One operation that throws is taken out and the others are run again.
import type { DatabaseSync } from "node:sqlite"
import type { Ledger } from "../../ledger/ledger.ts"
import type { Operation } from "../../ledger/operation.ts"
import { StoreFailed } from "../../port/failures.ts"
import { type Prepared, runOperation } from "./run-operation.ts"
import { isOfStore } from "./store-error.ts"

interface Waiting {
  /** Runs the operation; gives what tells the caller of its success. */
  readonly run: (database: DatabaseSync, prepared: Prepared) => () => void
  readonly fail: (error: unknown) => void
}

export interface Connection {
  readonly database: DatabaseSync
  readonly prepared: Prepared
}

export interface GroupCommit extends Ledger {
  /** Writes what waits, now. */
  flush(): void
}

const mostOperations = 500

/** `connect` gives the open database: after an error of the disk it may be another one. `broken` is told of such an error. */
export function groupCommit(
  connect: () => Connection,
  broken: (error: unknown) => void,
  defer: (work: () => void) => void,
): GroupCommit {
  let waiting: Waiting[] = []
  let deferred = false

  function flush(): void {
    deferred = false
    const batch = waiting.slice(0, mostOperations)
    waiting = waiting.slice(mostOperations)
    if (waiting.length > 0) later()
    if (batch.length > 0) commit(batch)
  }

  function later(): void {
    if (deferred) return
    deferred = true
    defer(flush)
  }

  function commit(batch: readonly Waiting[]): void {
    let successes: (() => void)[]
    try {
      const { database, prepared } = connect()
      const thrown = attempt(database, prepared, batch)
      if (thrown !== undefined) {
        thrown.one.fail(thrown.error)
        const rest = batch.filter(one => one !== thrown.one)
        if (rest.length > 0) commit(rest)
        return
      }
      successes = successesOf(batch)
      database.exec("COMMIT")
    } catch (error) {
      broken(error)
      for (const one of batch) one.fail(new StoreFailed(error))
      return
    }
    for (const succeed of successes) succeed()
  }

  const results = new WeakMap<Waiting, () => void>()
  const successesOf = (batch: readonly Waiting[]) =>
    batch.flatMap(one => {
      const succeed = results.get(one)
      return succeed === undefined ? [] : [succeed]
    })

  /** Undefined when all ran; else the one that threw, and nothing of the batch is kept. */
  function attempt(
    database: DatabaseSync,
    prepared: Prepared,
    batch: readonly Waiting[],
  ): { readonly one: Waiting; readonly error: unknown } | undefined {
    database.exec("BEGIN IMMEDIATE")
    for (const one of batch) {
      try {
        results.set(one, one.run(database, prepared))
      } catch (error) {
        if (isOfStore(error)) throw error
        database.exec("ROLLBACK")
        return { one, error }
      }
    }
    return undefined
  }

  return {
    run: <T>(operation: () => Operation<T>) =>
      new Promise<T>((resolve, reject) => {
        const run = (database: DatabaseSync, prepared: Prepared) => {
          const result = runOperation(database, prepared, operation())
          return () => resolve(result)
        }
        waiting.push({ run, fail: reject })
        later()
      }),
    flush,
  }
}
