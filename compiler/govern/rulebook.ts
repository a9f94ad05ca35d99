// What a project is held to: the rules of its policies and bundles, put together. Flows in: a Plan, and a bundle or policy that is named on
// the command line. Flows out: how severe each rule is everywhere and for what is asked, names, regions. Judges nothing.
import type { ChangeSeverity } from "../diff/finding.ts"
import { packageRootOf } from "../host/paths.ts"
import type { Label, Plan, PlanPolicy, PlanPolicySubject } from "../plan/index.ts"
import { bundleLevels, isBundle, joinLevels, type Levels } from "./levels.ts"
import { allowances } from "./rules/allowances.ts"
import { bundles, isRuleId, type RuleId, ruleIds } from "./rules/index.ts"
import { things } from "./rules/things.ts"
import type { Governed, Violation } from "./violation.ts"

export interface Rulebook {
  /** Names of the policies and bundles it comes from. */
  readonly of: readonly string[]
  readonly levels: Levels
  /** `every map to erp has control`: an error of what is meant. */
  readonly asked: ReadonlyMap<RuleId, readonly PlanPolicySubject[]>
  readonly names: readonly {
    readonly subject: PlanPolicySubject
    readonly pattern: string
    readonly policy: string
  }[]
  /** Where data of a label may be, once for each policy that says so. */
  readonly regions: ReadonlyMap<Label, readonly (readonly string[])[]>
}

export type RulebookAnswer =
  | { readonly kind: "rulebook"; readonly rulebook: Rulebook }
  /** Nothing is called so; these are. */
  | { readonly kind: "unknown"; readonly wanted: string; readonly known: readonly string[] }

/** `wanted`: a bundle or policy instead of the project's own; a project without a policy is held to the bundle `standard`. */
export function rulebookOf(plan: Plan, wanted: string | null): RulebookAnswer {
  const policies = plan.policies ?? []
  const own = policies.filter(({ file }) => packageRootOf(plan.files[file]?.path ?? "") === null)
  if (wanted === null && own.length === 0) return bundleBook("standard")
  if (wanted === null) return { kind: "rulebook", rulebook: policyBook(own, policies) }
  if (isBundle(wanted)) return bundleBook(wanted)
  const meant = policies.filter(({ id, name }) => id === wanted || name === wanted)
  return meant.length === 0
    ? { kind: "unknown", wanted, known: [...bundles, ...policies.map(({ id }) => id)] }
    : { kind: "rulebook", rulebook: policyBook(meant, policies) }
}

function bundleBook(bundle: (typeof bundles)[number]): RulebookAnswer {
  const levels = bundleLevels(bundle)
  return {
    kind: "rulebook",
    rulebook: { of: [bundle], levels, asked: new Map(), names: [], regions: new Map() },
  }
}

function policyBook(used: readonly PlanPolicy[], all: readonly PlanPolicy[]): Rulebook {
  const rules = withUsed(used, all).flatMap(policy => policy.rules.map(rule => ({ rule, policy })))
  const levels: Levels[] = [alwaysTold()]
  const asked = new Map<RuleId, PlanPolicySubject[]>()
  const names: Rulebook["names"][number][] = []
  const regions = new Map<Label, (readonly string[])[]>()
  for (const { rule, policy } of rules)
    switch (rule.kind) {
      case "use":
        if (rule.of === "language" && isBundle(rule.bundle)) levels.push(bundleLevels(rule.bundle))
        break
      case "has":
        for (const thing of rule.things) {
          const id = things[rule.subject.kind][thing]
          if (id !== undefined && id !== null) asked.set(id, [...(asked.get(id) ?? []), rule.subject])
        }
        break
      case "named":
        names.push({ subject: rule.subject, pattern: rule.pattern, policy: policy.name })
        break
      case "reaches":
        levels.push(new Map([[rule.label === "pii" ? "G044" : "G045", "error"]]))
        break
      case "stays":
        levels.push(new Map([["G050", "error"]]))
        regions.set(rule.label, [...(regions.get(rule.label) ?? []), rule.regions])
        break
      case "severity":
        if (isRuleId(rule.rule)) levels.push(new Map([[rule.rule, rule.severity]]))
    }
  return { of: used.map(({ name }) => name), levels: joinLevels(levels), asked, names, regions }
}

/** An allowance, and a name that is asked for, are judged by every policy. */
function alwaysTold(): Levels {
  const minimal = bundleLevels("minimal")
  return new Map(
    ruleIds
      .filter(id => id === "G060" || Object.hasOwn(allowances, id))
      .flatMap(id => {
        const level = minimal.get(id)
        return level === undefined ? [] : [[id, level] as const]
      }),
  )
}

/** The policies and those they stand on, each once. Circles were refused. */
function withUsed(used: readonly PlanPolicy[], all: readonly PlanPolicy[]): readonly PlanPolicy[] {
  const found = new Map<string, PlanPolicy>()
  const waiting = [...used]
  for (let policy = waiting.shift(); policy !== undefined; policy = waiting.shift()) {
    if (found.has(policy.id)) continue
    found.set(policy.id, policy)
    for (const rule of policy.rules) {
      if (rule.kind === "use" && rule.of === "policy")
        waiting.push(...all.filter(({ id }) => id === rule.bundle))
    }
  }
  return [...found.values()]
}

/** Null: nobody asks for it here. */
export function severityOf(
  rule: RuleId,
  { subject, onlyAsked }: Violation,
  book: Rulebook,
): ChangeSeverity | null {
  if ((book.asked.get(rule) ?? []).some(one => isMeant(subject, one))) return "error"
  return onlyAsked === true ? null : (book.levels.get(rule) ?? null)
}

export function isInForce(rule: RuleId, book: Rulebook): boolean {
  return book.levels.has(rule) || book.asked.has(rule)
}

/** A field is meant as the contract it stands in. */
export function isMeant(subject: Governed, { kind, lifecycle, relation }: PlanPolicySubject): boolean {
  if (subject.kind !== (kind === "field" ? "contract" : kind)) return false
  if (lifecycle !== null && subject.lifecycle !== lifecycle) return false
  if (relation === null) return true
  return subject[relation.word].some(system =>
    relation.by === "system" ? system.name === relation.name : system.kind === relation.name,
  )
}
