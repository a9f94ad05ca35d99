// Runs an operation until the store keeps it: a full disk or a lost connection makes an engine wait, not forget. Flows in: an operation.
// Flows out: its result, or Stopped when the engine is to end first.
import type { Ledger } from "../ledger/ledger.ts"
import type { Operation } from "../ledger/operation.ts"
import { StoreFailed } from "../port/failures.ts"
import type { World } from "../port/world.ts"

export class Stopped extends Error {
  override readonly name = "Stopped"
}

export type Persist = <T>(operation: () => Operation<T>) => Promise<T>

const firstWaitMs = 50
const longestWaitMs = 5_000

/** `troubled` is told of each failure, so that a process can say that its store does not work. */
export function persistOn(
  ledger: Ledger,
  world: World,
  signal: AbortSignal,
  troubled: (error: StoreFailed) => void,
): Persist {
  return async operation => {
    for (let failures = 0; ; failures++) {
      try {
        return await ledger.run(operation)
      } catch (error) {
        if (!(error instanceof StoreFailed)) throw error
        troubled(error)
        if (signal.aborted)
          throw new Stopped("The engine ended while its store did not work", { cause: error })
        await world.sleep(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10)), signal)
      }
    }
  }
}
