// M034: records that went through one map and back through another came out as they were, and no longer do. Flows in: both releases ready to run, recorded inputs. Flows out: a finding for each pair of
// maps that lost its way back. A pair leads from one contract to another and back; what never came back whole is no law that breaks.
import type { Plan, PlanMap } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import type { MappingMode } from "../maps/compare-maps.ts"
import { differences } from "./differences.ts"
import { observedFinding } from "./observed-findings.ts"
import { type RecordedInput, type Runnable, runnerOf } from "./run-both.ts"

interface Way {
  readonly there: PlanMap
  readonly back: PlanMap
}

export function roundTripFindings(
  old: Runnable,
  now: Runnable,
  inputs: readonly RecordedInput[],
  mode: MappingMode,
): readonly ChangeFinding[] {
  const known = new Set(waysIn(old.plan).map(nameOf))
  const ways = waysIn(now.plan).filter(way => known.has(nameOf(way)))
  if (ways.length === 0 || inputs.length === 0) return []
  const [before, after] = [tripsOf(old), tripsOf(now)]
  return ways.flatMap(way => {
    const { there, back } = way
    const own = inputs.filter(({ map }) => map === there.name)
    const whole = own.filter(recorded => before(way, recorded) === "whole")
    const broken = whole.filter(recorded => after(way, recorded) === "changed")
    const [first] = broken
    if (first === undefined) return []
    const observed = {
      compared: whole.length,
      differs: broken.length,
      withinTolerance: 0,
      newlyFailing: 0,
      newlyPassing: 0,
      largestDelta: null,
      deltaByCurrency: {},
      examples: [],
    }
    const message = `${broken.length} of ${whole.length} recorded ${whole.length === 1 ? "record" : "records"} that came back from ${back.name} as sent through ${there.name} ${broken.length === 1 ? "does" : "do"} so no longer.`
    return [
      observedFinding(
        "M034",
        there.name,
        "",
        observed,
        message,
        { mode, now: now.plan },
        `${broken.length} of ${whole.length}`,
      ),
    ]
  })
}

/** `stopped`: it does not come through, which other rules tell. */
type Trip = "whole" | "changed" | "stopped"

function tripsOf(side: Runnable): (way: Way, recorded: RecordedInput) => Trip {
  const run = runnerOf(side)
  return ({ there, back }, recorded) => {
    const [source] = there.sources
    const [returned] = back.sources
    const out = run(recorded)
    if (source === undefined || returned === undefined || out?.ended.kind !== "done") return "stopped"
    const { assumed } = recorded
    const home = run({
      map: back.name,
      name: recorded.name,
      input: { [returned.name]: out.ended.value },
      ...(assumed === undefined ? {} : { assumed }),
    })
    if (home?.ended.kind !== "done") return "stopped"
    const { value } = home.ended
    return differences(recorded.input[source.name], value, { old: home.shape, new: home.shape }).length === 0
      ? "whole"
      : "changed"
  }
}

/** Of maps from one record to one record that want nothing else. */
function waysIn({ maps }: Plan): readonly Way[] {
  const plain = maps.filter(
    ({ sources, set, givens }) =>
      sources.length === 1 && set === null && givens.every(({ optional }) => optional),
  )
  const byEnds = new Map<string, PlanMap[]>()
  for (const map of plain) {
    const key = ends(map.sources[0]?.binding.shape ?? "", map.target.shape)
    byEnds.set(key, [...(byEnds.get(key) ?? []), map])
  }
  return plain.flatMap(there =>
    (byEnds.get(ends(there.target.shape, there.sources[0]?.binding.shape ?? "")) ?? [])
      .filter(back => back !== there)
      .map(back => ({ there, back })),
  )
}

function ends(from: string, to: string): string {
  return `${from}\n${to}`
}

function nameOf({ there, back }: Way): string {
  return ends(there.name, back.name)
}
