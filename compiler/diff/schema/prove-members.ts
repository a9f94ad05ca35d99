// The part of a proof that is about objects. Flows in: what is known of the payload, and the keywords asked for. Flows out: true where
// every object that fits the first fits the second.

import { type Facts, holds, type Literal } from "./facts.ts"
import { type JsonRecord, typeBits } from "./json-values.ts"
import type { Keywords, SchemaNode } from "./keywords.ts"
import { closedNames, memberNodes, membersOf, namesOf } from "./members.ts"
import type { Prover } from "./prove.ts"

export function provesMembers(
  given: readonly Literal[],
  facts: Facts,
  goal: Keywords,
  prover: Prover,
): boolean {
  if ((facts.types & typeBits.object) === 0) return true
  const closed = closedNames(facts, prover.session)
  return (
    goal.required.every(name => facts.required.has(name) || isFilled(goal, name, prover)) &&
    Math.max(facts.minProperties, facts.required.size) >= goal.minProperties &&
    hasAtMost(facts, goal.maxProperties, closed) &&
    provesDependents(given, facts, goal, prover) &&
    provesNamed(facts, goal, closed, prover) &&
    (closed !== null || provesOthers(facts, goal, prover)) &&
    provesNames(facts, goal, closed, prover)
  )
}

/** A registry trusts that readers fill a default in, or does not look at fields that are not described. */
function isFilled(goal: Keywords, name: string, { session }: Prover): boolean {
  const { fillsDefaults, everyKeyword } = session.reading
  const schema = goal.properties.get(name)?.schema
  if (schema === undefined) return !everyKeyword
  return fillsDefaults && typeof schema === "object" && Object.hasOwn(schema, "default")
}

function hasAtMost(facts: Facts, most: number | null, closed: ReadonlySet<string> | null): boolean {
  if (most === null) return true
  return (
    (facts.maxProperties !== null && facts.maxProperties <= most) || (closed !== null && closed.size <= most)
  )
}

/** Where the member is there, so is what hangs on it. */
function provesDependents(given: readonly Literal[], facts: Facts, goal: Keywords, prover: Prover): boolean {
  const { session } = prover
  // a registry that does not look at all of a shape sees at least that one more is asked for
  const isSeen = (name: string) =>
    session.reading.everyKeyword || facts.parts.some(part => part.dependentSchemas.has(name))
  const withMember = (name: string) => [...given, holds(session.made({ type: "object", required: [name] }))]
  return (
    [...goal.dependentRequired].every(
      ([name, names]) =>
        names.every(one => facts.required.has(one)) ||
        prover.proves(withMember(name), holds(session.made(asking(names)))),
    ) &&
    [...goal.dependentSchemas].every(
      ([name, node]) => isSeen(name) && prover.proves(withMember(name), holds(node)),
    )
  )
}

/** Described too, since what is not described may be overlooked. */
function asking(names: readonly string[]): JsonRecord {
  return { required: names, properties: Object.fromEntries(names.map(name => [name, true])) }
}

/** Members whose names one of both sides knows. */
function provesNamed(
  facts: Facts,
  goal: Keywords,
  closed: ReadonlySet<string> | null,
  prover: Prover,
): boolean {
  const { session } = prover
  const asks = goal.properties.size + goal.patternProperties.size > 0 || goal.additional !== null
  if (!asks) return true
  const names = closed ?? new Set([...namesOf(facts.parts), ...goal.properties.keys()])
  return [...names].every(name => {
    const goals = memberNodes(goal, name, session, "possibly")
    return goals.length === 0 || provesAll(membersOf(facts, name, session), goals, prover)
  })
}

function provesAll(known: readonly Literal[], goals: readonly SchemaNode[], prover: Prover): boolean {
  return prover.session.claims.inside(() => goals.every(goal => prover.proves(known, holds(goal))))
}

/** Members that only patterns or nobody speaks of: by what their names are like. */
function provesOthers(facts: Facts, goal: Keywords, prover: Prover): boolean {
  const { patterns } = prover.session
  const isDisjoint = (a: string, b: string) => a !== b && areDisjoint(a, b, prover)
  for (const [pattern, node] of goal.patternProperties) {
    const known = facts.parts.flatMap(part => {
      const own = part.patternProperties.get(pattern)
      const wider = [...part.patternProperties].filter(
        ([other]) => other !== pattern && patterns.includes(pattern, other).kind === "included",
      )
      const isFree = [...part.patternProperties.keys()].every(other => isDisjoint(pattern, other))
      return [
        ...(own === undefined ? [] : [own]),
        ...wider.map(([, one]) => one),
        ...(isFree && part.additional !== null ? [part.additional] : []),
      ].map(holds)
    })
    if (!provesAll(known, [node], prover)) return false
  }
  const { additional } = goal
  if (additional === null) return true
  return restCases(facts, goal).every(known => provesAll(known, [additional], prover))
}

/** A name that none of the goal's patterns match: matched by none of the known ones, or by one. */
function restCases(facts: Facts, goal: Keywords): readonly (readonly Literal[])[] {
  const additionalOf = (part: Keywords) => (part.additional === null ? [] : [holds(part.additional)])
  const none = facts.parts.flatMap(additionalOf)
  const known = new Set(facts.parts.flatMap(part => [...part.patternProperties.keys()]))
  const matched = [...known]
    .filter(pattern => !goal.patternProperties.has(pattern))
    .map(pattern =>
      facts.parts.flatMap(part => {
        const own = part.patternProperties.get(pattern)
        if (own !== undefined) return [holds(own)]
        return part.patternProperties.size === 0 ? additionalOf(part) : []
      }),
    )
  return [none, ...matched]
}

function areDisjoint(a: string, b: string, prover: Prover): boolean {
  return prover.session.patterns.areDisjoint(a, b)
}

/** The names themselves. */
function provesNames(
  facts: Facts,
  goal: Keywords,
  closed: ReadonlySet<string> | null,
  prover: Prover,
): boolean {
  const { propertyNames } = goal
  const { session } = prover
  if (propertyNames === null || !session.reading.everyKeyword) return true
  const { claims } = session
  const isName = (schema: object) => holds(session.made({ type: "string", ...schema }))
  const known = facts.parts.flatMap(part => (part.propertyNames === null ? [] : [holds(part.propertyNames)]))
  if (closed !== null)
    return [...closed].every(name =>
      claims.inside(
        () =>
          prover.proves([...known, isName({ const: name })], holds(propertyNames)) ||
          prover.isEmpty(membersOf(facts, name, session)),
      ),
    )
  const named = facts.parts.find(part => part.additional?.schema === false && part.properties.size === 0)
  const kinds = named === undefined ? [{}] : [...named.patternProperties.keys()].map(pattern => ({ pattern }))
  return claims.inside(() =>
    kinds.every(kind => prover.proves([...known, isName(kind)], holds(propertyNames))),
  )
}
