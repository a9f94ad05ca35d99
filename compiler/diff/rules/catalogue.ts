// All rules about changes, by id. Flows in: the catalogues of the families. Flows out: one way to ask for a rule. A new family adds
// itself here, and has its pages and `fmap explain` with that.
import { governanceRules } from "../../govern/rules/index.ts"
import type { ChangeRule } from "./change-rule.ts"
import { flowRules } from "./flows.ts"
import { lineageRules } from "./lineage.ts"
import { mappingRules } from "./mappings.ts"
import { releaseRules } from "./releases.ts"
import { shapeRules } from "./shapes.ts"

export interface RuleFamily {
  readonly name: string
  readonly rules: Readonly<Record<string, ChangeRule>>
}

export const ruleFamilies: readonly RuleFamily[] = [
  { name: "Shapes", rules: shapeRules },
  { name: "Governance", rules: governanceRules },
  { name: "Mappings", rules: mappingRules },
  { name: "Flows", rules: flowRules },
  { name: "Lineage", rules: lineageRules },
  { name: "Releases", rules: releaseRules },
]

/** Undefined: there is no such rule. */
export function changeRule(id: string): ChangeRule | undefined {
  const family = ruleFamilies.find(({ rules }) => Object.hasOwn(rules, id))
  return family?.rules[id]
}
