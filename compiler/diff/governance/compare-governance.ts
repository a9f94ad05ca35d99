// The half of a release's comparison that is about where data goes and who answers for it. Flows in: two Plans, the day, how strict to be. Flows out: findings of the rules L001 to L013 but
// L007, which needs to know what else was found. What a project is, is judged by the checks of lint; here only what became of it.
import { type Landscape, landscapeOf } from "../../govern/landscape.ts"
import type { Plan } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import type { MappingMode } from "../maps/compare-maps.ts"
import { allowanceChanges } from "./allowances.ts"
import { labelChanges } from "./labels.ts"
import type { LineageFacts } from "./lineage-finding.ts"
import { lineageFinding } from "./lineage-finding.ts"
import { maskChanges } from "./masks.ts"
import { newViolations } from "./new-violations.ts"
import { ownerChanges } from "./owners.ts"
import { promiseChanges } from "./promises.ts"
import { readChanges } from "./reads.ts"

export interface GovernanceQuestion {
  /** ISO date by which ends are judged; empty: they are not. */
  readonly today: string
  readonly mode: MappingMode
}

/** Both sides, each with what is worked out of it. */
export interface Sides {
  readonly old: Landscape
  readonly now: Landscape
}

const comparisons: readonly ((sides: Sides) => readonly LineageFacts[])[] = [
  labelChanges,
  newViolations,
  maskChanges,
  readChanges,
  ownerChanges,
  promiseChanges,
  allowanceChanges,
]

export function compareGovernance(
  old: Plan,
  now: Plan,
  { today, mode }: GovernanceQuestion,
): readonly ChangeFinding[] {
  const sides = { old: landscapeOf(old, today), now: landscapeOf(now, today) }
  const found = comparisons.flatMap(compare => compare(sides)).map(facts => lineageFinding(facts, mode))
  return [...new Map(found.map(finding => [finding.fingerprint, finding])).values()]
}

/** Declarations that are on both sides, by what tells them apart. */
export function paired<T extends { readonly id: string }>(
  old: readonly T[],
  now: readonly T[],
): readonly (readonly [T, T])[] {
  const before = new Map(old.map(one => [one.id, one]))
  return now.flatMap(one => {
    const known = before.get(one.id)
    return known === undefined ? [] : [[known, one] as const]
  })
}
