// A finding of one of the rules V. Flows in: the rule, what it is about, both sides. Flows out: a finding like any other, so that reporters
// and approvals need not know where it comes from.
import type { ChangeFinding } from "../diff/finding.ts"
import { fingerprintOf } from "../diff/fingerprint.ts"
import { releaseRules } from "../diff/rules/releases.ts"

export type ReleaseRule = keyof typeof releaseRules

export interface ReleaseFacts {
  readonly subject: string
  /** Versions, or whatever tells one such finding from another. */
  readonly old: string | null
  readonly new: string | null
  /** What else tells this finding from another of the same sides. */
  readonly about?: string
  readonly message: string
  readonly fix?: string
  readonly at: string | null
}

export function releaseFinding(rule: ReleaseRule, facts: ReleaseFacts): ChangeFinding {
  const { subject, message, at } = facts
  return {
    rule,
    fingerprint: fingerprintOf({ rule, subject, path: facts.about ?? "", old: facts.old, new: facts.new }),
    subject,
    path: "",
    severity: releaseRules[rule].severity.any,
    bump: "none",
    mode: "any",
    direction: "none",
    old: facts.old,
    new: facts.new,
    message,
    fix: facts.fix ?? releaseRules[rule].fix,
    oldAt: null,
    newAt: at,
    witness: null,
    observed: null,
    consumers: [],
  }
}
