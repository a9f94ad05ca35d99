export { type AllowedFinding, type LintAnswer, type LintQuestion, lint } from "./lint.ts"
export type { ReadSet } from "./read-sets.ts"
export { type Bundle, bundles, type GovernanceRule, governanceRules, type RuleId } from "./rules/index.ts"
export type { GovernanceFinding } from "./violation.ts"
