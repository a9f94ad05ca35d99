// What a release makes of the project as a whole: the rules L over all contracts, maps and flows, and not over one of them alone. Flows in: what stands beside its release, and the question. Flows out: findings of
// those rules that no single comparison told.
import type { ChangeFinding } from "../diff/finding.ts"
import { compareGovernance } from "../diff/governance/compare-governance.ts"
import type { Plan } from "../plan/index.ts"
import type { ReleaseQuestion } from "./check-release.ts"
import { type Lock, type LockedRelease, lockedSystem } from "./lock.ts"
import type { Manifest } from "./manifest.ts"
import { planBefore } from "./plan-before.ts"
import type { ReleaseSubject } from "./subjects.ts"

interface Beside {
  readonly subject: ReleaseSubject
  readonly manifest: Manifest
  readonly before: LockedRelease | null
  /** What it was; null: it is as it was, or nothing of it can be read. */
  readonly kept: Manifest | null
  readonly findings: readonly ChangeFinding[]
}

/** Who answers and what is allowed is asked of the lock, and promises are those of one declaration. */
const ofOne: ReadonlySet<string> = new Set(["L008", "L009", "L010", "L013"])

export function landscapeFindings(
  all: readonly Beside[],
  { plan, state, today, maps = "standard" }: ReleaseQuestion,
): readonly ChangeFinding[] {
  const changed = all.filter(({ kept, before }) => kept !== null || before === null)
  const systems = systemsBefore(plan, state.lock)
  if (state.lock.releases.length === 0 || (changed.length === 0 && systems === plan.systems)) return []
  const before = planBefore(
    plan,
    changed.map(({ subject, kept }) => ({ subject, manifest: kept })),
  )
  const old = { ...before, systems }
  const told = new Set(
    all.flatMap(({ subject, findings }) =>
      findings.map(({ rule, path, old: was, new: is }) => keyOf(rule, subject.id, path, was, is)),
    ),
  )
  return compareGovernance(old, plan, { today, mode: maps }).filter(
    ({ rule, subject, path, old: was, new: is }) =>
      !ofOne.has(rule) && !told.has(keyOf(rule, subject, path, was, is)),
  )
}

/** Where a system is, and what it is cleared for, stands in no manifest: the lock knows it. The list of today where nothing of it is another. */
function systemsBefore(plan: Plan, { systems = [] }: Lock): Plan["systems"] {
  const known = new Map(systems.map(system => [system.name, system]))
  const before = plan.systems.map(system => {
    const was = known.get(system.name)
    if (
      was === undefined ||
      JSON.stringify(lockedSystem(system)) === JSON.stringify(lockedSystem({ ...system, ...was }))
    )
      return system
    return { ...system, ...was }
  })
  return before.every((system, i) => system === plan.systems[i]) ? plan.systems : before
}

function keyOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts)
}
