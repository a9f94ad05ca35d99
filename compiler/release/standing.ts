// What becomes of each finding in a release: it stands in the way, its version number speaks for it, or people agreed to it. Flows in: a
// finding, the approvals that hold and whether the number is high enough. Flows out: its standing.
import type { ChangeFinding } from "../diff/finding.ts"
import { type Approval, isLocked } from "./approvals.ts"

/** `open` errors stop a release; `covered`: the version number is high enough to say so; `approved`: an approval holds. */
export type Standing = "open" | "covered" | "approved"

export interface StandingFinding {
  readonly finding: ChangeFinding
  readonly standing: Standing
  /** Who agreed, where people did. */
  readonly approval: Approval | null
}

/** `enough`: the version number of what the findings are about is high enough. */
export function withStanding(
  findings: readonly ChangeFinding[],
  enough: boolean,
  holding: ReadonlyMap<string, Approval>,
): readonly StandingFinding[] {
  return findings.map(finding => {
    const approval = holding.get(finding.fingerprint) ?? null
    if (approval !== null) return { finding, standing: "approved", approval }
    const spoken = finding.bump !== "none" && enough && !isLocked(finding.rule)
    return { finding, standing: spoken ? "covered" : "open", approval }
  })
}

export function stopsRelease({ finding, standing }: StandingFinding): boolean {
  return standing === "open" && finding.severity === "error"
}
