// So many calls of a target in a time: in no window of that length are there more. Flows in: who wants to call. Flows out: go, in the order they came.
// Shared by all lanes and flows of one process, or of all processes on one ledger.
import { nextTurn, takeTurn } from "../ledger/call-turns.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { CallFailed } from "../port/failures.ts"
import type { World } from "../port/world.ts"

export interface Limit {
  readonly count: number
  readonly perMs: number
}

export interface Limits {
  wait(target: string, limit: Limit, signal: AbortSignal): Promise<void>
}

/** Of all processes on the ledger: each call is a small transaction before it. Clocks that differ shift turns by what they differ. */
export function limitsOn(ledger: Ledger, world: World): Limits {
  return {
    async wait(target, { count, perMs }, signal) {
      const at = await ledger.run(() => takeTurn({ target, count, perMs }, world.now()))
      await until(at, world, signal)
    },
  }
}

/** Of one process. */
export function limitsIn(world: World): Limits {
  /** The times of the last `count` calls, some of them still to come. */
  const calls = new Map<string, number[]>()
  return {
    async wait(target, { count, perMs }, signal) {
      const name = `${target} ${count}/${perMs}`
      const times = calls.get(name) ?? []
      calls.set(name, times)
      const at = nextTurn(times, count, perMs, world.now())
      times.push(at)
      if (times.length > count) times.shift()
      await until(at, world, signal)
    },
  }
}

async function until(at: number, world: World, signal: AbortSignal): Promise<void> {
  const ms = at - world.now()
  if (ms > 0) await world.sleep(ms, signal)
  if (signal.aborted) throw new CallFailed("transient", "STOPPED", "The engine ends before its turn came")
}
