// A project held to its policies. Flows in: a Plan, the day it is judged on, and perhaps a bundle to judge by. Flows out: findings in the
// order of the sources, what is allowed for now, and by whose rules. Pure: the same Plan on the same day gives the same.
import { fingerprintOf } from "../diff/fingerprint.ts"
import type { Plan, PlanAllow } from "../plan/index.ts"
import { judgeAllowances, type Ruled } from "./allowances.ts"
import { type CheckedRule, checks } from "./checks/index.ts"
import { type Landscape, landscapeOf } from "./landscape.ts"
import { isInForce, type Rulebook, rulebookOf, severityOf } from "./rulebook.ts"
import { governanceRules } from "./rules/index.ts"
import type { GovernanceFinding, Governed } from "./violation.ts"

export interface LintQuestion {
  /** ISO date: ends and allowances are judged by it. */
  readonly today: string
  /** A bundle of the language or a policy of the project; null: the project's own policies, or `standard`. */
  readonly policy: string | null
}

export interface AllowedFinding extends GovernanceFinding {
  readonly allow: PlanAllow
}

export type LintAnswer =
  | {
      readonly kind: "judged"
      readonly findings: readonly GovernanceFinding[]
      readonly allowed: readonly AllowedFinding[]
      /** Names of the policies and bundles. */
      readonly policies: readonly string[]
      readonly landscape: Landscape
    }
  /** Nothing is called so. */
  | { readonly kind: "unknown"; readonly wanted: string; readonly known: readonly string[] }

export function lint(plan: Plan, { today, policy }: LintQuestion): LintAnswer {
  const answer = rulebookOf(plan, policy)
  if (answer.kind === "unknown") return answer
  const { rulebook } = answer
  const landscape = landscapeOf(plan, today)
  const found = violationsOf(landscape, rulebook)
  const findings: GovernanceFinding[] = []
  const allowed: AllowedFinding[] = []
  for (const subject of subjectsOf(landscape)) {
    const judged = judgeAllowances(subject, found.get(subject) ?? [], today, rulebook)
    const seen = new Map<string, number>()
    findings.push(...judged.counting.flatMap(one => findingOf(one, rulebook, seen) ?? []))
    for (const one of judged.allowed) {
      const finding = findingOf(one, rulebook, seen)
      if (finding !== null) allowed.push({ ...finding, allow: one.allow })
    }
  }
  return {
    kind: "judged",
    findings: inOrder(findings),
    allowed: inOrder(allowed),
    policies: rulebook.of,
    landscape,
  }
}

/** What somebody asks for, by the declaration it is about. */
function violationsOf(landscape: Landscape, book: Rulebook): ReadonlyMap<Governed, readonly Ruled[]> {
  const found = new Map<Governed, Ruled[]>()
  for (const [id, check] of Object.entries(checks)) {
    const rule = id as CheckedRule
    if (!isInForce(rule, book)) continue
    const places = new Set<string>()
    for (const violation of check(landscape, book)) {
      // A part that is written out in two places stands in the sources once.
      const place = JSON.stringify([violation.subject.id, violation.path, violation.at])
      if (places.has(place)) continue
      places.add(place)
      if (severityOf(rule, violation, book) === null) continue
      const known = found.get(violation.subject)
      if (known === undefined) found.set(violation.subject, [{ rule, violation }])
      else known.push({ rule, violation })
    }
  }
  return found
}

function subjectsOf(landscape: Landscape): readonly Governed[] {
  const { systems, calendars, contracts, crosswalks, maps, ownFlows } = landscape
  return [...systems, ...calendars, ...contracts, ...crosswalks, ...maps, ...ownFlows]
}

/** `seen`: how often a rule has been told of a path of this declaration; a second time is another finding. */
function findingOf(
  { rule, violation }: Ruled,
  book: Rulebook,
  seen: Map<string, number>,
): GovernanceFinding | null {
  const severity = severityOf(rule, violation, book)
  if (severity === null) return null
  const { subject, path, message, at, label, related = [] } = violation
  const { kind, name, id } = subject
  const key = `${rule} ${path}`
  const times = seen.get(key) ?? 0
  seen.set(key, times + 1)
  return {
    rule,
    severity,
    fingerprint: fingerprintOf({
      rule,
      subject: `${kind} ${id}`,
      path,
      old: null,
      new: times === 0 ? null : String(times),
    }),
    subject: { kind, name },
    path,
    message,
    at,
    label,
    related,
    help: governanceRules[rule].fix,
  }
}

function inOrder<F extends GovernanceFinding>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((a, b) => {
    for (const i of [0, 1, 2] as const) {
      const difference = a.at[i] - b.at[i]
      if (difference !== 0) return difference
    }
    return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0
  })
}
