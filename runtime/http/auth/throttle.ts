// How often somebody may be wrong. Flows in: who (an address) and the time. Flows out: how long to wait before the next try. Kept in memory, and never more than it may hold.
import type { World } from "../../flow/port/world.ts"

export interface Throttle {
  /** Seconds to wait; 0: go on. */
  waits(who: string): number
  failed(who: string): void
}

const most = 10_000

export function createThrottle(failures: number, withinMs: number, world: World): Throttle {
  const known = new Map<string, { count: number; since: number }>()
  const current = (who: string) => {
    const entry = known.get(who)
    if (entry !== undefined && world.now() - entry.since < withinMs) return entry
    known.delete(who)
    return undefined
  }
  return {
    waits(who) {
      const entry = current(who)
      if (entry === undefined || entry.count < failures) return 0
      return Math.max(1, Math.ceil((entry.since + withinMs - world.now()) / 1_000))
    },
    failed(who) {
      const entry = current(who) ?? { count: 0, since: world.now() }
      entry.count++
      known.set(who, entry)
      const [oldest] = known.keys()
      if (known.size > most && oldest !== undefined) known.delete(oldest)
    },
  }
}
