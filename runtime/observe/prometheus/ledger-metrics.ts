// What the ledger says, as metrics of Prometheus: of all processes, as it is when somebody asks. Flows in: the ledger and the last readings of watches.
// Flows out: gauges. A gauge is a double: amounts are near enough for a graph, and exact in `Stats`.
import { Gauge, type Registry } from "prom-client"
import type { Engine } from "../../flow/port/engine.ts"
import type { World } from "../../flow/port/world.ts"
import type { Reading, Watch } from "../watches/watch.ts"

export interface LedgerMetricsOptions {
  readonly engine: Pick<Engine, "stats">
  readonly world: Pick<World, "now">
  /** Of the watcher; none where nobody watches. */
  readonly readings?: () => readonly Reading[] | Promise<readonly Reading[]>
  /** Names of the groups that watches tell readings apart by (`groupNames`): each is a label of what watches found. Others stand in `group` alone. */
  readonly groups?: readonly string[]
  /** Sums of amounts too: reads every amount of the ledger each time. */
  readonly amounts?: boolean
}

/** Of watches, those that may be labels: words, and none that a metric of watches has already. */
export function groupNames(watches: readonly Watch[]): readonly string[] {
  const names = watches.flatMap(watch => ("by" in watch ? (watch.by ?? []) : [])).map(({ name }) => name)
  return [...new Set(names)].filter(name => /^[a-zA-Z]\w*$/u.test(name) && !taken.has(name)).toSorted()
}

const taken: ReadonlySet<string> = new Set(["watch", "group", "currency"])

export function ledgerMetrics(registry: Registry, options: LedgerMetricsOptions): void {
  const { engine, world, readings = () => [], groups = [], amounts = false } = options
  // all gauges of a registry are asked at once: the first one looks, and the others wait for it
  let looking: Promise<void> | undefined
  const collect = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
  const gauge = (name: string, help: string, labelNames: readonly string[]) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry], collect })
  const events = gauge("fmap_events", "Events of the ledger by state.", ["flow", "version", "state"])
  const oldest = gauge("fmap_oldest_open_seconds", "Age of the oldest open event.", ["flow", "version"])
  const sums = gauge("fmap_amount", "Sums of events by state and currency.", [
    "flow",
    "version",
    "state",
    "currency",
  ])
  const paused = gauge("fmap_target_paused_seconds", "For how long a target is still paused; 0: it is not.", [
    "target",
  ])
  const failures = gauge("fmap_target_failures", "Failures of a target in a row.", ["target"])
  const doubts = gauge("fmap_target_in_doubt", "Effects of which nobody knows whether they happened.", [
    "target",
  ])
  const exceptions = gauge("fmap_exceptions", "Exceptions that nobody has closed.", ["code"])
  const ofWatch = ["watch", "group", ...groups]
  const waiting = gauge("fmap_watch_waiting", "What a watch waits for.", ofWatch)
  const late = gauge("fmap_watch_late", "What is too late for a watch.", ofWatch)
  const lateSums = gauge("fmap_watch_late_amount", "Sums of what is too late for a watch, by currency.", [
    ...ofWatch,
    "currency",
  ])
  const age = gauge(
    "fmap_watch_oldest_seconds",
    "Since when the oldest of what a watch waits for waits.",
    ofWatch,
  )
  const burn = gauge("fmap_objective_burn_rate", "How much quicker than allowed failures come.", [
    "watch",
    "window",
  ])
  const all = [events, oldest, sums, paused, failures, doubts, exceptions, waiting, late, lateSums, age, burn]

  const secondsSince = (instant: string | undefined): number =>
    instant === undefined ? 0 : Math.max(0, (world.now() - Date.parse(instant)) / 1_000)

  const outbox = gauge("fmap_outbox", "Messages that no transport has taken yet.", [])

  async function look(): Promise<void> {
    const [stats, watched] = [await engine.stats({ amounts }), await readings()]
    for (const one of all) one.reset()
    outbox.set(stats.outbox)
    for (const { flow, version, events: counts, oldestOpen, amounts: values } of stats.flows) {
      for (const [state, count] of Object.entries(counts)) events.set({ flow, version, state }, count)
      oldest.set({ flow, version }, secondsSince(oldestOpen))
      for (const { state, currency, value } of values)
        sums.set({ flow, version, state, currency }, Number(value))
    }
    for (const { target, pausedUntil, failures: many, inDoubt } of stats.targets) {
      const until = pausedUntil === undefined ? 0 : Date.parse(pausedUntil) - world.now()
      paused.set({ target }, Math.max(0, until / 1_000))
      failures.set({ target }, many)
      doubts.set({ target }, inDoubt)
    }
    for (const { code, open } of stats.exceptions) exceptions.set({ code }, open)
    for (const reading of watched) {
      const named = groups.flatMap(name => {
        const value = reading.group[name]
        return value === undefined ? [] : [[name, value] as const]
      })
      const labels = {
        watch: reading.watch,
        group: Object.values(reading.group).join(" "),
        ...Object.fromEntries(named),
      }
      waiting.set(labels, reading.waiting)
      late.set(labels, reading.late)
      for (const { currency, value } of reading.amounts) lateSums.set({ ...labels, currency }, Number(value))
      age.set(labels, secondsSince(reading.oldest))
      for (const { window, burnRate } of reading.objective?.windows ?? [])
        burn.set({ watch: reading.watch, window }, burnRate)
    }
  }
}
