// What a change does where no recorded record shows it. Flows in: findings, both releases ready to run. Flows out: the findings; those about a value have an input made up by the compiler on which both versions
// differ at their place, as small as still shows it. It is an example, never a count: nothing is said of how often it happens.
import type { ChangeFinding, MadeExample } from "../finding.ts"
import { inputMaker } from "./made-inputs.ts"
import { minimised } from "./minimise.ts"
import { type Both, type RunBoth, type Runnable, runnerOfBoth } from "./run-both.ts"

const triesPerMap = 300
const triesAltogether = 6_000
/** They are about what stands around a map. */
const withoutRecords = new Set(["M001", "M032", "M033", "M034", "M035", "M037"])

export function withMadeExamples(
  findings: readonly ChangeFinding[],
  old: Runnable,
  now: Runnable,
): readonly ChangeFinding[] {
  const open = findings.filter(
    ({ rule, observed }) =>
      rule.startsWith("M") && !withoutRecords.has(rule) && (observed === null || observed.differs === 0),
  )
  const maps = new Set(open.map(({ subject }) => subject))
  const both = runnerOfBoth(old, now)
  const examples = new Map<string, MadeExample>()
  let left = triesAltogether
  for (const name of maps) {
    const own = open.filter(({ subject }) => subject === name)
    const tries = Math.min(left, triesPerMap)
    left -= examplesOf(name, own, { old, now, both, tries, examples })
  }
  return findings.map(finding => {
    const example = examples.get(finding.fingerprint)
    return example === undefined ? finding : { ...finding, made: example }
  })
}

interface Trying {
  readonly old: Runnable
  readonly now: Runnable
  readonly both: RunBoth
  readonly tries: number
  readonly examples: Map<string, MadeExample>
}

/** How many were tried. */
function examplesOf(name: string, findings: readonly ChangeFinding[], trying: Trying): number {
  const { old, now, both, tries, examples } = trying
  const maps = [old, now].flatMap(({ plan }) => plan.maps.filter(map => map.name === name))
  const [, after] = maps
  if (after === undefined) return 0
  const make = inputMaker(maps, [old.plan, now.plan])
  let waiting = findings
  for (let number = 0; number < tries; number++) {
    if (waiting.length === 0) return number
    const input = make(after, now.plan, number)
    const ran = input === null ? null : both(input)
    if (input === null || ran === null || ran.old.kind === "impossible" || ran.new.kind === "impossible")
      return number
    const shown = waiting.filter(({ path }) => shows(ran, path))
    for (const { path, fingerprint } of shown) {
      const place = ran.differences.find(one => isAt(one.path, path))?.path ?? ""
      const small = minimised(input, place, both)
      const again = both(small) ?? ran
      const difference = again.differences.find(one => one.path === place)
      examples.set(fingerprint, {
        payload: small.input,
        old: difference === undefined ? endOf(again.old) : (difference.old ?? null),
        new: difference === undefined ? endOf(again.new) : (difference.new ?? null),
      })
    }
    waiting = waiting.filter(one => !shown.includes(one))
  }
  return tries
}

/** At its place or within; what is about a whole record, or stops it, shows in how it ends. */
function shows({ old, new: now, differences }: Both, path: string): boolean {
  if (differences.some(one => isAt(one.path, path))) return true
  return endOf(old) !== endOf(now)
}

function isAt(found: string, path: string): boolean {
  return found === path || found.startsWith(`${path}/`)
}

function endOf(ended: Both["old"]): string {
  return ended.kind === "stopped"
    ? `${ended.status} ${[...new Set(ended.codes)].toSorted().join(", ")}`
    : ended.kind
}
