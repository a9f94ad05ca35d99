// Looks at a ledger now and then, keeps what is wrong as alerts and tells of it. Flows in: watches, the ledger, a way to tell. Flows out: readings, for
// metrics, and notices. Several nodes may watch one ledger: an alert is told by one of them.
import { persistOn, Stopped } from "../flow/engine/persist.ts"
import type { Ledger } from "../flow/ledger/ledger.ts"
import { NotPossible, type StoreFailed } from "../flow/port/failures.ts"
import type { World } from "../flow/port/world.ts"
import { keepAlerts } from "./alerts/keep-alerts.ts"
import type { Notice } from "./alerts/notice.ts"
import { type Tell, tellAlerts } from "./alerts/tell-alerts.ts"
import { readWatch } from "./watches/read-watch.ts"
import type { Reading, Watch } from "./watches/watch.ts"

export interface WatcherOptions {
  readonly watches: readonly Watch[]
  readonly ledger: Ledger
  readonly world: World
  readonly tell: Tell
  /** Between two looks; a minute where absent. */
  readonly everyMs?: number
  /** A notice could not be told; it is tried again at the next look. */
  readonly untold?: (notice: Notice, error: unknown) => void
  readonly troubled?: (error: StoreFailed) => void
}

export interface Watcher {
  /** Ends when the signal does. */
  run(options: { readonly signal: AbortSignal }): Promise<void>
  /** One look, now. */
  look(signal: AbortSignal): Promise<readonly Reading[]>
  /** Of the last look. */
  readings(): readonly Reading[]
}

export function createWatcher(options: WatcherOptions): Watcher {
  const { watches, ledger, world, tell, everyMs = 60_000 } = options
  const { untold = () => undefined, troubled = () => undefined } = options
  const names = watches.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new NotPossible("FM8509", `Two watches are called ${twice}`)
  let last: readonly Reading[] = []

  async function look(signal: AbortSignal): Promise<readonly Reading[]> {
    const persist = persistOn(ledger, world, signal, troubled)
    const now = world.now()
    const readings: Reading[] = []
    for (const watch of watches) readings.push(...(await persist(() => readWatch(watch, now))))
    await persist(() => keepAlerts(names, readings, now))
    last = readings
    await tellAlerts(ledger, world, tell, signal, untold)
    return readings
  }

  return {
    look,
    readings: () => last,
    async run({ signal }) {
      try {
        while (!signal.aborted) {
          await look(signal)
          await world.sleep(everyMs, signal)
        }
      } catch (error) {
        if (!(error instanceof Stopped)) throw error
      }
    },
  }
}
