// Policies: what they ask, of what, and which bundles they stand on. Flows in: declarations, and the names of each file. Flows out: bound
// policies; words nobody knows, circles, and severities below the floor of a bundle are judged here.
import {
  diagnostic,
  type Name,
  type PolicyDeclaration,
  type PolicyMember,
  type PolicySubject,
} from "@fmap/grammar"
import { bundleLevels, isBundle, isMoreSevere, joinLevels, type Levels } from "../govern/levels.ts"
import { bundles, isRuleId } from "../govern/rules/index.ts"
import { type Subject, things } from "../govern/rules/things.ts"
import type { PlanPolicySubject } from "../plan/index.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { checkPattern } from "../types/pattern/index.ts"
import { knownWord, reportUnknownRule } from "./check-governed.ts"
import { closest } from "./closest.ts"
import type { Declared } from "./collect-names.ts"
import { dependencyOrder } from "./dependency-order.ts"
import { type Lookup, policyNamed, systemNamed } from "./lookup.ts"
import type { BoundPolicy, BoundPolicyRule } from "./model.ts"

type DeclaredPolicy = Declared<PolicyDeclaration>
type Member<K extends PolicyMember["kind"]> = Extract<PolicyMember, { kind: K }>

const subjects: readonly Subject[] = ["contract", "map", "crosswalk", "system", "flow", "field"]
const lifecycles = ["draft", "active", "deprecated", "retired"]
const severities = ["error", "warning", "information"] as const
/** How a declaration can be told by the systems around it. */
const relations: Readonly<Record<Subject, readonly string[]>> = {
  contract: ["of"],
  field: ["of"],
  map: ["from", "to"],
  flow: ["from", "to"],
  crosswalk: [],
  system: [],
}

interface Context {
  readonly file: string
  readonly lookup: Lookup
  readonly found: Findings
}

export function bindPolicies(
  declared: readonly DeclaredPolicy[],
  lookupIn: (file: string) => Lookup,
  found: Findings,
): readonly BoundPolicy[] {
  const policies = declared.map((policy): BoundPolicy => {
    const { node, name, id, file, place } = policy
    const before = found.errors()
    const context = { file, lookup: lookupIn(file), found }
    const rules = node.members.flatMap(member => bindMember(member, context))
    return { kind: "policy", id, node, name, file, place, rules, broken: found.errors() > before }
  })
  checkFloors(policies, found)
  return policies
}

function bindMember(member: PolicyMember, context: Context): readonly BoundPolicyRule[] {
  const { file, found } = context
  const at = placeIn(file)
  const place = at(member)
  switch (member.kind) {
    case "errorMember":
      return []
    case "use":
      return bindUse(member, context)
    case "has": {
      const subject = bindSubject(member.subject, context)
      if (subject === null) return []
      const known = member.things.filter(thing => isThing(subject, thing, context))
      return [{ kind: "has", subject, things: known.map(({ text }) => text), place }]
    }
    case "named": {
      const subject = bindSubject(member.subject, context)
      const pattern = checkPattern(member.pattern.source)
      if ("problem" in pattern) {
        const label = `at its character ${pattern.offset + 1}`
        found.report(diagnostic("FM6007", { problem: pattern.problem }, at(member.pattern), { label }))
        return []
      }
      return subject === null ? [] : [{ kind: "named", subject, pattern: pattern.source, place }]
    }
    case "reaches":
      knownWord("cleared for", member.cleared, [member.label], file, found)
      return [{ kind: "reaches", label: member.label, place }]
    case "stays":
      return [{ kind: "stays", label: member.label, regions: member.regions.map(({ text }) => text), place }]
    case "severity": {
      reportUnknownRule(member.rule, file, found)
      const severity = severities.find(one => one === member.severity.text)
      if (severity === undefined) knownWord("rule … is", member.severity, severities, file, found)
      return severity === undefined ? [] : [{ kind: "severity", rule: member.rule.text, severity, place }]
    }
  }
}

function bindUse(
  { bundle, span }: Member<"use">,
  { file, lookup, found }: Context,
): readonly BoundPolicyRule[] {
  const place = { file, span }
  if (isBundle(bundle.text)) return [{ kind: "use", of: "language", bundle: bundle.text, place }]
  const near = lookup.names.has(bundle.text) ? null : closest(bundle.text, bundles)
  if (near !== null) {
    const at = placeIn(file)(bundle)
    const help = { help: `Did you mean ${near}?`, edits: [{ place: at, text: near }] }
    found.report(diagnostic("FM6602", { name: bundle.text }, at, { label: "no bundle", ...help }))
    return []
  }
  const policy = policyNamed(bundle, lookup)
  return policy === null ? [] : [{ kind: "use", of: "policy", bundle: policy.id, place }]
}

