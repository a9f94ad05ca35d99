// What a schema speaks of, whatever it says about it: its numbers, lengths, names and values are where payloads begin or cease to fit. Flows
// in: schemas. Flows out: the keywords of all schemas on the same payload, and of those inside it.
import type { Literal } from "../facts.ts"
import type { Keywords, SchemaNode } from "../keywords.ts"
import { memberNodes } from "../members.ts"
import type { Session } from "../session.ts"

export type Hints = readonly Keywords[]

const mostParts = 60

export function hintsOf(literals: readonly Literal[], session: Session): Hints {
  return spread(
    literals.map(({ node }) => node),
    session,
  )
}

function spread(nodes: readonly SchemaNode[], session: Session): Hints {
  const seen = new Set<SchemaNode>()
  const queue = [...nodes]
  const found: Keywords[] = []
  for (let node = queue.shift(); node !== undefined && found.length < mostParts; node = queue.shift()) {
    if (seen.has(node)) continue
    seen.add(node)
    const part = session.keywords(node)
    found.push(part)
    const { ref, allOf, anyOf, oneOf, not, condition, dependentSchemas } = part
    const applied = [ref, ...allOf, ...(anyOf ?? []), ...(oneOf ?? []), not, ...dependentSchemas.values()]
    const cases = condition === null ? [] : [condition.test, condition.then, condition.else]
    queue.push(...[...applied, ...cases].filter(one => one !== null))
  }
  return found
}

export function memberHints(hints: Hints, name: string, session: Session): Hints {
  return spread(
    hints.flatMap(part => memberNodes(part, name, session, "possibly")),
    session,
  )
}

export function itemHints(hints: Hints, index: number, session: Session): Hints {
  return spread(
    hints.flatMap(({ prefix, rest, contains }) =>
      [prefix[index] ?? rest, contains?.node ?? null].filter(node => node !== null),
    ),
    session,
  )
}

/** Names to try: those spoken of, some that patterns let through, and one of which nobody speaks. */
export function namesToTry(hints: Hints, { patterns }: Session): readonly string[] {
  const spoken = hints.flatMap(part => [
    ...part.properties.keys(),
    ...part.required,
    ...[...part.dependentRequired].flatMap(([name, names]) => [name, ...names]),
    ...part.dependentSchemas.keys(),
  ])
  const matched = hints.flatMap(part =>
    [...part.patternProperties.keys()].flatMap(one => patterns.samples(one, 2)),
  )
  return [...new Set([...spoken, ...matched, "other"])]
}
