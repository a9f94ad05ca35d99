// What changed about a choice between shapes: a branch came, went or became another. Flows in: the facts of both sides. Flows out: changes,
// and the branches that belong together, to be compared in turn. Branches belong together when they are equal, when one field tells
// them apart by the same value, or when they are alone in having their type.

import { provesEach } from "./change-of-members.ts"
import { type Facts, factsOf, keyOf, type Literal } from "./facts.ts"
import { isRecord, typeBits, typeNames } from "./json-values.ts"
import { membersOf } from "./members.ts"
import type { Prover } from "./prove.ts"
import type { Session } from "./session.ts"
import { type LocalChange, quoted } from "./shape-change.ts"

type Branch = readonly Literal[]

export interface SharedBranch {
  readonly old: Branch
  readonly now: Branch
}

export function changeOfChoices(
  old: Facts,
  now: Facts,
  whole: { readonly old: readonly Literal[]; readonly now: readonly Literal[] },
  prover: Prover,
): { readonly changes: readonly LocalChange[]; readonly shared: readonly SharedBranch[] } {
  const [was, is] = [onlyHolding(old), onlyHolding(now)]
  if (was === null && is === null) return { changes: [], shared: [] }
  const { session } = prover
  const before = was ?? [whole.old]
  const after = is ?? [whole.now]
  const pairs = paired(before, after, session)
  const together = new Set(pairs.flatMap(pair => [pair.old, pair.now]))
  const left = before.filter(branch => !together.has(branch))
  const come = after.filter(branch => !together.has(branch))
  // nothing belongs together: it is no choice that changed, but the whole
  if (pairs.length === 0 && (was === null || is === null)) return { changes: [], shared: [] }
  const changes: LocalChange[] = [
    ...left.map((branch): LocalChange => {
      const text = branchText(branch, session)
      return {
        rule: "S020",
        old: text,
        new: null,
        message: `It can be ${text} no more.`,
        breaks: { backward: !provesEach(branch, whole.now, prover), forward: false },
        unproved: true,
      }
    }),
    ...come.map((branch): LocalChange => {
      const text = branchText(branch, session)
      return {
        rule: "S020",
        old: null,
        new: text,
        message: `It can be ${text} now.`,
        breaks: { backward: false, forward: !provesEach(branch, whole.old, prover) },
        unproved: true,
      }
    }),
  ]
  return { changes, shared: pairs.filter(pair => keyOf(pair.old) !== keyOf(pair.now)) }
}

/** The branches of the only choice, without what the others are not. The two cases of a condition are no branches. */
function onlyHolding({ choices, parts }: Facts): readonly Branch[] | null {
  const [choice] = choices
  if (choice === undefined || choices.length > 1 || parts.some(part => part.condition !== null)) return null
  const branches = choice.map(branch => branch.filter(one => one.holds).slice(0, 1))
  return branches.every(branch => branch.length === 1) ? branches : null
}

function paired(
  before: readonly Branch[],
  after: readonly Branch[],
  session: Session,
): readonly SharedBranch[] {
  const pairs: SharedBranch[] = []
  const taken = new Set<Branch>()
  const named = (branches: readonly Branch[], nameOf: (branch: Branch) => string | null) =>
    byName(
      branches.filter(branch => !taken.has(branch)),
      nameOf,
    )
  for (const nameOf of [
    keyOf,
    (branch: Branch) => tagOf(branch, session),
    (branch: Branch) => typeOf(branch, session),
  ]) {
    const matches = named(after, nameOf)
    for (const [name, [old, ...alike]] of named(before, nameOf)) {
      const [now, ...others] = matches.get(name) ?? []
      if (old === undefined || now === undefined || alike.length + others.length > 0) continue
      pairs.push({ old, now })
      taken.add(old).add(now)
    }
  }
  return pairs
}

/** Branches that have no name are left out. */
function byName(
  branches: readonly Branch[],
  nameOf: (branch: Branch) => string | null,
): ReadonlyMap<string, readonly Branch[]> {
  const found = new Map<string, Branch[]>()
  for (const branch of branches) {
    const name = nameOf(branch)
    if (name === null) continue
    const alike = found.get(name)
    if (alike === undefined) found.set(name, [branch])
    else alike.push(branch)
  }
  return found
}

/** The field with a fixed value, or what the branch is called. */
function tagOf(branch: Branch, session: Session): string | null {
  const facts = factsOf(branch, session)
  for (const name of facts?.required ?? []) {
    const values = facts === null ? null : factsOf(membersOf(facts, name, session), session)?.values
    if (values?.length === 1) return `${name} = ${quoted(values[0])}`
  }
  return titleOf(branch)
}

function titleOf(branch: Branch): string | null {
  for (const { node } of branch) {
    if (!isRecord(node.schema)) continue
    const { $ref, title } = node.schema
    if (typeof title === "string") return title
    if (typeof $ref === "string") return $ref.split("/").at(-1) ?? $ref
  }
  return null
}

function typeOf(branch: Branch, session: Session): string | null {
  const facts = factsOf(branch, session)
  return facts === null ? null : typeNames(facts.types).join(" or ")
}

function branchText(branch: Branch, session: Session): string {
  const tag = tagOf(branch, session)
  const facts = factsOf(branch, session)
  const type = facts === null ? "nothing" : typeNames(facts.types).join(" or ")
  return tag === null ? type : facts?.types === typeBits.object ? tag : `${tag} (${type})`
}
