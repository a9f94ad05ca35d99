// Everybody who looks on while flows run. Flows in: the sections of fmap.flows.json, the ledger, the terminal. Flows out: one observer for the engine, what runs beside it, and how the
// process speaks; or a sentence for each section that cannot be.
import { type Observer, observers } from "@fmap/runtime/flow"
import type { LogEntry } from "@fmap/runtime/http"
import type { Reading, Watch } from "@fmap/runtime/observe"
import type { RunningFlows } from "../flow/open-flows.ts"
import { type Problem, within } from "../terminal/problem.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { version } from "../version.ts"
import { millisecondsOf } from "./duration.ts"
import { lineagePart } from "./lineage-part.ts"
import { logPart } from "./log-part.ts"
import { longestGap } from "./longest-gap.ts"
import { looksOf } from "./looks.ts"
import { metricsPart } from "./metrics-part.ts"
import type { FoundPart, Part } from "./part.ts"
import { tracesPart } from "./traces-part.ts"
import { terminalVoice, type Voice } from "./voice.ts"
import { watcherPart } from "./watcher-part.ts"
import { usualSettings, watchesOf } from "./watches-of.ts"

export interface Parts {
  /** Undefined where nobody looks on: the engine then gathers no facts. */
  readonly observer: Observer | undefined
  readonly voice: Voice
  /** Undefined where nobody asks for requests. */
  readonly requested: ((entry: LogEntry) => void) | undefined
  /** Text for Prometheus; undefined without the section `metrics`. */
  readonly metrics: (() => Promise<string>) | undefined
  run(signal: AbortSignal): readonly Promise<void>[]
  once(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export type FoundParts =
  | { readonly kind: "parts"; readonly parts: Parts }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function openParts(running: RunningFlows, terminal: Terminal): Promise<FoundParts> {
  const { specs, config, store, world, secrets } = running
  const { logs, metrics, traces, watch, alerts, lineage } = config
  const parts: Part[] = []
  const problems: Problem[] = []
  const take = (found: FoundPart) => {
    if (found.kind === "part") parts.push(found.part)
    else problems.push(...found.problems)
  }
  const log = logs === undefined ? undefined : await logPart(logs, config.folder, secrets, terminal)
  if (log !== undefined) take(log)
  const voice = log?.kind === "part" ? log.voice : terminalVoice(terminal)
  let readings: () => readonly Reading[] = () => []
  let watches: readonly Watch[] = []
  if (watch !== undefined || alerts !== undefined || metrics !== undefined) {
    const watcher = await watcherPart({
      specs,
      watch,
      alerts,
      secrets,
      ledger: store.ledger,
      world,
      say: notice => voice.notice(notice),
      untold: ({ id }) => voice.say(`${id} could not be told; it is tried again at the next look.`),
      troubled: error => voice.failing("ledger", error),
    })
    take(watcher)
    readings = watcher.readings ?? readings
    watches = watcher.watches ?? watches
  }
  const say = (sentence: string) => voice.say(sentence)
  if (traces === true) take(await tracesPart(version, say))
  if (lineage !== undefined)
    take(await lineagePart(lineage, { plan: running.plan, folder: config.folder, secrets, world, say }))
  // A port is the last thing to open: what cannot be is told without one.
  if (metrics !== undefined && problems.length === 0)
    take(
      await metricsPart(metrics, { engine: store.engineOf([]), world, readings, watches, say, onPort: true }),
    )
  const all = together(parts, voice)
  if (problems.length === 0) return { kind: "parts", parts: all }
  await all.close()
  return { kind: "problems", problems: within(config.shown, problems) }
}

/** Beside a process that works, or alone: requests are logged and measured, the ledger is looked at when somebody asks for its figures, and nobody is told of anything. */
export async function openServingParts(running: RunningFlows, terminal: Terminal): Promise<FoundParts> {
  const { specs, config, store, world, secrets } = running
  const { logs, metrics, watch = usualSettings } = config
  const parts: Part[] = []
  const failed = (problems: readonly Problem[]) =>
    ({ kind: "problems", problems: within(config.shown, problems) }) as const
  const log = logs === undefined ? undefined : await logPart(logs, config.folder, secrets, terminal)
  if (log?.kind === "problems") return failed(log.problems)
  if (log !== undefined) parts.push(log.part)
  const voice = log?.voice ?? terminalVoice(terminal)
  if (metrics !== undefined) {
    const watched = watchesOf(specs, watch, spec => longestGap(spec, world.now()))
    if (watched.kind === "problems") return failed(watched.problems)
    const found = await metricsPart(metrics, {
      engine: store.engineOf([]),
      world,
      readings: looksOf(watched.watches, store.ledger, world, millisecondsOf(watch.every)),
      watches: watched.watches,
      say: sentence => voice.say(sentence),
      onPort: false,
    })
    if (found.kind === "problems") return failed(found.problems)
    parts.push(found.part)
  }
  return { kind: "parts", parts: together(parts, voice) }
}

function together(parts: readonly Part[], voice: Voice): Parts {
  const looking = parts.flatMap(({ observer }) => observer ?? [])
  const asked = parts.filter(({ requested }) => requested !== undefined)
  return {
    observer: looking.length === 0 ? undefined : observers(looking),
    requested:
      asked.length === 0
        ? undefined
        : entry => {
            for (const part of asked) part.requested?.(entry)
          },
    metrics: parts.flatMap(part => part.metrics ?? [])[0],
    voice,
    run: signal => parts.flatMap(part => part.run?.(signal) ?? []),
    once: async signal => {
      for (const part of parts) await part.once?.(signal)
    },
    // The log is the first of them, and hears the last word of the others.
    close: async () => {
      for (const part of parts.toReversed()) await part.close?.()
    },
  }
}
