// All governance rules in one typed table. Flows in: the tables of each subject. Flows out: the catalogue, by id.
import { allowances } from "./allowances.ts"
import { contracts } from "./contracts.ts"
import { flows } from "./flows.ts"
import type { GovernanceRule } from "./governance-rule.ts"
import { labels } from "./labels.ts"
import { lifecycle } from "./lifecycle.ts"
import { maps } from "./maps.ts"
import { ownership } from "./ownership.ts"
import { structure } from "./structure.ts"

export const governanceRules = {
  ...ownership,
  ...lifecycle,
  ...contracts,
  ...maps,
  ...labels,
  ...structure,
  ...allowances,
  ...flows,
} as const satisfies Readonly<Record<string, GovernanceRule>>

export type RuleId = keyof typeof governanceRules

export const ruleIds = Object.keys(governanceRules) as readonly RuleId[]

export function isRuleId(name: string): name is RuleId {
  return Object.hasOwn(governanceRules, name)
}

export { type Bundle, bundles, type GovernanceRule } from "./governance-rule.ts"
