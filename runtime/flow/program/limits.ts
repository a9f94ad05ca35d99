// So many calls of a target in a time: in no window of that length are there more. Flows in: who wants to call. Flows out: go, in the order they came.
// Shared by all lanes and flows of one process; several processes have a limit each.
import { CallFailed } from "../port/failures.ts"
import type { World } from "../port/world.ts"

export interface Limit {
  readonly count: number
  readonly perMs: number
}

export interface Limits {
  wait(target: string, limit: Limit, signal: AbortSignal): Promise<void>
}

export function limitsIn(world: World): Limits {
  /** The times of the last `count` calls, some of them still to come. */
  const calls = new Map<string, number[]>()
  return {
    async wait(target, { count, perMs }, signal) {
      const name = `${target} ${count}/${perMs}`
      const times = calls.get(name) ?? []
      calls.set(name, times)
      const before = times.length < count ? undefined : times[times.length - count]
      const at = Math.max(world.now(), before === undefined ? 0 : before + perMs)
      times.push(at)
      if (times.length > count) times.shift()
      const ms = at - world.now()
      if (ms > 0) await world.sleep(ms, signal)
      if (signal.aborted) throw new CallFailed("transient", "STOPPED", "The engine ends before its turn came")
    },
  }
}
