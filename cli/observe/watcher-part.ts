// The watcher of a process. Flows in: the sections `watch` and `alerts`. Flows out: notices to who is named there, each told once by one of all processes on the ledger; and one line each
// on standard error.
import type { Secrets } from "@fmap/runtime/connectors"
import type { FlowSpec, Ledger, World } from "@fmap/runtime/flow"
import { createWatcher, type Notice, type Reading, type Watch } from "@fmap/runtime/observe"
import { alertTellers } from "./alert-tellers.ts"
import { millisecondsOf } from "./duration.ts"
import { longestGap } from "./longest-gap.ts"
import type { FoundPart } from "./part.ts"
import type { AlertSettings, WatchSettings } from "./watch-config.ts"
import { usualSettings, watchesOf } from "./watches-of.ts"

export interface WatcherParts {
  readonly specs: readonly FlowSpec[]
  readonly watch: WatchSettings | undefined
  readonly alerts: AlertSettings | undefined
  readonly secrets: Secrets
  readonly ledger: Ledger
  readonly world: World
  /** Says it here, beside telling those who are named. */
  readonly say: (notice: Notice) => void
  readonly untold: (notice: Notice) => void
  readonly troubled: (error: Error) => void
}

export type FoundWatcher = FoundPart & {
  readonly readings?: () => readonly Reading[]
  readonly watches?: readonly Watch[]
}

export async function watcherPart(parts: WatcherParts): Promise<FoundWatcher> {
  const { specs, watch = usualSettings, alerts, secrets, ledger, world, say, untold, troubled } = parts
  const found = watchesOf(specs, watch, spec => longestGap(spec, world.now()))
  if (found.kind === "problems") return found
  const told = await alertTellers(alerts ?? { webhooks: [], commands: [] }, secrets, world)
  if (told.kind === "problems") return told
  const { tellers } = told
  const watcher = createWatcher({
    watches: found.watches,
    ledger,
    world,
    everyMs: millisecondsOf(watch.every),
    tell: async (notice, signal) => {
      await tellers.tell(notice, signal)
      say(notice)
    },
    untold,
    troubled,
  })
  return {
    kind: "part",
    readings: () => watcher.readings(),
    watches: found.watches,
    part: {
      run: signal => watcher.run({ signal }),
      once: async signal => {
        await watcher.look(signal)
      },
      close: () => tellers.close(),
    },
  }
}
