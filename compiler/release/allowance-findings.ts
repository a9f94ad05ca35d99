// L013 in a release: what is allowed against policies and was not when a release was cut last, and what has ended. Flows in: the Plan, and the lock, which knows what was allowed. Flows out: findings that no
// version number speaks for. A lock of before it was kept tells nothing.
import type { ChangeFinding } from "../diff/finding.ts"
import { allowancesSince } from "../diff/governance/allowances.ts"
import { lineageFinding } from "../diff/governance/lineage-finding.ts"
import type { ReleaseQuestion } from "./check-release.ts"

export function allowanceFindings({
  plan,
  state: { lock },
  today,
  maps = "standard",
}: ReleaseQuestion): readonly ChangeFinding[] {
  if (lock.held === undefined) return []
  return allowancesSince(lock.allowed ?? [], plan, today).map(facts => lineageFinding(facts, maps))
}
