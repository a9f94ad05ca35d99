// Is every payload of some schemas a payload of another? Flows in: schemas that hold (or do not), and the one that is asked for. Flows
// out: true where it is proved. False is no counterexample: it may be beyond what is tried. Each proof is a claim about all payloads, so
// that recursive schemas can lean on themselves.

import { type Facts, factsOf, fails, holds, keyOf, type Literal, literalKey } from "./facts.ts"
import { typeBits } from "./json-values.ts"
import type { Keywords, SchemaNode } from "./keywords.ts"
import { membersOf } from "./members.ts"
import { provesItems } from "./prove-items.ts"
import { provesMembers } from "./prove-members.ts"
import { provesScalars } from "./prove-scalars.ts"
import type { Session } from "./session.ts"
import { evaluatedPart } from "./unevaluated.ts"

export interface Prover {
  readonly session: Session
  /** Every payload of `given` is one of `goal`. */
  readonly proves: (given: readonly Literal[], goal: Literal) => boolean
  /** There is no payload of `given`. */
  readonly isEmpty: (given: readonly Literal[]) => boolean
}

/** Values of a list that are taken one by one. */
const mostCases = 64

export function createProver(session: Session): Prover {
  const { claims } = session
  const prover: Prover = {
    session,
    proves: (given, goal) => {
      const { node } = goal
      if (node.schema === goal.holds) return true
      if (typeof node.schema === "boolean") return prover.isEmpty(given)
      if (!goal.holds) return prover.isEmpty([...given, holds(node)])
      if (given.some(one => one.holds && one.node === node)) return true
      return claims.prove(`${keyOf(given)} > ${node.id}`, () => {
        const facts = factsOf(given, session)
        if (facts !== null) claims.spend(weightOf(facts))
        return (
          facts === null ||
          provesDirectly(given, facts, node, prover) ||
          prover.isEmpty(given) ||
          casesOf(given, facts, node, prover).some(cases => cases.every(one => prover.proves(one, goal)))
        )
      })
    },
    isEmpty: given =>
      claims.prove(`${keyOf(given)} > nothing`, () => {
        const facts = factsOf(given, session)
        if (facts !== null) claims.spend(weightOf(facts))
        return facts === null || isContradiction(given, facts, prover)
      }),
  }
  return prover
}

/** What a claim costs beside itself: it looks at all of these. */
function weightOf({ parts, choices, refuted }: Facts): number {
  return choices.reduce((sum, branches) => sum + branches.length, parts.length + refuted.length) / 50
}

function provesDirectly(given: readonly Literal[], facts: Facts, node: SchemaNode, prover: Prover): boolean {
  const { session } = prover
  const keywords = session.keywords(node)
  const evaluated = evaluatedPart(node, keywords, session, "surely")
  return (
    provesScalars(facts, keywords, session) &&
    provesApplied(given, facts, keywords, prover) &&
    [keywords, ...(evaluated === null ? [] : [evaluated])].every(
      part => provesMembers(given, facts, part, prover) && provesItems(facts, part, prover),
    )
  )
}

/** The keywords that put other schemas on the same payload. */
function provesApplied(given: readonly Literal[], facts: Facts, keywords: Keywords, prover: Prover): boolean {
  const { ref, allOf, anyOf, oneOf, not, condition } = keywords
  const proves = (node: SchemaNode) => prover.proves(given, holds(node))
  // of many branches the right one is seen case by case
  const isLeftToCases = facts.choices.length > 0 && (anyOf?.length ?? 0) > mostCases
  const isGiven = (node: SchemaNode) => given.some(one => one.holds && one.node === node)
  return (
    (ref === null || proves(ref)) &&
    allOf.every(proves) &&
    (anyOf === null || anyOf.some(isGiven) || (!isLeftToCases && anyOf.some(proves))) &&
    (oneOf === null || provesOne(given, facts, oneOf, prover)) &&
    (not === null || prover.proves(given, fails(not))) &&
    (condition === null || provesCondition(given, facts, condition, prover))
  )
}

function provesCondition(
  given: readonly Literal[],
  facts: Facts,
  condition: NonNullable<Keywords["condition"]>,
  prover: Prover,
): boolean {
  // a registry may see that there is a condition, and not what it says
  if (!prover.session.reading.everyKeyword) return facts.parts.some(part => part.condition !== null)
  const { test, then, else: otherwise } = condition
  return (
    (then === null || prover.proves([...given, holds(test)], holds(then))) &&
    (otherwise === null || prover.proves([...given, fails(test)], holds(otherwise)))
  )
}

