// What an engine stands on: something that runs an operation as one durable transaction.
import type { Operation } from "./operation.ts"

export interface Ledger {
  /**
   * All of the operation or nothing. Durable when it resolves. Rejects with StoreFailed when the store could not keep it, or with what
   * the operation threw. The operation may be run more than once; it is a function of the ledger alone.
   */
  run<T>(operation: () => Operation<T>): Promise<T>
}
