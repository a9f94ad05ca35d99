// How severe each rule is in a bundle of the language, and which of two levels is the more severe. Flows in: the catalogue. Flows out:
// levels. Knows no policy.
import type { ChangeSeverity } from "../diff/finding.ts"
import { type Bundle, bundles, governanceRules, type RuleId, ruleIds } from "./rules/index.ts"

export type Levels = ReadonlyMap<RuleId, ChangeSeverity>

const order: readonly ChangeSeverity[] = ["information", "warning", "error"]

export function isMoreSevere(one: ChangeSeverity, other: ChangeSeverity): boolean {
  return order.indexOf(one) > order.indexOf(other)
}

export function isBundle(name: string): name is Bundle {
  return (bundles as readonly string[]).includes(name)
}

export function bundleLevels(bundle: Bundle): Levels {
  const levels = new Map<RuleId, ChangeSeverity>()
  for (const id of ruleIds) {
    const level = governanceRules[id].severity[bundle]
    if (level !== "none") levels.set(id, level)
  }
  return levels
}

/** The more severe one of each rule. */
export function joinLevels(all: readonly Levels[]): Levels {
  const joined = new Map<RuleId, ChangeSeverity>()
  for (const levels of all)
    for (const [id, level] of levels) {
      const known = joined.get(id)
      if (known === undefined || isMoreSevere(level, known)) joined.set(id, level)
    }
  return joined
}
