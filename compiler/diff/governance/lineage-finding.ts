// A finding of the rules L. Flows in: the rule, what it is about, both sides. Flows out: a finding like any other.
import { shownAt } from "../../lineage/shown.ts"
import type { At, Plan } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { MappingMode } from "../maps/compare-maps.ts"
import type { ChangeRule } from "../rules/change-rule.ts"
import { type LineageRule, lineageRules } from "../rules/lineage.ts"

export interface LineageFacts {
  readonly rule: LineageRule
  /** It is the other case of the rule. */
  readonly other?: boolean
  readonly subject: string
  /** `lines[].amount`; empty: the whole subject. */
  readonly path?: string
  readonly old: string | null
  readonly new: string | null
  /** What else tells this finding from another of the same sides. */
  readonly about?: string
  readonly message: string
  readonly oldAt?: string | null
  readonly newAt?: string | null
}

export function lineageFinding(facts: LineageFacts, mode: MappingMode): ChangeFinding {
  const rule: ChangeRule = lineageRules[facts.rule]
  const judged = facts.other === true ? (rule.other ?? rule) : rule
  const severity = judged.severity[mode] ?? "error"
  const path = (facts.path ?? "")
    .replaceAll("[]", ".[]")
    .split(".")
    .filter(step => step !== "")
    .map(step => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("")
  return {
    rule: facts.rule,
    fingerprint: fingerprintOf({
      rule: facts.rule,
      subject: facts.subject,
      path: facts.about === undefined ? path : `${path} ${facts.about}`,
      old: facts.old,
      new: facts.new,
    }),
    subject: facts.subject,
    path,
    severity: severity === "none" ? "information" : severity,
    bump: judged.bump,
    mode,
    direction: "none",
    old: facts.old,
    new: facts.new,
    message: facts.message,
    fix: severity === "information" ? null : rule.fix,
    oldAt: facts.oldAt ?? null,
    newAt: facts.newAt ?? null,
    witness: null,
    observed: null,
    consumers: [],
  }
}

export function shownPlace(at: At | undefined, plan: Plan): string | null {
  return at === undefined ? null : shownAt(at, plan)
}
