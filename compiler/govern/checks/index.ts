// The check of each rule. Flows in: the tables of each subject. Flows out: one table; a rule without a check does not compile. Allowances
// are judged where they are used.
import type { allowances } from "../rules/allowances.ts"
import type { RuleId } from "../rules/index.ts"
import type { Check } from "./check.ts"
import { contracts } from "./contracts.ts"
import { flows } from "./flows.ts"
import { labels } from "./labels.ts"
import { lifecycle } from "./lifecycle.ts"
import { maps } from "./maps.ts"
import { ownership } from "./ownership.ts"
import { structure } from "./structure.ts"

export type CheckedRule = Exclude<RuleId, keyof typeof allowances>

export const checks: Readonly<Record<CheckedRule, Check>> = {
  ...ownership,
  ...lifecycle,
  ...contracts,
  ...maps,
  ...labels,
  ...structure,
  ...flows,
}

export type { Check }
