// L008 in a release: owners and consumers that are gone since the last cut, where nothing else changed. Flows in: what stands beside its release, and the lock, which knows who answered. Flows out: findings that no
// version number speaks for. Where the content changed, too, the comparison of both parts tells of the owner.
import type { ChangeFinding } from "../diff/finding.ts"
import { lineageFinding } from "../diff/governance/lineage-finding.ts"
import type { ReleaseQuestion } from "./check-release.ts"
import type { LockedRelease } from "./lock.ts"
import { type ReleaseSubject, shownName } from "./subjects.ts"

interface Standing {
  readonly subject: ReleaseSubject
  readonly before: LockedRelease | null
  readonly altered: boolean
}

export function answeringFindings(
  all: readonly Standing[],
  { plan, state, maps = "standard", shown }: ReleaseQuestion,
): readonly ChangeFinding[] {
  const owners = all.flatMap(({ subject, before, altered }): readonly ChangeFinding[] => {
    const was = before?.owner ?? null
    if (altered || was === null || subject.owner !== null || subject.version !== before?.version) return []
    const message = `The ${shownName(subject)} has no owner any more; it was ${was}.`
    const facts = { rule: "L008", subject: subject.id, old: was, new: null, about: "owner", message } as const
    return [lineageFinding({ ...facts, newAt: subject.at }, maps)]
  })
  const declared = new Set((plan.consumers ?? []).map(({ name }) => name))
  const consumers = (state.lock.consumers ?? [])
    .filter(name => !declared.has(name))
    .map(name => {
      const message = `The consumer ${name} is no longer declared.`
      const facts = { rule: "L008", subject: name, old: name, new: null, about: "consumer", message } as const
      return lineageFinding({ ...facts, newAt: `${shown.lock}:1:1` }, maps)
    })
  return [...owners, ...consumers]
}
