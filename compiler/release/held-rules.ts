// What the project's policies hold it to, as the lock of releases keeps it. Flows in: a Plan. Flows out: its policies with hashes, and the rules they come to.
import { readJson } from "@fmap/runtime"
import { rulebookOf } from "../govern/rulebook.ts"
import type { Plan, PlanPolicy } from "../plan/index.ts"
import { manifestHash } from "./kept-releases.ts"

/** All of it is text or lists of it, in one order. */
export interface HeldRules {
  readonly policies: readonly HeldPolicy[]
  /** How severe each rule is: `["G044", "error"]`. */
  readonly levels: readonly (readonly [rule: string, severity: "error" | "warning" | "information"])[]
  /** What is asked of some things, and how things are named, one demand a text. */
  readonly asked: readonly string[]
  /** Where data of a label may be, once for each policy that says so. */
  readonly regions: readonly { readonly label: string; readonly regions: readonly string[] }[]
}

export interface HeldPolicy {
  readonly name: string
  /** Null: it has no version, and promises nothing. */
  readonly version: string | null
  /** Of its rules. */
  readonly content: string
}

export function heldRules(plan: Plan): HeldRules {
  const answer = rulebookOf(plan, null)
  if (answer.kind === "unknown") throw new TypeError(`The rules of ${answer.wanted} are not known`)
  const { levels, asked, names, regions } = answer.rulebook
  const demands = [
    ...[...asked].flatMap(([rule, subjects]) => subjects.map(subject => JSON.stringify([rule, subject]))),
    ...names.map(({ subject, pattern }) => JSON.stringify([pattern, subject])),
  ]
  return {
    policies: (plan.policies ?? []).map(heldPolicy).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    levels: [...levels].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    asked: [...new Set(demands)].toSorted(),
    regions: [...regions]
      .flatMap(([label, lists]) => lists.map(list => ({ label, regions: list.toSorted() })))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  }
}

/** Where its rules stand in the file, and in which order, is not part of it. */
function heldPolicy({ name, version, rules }: PlanPolicy): HeldPolicy {
  const texts = rules.map(({ at: _, ...rule }) => JSON.stringify(rule)).toSorted()
  return { name, version, content: manifestHash(texts.join("\n")) }
}

/** Is it a demand as `asked` has them? What was written by hand may be anything. */
export function isDemand(text: string): boolean {
  const read = readJson(text)
  if (!("ok" in read) || !Array.isArray(read.ok)) return false
  const [what, subject]: readonly unknown[] = read.ok
  return typeof what === "string" && typeof subject === "object" && subject !== null && "kind" in subject
}
