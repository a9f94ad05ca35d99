// What is watched of a project. Flows in: its flows and the section `watch`. Flows out: watches, or a sentence for each that cannot be. Flows say much of themselves: an objective is a watch
// of its share and of what waits longer, a queue one of its exceptions, a schedule one of its runs. An entry of the same name takes the place of a default.
import { suggest } from "@fmap/grammar"
import type { FlowSpec } from "@fmap/runtime/flow"
import type { Watch } from "@fmap/runtime/observe"
import { type Problem, problemsOf } from "../terminal/problem.ts"
import { millisecondsOf } from "./duration.ts"
import type { WatchEntry, WatchSettings } from "./watch-config.ts"

export type FoundWatches =
  | { readonly kind: "watches"; readonly watches: readonly Watch[] }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export const usualSettings: WatchSettings = {
  every: "60s",
  defaults: true,
  by: {},
  exceptionsWithin: "0s",
  watches: [],
}

/** `longestGap`: between two occurrences of a flow that begins at certain times, in milliseconds. */
export function watchesOf(
  specs: readonly FlowSpec[],
  settings: WatchSettings,
  longestGap: (spec: FlowSpec) => number,
): FoundWatches {
  const names = specs.map(spec => spec.name)
  const own = settings.watches.map(watchOf)
  const named = settings.watches.flatMap((entry, index) =>
    (["flow", "to"] as const).flatMap(member => {
      const flow = member in entry ? entry[member as keyof WatchEntry] : undefined
      return flow === undefined || names.includes(flow)
        ? []
        : [`"watch.watches.${index}.${member}": ${noFlow(flow, names)}`]
    }),
  )
  const grouped = Object.keys(settings.by).flatMap(flow =>
    names.includes(flow) ? [] : [`"watch.by": ${noFlow(flow, names)}`],
  )
  const twice = own.flatMap(({ name }, index) =>
    own.findIndex(other => other.name === name) === index
      ? []
      : [`"watch.watches.${index}.name": two watches are called "${name}".`],
  )
  const problems = [...named, ...grouped, ...twice]
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8507", problems) }
  const taken = new Set(own.map(({ name }) => name))
  const defaults = settings.defaults ? defaultWatches(specs, settings, longestGap) : []
  return { kind: "watches", watches: [...defaults.filter(({ name }) => !taken.has(name)), ...own] }
}

function noFlow(name: string, names: readonly string[]): string {
  const meant = suggest(name, names)
  return `there is no flow "${name}"${meant === undefined ? "" : `; did you mean "${meant}"`}.`
}

function defaultWatches(
  specs: readonly FlowSpec[],
  { by, exceptionsWithin }: WatchSettings,
  longestGap: (spec: FlowSpec) => number,
): readonly Watch[] {
  const queues = specs.flatMap(({ routes }) =>
    routes.flatMap(({ to }) => (to.kind === "queue" ? [to.queue] : [])),
  )
  const withinMs = millisecondsOf(exceptionsWithin)
  return [
    ...specs.flatMap(spec => ofFlow(spec, by[spec.name], longestGap)),
    ...[...new Set(queues)]
      .toSorted()
      .map(queue => ({ kind: "exceptions", name: `queue ${queue}`, queue, withinMs }) as const),
    { kind: "exceptions", name: "in no queue", queue: null, withinMs },
    { kind: "targets", name: "systems", failures: 5 },
  ]
}

function ofFlow(
  spec: FlowSpec,
  groups: Readonly<Record<string, string>> | undefined,
  longestGap: (spec: FlowSpec) => number,
): readonly Watch[] {
  const { name: flow, slos, trigger } = spec
  const shares = slos.map(
    ({ name, share, withinMs }) =>
      ({ kind: "share", name: `${flow} ${name}`, flow, share, withinMs }) as const,
  )
  const [strictest] = slos.map(({ withinMs }) => withinMs).toSorted((a, b) => a - b)
  const waiting: readonly Watch[] =
    strictest === undefined
      ? []
      : [{ kind: "pending", name: `${flow} waiting`, flow, withinMs: strictest, ...grouping(groups) }]
  if (trigger.kind !== "schedule") return [...shares, ...waiting]
  const gap = longestGap(spec)
  return [
    ...shares,
    ...waiting,
    { kind: "fresh", name: `${flow} runs`, flow, withinMs: gap + Math.min(gap, graceMs) },
  ]
}

const graceMs = 3_600_000

function watchOf(entry: WatchEntry): Watch {
  switch (entry.kind) {
    case "pending": {
      const { by, within, ...rest } = entry
      return { ...rest, withinMs: millisecondsOf(within), ...grouping(by) }
    }
    case "follows": {
      const { by, within, since, ...rest } = entry
      const from = since === undefined ? {} : { sinceMs: millisecondsOf(since) }
      return { ...rest, withinMs: millisecondsOf(within), ...from, ...grouping(by) }
    }
    case "fresh": {
      const { within, lanes, ...rest } = entry
      return { ...rest, withinMs: millisecondsOf(within), ...(lanes === undefined ? {} : { lanes }) }
    }
    case "exceptions": {
      const { name, flow, code, queue, within, by } = entry
      return {
        kind: "exceptions",
        name,
        ...(flow === undefined ? {} : { flow }),
        ...(code === undefined ? {} : { code }),
        ...(queue === undefined ? {} : { queue }),
        withinMs: millisecondsOf(within),
        ...grouping(by),
      }
    }
    case "targets": {
      const { target, ...rest } = entry
      return { ...rest, ...(target === undefined ? {} : { target }) }
    }
    case "share": {
      const { within, ...rest } = entry
      return { ...rest, withinMs: millisecondsOf(within) }
    }
  }
}

function grouping(by: Readonly<Record<string, string>> | undefined) {
  return by === undefined ? {} : { by: Object.entries(by).map(([name, pointer]) => ({ name, pointer })) }
}
