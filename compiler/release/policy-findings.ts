// Do the policies still ask for what they asked for when a release was cut last? Flows in: the lock and the project. Flows out: V008 for each rule that is held less, and V004 for a policy that changed
// under its version. A policy that asks for more is nothing to tell: its findings tell it.
import type { ChangeFinding } from "../diff/finding.ts"
import { isMoreSevere } from "../govern/levels.ts"
import { shownAt } from "../lineage/shown.ts"
import type { Plan } from "../plan/index.ts"
import { type HeldRules, heldRules } from "./held-rules.ts"
import type { Lock } from "./lock.ts"
import { releaseFinding } from "./release-finding.ts"

interface Less {
  readonly what: string
  readonly old: string
  readonly new: string | null
  readonly message: string
}

export function policyFindings(plan: Plan, lock: Lock): readonly ChangeFinding[] {
  const before = lock.held
  if (before === undefined) return []
  const now = heldRules(plan)
  const first = plan.policies?.[0]
  const place = first === undefined ? null : shownAt(first.at, plan)
  const subject = now.policies[0]?.name ?? before.policies[0]?.name ?? "policies"
  const less = [...lessSevere(before, now), ...lessAsked(before, now), ...moreRegions(before, now)]
  return [
    ...changedInPlace(before, now).map(({ name, version }) =>
      releaseFinding("V004", {
        subject: name,
        old: version,
        new: version,
        about: `policy ${now.policies.find(one => one.name === name)?.content ?? ""}`,
        message: `The policy ${name} says something else than it did when a release was cut last, and still has version ${version}.`,
        fix: `Give the policy ${name} a version of its own.`,
        at: place,
      }),
    ),
    ...less.map(({ what, message, ...sides }) =>
      releaseFinding("V008", { subject, ...sides, about: what, message, at: place }),
    ),
  ]
}

function changedInPlace(before: HeldRules, now: HeldRules): readonly { name: string; version: string }[] {
  return before.policies.flatMap(({ name, version, content }) => {
    const same = now.policies.find(one => one.name === name)
    return version !== null && same?.version === version && same.content !== content
      ? [{ name, version }]
      : []
  })
}

function lessSevere(before: HeldRules, now: HeldRules): readonly Less[] {
  const levels = new Map(now.levels)
  return before.levels.flatMap(([rule, was]) => {
    const is = levels.get(rule)
    if (is !== undefined && !isMoreSevere(was, is)) return []
    return [
      {
        what: rule,
        old: was,
        new: is ?? null,
        message: `${rule} was ${told(was)} when a release was cut last, and ${is === undefined ? "is not in force any more" : `is ${told(is)} now`}.`,
      },
    ]
  })
}

function told(severity: "error" | "warning" | "information"): string {
  return severity === "error" ? "an error" : severity === "warning" ? "a warning" : "information"
}

function lessAsked(before: HeldRules, now: HeldRules): readonly Less[] {
  return before.asked
    .filter(demand => !now.asked.includes(demand))
    .map(demand => ({
      what: demand,
      old: demand,
      new: null,
      message: `A policy no longer asks for ${demandText(demand)}.`,
    }))
}

/** `["G001",{"kind":"contract",…}]`: a rule, or a pattern for names, and for what. */
function demandText(demand: string): string {
  const [what, subject] = JSON.parse(demand) as [string, { kind: string; lifecycle: string | null }]
  const life = subject.lifecycle === null ? "" : `${subject.lifecycle} `
  return /^G\d{3}$/u.test(what)
    ? `what ${what} wants of every ${life}${subject.kind}`
    : `names like ${what} of every ${life}${subject.kind}`
}

function moreRegions(before: HeldRules, now: HeldRules): readonly Less[] {
  return before.regions
    .filter(
      ({ label, regions }) =>
        !now.regions.some(
          one => one.label === label && one.regions.every(region => regions.includes(region)),
        ),
    )
    .map(({ label, regions }) => ({
      what: `${label} stays`,
      old: regions.join(", "),
      new: now.regions.find(one => one.label === label)?.regions.join(", ") ?? null,
      message: `Data that is ${label} had to stay in ${regions.join(", ")} when a release was cut last, and may be elsewhere now.`,
    }))
}
