// What a change did to recorded inputs, map by map and field by field. Flows in: findings, both releases ready to run, recorded inputs. Flows out: the findings with what was
// observed, and those that only running finds: M031, M032 and M033. Sums are exact.
import {
  add,
  compare,
  formatScaled,
  fromText,
  negate,
  type Rational,
  roundRational,
  zero,
} from "@fmap/runtime"
import type { ChangeFinding, Observed } from "../finding.ts"
import { minimised } from "./minimise.ts"
import { type Both, type RecordedInput, type RunBoth, type Runnable, runnerOfBoth } from "./run-both.ts"

export interface FieldObservation {
  readonly path: string
  readonly observed: Observed
}

export interface MapObservation {
  readonly map: string
  readonly compared: number
  /** Inputs one side could not run. */
  readonly impossible: number
  readonly newlyFailing: number
  readonly newlyPassing: number
  readonly fields: readonly FieldObservation[]
}

/** `tolerance`: by how much one figure may differ and still be as good as equal; decimal text. */
export function observeMaps(
  old: Runnable,
  now: Runnable,
  inputs: readonly RecordedInput[],
  tolerance = "0",
): readonly MapObservation[] {
  const both = runnerOfBoth(old, now)
  const byMap = new Map<string, RecordedInput[]>()
  for (const recorded of inputs) byMap.set(recorded.map, [...(byMap.get(recorded.map) ?? []), recorded])
  return [...byMap].flatMap(([map, recorded]) => observeMap(map, recorded, both, fromText(tolerance) ?? zero))
}

interface Seen {
  readonly deltas: Map<string, Rational>
  readonly examples: { readonly recorded: RecordedInput; readonly old: unknown; readonly new: unknown }[]
  differs: number
  within: number
  largest: Rational | null
}

const mostExamples = 3

function observeMap(
  map: string,
  inputs: readonly RecordedInput[],
  both: RunBoth,
  tolerance: Rational,
): readonly MapObservation[] {
  const fields = new Map<string, Seen>()
  const counts = { compared: 0, impossible: 0, newlyFailing: 0, newlyPassing: 0 }
  const seenAt = (path: string): Seen => {
    const known = fields.get(path) ?? {
      deltas: new Map(),
      examples: [],
      differs: 0,
      within: 0,
      largest: null,
    }
    fields.set(path, known)
    return known
  }
  for (const recorded of inputs) {
    const ran = both(recorded)
    if (ran === null) return []
    if (ran.old.kind === "impossible" || ran.new.kind === "impossible") {
      counts.impossible++
      continue
    }
    counts.compared++
    if (ran.old.kind === "done" && ran.new.kind === "stopped") counts.newlyFailing++
    if (ran.old.kind === "stopped" && ran.new.kind === "done") counts.newlyPassing++
    if (isOtherEnd(ran)) note(seenAt(""), recorded, endShown(ran.old), endShown(ran.new))
    /** By path: does every figure at it stay within the tolerance? */
    const inRecord = new Map<string, boolean>()
    for (const { path, old, new: now, delta, currency } of ran.differences) {
      const seen = seenAt(path)
      if (!inRecord.has(path)) note(seen, recorded, old, now)
      const isWithin = delta !== null && compare(size(delta), tolerance) <= 0
      inRecord.set(path, isWithin && inRecord.get(path) !== false)
      if (delta === null) continue
      if (seen.largest === null || compare(size(delta), size(seen.largest)) > 0) seen.largest = delta
      if (currency !== null) seen.deltas.set(currency, add(seen.deltas.get(currency) ?? zero, delta))
    }
    for (const [path, isWithin] of inRecord) if (isWithin) seenAt(path).within++
  }
  const observedOf = (path: string, seen: Seen): Observed => ({
    compared: counts.compared,
    differs: seen.differs,
    withinTolerance: seen.within,
    newlyFailing: counts.newlyFailing,
    newlyPassing: counts.newlyPassing,
    largestDelta: seen.largest === null ? null : decimalText(seen.largest),
    deltaByCurrency: Object.fromEntries(
      [...seen.deltas]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, delta]) => [code, decimalText(delta)]),
    ),
    examples: seen.examples.map(({ recorded, old, new: now }) => ({
      payload: minimised(recorded, path, both).input,
      old: old ?? null,
      new: now ?? null,
    })),
  })
  return [
    {
      map,
      ...counts,
      fields: [...fields]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, seen]) => ({ path, observed: observedOf(path, seen) })),
    },
  ]
}

function note(seen: Seen, recorded: RecordedInput, old: unknown, now: unknown): void {
  seen.differs++
  if (seen.examples.length < mostExamples) seen.examples.push({ recorded, old, new: now })
}

function isOtherEnd({ old, new: now }: Both): boolean {
  return endShown(old) !== endShown(now)
}

function endShown(ended: Both["old"]): string {
  return ended.kind === "stopped"
    ? `${ended.status} ${[...new Set(ended.codes)].toSorted().join(", ")}`
    : ended.kind
}

function size(value: Rational): Rational {
  return value.n < 0n ? negate(value) : value
}

/** Figures on the wire are decimals: ten digits are more than any has, and zeros behind say nothing. */
export function decimalText(value: Rational): string {
  const text = formatScaled(roundRational(value, 10, "half_even") ?? 0n, 10)
  return text.replace(/\.?0+$/u, "")
}

/** What was seen at the places a finding is about: its own, those within, and the list it stands in. */
export function withObservations(
  findings: readonly ChangeFinding[],
  observations: readonly MapObservation[],
): readonly ChangeFinding[] {
  return findings.map(finding => {
    const observation = observations.find(({ map }) => map === finding.subject)
    if (observation === undefined || finding.rule === "M001") return finding
    const own = observation.fields.filter(({ path }) => path === finding.path || isWithin(path, finding.path))
    return {
      ...finding,
      observed: joined(
        observation,
        own.map(({ observed }) => observed),
      ),
    }
  })
}

function isWithin(path: string, of: string): boolean {
  return path.startsWith(`${of}/`)
}

function joined(observation: MapObservation, of: readonly Observed[]): Observed {
  const [first] = of
  const { compared, newlyFailing, newlyPassing } = observation
  const nothing = {
    compared,
    newlyFailing,
    newlyPassing,
    differs: 0,
    withinTolerance: 0,
    largestDelta: null,
    deltaByCurrency: {},
    examples: [],
  }
  if (first === undefined) return nothing
  return of.length === 1 ? first : (of.toSorted((a, b) => b.differs - a.differs)[0] ?? nothing)
}
