// Everybody who looks on while flows run. Flows in: the sections of fmap.flows.json, the ledger, the terminal. Flows out: one observer for the engine and what runs beside it, or a sentence
// for each section that cannot be.
import { type Observer, observers } from "@fmap/runtime/flow"
import type { RunningFlows } from "../flow/open-flows.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { FoundPart, Part } from "./part.ts"
import { watcherPart } from "./watcher-part.ts"

export interface Parts {
  /** Undefined where nobody looks on: the engine then gathers no facts. */
  readonly observer: Observer | undefined
  run(signal: AbortSignal): readonly Promise<void>[]
  once(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export type FoundParts =
  | { readonly kind: "parts"; readonly parts: Parts }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

export async function openParts(running: RunningFlows, terminal: Terminal): Promise<FoundParts> {
  const { config } = running
  const parts: Part[] = []
  const problems: string[] = []
  const take = (found: FoundPart) => {
    if (found.kind === "part") parts.push(found.part)
    else problems.push(...found.problems)
  }
  if (config.watch !== undefined || config.alerts !== undefined) take(await watcher(running, terminal))
  const all = together(parts)
  if (problems.length === 0) return { kind: "parts", parts: all }
  await all.close()
  return { kind: "problems", problems: problems.map(problem => `${config.shown}, ${problem}`) }
}

function watcher({ specs, config, store, world }: RunningFlows, terminal: Terminal) {
  const line = (text: string) => terminal.comment(`${safeLine(text)}\n`)
  return watcherPart({
    specs,
    watch: config.watch,
    alerts: config.alerts,
    environment: terminal.environment,
    ledger: store.ledger,
    world,
    say: notice => line(notice.sentence),
    untold: ({ id }) => line(`${id} could not be told; it is tried again at the next look.`),
    troubled: error => line(error.message),
  })
}

function together(parts: readonly Part[]): Parts {
  const looking = parts.flatMap(({ observer }) => observer ?? [])
  return {
    observer: looking.length === 0 ? undefined : observers(looking),
    run: signal => parts.flatMap(part => part.run?.(signal) ?? []),
    once: async signal => {
      for (const part of parts) await part.once?.(signal)
    },
    close: async () => {
      for (const part of parts) await part.close?.()
    },
  }
}
