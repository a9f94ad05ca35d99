// Back-pressure: how many more events a flow takes. Flows in: how many want in. Flows out: nothing, or BackPressure. The count is asked of the
// ledger now and then, and kept up to date by what was let in: never less than what is open, save what ended meanwhile.
import { BackPressure } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import type { World } from "../port/world.ts"

export interface Intake {
  admit(flow: Flow, events: number): Promise<void>
}

const usualMost = 100_000
const freshMs = 250
const retryAfterMs = 1_000

export function intakeOf(world: World, openEvents: (flow: string) => Promise<number>): Intake {
  const known = new Map<string, { open: number; at: number }>()

  async function current(flow: string): Promise<{ open: number; at: number }> {
    const before = known.get(flow)
    if (before !== undefined && world.now() - before.at < freshMs) return before
    const fresh = { open: await openEvents(flow), at: world.now() }
    known.set(flow, fresh)
    return fresh
  }

  return {
    async admit(flow, events) {
      const count = await current(flow.name)
      if (count.open + events > (flow.maxOpen ?? usualMost) && count.open > 0)
        throw new BackPressure(flow.name, count.open, retryAfterMs)
      count.open += events
    },
  }
}
