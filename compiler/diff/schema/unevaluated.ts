// `unevaluatedProperties` and `unevaluatedItems` as plain `additionalProperties` and `items`. Flows in: a schema. Flows out: a part that
// says of members which no other keyword looks at what they are. `surely`: only what every payload has looked at counts, so the part asks
// for at least as much; `possibly`: whatever some payload may have looked at counts, so it asks for no more.
import type { Keywords, SchemaNode } from "./keywords.ts"
import type { Session } from "./session.ts"

interface Seen {
  readonly properties: Set<string>
  readonly patterns: Set<string>
  everyProperty: boolean
  prefix: number
  everyItem: boolean
}

export function evaluatedPart(
  node: SchemaNode,
  keywords: Keywords,
  session: Session,
  certainty: "surely" | "possibly",
): Keywords | null {
  const { unevaluatedProperties, unevaluatedItems } = keywords
  if (unevaluatedProperties === null && unevaluatedItems === null) return null
  const seen: Seen = {
    properties: new Set(),
    patterns: new Set(),
    everyProperty: false,
    prefix: 0,
    everyItem: false,
  }
  look(node, session, certainty, seen, new Set(), true)
  const anything = session.made(true)
  const empty = session.keywords(anything)
  return {
    ...empty,
    ...(unevaluatedProperties === null || seen.everyProperty
      ? {}
      : {
          properties: new Map([...seen.properties].map(name => [name, anything])),
          patternProperties: new Map([...seen.patterns].map(pattern => [pattern, anything])),
          additional: unevaluatedProperties,
        }),
    ...(unevaluatedItems === null || seen.everyItem
      ? {}
      : { prefix: Array.from({ length: seen.prefix }, () => anything), rest: unevaluatedItems }),
  }
}

function look(
  node: SchemaNode,
  session: Session,
  certainty: "surely" | "possibly",
  seen: Seen,
  visited: Set<SchemaNode>,
  isTop: boolean,
): void {
  if (visited.has(node)) return
  visited.add(node)
  const keywords = session.keywords(node)
  for (const name of keywords.properties.keys()) seen.properties.add(name)
  for (const pattern of keywords.patternProperties.keys()) seen.patterns.add(pattern)
  if (keywords.additional !== null) seen.everyProperty = true
  seen.prefix = Math.max(seen.prefix, keywords.prefix.length)
  if (keywords.rest !== null) seen.everyItem = true
  // items that `contains` finds count as looked at; which they are nobody knows
  if (keywords.contains !== null && certainty === "possibly") seen.everyItem = true
  if (!isTop && keywords.unevaluatedProperties !== null) seen.everyProperty = true
  if (!isTop && keywords.unevaluatedItems !== null) seen.everyItem = true
  const { condition } = keywords
  const certain = [...keywords.allOf, ...(keywords.ref === null ? [] : [keywords.ref])]
  const uncertain = [
    ...(keywords.anyOf ?? []),
    ...(keywords.oneOf ?? []),
    ...(condition === null ? [] : [condition.test, condition.then, condition.else]),
    ...keywords.dependentSchemas.values(),
  ]
  for (const one of certainty === "surely" ? certain : [...certain, ...uncertain])
    if (one !== null) look(one, session, certainty, seen, visited, false)
}
