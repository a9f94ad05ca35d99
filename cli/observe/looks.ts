// Looks at a ledger for who shows readings and tells nobody. Flows in: watches, the ledger. Flows out: what each watch found, at most one look in so many milliseconds however often somebody asks.
import type { Ledger, World } from "@fmap/runtime/flow"
import { type Reading, readWatch, type Watch } from "@fmap/runtime/observe"

export interface Watched {
  readonly watch: Watch
  readonly readings: readonly Reading[]
}

export async function lookAt(
  watches: readonly Watch[],
  ledger: Ledger,
  now: number,
): Promise<readonly Watched[]> {
  const all: Watched[] = []
  for (const watch of watches) all.push({ watch, readings: await ledger.run(() => readWatch(watch, now)) })
  return all
}

export function looksOf(
  watches: readonly Watch[],
  ledger: Ledger,
  world: World,
  everyMs: number,
): () => Promise<readonly Reading[]> {
  let last: { readonly at: number; readonly readings: readonly Reading[] } | undefined
  return async () => {
    const now = world.now()
    if (last === undefined || now - last.at >= everyMs) {
      const found = await lookAt(watches, ledger, now)
      last = { at: now, readings: found.flatMap(({ readings }) => readings) }
    }
    return last.readings
  }
}