function bindSubject(
  { lifecycle, word, relation }: PolicySubject,
  { file, lookup, found }: Context,
): PlanPolicySubject | null {
  const kind = subjects.find(one => one === word.text)
  if (kind === undefined) {
    knownWord("every", word, subjects, file, found)
    return null
  }
  if (lifecycle !== null) {
    if (kind !== "contract" && kind !== "field") knownWord("every", lifecycle, subjects, file, found)
    else if (!knownWord("every", lifecycle, lifecycles, file, found)) return null
  }
  if (relation === null) return { kind, lifecycle: lifecycle?.text ?? null, relation: null }
  const related = relations[kind].find(one => one === relation.word.text)
  if (related === undefined) {
    const wanted = relations[kind].length === 0 ? ["has"] : relations[kind]
    knownWord(`every ${kind}`, relation.word, wanted, file, found)
    return null
  }
  const isSystem = /^\p{Lu}/u.test(relation.name.text) || relation.name.quoted
  if (isSystem && systemNamed(relation.name, lookup) === null) return null
  return {
    kind,
    lifecycle: lifecycle?.text ?? null,
    relation: {
      word: related as "of" | "to" | "from",
      by: isSystem ? "system" : "kind",
      name: isSystem ? (systemNamed(relation.name, lookup)?.name ?? "") : relation.name.text,
    },
  }
}

function isThing({ kind }: PlanPolicySubject, thing: Name, { file, found }: Context): boolean {
  const known = Object.keys(things[kind])
  if (known.includes(thing.text)) return true
  const place = placeIn(file)(thing)
  const near = closest(thing.text, known)
  const wanted = known.length === 0 ? "nothing" : known.join(", ")
  found.report(
    diagnostic("FM6603", { subject: kind, thing: thing.text, wanted }, place, {
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
  return false
}

/** What a bundle says of a rule is its floor; and no policy stands on itself. */
function checkFloors(policies: readonly BoundPolicy[], found: Findings): void {
  const byId = new Map(policies.map(policy => [policy.id, policy]))
  const usesOf = (policy: BoundPolicy) =>
    policy.rules.flatMap(rule => {
      const used = rule.kind === "use" && rule.of === "policy" ? byId.get(rule.bundle) : undefined
      return used === undefined ? [] : [used]
    })
  const { order, cycles } = dependencyOrder(policies, usesOf)
  for (const cycle of cycles) {
    const [first] = cycle
    const last = cycle.at(-1)
    const closing = last?.rules.find(rule => rule.kind === "use" && rule.bundle === first?.id)
    if (first === undefined || closing === undefined) continue
    const names = [...cycle, first].map(({ name }) => name).join(" -> ")
    found.report(diagnostic("FM6605", { cycle: names }, closing.place, { label: "the circle closes here" }))
  }
  const levels = new Map<string, Levels>()
  for (const policy of order) {
    const floors = policy.rules.flatMap(rule => {
      if (rule.kind !== "use") return []
      const of =
        isBundle(rule.bundle) && rule.of === "language" ? bundleLevels(rule.bundle) : levels.get(rule.bundle)
      return of === undefined
        ? []
        : [{ name: byId.get(rule.bundle)?.name ?? rule.bundle, levels: of, place: rule.place }]
    })
    const own: Levels[] = []
    for (const rule of policy.rules) {
      if (rule.kind !== "severity" || !isRuleId(rule.rule)) continue
      own.push(new Map([[rule.rule, rule.severity]]))
      for (const floor of floors) {
        const level = floor.levels.get(rule.rule)
        if (level === undefined || !isMoreSevere(level, rule.severity)) continue
        found.report(
          diagnostic(
            "FM6604",
            { rule: rule.rule, severity: rule.severity, floor: level, bundle: floor.name },
            rule.place,
            {
              label: "lower than the bundle has it",
              related: [{ place: floor.place, text: "the bundle that is used" }],
              help: "Remove the line; what one declaration cannot meet yet is allowed there, with a reason and a day.",
            },
          ),
        )
        break
      }
    }
    levels.set(policy.id, joinLevels([...floors.map(floor => floor.levels), ...own]))
  }
}
