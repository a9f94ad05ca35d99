// What is allowed against a policy for a while. Flows in: findings of one declaration and what it allows. Flows out: the findings that
// count, those that somebody has taken on, and what is wrong with the allowances themselves.
import { dayNumberOfDate } from "@fmap/runtime"
import type { PlanAllow } from "../plan/index.ts"
import { isInForce, type Rulebook } from "./rulebook.ts"
import { governanceRules, isRuleId, type RuleId } from "./rules/index.ts"
import type { Governed, Violation } from "./violation.ts"

export interface Ruled {
  readonly rule: RuleId
  readonly violation: Violation
}

export interface Judged {
  readonly counting: readonly Ruled[]
  readonly allowed: readonly (Ruled & { readonly allow: PlanAllow })[]
}

/** The longest anybody should take a finding on, in days. */
const longest = 366

/** `found`: all of this declaration. */
export function judgeAllowances(
  subject: Governed,
  found: readonly Ruled[],
  today: string,
  book: Rulebook,
): Judged {
  if (subject.allows.length === 0) return { counting: found, allowed: [] }
  const about: Ruled[] = []
  const taken = new Map<Ruled, PlanAllow>()
  const say = (rule: RuleId, { at, path }: PlanAllow, message: string, label: string) =>
    about.push({ rule, violation: { subject, path: path ?? "", message, at, label } })

  for (const allow of subject.allows) {
    const { rule, until, by } = allow
    if (!isRuleId(rule) || !isInForce(rule, book)) continue
    const meant = found.filter(one => one.rule === rule && isBelow(one.violation.path, allow.path))
    if (meant.length === 0) {
      say("G062", allow, `There is no finding ${rule} here that could be allowed.`, "allows nothing")
      continue
    }
    if (until < today) {
      say("G061", allow, `The allowance of ${rule} ended on ${until}.`, `ended on ${until}`)
      continue
    }
    if (governanceRules[rule].locked && new Set(by).size < 2) {
      const names = by.join(", ")
      say("G063", allow, `${rule} is locked, and only ${names} took its finding on.`, "one person")
      continue
    }
    if (dayNumberOfDate(until) - dayNumberOfDate(today) > longest)
      say(
        "G064",
        allow,
        `${rule} is allowed until ${until}, which is more than a year from now.`,
        `until ${until}`,
      )
    for (const one of meant) if (!taken.has(one)) taken.set(one, allow)
  }
  return {
    counting: [...found.filter(one => !taken.has(one)), ...about],
    allowed: [...taken].map(([one, allow]) => ({ ...one, allow })),
  }
}

/** The field that is named, or a part of it. Whoever names it may leave out `[]`. */
function isBelow(path: string, above: string | null): boolean {
  if (above === null) return true
  const [one, other] = [path.replaceAll("[]", ""), above.replaceAll("[]", "")]
  return one === other || one.startsWith(`${other}.`)
}
