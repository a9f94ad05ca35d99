// The shape of a rule that a policy holds a project to, and the bundles of them. Flows in: a title, what it means, and how severe it is in
// each bundle. Flows out: an entry of the catalogue, as rules about changes have it. Data only: what a rule looks at is a check.
import type { ChangeSeverity } from "../../diff/finding.ts"
import type { ChangeRule } from "../../diff/rules/change-rule.ts"

/** Each holds what the one before it holds, no rule less severe. */
export const bundles = ["minimal", "standard", "regulated"] as const
export type Bundle = (typeof bundles)[number]

export interface GovernanceRule extends ChangeRule {
  /** `none`: not in that bundle. */
  readonly severity: Readonly<Record<Bundle, ChangeSeverity | "none">>
  readonly bump: "none"
}

type Level = ChangeSeverity | "none"

export interface RuleText {
  readonly title: string
  readonly meaning: string
  readonly fix: string
}

/** `levels` in the order of the bundles. */
export function rule(levels: readonly [Level, Level, Level], text: RuleText): GovernanceRule {
  const [minimal, standard, regulated] = levels
  return { ...text, locked: false, severity: { minimal, standard, regulated }, bump: "none" }
}

/** Allowed by two people, or not at all. */
export function lockedRule(levels: readonly [Level, Level, Level], text: RuleText): GovernanceRule {
  return { ...rule(levels, text), locked: true }
}
