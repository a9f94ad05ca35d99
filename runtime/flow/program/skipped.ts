// A map left its record out on purpose: the event is done, and nothing more of it happens.
import type { Issue } from "../../results/issue.ts"

export class Skipped extends Error {
  override readonly name = "Skipped"
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues[0]?.message ?? "It was left out")
    this.issues = issues
  }

  get code(): string {
    return this.issues.find(({ severity }) => severity === "skip")?.code ?? "SKIPPED"
  }
}