function provesOne(
  given: readonly Literal[],
  facts: Facts,
  branches: readonly SchemaNode[],
  prover: Prover,
): boolean {
  const { exclusive } = prover.session.reading
  // a registry takes branches as they are, but no "any of" for a "one of"
  if (!exclusive && facts.parts.some(part => part.anyOf !== null)) return false
  return branches.some(
    (branch, i) =>
      prover.proves(given, holds(branch)) &&
      (!exclusive || branches.every((other, j) => j === i || prover.proves(given, fails(other)))),
  )
}

function isContradiction(given: readonly Literal[], facts: Facts, prover: Prover): boolean {
  const { session } = prover
  const { claims } = session
  let { types } = facts
  const isImpossible = (literals: readonly Literal[]) => claims.inside(() => prover.isEmpty(literals))
  if (
    (types & typeBits.object) !== 0 &&
    [...facts.required].some(name => isImpossible(membersOf(facts, name, session)))
  )
    types &= ~typeBits.object
  if ((types & typeBits.array) !== 0 && facts.minItems > 0) {
    const first = Math.min(facts.minItems, mostCases)
    for (let i = 0; i < first && (types & typeBits.array) !== 0; i++)
      if (isImpossible(itemsOf(facts, i))) types &= ~typeBits.array
  }
  if (types === 0) return true
  const others = (node: SchemaNode) => given.filter(one => one.holds || one.node !== node)
  if (
    facts.refuted.some(node => {
      const left = others(node)
      return left.length > 0 && prover.proves(left, holds(node))
    })
  )
    return true
  const [choice] = facts.choices
  return choice?.every(branch => prover.isEmpty(joined(given, branch))) === true
}

function itemsOf(facts: Facts, index: number): readonly Literal[] {
  return facts.parts.flatMap(({ prefix, rest }) => {
    const node = prefix[index] ?? rest
    return node === null ? [] : [holds(node)]
  })
}

function joined(given: readonly Literal[], more: readonly Literal[]): readonly Literal[] {
  const keys = new Set(given.map(literalKey))
  return [...given, ...more.filter(one => !keys.has(literalKey(one)))]
}

/** Ways to take the payloads apart; together the cases of one way are all payloads. */
function casesOf(
  given: readonly Literal[],
  facts: Facts,
  node: SchemaNode,
  prover: Prover,
): readonly (readonly (readonly Literal[])[])[] {
  const { session } = prover
  const ways: (readonly (readonly Literal[])[])[] = []
  const [choice] = facts.choices
  if (choice !== undefined) ways.push(choice.map(branch => joined(given, branch)))
  if (!isBranched(node, session)) return ways
  const made = (schema: object) => holds(session.made(schema as Record<string, unknown>))
  const { values } = facts
  if (values !== null && values.length > 1 && values.length <= mostCases)
    ways.push(values.map(value => joined(given, [made({ const: value })])))
  else if (facts.saysTypes) {
    const names = (["null", "boolean", "number", "string", "array", "object"] as const).filter(
      name =>
        (facts.types & (name === "number" ? typeBits.integer | typeBits.fraction : typeBits[name])) !== 0,
    )
    if (names.length > 1) ways.push(names.map(name => joined(given, [made({ type: name })])))
    else if (names[0] === "boolean" && values === null)
      ways.push([true, false].map(value => joined(given, [made({ const: value })])))
  }
  for (const name of facts.required) {
    const member = factsOf(membersOf(facts, name, session), session)
    const known = member?.values ?? (member?.types === typeBits.boolean ? [true, false] : [])
    if (known.length > 1 && known.length <= mostCases)
      ways.push(known.map(value => joined(given, [made({ properties: { [name]: { const: value } } })])))
  }
  return ways
}

/** Somewhere on the same payload there is a choice, so that taking cases may help. */
function isBranched(node: SchemaNode, session: Session): boolean {
  // a set that grows while it is walked: references may lead on for long
  const seen = new Set([node])
  for (const one of seen) {
    const { anyOf, oneOf, condition, allOf, ref, not } = session.keywords(one)
    if (anyOf !== null || oneOf !== null || condition !== null || not !== null) return true
    for (const next of allOf) seen.add(next)
    if (ref !== null) seen.add(ref)
  }
  return false
}
